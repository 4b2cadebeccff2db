"""How a reminder is said, wherever it is shown, and the form that corrects one."""

from collections.abc import Sequence
from datetime import date

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.queries.actions import ActionDetail
from desktop.queries.reminders import ReminderRow
from desktop.ui.records import options
from desktop.ui.records.parts import Part
from desktop.ui.widgets.fields.form import Entry


def reminded_words(row: ReminderRow) -> str:
    """Say when somebody was reminded, and by whom: reminded on 3 November by Nadia BENALI."""
    day = long_date(row.day, weekday=False) if row.day is not None else "—"
    if row.by:
        return _("reminded on {day} by {who}").format(day=day, who=row.by)
    return _("reminded on {day}").format(day=day)


def whom_words(row: ReminderRow) -> str:
    """Say who was reminded: an organisation, or the party of an accord."""
    if row.organisation_id is not None:
        return row.organisation or "—"
    return _("{party} (accord)").format(party=choice_label("validation_party", row.party))


def about_words(row: ReminderRow) -> str:
    """Say of what: the kinds of things that were asked for, or the action whose accord is
    awaited."""
    if row.about:
        return ", ".join(choice_label("reminder_about", one) for one in row.about)
    return row.titles[0] if row.titles else row.remark


def reminder_part(row: ReminderRow) -> Part:
    """One reminder as a line of another sheet."""
    day = long_date(row.day, weekday=False) if row.day is not None else "—"
    details = (choice_label("reminder_how", row.how), row.by,
               about_words(row) if row.organisation_id is not None else "", row.remark)
    return Part(str(row.id), row.id, f"{whom_words(row)}, {day}",
                " · ".join(dict.fromkeys(part for part in details if part)))


def reminder_parts(detail: ActionDetail) -> Sequence[Part]:
    """Return the reminders in which an action was named."""
    return [reminder_part(row) for row in detail.reminders]


def reminder_entries(today: date | None = None) -> list[Entry]:
    """Return the fields of a reminder of which is known whom it is to."""
    return [Entry("on", _("On"), "date", required=True, past=True,
                  initial=today.isoformat() if today is not None else None),
            Entry("how", _("How"), "choice", lambda: options.fixed("reminder_how")),
            Entry("about", _("About"), "choices", lambda: options.fixed("reminder_about")),
            Entry("remark", _("Remark"), "lines")]
