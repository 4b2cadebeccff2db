"""What belongs to an axis, in its sheet: objectives, indicators, and what was measured, with its
chart."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import _
from desktop.queries.actions import day_of
from desktop.queries.plan import AxisRow, IndicatorRow, axes_of
from desktop.ui.records import options
from desktop.ui.records.parts import Part, Parts, PartsPlan, PartsSection
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.chart import RowBars
from desktop.ui.widgets.fields.form import Entry

CHARTED = 12
"""Measures that the chart of an indicator shows: the last ones."""


def value_words(row: IndicatorRow) -> str:
    """Say an indicator: 12 people, target 40 by December; at the start 3."""
    parts = []
    if row.value is not None:
        on = day_of(row.on)
        said = f"{row.value}\u00a0{row.unit}".strip()
        parts.append(f"{said} ({short_date(on)})" if on else said)
    if row.target is not None:
        by = day_of(row.target_on)
        parts.append(_("target {target} by {day}")
                     .format(target=row.target, day=long_date(by, weekday=False)) if by else
                     _("target {target}").format(target=row.target))
    if row.baseline is not None:
        parts.append(_("{value} at the start").format(value=row.baseline))
    if row.derived:
        parts.append(_("counted by Carnet, over twelve months"))
    elif row.source:
        parts.append(row.source)
    return " · ".join(parts) or _("not measured yet")


class AxisParts(Parts):
    """The parts of one axis."""

    def __init__(self, desk: Desk, axis_id: uuid.UUID) -> None:
        self.desk, self.axis_id = desk, axis_id
        super().__init__(desk, axis_id, partial(desk.vault.ask, _axis, axis_id, desk.today()), (
            PartsPlan("objective", _("Objectives"), "axis_id", _objectives, _objective_entries,
                      _("Add an objective")),
            PartsPlan("indicator", _("Indicators"), "", self._indicators, self._indicator_entries,
                      _("Add an indicator"),
                      _("Two indicators an objective say where one stands."),
                      on_gesture=self._measure),
            PartsPlan("indicator_value", _("Measures"), "", self._values, self._value_entries,
                      _("Add a measure")),
        ))
        self._charts: list[RowBars] = []
        self._show_charts()

    def refresh(self) -> None:
        super().refresh()
        self._show_charts()

    def _show_charts(self) -> None:
        """Draw the last measures of each indicator, with its target."""
        box = self.layout()
        for chart in getattr(self, "_charts", ()):
            chart.hide()
            chart.deleteLater()
        self._charts = []
        for row in self._rows():
            if len(row.measures) > 1 and box is not None:
                bars = [(_day(one.on), one.value) for one in row.measures[-CHARTED:]]
                if row.target is not None:
                    bars.append((_("target"), row.target))
                chart = RowBars(row.label, bars)
                chart.setToolTip(row.label)
                self._charts.append(chart)
                box.addWidget(chart)

    def _axis(self) -> AxisRow | None:
        return self.desk.vault.ask(_axis, self.axis_id, self.desk.today())

    def _rows(self) -> list[IndicatorRow]:
        axis = self._axis()
        return ([row for objective in axis.objectives for row in objective.indicators]
                if axis is not None else [])

    def _indicators(self, axis: AxisRow) -> Sequence[Part]:
        return [Part(str(row.id), row.id, row.label, value_words(row),
                     gestures=() if row.derived else (("measure", _("Measure…")),))
                for objective in axis.objectives for row in objective.indicators]

    def _measure(self, _section: PartsSection, part: Part, _gesture: str) -> None:
        self.sections["indicator_value"].add({"indicator_id": str(part.id)})

    def _values(self, axis: AxisRow) -> Sequence[Part]:
        return [Part(str(one.id), one.id, f"{row.label}\u202f: {one.value}\u00a0{row.unit}".strip(),
                     " · ".join(part for part in (_day(one.on), one.source) if part))
                for objective in axis.objectives for row in objective.indicators
                for one in reversed(row.measures)]

    def _indicator_entries(self) -> list[Entry]:
        axis = self._axis()
        objectives = ([(str(one.id), one.title) for one in axis.objectives] if axis is not None
                      else [])
        return [Entry("objective_id", _("Objective"), "choice", lambda: objectives, required=True),
                Entry("label", _("Label"), required=True), Entry("unit", _("Unit")),
                Entry("baseline", _("At the start"), "number"),
                Entry("target", _("Target"), "number"),
                Entry("target_on", _("Target day"), "date"), Entry("source", _("Source")),
                Entry("derived", _("Counted by Carnet"), "choice",
                      lambda: options.fixed("indicator_count"))]

    def _value_entries(self) -> list[Entry]:
        rows = [(str(row.id), row.label) for row in self._rows() if not row.derived]
        return [Entry("indicator_id", _("Indicator"), "choice", lambda: rows, required=True),
                Entry("value", _("Value"), "number", required=True),
                Entry("on", _("Measured on"), "date", required=True,
                      initial=self.desk.today().isoformat(), past=True),
                Entry("source", _("Source"))]


def _axis(session: Any, axis_id: uuid.UUID, today: Any) -> AxisRow | None:
    return next((row for row in axes_of(session, today) if row.id == axis_id), None)


def _objectives(axis: AxisRow) -> Sequence[Part]:
    return [Part(str(one.id), one.id, one.title) for one in axis.objectives]


def _objective_entries() -> list[Entry]:
    return [Entry("title", _("Title"), "lines", required=True), Entry("order", _("Order"))]


def _day(text: str) -> str:
    found = day_of(text)
    return short_date(found) if found else ""

