"""The members of a group, in its sheet: seen, added, changed and ended in place, under who reads
what the group does."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.base.dates.french import short_date
from desktop.base.i18n import _
from desktop.commands.directory import end_membership
from desktop.models.authority import may
from desktop.models.choices import label as choice_label
from desktop.queries.directory import GroupRow, MemberRow, members_of
from desktop.ui.directory.secrecy import SecrecyPanel
from desktop.ui.records import options
from desktop.ui.records.parts import Part, Parts, PartsPlan, PartsSection
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry


class GroupParts(Parts):
    """The members of one group, and who reads what it does."""

    def __init__(self, desk: Desk, row: GroupRow) -> None:
        self.desk, self.group = desk, row
        self._secrecy: SecrecyPanel | None = None
        self._ends = may(desk.vault.identity.roles, "membership")
        super().__init__(desk, row.id, partial(desk.vault.ask, members_of, row.id), (PartsPlan(
            "membership", _("Members"), "group_id", self._members, _entries(desk),
            _("Add a member"),
            _("Nobody belongs to this group yet: its meetings expect nobody."),
            on_gesture=self._end),))
        self._secrecy = SecrecyPanel(desk, row)
        box = self.layout()
        if isinstance(box, QVBoxLayout):
            # Above the members, of whom there may be sixty.
            box.insertWidget(0, self._secrecy)

    @keeps_hand
    def refresh(self) -> None:
        super().refresh()
        if self._secrecy is not None:
            self._secrecy.refresh()

    def add_member(self) -> None:
        """Open the form of a new member."""
        section = self.sections["membership"]
        if section.writes:
            section.add()

    def _members(self, rows: Sequence[MemberRow]) -> Sequence[Part]:
        today = self.desk.today().isoformat()
        now = [row for row in rows if not row.until or row.until >= today]
        before = [row for row in rows if row.until and row.until < today]
        return [self._part(row, is_over=False)
                for row in now] + [self._part(row, is_over=True) for row in before]

    def _part(self, row: MemberRow, *, is_over: bool) -> Part:
        role = choice_label("membership_role", row.role)
        where = row.organisation if row.organisation != row.name else ""
        days = [_("member since {day}").format(day=_day(row.since)) if row.since else "",
                _("until {day}").format(day=_day(row.until)) if row.until else ""]
        return Part(str(row.id), row.id, row.name,
                    " · ".join(part for part in (where, row.function, *days) if part),
                    (_("ended"), "neutral") if is_over
                    else (role if row.role != "membre" else "", "accent"),
                    () if row.until or not self._ends else (("end", _("End it today")),))

    def _end(self, section: PartsSection, part: Part, _gesture: str) -> None:
        membership = part.id
        if membership is not None:
            section.run(lambda: self.desk.vault.do(end_membership, membership),
                        _("Member until today."))


def _entries(desk: Desk) -> Callable[[], list[Entry]]:
    def entries() -> list[Entry]:
        return [Entry("person_id", _("Person"), "person", people=options.directory(desk),
                      required=True),
                Entry("role", _("Role"), "choice", lambda: options.fixed("membership_role"),
                      initial="membre"),
                Entry("function", _("Function")),
                Entry("since", _("Since"), "date", initial=desk.today().isoformat(), past=True),
                Entry("until", _("Until"), "date")]

    return entries


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))
