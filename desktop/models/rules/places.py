"""Rules of places and terms: a code is for life, what has an end ends after it began, nobody lives
in too small a place."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.models.record import derived_id
from desktop.models.rules.context import RuleContext, Violation
from desktop.models.rules.observations import SMALLEST_COMMUNE

NOT_SAID = frozenset({"NSP", "NRP"})
"""Terms by which one does not answer: every list keeps them."""
LONGEST_CODE = 40
LONGEST_NAME = 300


def check(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one place."""
    context.take_place(record)
    yield from _code(record, derived_id("place", record.kind, record.code))
    yield from _name("name", record.name)
    yield from _dates(record)
    if record.verified_on and record.verified_on > context.today.isoformat():
        yield Violation("verified_on", _("This day is to come."))
    if record.population is not None and record.population < 0:
        yield Violation("population", _("A population is not below zero."))
    if record.kind == "commune":
        yield from _commune(record, context)
    elif record.kind == "neighbourhood":
        yield from _neighbourhood(record, context)


def _commune(record: Any, context: RuleContext) -> Iterator[Violation]:
    if record.population is None:
        yield Violation("population",
                        _("A commune has a population: under 2,000 inhabitants it is shown as its "
                          "zone."))
    elif record.population >= SMALLEST_COMMUNE and record.parent_code:
        yield Violation("parent_code",
                        _("A commune of 2,000 inhabitants or more stands by itself, without a "
                          "zone."),
                        with_fields=("population",))
    elif record.population < SMALLEST_COMMUNE and record.parent_code not in context.places("zone"):
        yield Violation("parent_code",
                        _("A commune under 2,000 inhabitants has a zone: alone, it tells too "
                          "much."),
                        _("Choose a zone of the list, or add one."), with_fields=("population",))


def _neighbourhood(record: Any, context: RuleContext) -> Iterator[Violation]:
    communes = context.places("commune")
    if communes and record.parent_code not in communes:
        yield Violation("parent_code", _("A neighbourhood lies in a commune of the territory."),
                        _("Choose one of the list."))
    if record.parent_code in (record.other_communes or []):
        yield Violation("other_communes", _("This commune is named already."),
                        with_fields=("parent_code",))
    if record.generation and not (record.generation.isascii() and record.generation.isdigit()
                                  and len(record.generation) == 4):
        yield Violation("generation", _("The generation is the year of the list, as 2024."))
    double = next((other for other in context.places("neighbourhood").values()
                   if other.id != record.id and not other.valid_to
                   and other.parent_code == record.parent_code
                   and fold(other.name or "") == fold(record.name or "")), None)
    if double is not None and not record.valid_to:
        yield Violation("name", _("This commune has a neighbourhood of this name already: {code}.")
                        .format(code=double.code),
                        with_fields=("parent_code",))


def check_term(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one term of a vocabulary."""
    context.take_term(record)
    yield from _code(record, derived_id("term", record.vocabulary, record.code))
    yield from _name("label_fr", record.label_fr)
    yield from _dates(record)
    if record.code in NOT_SAID and record.valid_to:
        yield Violation("valid_to", _("Every list keeps a way not to answer."))
    double = next(
        (other for other in context.terms(record.vocabulary or "").values() if other.id != record.id
         and not other.valid_to and fold(other.label_fr or "") == fold(record.label_fr or "")),
        None)
    if double is not None and not record.valid_to:
        yield Violation("label_fr",
                        _("This list has this word already: {code}.").format(code=double.code))


def _code(record: Any, derived: Any) -> Iterator[Violation]:
    if not record.code or len(record.code) > LONGEST_CODE or not record.code.isprintable():
        yield Violation("code", _("A code has from 1 to {count} letters and figures.")
                        .format(count=LONGEST_CODE))
    elif record.id != derived:
        yield Violation("code", _("A code is for life: records bear it."),
                        _("End this one, and add another."))


def _name(field: str, name: str | None) -> Iterator[Violation]:
    if name and len(name) > LONGEST_NAME:
        yield Violation(field, _("This text has {count} characters; {limit} is the limit.").format(
            count=len(name), limit=LONGEST_NAME))


def _dates(record: Any) -> Iterator[Violation]:
    if record.valid_from and record.valid_to and record.valid_to < record.valid_from:
        yield Violation("valid_to", _("It would end before it begins."),
                        with_fields=("valid_from",))
