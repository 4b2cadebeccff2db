"""The list of the reminders that went out."""

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.queries.reminders import ReminderRow, first_reminders, reminders_of
from desktop.ui.records import options
from desktop.ui.records.register import RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.reminders.words import about_words, reminder_entries, whom_words
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column


def reminders_plan(desk: Desk) -> RegisterPlan:
    """Every reminder, the last first: who, when, of what, by whom."""
    return RegisterPlan(
        kind="reminder", name=_("Reminders"), icon="clock",
        columns=(Column[ReminderRow](_("Reminded"), whom_words, strong=True),
                 Column[ReminderRow](_("On"), lambda row: short_date(row.day) if row.day else "",
                                     key=lambda row: row.on, width=104),
                 Column[ReminderRow](_("By"), lambda row: row.by, width=150),
                 Column[ReminderRow](_("About"), about_words, width=240)),
        rows=reminders_of, first=first_reminders, sheet=_sheet,
        entries=lambda: [
            Entry("organisation_id", _("Organisation"), "choice",
                  lambda: options.organisations(desk), required=True, wide=True),
            *reminder_entries(desk.today())],
        new_label=_("Note a reminder"), empty_title=_("Nobody was reminded yet"),
        empty_text=_("A reminder printed or sent is noted here: of an organisation, or of an "
                     "accord."),
        may_edit=lambda row: row.organisation_id is not None)


def _sheet(row: ReminderRow) -> RecordSheet:
    sections = ((_("Actions"), [("", title) for title in row.titles]),) if row.titles else ()
    return RecordSheet(whom_words(row), choice_label("reminder_how", row.how), (),
                 (Fact(_("On"), long_date(row.day) if row.day else ""), Fact(_("By"), row.by),
                  Fact(_("About"), about_words(row)), Fact(_("Remark"), row.remark)), sections)
