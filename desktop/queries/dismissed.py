"""Words that somebody called « not an identity » on this computer, as salted hashes."""

from collections.abc import Callable

import msgspec
from sqlalchemy.orm import Session

from desktop.privacy.detect.dismissed import asking
from desktop.vault.identity import read_value

KEY = "privacy.dismissed"


class Dismissals(msgspec.Struct):
    """The salt of this vault and the hashes of the words."""

    salt: bytes
    hashes: list[bytes]


def dismissals(session: Session) -> Dismissals | None:
    """Read what is kept; None before the first word."""
    value = read_value(session, KEY)
    return None if value is None else msgspec.json.decode(value, type=Dismissals)


def dismissed_words(session: Session) -> Callable[[str], bool]:
    """Return the question whether words were called « pas un nom » here; it needs no vault to be
    asked.
    """
    kept = dismissals(session)
    return asking(frozenset(kept.hashes), kept.salt) if kept is not None else lambda _words: False
