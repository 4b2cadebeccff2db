"""Plan: the axes with their objectives and indicators, and how their actions stand."""

from datetime import date

from desktop.base.dates.french import short_date
from desktop.base.i18n import _, ngettext
from desktop.queries.plan import AxisRow, axes_of
from desktop.ui.records.register import REGISTER_KEYS, Fact, RegisterPlan, Sheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column


class PlanWorkspace(RegistersWorkspace):
    """The screen of the plan."""

    name = "plan"
    icon = "target"
    areas = frozenset({"plan", "actions"})
    keys = REGISTER_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Plan"), (RegisterPlan(
            kind="axis", name=_("Axes"), icon="target",
            columns=(Column[AxisRow](_("Axis"), lambda row: f"{row.code}. {row.title}" if row.code else row.title,
                                     strong=True),
                     Column[AxisRow](_("Actions"), lambda row: str(row.actions), key=lambda row: row.actions, width=90,
                                     right=True),
                     Column[AxisRow](_("Open"), lambda row: str(row.open), key=lambda row: row.open, width=90, right=True),
                     Column[AxisRow](_("Actions done"), lambda row: str(row.done), key=lambda row: row.done, width=90,
                                     right=True)),
            rows=axes_of, sheet=self._sheet,
            entries=lambda: [
                Entry("title", _("Title"), required=True, wide=True), Entry("code", _("Code")),
                Entry("order", _("Order")), Entry("description", _("Description"), "lines"),
                Entry("plan_id", _("Plan"), "choice", self._plans, required=True, wide=True)],
            new_label=_("New axis"), empty_title=_("No plan yet"),
            empty_text=_("The axes of the territory's plan come with its preset; they can be edited here.")),))

    def _plans(self) -> list[tuple[str, str]]:
        found = {str(row.plan_id): row.plan for row in self.desk.vault.ask(axes_of) if row.plan_id}
        return list(found.items())

    def _sheet(self, row: AxisRow) -> Sheet:
        lines = []
        for number, objective in enumerate(row.objectives, 1):
            measures = []
            for i in objective.indicators:
                value = "" if i.value is None else f"{i.value}\u00a0{i.unit}".strip()
                target = _("target {target}").format(target=i.target) if i.target is not None else ""
                on = short_date(date.fromisoformat(i.on)) if i.on else ""
                about = ", ".join(part for part in (value, target, on) if part)
                measures.append(f"{i.label}\u202f: {about}" if about else i.label)
            lines.append((_("Objective {number}").format(number=number), "\n".join([objective.title, *measures])))
        chips = [(ngettext("{count} open action", "{count} open actions", row.open).format(count=row.open), "accent"),
                 (ngettext("{count} done", "{count} done", row.done).format(count=row.done), "ok")]
        return Sheet(f"{row.code}. {row.title}" if row.code else row.title, row.plan, chips,
                     (Fact("", row.description),), ((_("Objectives"), lines),))
