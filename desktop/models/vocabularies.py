"""Words of the territory and of the law, as dated records: they sync, and old records keep the
label of their day."""

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Collective(Record):
    """The collective itself."""

    __area__ = "vocabularies"

    name: Mapped[str | None] = field.text("Name", required=True)
    territory: Mapped[str | None] = field.text("Territory")
    preset: Mapped[str | None] = field.text("Territory preset")
    population_year: Mapped[int | None] = field.integer("Year of the populations")
    neighbourhoods_complete: Mapped[bool | None] = field.boolean(
        "The list of neighbourhoods is complete")
    places_source: Mapped[str | None] = field.text("Source of the places")


class Term(Record):
    """One entry of a vocabulary; id derived from the vocabulary and the code."""

    __area__ = "vocabularies"

    vocabulary: Mapped[str | None] = field.text("Vocabulary", required=True)
    code: Mapped[str | None] = field.text("Code", required=True)
    label_fr: Mapped[str | None] = field.text("French label", required=True)
    label_en: Mapped[str | None] = field.text("English label")
    family: Mapped[str | None] = field.text("Family")
    valid_from: Mapped[str | None] = field.day("Valid from")
    valid_to: Mapped[str | None] = field.day("Valid until")
    source: Mapped[str | None] = field.text("Source")
    verified_on: Mapped[str | None] = field.day("Verified on")
    order: Mapped[int | None] = field.integer("Order")
    also: Mapped[str | None] = field.text("Everyday words")
    earlier: Mapped[str | None] = field.text("Earlier labels")


class Place(Record):
    """A commune, a zone or a neighbourhood of the politique de la ville; id derived from kind and
    code.

    `parent_code`: the zone of a commune, the commune of a neighbourhood, which may reach into
    `other_communes`.
    `to_confirm`: known by its name, its official code or its being on the list is not certain.
    """

    __area__ = "vocabularies"

    kind: Mapped[str | None] = field.code("Kind", "place_kind", required=True)
    code: Mapped[str | None] = field.text("Code", required=True)
    name: Mapped[str | None] = field.text("Name", required=True)
    parent_code: Mapped[str | None] = field.text("Part of")
    population: Mapped[int | None] = field.integer("Population")
    generation: Mapped[str | None] = field.text("Generation (year)")
    other_communes: Mapped[list[str] | None] = field.codes("Other communes", "place:commune")
    to_confirm: Mapped[bool | None] = field.boolean("To be confirmed")
    source: Mapped[str | None] = field.text("Source")
    verified_on: Mapped[str | None] = field.day("Verified on")
    valid_from: Mapped[str | None] = field.day("Valid from")
    valid_to: Mapped[str | None] = field.day("Valid until")
    earlier: Mapped[str | None] = field.text("Earlier names")


# A word of the territory that is renamed keeps its code; what was written before shows the name of
# its day.

def renamed(earlier: str | None, name: str, until: str) -> str:
    """Return the earlier names of a place or a term, with one more, which stood until the day
    `until` (inclusive)."""
    lines = (earlier or "").splitlines()
    return "\n".join(sorted([*lines, f"{until} {name}"], reverse=True))


def name_on(name: str, earlier: str | None, on: str) -> str:
    """Return the name of a place or a term on a day (or in a month), which the earlier names say
    until theirs; "" is today."""
    held = name
    for line in (earlier or "").splitlines() if on else ():
        until, _space, before = line.partition(" ")
        if before and on <= until[:len(on)]:
            held = before
    return held
