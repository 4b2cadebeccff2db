"""Words that somebody called « pas un nom »: kept on this computer alone, as salted hashes, so that
each is asked once."""

from collections.abc import Callable

import msgspec
from sqlalchemy.orm import Session

from desktop.privacy.detect.dismissed import asking, hash_of, new_salt
from desktop.vault.identity import read_value, write_value

_KEY = "privacy.dismissed"


class _StoredHashes(msgspec.Struct):
    salt: bytes
    hashes: list[bytes]


def _kept(session: Session) -> _StoredHashes | None:
    value = read_value(session, _KEY)
    return None if value is None else msgspec.json.decode(value, type=_StoredHashes)


def dismiss(session: Session, words: str) -> None:
    """Remember that these words of a text tell who nobody is."""
    kept = _kept(session) or _StoredHashes(new_salt(), [])
    made = hash_of(words, kept.salt)
    if made not in kept.hashes:
        kept.hashes.append(made)
        write_value(session, _KEY, msgspec.json.encode(kept))


def dismissed_words(session: Session) -> Callable[[str], bool]:
    """Return the question whether words were called « pas un nom » here; it needs no vault to be
    asked."""
    kept = _kept(session)
    return asking(frozenset(kept.hashes), kept.salt) if kept is not None else lambda _words: False
