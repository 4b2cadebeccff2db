"""Words that somebody called « pas un nom »: kept on this computer alone, as salted hashes, so that
each is asked once."""

import msgspec
from sqlalchemy.orm import Session

from desktop.privacy.detect.dismissed import hash_of, new_salt
from desktop.queries.dismissed import KEY, Dismissals, dismissals
from desktop.vault.identity import write_value


def dismiss(session: Session, words: str) -> None:
    """Remember that these words of a text tell who nobody is."""
    kept = dismissals(session) or Dismissals(new_salt(), [])
    made = hash_of(words, kept.salt)
    if made not in kept.hashes:
        kept.hashes.append(made)
        write_value(session, KEY, msgspec.json.encode(kept))
