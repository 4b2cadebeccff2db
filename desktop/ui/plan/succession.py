"""What a plan that ends hands on: for each axis and objective, the one of the next plan in which it
goes on."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.commands.plan import match_by_titles, take_up
from desktop.queries.plan import AxisRow, axes_of
from desktop.queries.succession import (
    FollowedAxis,
    FollowedObjective,
    PlanSuccession,
    axis_title,
    successions_of,
)
from desktop.ui.records.parts import Part, Parts, PartsPlan, PartsSection
from desktop.ui.records.sheet import Fact
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.layout.flow import Flow

Pairs = list[tuple[str, str]]


def before_words(desk: Desk, row: AxisRow) -> Sequence[Fact]:
    """Say from which axes of earlier plans this one goes on, with their actions and what they
    reached, and in which it does."""
    if row.plan_id is None:
        return ()
    before, after, reached = [], "", []
    for succession in desk.vault.ask(successions_of, row.plan_id):
        for axis in succession.axes:
            if axis.next_id == row.id:
                before.append(f"{axis.title} ({succession.plan}) · {_actions(axis)}")
                reached += [f"{one.label}\u202f: {one.value}\u00a0{one.unit}".strip()
                            for objective in axis.objectives for one in objective.indicators
                            if one.value is not None]
            elif axis.id == row.id and axis.next_id is not None:
                after = f"{axis.next_title} ({succession.next_plan})"
    return (Fact(_("Goes on from"), "\n".join(before)), Fact(_("Reached then"), "\n".join(reached)),
            Fact(_("Goes on in"), after))


def _actions(axis: FollowedAxis) -> str:
    said = ngettext("{count} action", "{count} actions", axis.actions).format(count=axis.actions)
    done = ngettext("{count} done", "{count} done", axis.done).format(count=axis.done)
    return f"{said}, {done}" if axis.done else said


class SuccessionParts(Parts):
    """The axes and objectives of one plan, where a plan follows it."""

    def __init__(self, desk: Desk, plan_id: uuid.UUID) -> None:
        self.desk, self.plan_id = desk, plan_id
        self._edited: uuid.UUID | None = None
        super().__init__(desk, plan_id, lambda: self._succession() or (), (
            PartsPlan("axis", _("Axes that go on"), "plan_id", self._axes, self._axis_entries, "",
                      _("Choose by which plan this one is followed (Enter): its axes and "
                        "objectives can then be matched here."), on_gesture=self._follow,
                      adds=False),
            PartsPlan("objective", _("Objectives that go on"), "axis_id", self._objectives,
                      self._objective_entries, "", "", on_gesture=self._follow, adds=False),
        ))
        self._matching = QWidget()
        line = Flow(8)
        line.setContentsMargins(0, 0, 0, 0)
        self._matching.setLayout(line)
        line.addWidget(button(_("Match by the titles"), self._match, icon_name="list-checks"))
        line.addWidget(button(_("Take up the rest as it is"), self._take_up, icon_name="copy",
                              tip=_("Make in the next plan the axes and objectives that nothing "
                                    "follows yet")))
        box = self.layout()
        if box is not None:
            box.addWidget(self._matching)
        self.refresh()

    def refresh(self) -> None:
        super().refresh()
        succession = self._succession()
        self.sections["objective"].setVisible(self.sections["objective"].is_filled)
        if hasattr(self, "_matching"):
            self._matching.setVisible(succession is not None and self.sections["axis"].writes
                                      and any(waits(axis) for axis in succession.axes))

    def choose_next(self) -> None:
        """Open the form of the first axis or objective that nothing follows yet."""
        succession = self._succession()
        if succession is None or self.is_typed_in or not self.sections["axis"].writes:
            return
        for axis in succession.axes:
            if axis.next_id is None:
                self._open("axis", axis.id)
                return
        for axis in succession.axes:
            for objective in axis.objectives:
                if objective.next_id is None:
                    self._open("objective", objective.id)
                    return
        self.desk.messages.say(_("Each axis and objective goes on in one of the next plan."))

    def _succession(self) -> PlanSuccession | None:
        return next((one for one in self.desk.vault.ask(successions_of, self.plan_id)
                     if one.plan_id == self.plan_id), None)

    def _axes(self, succession: PlanSuccession | tuple[()]) -> Sequence[Part]:
        return [_part(axis, _actions(axis)) for axis in succession.axes] if succession else []

    def _objectives(self, succession: PlanSuccession | tuple[()]) -> Sequence[Part]:
        return ([_part(one, "") for axis in succession.axes for one in axis.objectives]
                if succession
                else [])

    def _follow(self, section: PartsSection, part: Part, _gesture: str) -> None:
        if part.id is not None:
            self._open(section.plan.kind, part.id)

    def _open(self, kind: str, record_id: uuid.UUID) -> None:
        self._edited = record_id
        self.sections[kind].edit(record_id)

    def _axis_entries(self) -> list[Entry]:
        return [_entry(_("Goes on in"), partial(_axes_to, self.desk, self._succession()))]

    def _objective_entries(self) -> list[Entry]:
        return [_entry(_("Goes on in"),
                       partial(_objectives_to, self.desk, self._succession(), self._edited))]

    def _match(self) -> None:
        matched = self._do(match_by_titles)
        if matched:
            self.desk.done(
                ngettext("{count} matched by its title.", "{count} matched by their titles.",
                         matched).format(count=matched))
        elif matched is not None:
            self.desk.messages.say(_("No title is near enough: choose by hand."))

    def _take_up(self) -> None:
        made = self._do(take_up)
        if made:
            self.desk.done(
                ngettext("{count} taken up by the next plan.", "{count} taken up by the next plan.",
                         made).format(count=made))

    def _do(self, command: Callable[..., int]) -> int | None:
        try:
            count = self.desk.vault.do(command, self.plan_id)
        except AppError as error:
            self.desk.messages.error(error)
            return None
        self.refresh()
        return count


def waits(axis: FollowedAxis) -> bool:
    """Whether an axis or one of its objectives goes on in nothing yet."""
    return axis.next_id is None or any(one.next_id is None for one in axis.objectives)


def _part(row: FollowedAxis | FollowedObjective, said: str) -> Part:
    going = _("goes on in: {title}").format(title=row.next_title) if row.next_id is not None else ""
    return Part(str(row.id), row.id, row.title, " · ".join(part for part in (going, said) if part),
                ("", "neutral") if row.next_id is not None
                else (_("goes on in nothing yet"), "warn"),
                (("follow", _("Goes on in…")),), is_fixed=True)


def _entry(title: str, pairs: partial[Pairs]) -> Entry:
    return Entry("successor_id", title, "choice", pairs)


def _axes_to(desk: Desk, succession: PlanSuccession | None) -> Pairs:
    return [(str(axis.id), axis_title(axis.code, axis.title)) for axis in desk.vault.ask(axes_of)
            if succession is not None and axis.plan_id == succession.next_id]


def _objectives_to(desk: Desk, succession: PlanSuccession | None,
                   objective_id: uuid.UUID | None) -> Pairs:
    """Return the objectives of the next plan; those of the axis that follows its own come first."""
    if succession is None:
        return []
    own = next((axis.next_id for axis in succession.axes
                if any(one.id == objective_id for one in axis.objectives)), None)
    axes = [axis for axis in desk.vault.ask(axes_of) if axis.plan_id == succession.next_id]
    return [(str(one.id), one.title) for axis in sorted(axes, key=lambda axis: axis.id != own)
            for one in axis.objectives]
