"""Rules on codes: a word of a vocabulary that is known and in force, a place of the territory."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.record import Record, fields_of
from desktop.models.rules.context import RuleContext, Violation
from desktop.models.vocabularies import Place, Term


def check(cls: type[Record], record: Any, context: RuleContext) -> Iterator[Violation]:
    """Refuse the codes of a record that no vocabulary of the collective and no place of its
    territory has."""
    for field in fields_of(cls):
        list_name, colon, rest = field.choices.partition(":")
        value = getattr(record, field.name)
        if not colon or value in (None, "", []):
            continue
        for code in value if isinstance(value, list) else [value]:
            if list_name == "term":
                yield from _term(field.name, rest, code, record, context)
            else:
                yield from _place(field.name, rest, code, record, context)


def _term(name: str, vocabulary: str, code: str, record: Any,
          context: RuleContext) -> Iterator[Violation]:
    terms = context.terms(vocabulary)
    if not terms:
        # A vault without vocabularies belongs to no collective yet.
        return
    term = terms.get(code)
    if term is None:
        yield Violation(name, _("{code} is not a word of this list.").format(code=repr(code)[:40]),
                        _("Known: {codes}.").format(codes=", ".join(sorted(terms)[:40])))
    elif not _in_force(term, record, context):
        yield Violation(name,
                        _("{code} is not in force at that time.").format(code=repr(code)[:40]),
                        _("Choose the word that replaced it."))


def _in_force(term: Term | Place, record: Any, context: RuleContext) -> bool:
    month = getattr(record, "month", None)
    on = f"{month}-31" if isinstance(month, str) and month else context.today.isoformat()
    first = f"{month}-01" if isinstance(month, str) and month else on
    return ((not term.valid_from or term.valid_from <= on)
            and (not term.valid_to or term.valid_to >= first))


def _place(name: str, kind: str, code: str, record: Any,
           context: RuleContext) -> Iterator[Violation]:
    places = context.places(kind)
    if places and code not in places:
        yield Violation(name,
                        _("{code} is no place of the territory.").format(code=repr(code)[:40]),
                        _("The coordination keeps the list of places."))
    elif places and not _in_force(places[code], record, context):
        yield Violation(name,
                        _("{code} is not in force at that time.").format(code=repr(code)[:40]),
                        _("Choose the place that replaced it."))
