"""The text as it is looked through: written plainly, in pieces of bounded length."""

from desktop.privacy.detect.text.pieces import pieces_of
from desktop.privacy.detect.text.plain import Plain, plain_of

__all__ = ["Plain", "pieces_of", "plain_of"]
