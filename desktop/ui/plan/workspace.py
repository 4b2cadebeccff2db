"""Plan: the axes with their objectives and indicators, the plans that follow one another, the
existing schemes."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.base.dates.french import short_date
from desktop.base.i18n import N_, _, ngettext
from desktop.queries.actions import DispositifRow, day_of, dispositifs_of
from desktop.queries.plan import AxisRow, PlanRow, axes_of, plans_of
from desktop.ui.plan.parts import AxisParts
from desktop.ui.plan.succession import SuccessionParts, before_words
from desktop.ui.records import options
from desktop.ui.records.parts import PARTS_KEYS
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column

PLANS = 1
"""The place of the plans among the lists."""


class PlanWorkspace(RegistersWorkspace):
    """The screen of the plan."""

    name = "plan"
    icon = "target"
    areas = frozenset({"plan", "actions", "meetings"})
    keys = (*REGISTER_KEYS, *PARTS_KEYS,
            ("S", N_("in a plan that ends: say what the next axis goes on in")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Plan"),
                         (self._axes(desk), self._plans(desk), self._schemes(desk)))
        follow = QShortcut(QKeySequence("S"), self.registers[PLANS], self._follow)
        follow.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _follow(self) -> None:
        extra = self.registers[PLANS].extra
        if isinstance(extra, SuccessionParts):
            extra.choose_next()

    def _axes(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="axis", name=_("Axes"), icon="target",
            columns=(Column[AxisRow](_("Axis"), lambda row: f"{row.code}. {row.title}" if row.code
                                     else row.title,
                                     strong=True),
                     Column[AxisRow](_("Plan"), lambda row: row.plan, width=150),
                     Column[AxisRow](_("Actions"), lambda row: str(row.actions),
                                     key=lambda row: row.actions, width=90,
                                     right=True),
                     Column[AxisRow](_("Open"), lambda row: str(row.open), key=lambda row: row.open,
                                     width=90, right=True),
                     Column[AxisRow](_("Actions done"), lambda row: str(row.done),
                                     key=lambda row: row.done, width=90,
                                     right=True)),
            rows=axes_of, arguments=lambda: (desk.today(),),
            sheet=lambda row: _axis_sheet(row, desk),
            entries=lambda: [
                Entry("title", _("Title"), required=True, wide=True), Entry("code", _("Code")),
                Entry("order", _("Order")), Entry("description", _("Description"), "lines"),
                Entry("plan_id", _("Plan"), "choice", lambda: _plan_pairs(desk), required=True,
                      wide=True)],
            new_label=_("New axis"), empty_title=_("No plan yet"),
            empty_text=_("The axes of the territory's plan come with its preset; they can be "
                         "edited here."),
            extra=lambda row: AxisParts(desk, row.id), shares=(1, 1))

    def _plans(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="plan", name=_("Plans"), icon="target",
            columns=(Column[PlanRow](_("Plan"), lambda row: row.name, strong=True),
                     Column[PlanRow](_("From"), lambda row: _day(row.starts_on),
                                     key=lambda row: row.starts_on, width=110),
                     Column[PlanRow](_("Until"), lambda row: _day(row.ends_on),
                                     key=lambda row: row.ends_on, width=110)),
            rows=plans_of,
            sheet=lambda row: RecordSheet(row.name, row.territory, (), (
                Fact(_("From"), _day(row.starts_on)), Fact(_("Until"), _day(row.ends_on)),
                Fact(_("Followed by"), row.successor),
                Fact(_("Axes"),
                     ngettext("{count} axis", "{count} axes", row.axes).format(count=row.axes)))),
            entries=lambda: [Entry("name", _("Name"), required=True, wide=True),
                             Entry("territory", _("Territory")),
                             Entry("starts_on", _("From"), "date"),
                             Entry("ends_on", _("Until"), "date"),
                             Entry("successor_id", _("Followed by"), "choice",
                                   lambda: _plan_pairs(desk))],
            extra=lambda row: SuccessionParts(desk, row.id), shares=(1, 1), new_label=_("New plan"),
            empty_title=_("No plan yet"),
            empty_text=_("A plan that follows another keeps the actions of both in their place."))

    def _schemes(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="dispositif", name=_("Existing schemes"), icon="library",
            columns=(Column[DispositifRow](_("Scheme"), lambda row: row.name, strong=True),
                     Column[DispositifRow](_("Holder"), lambda row: row.holder, width=200),
                     Column[DispositifRow](_("Territory"), lambda row: row.territory, width=160)),
            rows=dispositifs_of,
            sheet=lambda row: RecordSheet(row.name, "", (),
                                    (Fact(_("Holder"), row.holder),
                                     Fact(_("Territory"), row.territory))),
            entries=lambda: [Entry("name", _("Name"), required=True, wide=True),
                             Entry("holder", _("Holder")),
                             Entry("territory", _("Territory")),
                             Entry("domains", _("Domains"), "choices",
                                   lambda: options.terms(desk, "domains"))],
            new_label=_("New scheme"), empty_title=_("No scheme yet"),
            empty_text=_("What exists already on the territory: each action is held up to it."))

    def printables(self) -> list[Printable]:
        plans = self.desk.vault.ask(plans_of)[:1]
        chosen = self.register.table.current_row()
        if isinstance(chosen, PlanRow):
            plans = [chosen]
        elif isinstance(chosen, AxisRow):
            plans = ([row for row in self.desk.vault.ask(plans_of) if row.id == chosen.plan_id]
                     or plans)
        return [Printable(kind, row.id) for row in plans
                for kind in ("action_plan", "action_plan_a3")]


def _plan_pairs(desk: Desk) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in desk.vault.ask(plans_of)]


def _axis_sheet(row: AxisRow, desk: Desk) -> RecordSheet:
    chips = [
        (ngettext("{count} open action", "{count} open actions", row.open).format(count=row.open),
         "accent"),
             (ngettext("{count} done", "{count} done", row.done).format(count=row.done), "ok")]
    return RecordSheet(f"{row.code}. {row.title}" if row.code else row.title, row.plan, chips,
                 (Fact("", row.description), *before_words(desk, row)))


def _day(text: str) -> str:
    found: date | None = day_of(text)
    return short_date(found) if found else ""
