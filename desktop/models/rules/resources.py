"""Rules of the resources: nobody is named without their written permission, nothing is lent twice,
a rating is of five."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from desktop.base.dates.french import short_date
from desktop.base.i18n import _
from desktop.models.directory import Organisation, Person
from desktop.models.resources import Resource, ResourceLoan
from desktop.models.rules.context import RuleContext, Violation
from desktop.models.rules.texts import HARD
from desktop.models.states import ResourceKind
from desktop.privacy.detect import find_identities

BEST = 5
"""The highest rating."""
TOLD = ("title", "description", "period", "place")
"""The fields of a memory in which somebody might be named. Its sources are books and archives,
which have authors."""


def check(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one resource."""
    if record.rating is not None:
        yield Violation("rating", _("A resource is rated by its uses: who used it, when, of five."),
                        _("Add a use of it instead."))
    if record.authorised_on and record.authorised_on > context.today.isoformat():
        yield Violation("authorised_on", _("The permission cannot be received later than today."))
    if record.authorised_on:
        return
    if (record.named_people or "").strip():
        yield Violation("authorised_on",
                        _("Somebody is named: write the day on which their written permission was "
                          "received."),
                        _("Without it, name nobody: write the function, the family tie, the "
                          "trade."),
                        with_fields=("named_people",))
    elif record.kind == ResourceKind.MEMORY:
        for name in TOLD:
            if any(span.category in HARD and span.certain
                   for span in find_identities(getattr(record, name) or "")):
                yield Violation(name, _("This text seems to name somebody, whose written "
                                        "permission is not noted."),
                                _("Note the day of the permission, or name nobody."),
                                with_fields=("kind", "authorised_on"))


def check_loan(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one loan."""
    resource = context.get(Resource, record.resource_id)
    if record.resource_id is not None and resource is None:
        yield Violation("resource_id", _("This resource does not exist."))
    if resource is not None and resource.kind == ResourceKind.SPEAKER:
        yield Violation("resource_id", _("A speaker is invited, not lent."),
                        _("Note the use that was made of it instead."))
    if record.organisation_id is None and record.person_id is None:
        yield Violation("organisation_id",
                        _("Say to whom it is lent: an organisation or a person."),
                        with_fields=("person_id",))
    if record.lent_on and record.due_on and record.due_on < record.lent_on:
        yield Violation("due_on", _("The loan would end before it begins."),
                        with_fields=("lent_on",))
    if record.lent_on and record.back_on and record.back_on < record.lent_on:
        yield Violation("back_on", _("It would be back before it was lent."),
                        with_fields=("lent_on",))
    if record.back_on and record.back_on > context.today.isoformat():
        yield Violation("back_on", _("It cannot be back later than today."))
    if record.resource_id is not None and record.lent_on and record.due_on:
        yield from _lent_already(record, context)


def _lent_already(record: Any, context: RuleContext) -> Iterator[Violation]:
    today = context.today.isoformat()
    first, end = record.lent_on, end_of(record, today)
    for other in context.all(ResourceLoan, resource_id=record.resource_id):
        if other.id != record.id and other.lent_on and other.due_on and overlap(
                (first, end), (other.lent_on, end_of(other, today))):
            yield Violation("lent_on",
                            _("It is lent already from {first} to {last}{borrower}.").format(
                                first=_day(other.lent_on), last=_day(other.back_on or other.due_on),
                                borrower=_borrower(other, context)),
                _("Choose other days, or note first that it is back."),
                            with_fields=("due_on", "back_on", "resource_id"))
            return


def end_of(loan: Any, today: str) -> tuple[str, bool]:
    """Return the last day of a loan (ISO 8601), and whether another may have it on that day: it was
    brought back.

    What is late is out until today at least.
    """
    if loan.back_on:
        return loan.back_on, True
    due = loan.due_on or loan.lent_on
    return max(due, today) if loan.lent_on <= today else due, False


def overlap(one: tuple[str, tuple[str, bool]], other: tuple[str, tuple[str, bool]]) -> bool:
    """Whether two loans, each (first day, `end_of`), have the resource on the same day."""
    return _before_end(one[0], other[1]) and _before_end(other[0], one[1])


def _before_end(day: str, end: tuple[str, bool]) -> bool:
    return day < end[0] if end[1] else day <= end[0]


def _borrower(loan: ResourceLoan, context: RuleContext) -> str:
    organisation = context.get(Organisation, loan.organisation_id)
    person = context.get(Person, loan.person_id)
    name = (organisation.short_name or organisation.name) if organisation is not None else (
        f"{person.given_name or ''} {person.family_name or ''}".strip() if person is not None
        else "")
    return f" ({name})" if name else ""


def check_use(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge what an organisation thought of a resource."""
    if record.resource_id is not None and context.get(Resource, record.resource_id) is None:
        yield Violation("resource_id", _("This resource does not exist."))
    if record.rating is not None and not 1 <= record.rating <= BEST:
        yield Violation("rating", _("A rating goes from 1 to 5."))
    if record.used_on and record.used_on > context.today.isoformat():
        yield Violation("used_on", _("What was not used yet is not rated."))


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))
