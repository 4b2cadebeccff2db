"""Organisations that stand twice in the directory: which stands for which, which may be the same.

As for people (`person_aliases`), nothing is rewritten: whatever names either is read as naming the
one that stands for both.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.text import fold
from desktop.models.directory import Organisation
from desktop.queries.person_aliases import aliases

_WORDS = re.compile(r"\w+")
_SMALL = frozenset({"de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux", "en"})


def organisation_aliases(session: Session) -> dict[uuid.UUID, uuid.UUID]:
    """Organisation -> the one that stands for it, for those for which another one does."""
    return aliases(session, Organisation)


def canonical_organisation_id(session: Session, organisation_id: uuid.UUID) -> uuid.UUID:
    """Return the organisation that stands for one: nearly always itself."""
    return organisation_aliases(session).get(organisation_id, organisation_id)


def all_of_organisation(session: Session, organisation_id: uuid.UUID) -> set[uuid.UUID]:
    """Every entry of the directory that is this organisation."""
    known = organisation_aliases(session)
    wanted = known.get(organisation_id, organisation_id)
    return {wanted, *(one for one, other in known.items() if other == wanted)}


def organisations_with(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Organisation]:
    """Return the organisations of these ids, each as the one that stands for it; what is not known
    is left out."""
    wanted, known = set(ids), organisation_aliases(session)
    asked = list({known.get(one, one) for one in wanted})
    found = {row.id: row for start in range(0, len(asked), 500) for row in session.scalars(
        select(Organisation).where(Organisation.id.in_(asked[start:start + 500])))}
    return {one: found[known.get(one, one)] for one in wanted if known.get(one, one) in found}


def words_key(name: str | None) -> tuple[str, ...]:
    """Return the words of the name of an organisation or a group, small ones left out: names of one
    key are most likely those of one."""
    return tuple(word for word in _WORDS.findall(fold(name or "")) if word not in _SMALL)


def possible_double_organisations(session: Session) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """Organisation -> those that may be the same: a long or a short name of the same words, small
    ones left out."""
    known = organisation_aliases(session)
    bearers: dict[tuple[str, ...], set[uuid.UUID]] = defaultdict(set)
    for id_, name, short in session.execute(
        select(Organisation.id, Organisation.name, Organisation.short_name).where(
                Organisation.deleted.is_not(True))):
        if id_ not in known:
            for words in (name, short):
                if key := words_key(words):
                    bearers[key].add(id_)
    alike: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for ids in bearers.values():
        for one in ids if len(ids) > 1 else ():
            alike[one] |= ids - {one}
    return {one: tuple(sorted(others)) for one, others in alike.items()}
