"""What follows a referral, in its sheet: steps by month with one key each, and what came of it,
which closes it."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.base.dates.french import month_label
from desktop.base.i18n import _
from desktop.commands.referrals import add_step, close_referral
from desktop.models.choices import CHOICES
from desktop.models.choices import label as choice_label
from desktop.models.states import ReferralState
from desktop.queries.referrals import ReferralRow, referrals_of
from desktop.ui.records import options
from desktop.ui.records.parts import Part, Parts, PartsPlan
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.layout.flow import Flow

STEPS = tuple(choice.code for choice in CHOICES["referral_step"])
RESULTS = tuple(choice.code for choice in CHOICES["referral_result"])


class ReferralParts(Parts):
    """The steps of one referral, and its end."""

    def __init__(self, desk: Desk, row: ReferralRow) -> None:
        self.desk, self.referral_id, self._is_open = desk, row.id, row.state != ReferralState.CLOSED
        super().__init__(desk, row.id, partial(desk.vault.ask, _referral, row.id), (
            PartsPlan("referral_step", _("Steps"), "referral_id", _steps, self._entries,
                      _("Another month, or a text"),
                      _("Nothing was noted yet."), add=add_step),))
        if self.sections["referral_step"].writes and self._is_open:
            self._add_buttons(_("A step this month"), [
                button(f"{number}\u2002{choice_label('referral_step', step)}",
                       partial(self.step, step))
                for number, step in enumerate(STEPS, 1)])
            self._add_buttons(_("What came of it: this closes the referral"), [
                button(choice_label("referral_result", result), partial(self.close_with, result),
                       style="quiet")
                for result in RESULTS])

    def _add_buttons(self, title: str, buttons: Sequence[QWidget]) -> None:
        box = self.layout()
        line = Flow(6)
        for made in buttons:
            line.addWidget(made)
        holder = QWidget()
        holder.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        if box is not None:
            box.addWidget(label(title, "small", wrap=True))
            box.addWidget(holder)

    def choose(self, number: int) -> None:
        """Note the step of this number, from 1; nothing of a referral that is closed."""
        if 1 <= number <= len(STEPS) and self._is_open:
            self.step(STEPS[number - 1])

    def step(self, code: str) -> None:
        """Note a step of this month."""
        self.sections["referral_step"].run(
            lambda: self.desk.vault.do(add_step,
                                       {"referral_id": str(self.referral_id), "step": code}),
            _("Noted: {step}").format(step=choice_label("referral_step", code)))

    def close_with(self, result: str) -> None:
        """Close the referral with what came of it."""
        self.sections["referral_step"].run(
            lambda: self.desk.vault.do(close_referral, self.referral_id, result),
            _("Closed: {result}").format(result=choice_label("referral_result", result)))

    def _entries(self) -> list[Entry]:
        return [Entry("step", _("Step"), "choice", lambda: options.fixed("referral_step")),
                Entry("month", _("Month"), "month", required=True,
                      initial=self.desk.today().isoformat()[:7]),
                Entry("text", _("Text"), "lines", names="nobody",
                      hint=_("Never a name: the code is enough."))]


def _referral(session: Any, referral_id: uuid.UUID) -> ReferralRow | None:
    return next((row for row in referrals_of(session) if row.id == referral_id), None)


def _steps(row: ReferralRow) -> Sequence[Part]:
    return [Part(str(one.id), one.id, " · ".join(part for part in (
        choice_label("referral_step", one.step), one.text) if part) or "—", month_label(one.month))
        for one in sorted(row.steps, key=lambda one: one.month, reverse=True)]
