"""Remember that a word is no name without keeping the word: salted hashes, of which the caller
keeps the set and the salt.

A salt belongs to one vault: the same word gives another hash elsewhere. Spelling is folded, so that
« Rose » and « rose » are asked once. Short words can be guessed by whoever holds the salt: the set
stays in the vault.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Set

from desktop.privacy.detect.tokens import fold

SALT_BYTES = 16
_HASH_BYTES = 12


def new_salt() -> bytes:
    """Draw the salt of a vault, once."""
    return secrets.token_bytes(SALT_BYTES)


def hash_of(words: str, salt: bytes) -> bytes:
    """Hash words that somebody called « pas un nom »; accents, case and blanks do not count."""
    plain = " ".join(fold(word) for word in words.split())
    return hmac.new(salt, plain.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()[
        :_HASH_BYTES
    ]


def asking(dismissed: Set[bytes], salt: bytes) -> Callable[[str], bool]:
    """Make the question that `find_identities` asks: was this dismissed?"""
    return lambda words: hash_of(words, salt) in dismissed
