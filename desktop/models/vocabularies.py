"""Words of the territory and of the law, as dated records: they sync, and old records keep the label of their day."""

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Collective(Record):
    """The collective itself."""

    __area__ = "vocabularies"

    name: Mapped[str | None] = field.text("Name", required=True)
    territory: Mapped[str | None] = field.text("Territory")
    preset: Mapped[str | None] = field.text("Territory preset")


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


class Place(Record):
    """A commune, a zone or a neighbourhood of the politique de la ville; id derived from kind and code."""

    __area__ = "vocabularies"

    kind: Mapped[str | None] = field.code("Kind", "place_kind", required=True)
    code: Mapped[str | None] = field.text("Code", required=True)
    name: Mapped[str | None] = field.text("Name", required=True)
    parent_code: Mapped[str | None] = field.text("Part of")
    population: Mapped[int | None] = field.integer("Population")
    generation: Mapped[str | None] = field.text("Generation (year)")
