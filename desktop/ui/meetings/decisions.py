"""Décisions: the register across the years, to be read, searched and printed; it is written in the
meetings."""

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import N_, _, ngettext
from desktop.models.choices import label as choice_label
from desktop.queries.meetings.decisions import Registered, collective_id, register_of
from desktop.ui.records.register import RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.lists.columns import Column


class DecisionsWorkspace(RegistersWorkspace):
    """The register of decisions."""

    name = "decisions"
    icon = "circle-check"
    areas = frozenset({"meetings", "actions"})
    keys = ((N_("Up, Down"), N_("read the record above or below in the list")),
            (N_("Enter"), N_("open the meeting that took the decision")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Decisions"), (RegisterPlan(
            kind="decision", name=_("Decisions"), icon="circle-check",
            columns=(Column[Registered](_("Decision"), lambda row: row.text, strong=True),
                     Column[Registered](_("No."), lambda row: row.number, width=122),
                     Column[Registered](_("Date"), lambda row: short_date(row.on) if row.on else "",
                                        key=lambda row: row.on, width=96),
                     Column[Registered](_("Group"), lambda row: row.group, width=140)),
            rows=register_of, sheet=self._sheet, entries=list, new_label="",
            empty_title=_("No decision yet"),
            empty_text=_("In the notes of a meeting, a line that begins with ! is a decision. It "
                         "is found here afterwards."),
            buttons=((_("Open the meeting"), "calendar-days", self._open),), open=self._open,
            begin=self._tell_where),))
        self.header.addWidget(button(_("Print"), lambda: desk.print(self.printables()),
                                     icon_name="printer", tip="F9"))

    def _tell_where(self) -> None:
        self.desk.messages.say(_("A decision is written in the notes of its meeting: a line that "
                                 "begins with !."))

    def _open(self, row: Registered) -> None:
        if row.meeting_id is not None:
            self.desk.go("meetings", row.meeting_id)

    def _sheet(self, row: Registered) -> RecordSheet:
        state = ((_("Number to be confirmed"), "warn") if not row.final
                 else (_("Minutes validated"), "ok"))
        lines = [(choice_label("action_state", code), title) for _id, title, code in row.following]
        heading = ngettext("{count} action follows from it", "{count} actions follow from it",
                           len(lines)).format(
                               count=len(lines))
        return RecordSheet(row.text, " · ".join(part for part in (row.number, row.meeting) if part),
                     (state,),
                     (Fact(_("Taken on"), long_date(row.on.date()) if row.on else ""),
                      Fact(_("Group"), row.group),
                      Fact(_("How it was taken"),
                           " · ".join(part for part in (row.how, row.votes) if part))),
                     ((heading, lines),))

    def printables(self) -> list[Printable]:
        collective = self.desk.vault.ask(collective_id)
        return [Printable("decision_register", collective)] if collective is not None else []
