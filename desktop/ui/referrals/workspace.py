"""Orientations: cases by their code, where each was referred to, and what followed."""

import uuid
from typing import Any

from desktop.base.dates.french import long_date, month_label
from desktop.base.i18n import N_, _, ngettext
from desktop.commands.referrals import open_referral
from desktop.models.choices import label as choice_label
from desktop.models.states import ReferralState
from desktop.privacy.case_codes import shown_case_code
from desktop.privacy.retention import CASE_MONTHS, TOLD_DAYS, erased_from
from desktop.queries.referrals import ReferralRow, referrals_of
from desktop.queries.retention import cases_soon
from desktop.ui.records import options
from desktop.ui.records.parts import PARTS_KEYS
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.sheet_keys import SheetKeys, of_kind
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.referrals.parts import ReferralParts
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column

STATE_TONES: dict[str, str] = {ReferralState.PROPOSED: "neutral", ReferralState.ACCEPTED: "accent",
               ReferralState.CONTACT_MADE: "accent", ReferralState.UNDER_WAY: "warn",
                               ReferralState.CLOSED: "ok"}


class ReferralsWorkspace(RegistersWorkspace):
    """The screen of referrals."""

    name = "referrals"
    icon = "signpost"
    areas = frozenset({"referrals", "directory"})
    keys = (*REGISTER_KEYS, *PARTS_KEYS, (N_("1 to 7"), N_("note a step of this month")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Referrals"), (RegisterPlan(
            kind="referral", name=_("Referrals"), icon="signpost",
            columns=(Column[ReferralRow](_("Case code"), lambda row: shown_case_code(row.case_code),
                                         strong=True),
                     Column[ReferralRow](_("Referred to"), lambda row: row.organisation, width=128),
                     Column[ReferralRow](_("Kind"),
                                         lambda row: choice_label("referral_kind", row.kind),
                                         width=112),
                     Column[ReferralRow](_("Opened in"), lambda row: month_label(row.opened_month),
                                         key=lambda row: row.opened_month, width=130),
                     Column[ReferralRow](_("State"),
                                         lambda row: choice_label("referral_state", row.state),
                                         tone=lambda row: STATE_TONES.get(row.state, "neutral"),
                                         width=120)),
            rows=referrals_of, first=referrals_of, sheet=self._sheet,
            entries=lambda: [
                Entry("kind", _("Kind"), "choice", lambda: options.fixed("referral_kind"),
                      required=True),
                Entry("organisation_id", _("Referred to"), "choice",
                      lambda: options.organisations(desk)),
                Entry("urgency", _("Urgency"), "choice", lambda: options.fixed("urgency"),
                      required=True),
                Entry("state", _("State"), "choice", lambda: options.fixed("referral_state"),
                      required=True),
                Entry("consents", _("Consent to be contacted was given on paper"), "yes"),
                Entry("outcome", _("How it ended"), "lines", names="nobody",
                      hint=_("Never a name: the code is enough."))],
            new_label=_("New referral"), empty_title=_("No referral yet"),
            empty_text=_("A person is referred to help by a random code that they take away; no "
                         "name is kept."),
            add=self._add, extra=lambda row: ReferralParts(desk, row), shares=(1, 1)),))
        self.soon = label("", "warn", wrap=True)
        self.soon.hide()
        self.page.insertWidget(1, self.soon)
        SheetKeys(self.register, of_kind(ReferralParts, ReferralParts.choose))

    def printables(self) -> list[Printable]:
        row = self.register.table.current_row()
        kinds = ("referral_slip", "referral_slip_large", "consent_form")
        return [Printable(kind, row.id) for kind in kinds] if row is not None else []

    def _sheet(self, row: ReferralRow) -> RecordSheet:
        chips = [(choice_label("referral_state", row.state), STATE_TONES.get(row.state, "neutral"))]
        if row.urgency == "urgente":
            chips.append((choice_label("urgency", row.urgency), "bad"))
        return RecordSheet(shown_case_code(row.case_code), choice_label("referral_kind", row.kind),
                           chips,
                     (Fact(_("Referred to"), row.organisation),
                      Fact(_("Opened in"), month_label(row.opened_month)),
                      Fact(_("Closed in"), month_label(row.closed_month)),
                      Fact(_("What came of it"), choice_label("referral_result", row.result)),
                      Fact(_("How it ended"), row.outcome)), alert=self._alert(row))

    def _alert(self, row: ReferralRow) -> tuple[str, str]:
        """Say that a referral is about to be erased, thirty days before."""
        due = erased_from((row.opened_month, row.closed_month, *(step.month for step in row.steps)))
        if due is None or (due - self.desk.today()).days > TOLD_DAYS:
            return "", ""
        return (_("Erased for good from {day} on").format(day=long_date(due, weekday=False)),
                _("{months} months after its last step; a step noted before keeps it.")
                .format(months=CASE_MONTHS))

    def refresh(self) -> None:
        super().refresh()
        soon = self.desk.vault.ask(cases_soon, self.desk.today())
        self.soon.setText(ngettext(
            "{count} referral or internship search is erased within {days} days: its last step is "
            "{months} months old.",
            "{count} referrals and internship searches are erased within {days} days: their last "
            "step is {months} months old.",
            len(soon)).format(count=len(soon), days=TOLD_DAYS, months=CASE_MONTHS))
        self.soon.setVisible(bool(soon))

    def _add(self, values: dict[str, Any]) -> uuid.UUID:
        kept = {name: value for name, value in values.items() if value not in (None, [])}
        return self.desk.vault.do(open_referral, kept)
