"""Who may be named in what a collective circulates: its own members and structures, and those who
attend; nobody else.

The directory holds professionals, elected people and volunteers, never whoever was discriminated
against. A family name of the directory may stand in minutes; a given name alone only if somebody
who attends bears it: « Fatima » may be anybody.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.privacy.detect.spans import Span
from desktop.privacy.detect.tokens import fold, tokens_of

HARMLESS = frozenset({"date", "url"})
"""Days and links say nobody by themselves: minutes are full of both."""
_SHORTEST = 3
"""An organisation of fewer letters is met by chance."""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody of the directory. `there`: attends the meeting of which the text tells."""

    given: frozenset[str]
    family: frozenset[str]
    there: bool = False


@dataclass(frozen=True)
class CollectiveNames:
    """What of a text tells of the collective itself."""

    people: tuple[KnownPerson, ...] = ()
    organisations: tuple[str, ...] = ()
    """Names, folded, their words parted by blanks."""
    contacts: frozenset[str] = frozenset()
    """Mail addresses and telephones of the directory, as `contact_of` writes them."""

    def __call__(self, span: Span) -> bool:
        """Tell whether these words may be circulated."""
        if span.category in HARMLESS:
            return True
        if span.category == "name":
            return self._is_of_the_collective(_words(span.text))
        if span.category in ("email", "phone"):
            return contact_of(span.text) in self.contacts
        if span.category in ("organisation", "unique_role"):
            text = f" {' '.join(_words(span.text))} "
            return any(f" {name} " in text for name in self.organisations)
        return False

    def _is_of_the_collective(self, words: list[str]) -> bool:
        whole = {word for word in words if len(word) > 1}
        initials = {word for word in words if len(word) == 1}
        for person in self.people:
            every = person.given | person.family
            if not whole <= every or not initials <= {word[0] for word in every}:
                continue
            if whole & person.family or (person.there and whole):
                return True
        there = [person.given | person.family for person in self.people if person.there]
        return bool(whole) and not initials and whole <= frozenset().union(*there)


def known_person(given: str | None, family: str | None, *, there: bool = False) -> KnownPerson:
    """Make somebody of the directory out of the names as they are written."""
    return KnownPerson(frozenset(_words(given or "")), frozenset(_words(family or "")), there)


def known_organisations(names: Iterable[str | None]) -> tuple[str, ...]:
    """Fold names of structures; those of two letters are left out."""
    folded = {" ".join(_words(name or "")) for name in names}
    return tuple(sorted(name for name in folded if len(name) >= _SHORTEST))


def contact_of(text: str) -> str:
    """Write a mail address or a telephone in the one way in which two of them are compared."""
    if "@" in text:
        return text.strip().lower()
    figures = re.sub(r"\D", "", text.replace("(0)", ""))
    return "0" + figures[-9:] if len(figures) >= 9 else figures


def _words(text: str) -> list[str]:
    return [fold(token.text) for token in tokens_of(text) if token.kind == "w"]
