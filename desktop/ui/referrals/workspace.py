"""Orientations: cases by their code, where each was referred to, and what followed."""

import uuid
from typing import Any

from desktop.base.dates.french import month_label
from desktop.base.i18n import _
from desktop.commands.records import add_record
from desktop.models.choices import label as choice_label
from desktop.models.states import ReferralState
from desktop.privacy.case_codes import make_case_code
from desktop.queries.referrals import ReferralRow, referrals_of
from desktop.ui.records import options
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, Sheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column

STATE_TONES: dict[str, str] = {ReferralState.PROPOSED: "neutral", ReferralState.ACCEPTED: "accent",
               ReferralState.CONTACT_MADE: "accent", ReferralState.UNDER_WAY: "warn", ReferralState.CLOSED: "ok"}


class ReferralsWorkspace(RegistersWorkspace):
    """The screen of referrals."""

    name = "referrals"
    icon = "signpost"
    areas = frozenset({"referrals", "directory"})
    keys = REGISTER_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Referrals"), (RegisterPlan(
            kind="referral", name=_("Referrals"), icon="signpost",
            columns=(Column[ReferralRow](_("Code"), lambda row: row.case_code, strong=True),
                     Column[ReferralRow](_("Referred to"), lambda row: row.organisation, width=170),
                     Column[ReferralRow](_("Kind"), lambda row: choice_label("referral_kind", row.kind), width=180),
                     Column[ReferralRow](_("Opened in"), lambda row: month_label(row.opened_month),
                                         key=lambda row: row.opened_month, width=132),
                     Column[ReferralRow](_("State"), lambda row: choice_label("referral_state", row.state),
                                         tone=lambda row: STATE_TONES.get(row.state, "neutral"), width=120)),
            rows=referrals_of, first=referrals_of, sheet=self._sheet,
            entries=lambda: [
                Entry("kind", _("Kind"), "choice", lambda: options.fixed("referral_kind"), required=True),
                Entry("organisation_id", _("Referred to"), "choice", lambda: options.organisations(desk)),
                Entry("urgency", _("Urgency"), "choice", lambda: options.fixed("urgency"), required=True),
                Entry("state", _("State"), "choice", lambda: options.fixed("referral_state"), required=True),
                Entry("outcome", _("Outcome"), "lines", hint=_("Never a name: the code is enough."))],
            new_label=_("New referral"), empty_title=_("No referral yet"),
            empty_text=_("A person is referred to help by a random code that they take away; no name is kept."),
            add=self._add),))

    def _sheet(self, row: ReferralRow) -> Sheet:
        chips = [(choice_label("referral_state", row.state), STATE_TONES.get(row.state, "neutral"))]
        if row.urgency == "urgente":
            chips.append((choice_label("urgency", row.urgency), "bad"))
        return Sheet(row.case_code, choice_label("referral_kind", row.kind), chips,
                     (Fact(_("Referred to"), row.organisation), Fact(_("Opened in"), month_label(row.opened_month)),
                      Fact(_("Closed in"), month_label(row.closed_month)), Fact(_("Outcome"), row.outcome)),
                     ((_("Follow-up"), [(month_label(step.month), step.text) for step in row.steps]),))

    def _add(self, values: dict[str, Any]) -> uuid.UUID:
        kept = {name: value for name, value in values.items() if value not in (None, [])}
        return self.desk.vault.do(add_record, "referral", kept | {
            "case_code": make_case_code(), "opened_month": self.desk.today().isoformat()[:7]})
