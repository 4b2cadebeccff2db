"""Stages: the places offered, and the searches by code that let treatment be compared."""

from desktop.base.dates.french import month_label
from desktop.base.i18n import _, language
from desktop.commands.referrals import open_search
from desktop.queries.internships import OfferRow, RequestRow, offers_of, requests_of
from desktop.queries.observations import words_of
from desktop.ui.records import options
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, Sheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column


def offers_plan(desk: Desk) -> RegisterPlan:
    """Places that organisations offer."""
    return RegisterPlan(
        kind="internship_offer", name=_("Offers"), icon="graduation-cap",
        columns=(Column[OfferRow](_("Organisation"), lambda row: row.organisation, strong=True),
                 Column[OfferRow](_("Domain"), lambda row: row.domain, width=170),
                 Column[OfferRow](_("Level"), lambda row: row.level, width=140),
                 Column[OfferRow](_("Places"), lambda row: str(row.places), key=lambda row: row.places, width=90,
                                  right=True)),
        rows=offers_of,
        sheet=lambda row: Sheet(row.organisation, row.domain, (),
                                (Fact(_("Level"), row.level), Fact(_("Period"), row.period),
                                 Fact(_("Places"), str(row.places or "")))),
        entries=lambda: [
            Entry("organisation_id", _("Organisation"), "choice", lambda: options.organisations(desk), required=True),
            Entry("domain", _("Domain")), Entry("level", _("Level")), Entry("period", _("Period")),
            Entry("places", _("Places"), "number")],
        new_label=_("New offer"), empty_title=_("No offer yet"),
        empty_text=_("The internships that the members of the collective offer."))


def requests_plan(desk: Desk) -> RegisterPlan:
    """Searches by code."""
    def sheet(row: RequestRow) -> Sheet:
        words = desk.vault.ask(words_of, language())
        where = words.place(row.neighbourhood or row.commune) if row.neighbourhood or row.commune else ""
        return Sheet(row.code, row.domain, ((_("found"), "ok") if row.found else (_("not found yet"), "warn"),),
                     (Fact(_("Month"), month_label(row.month)), Fact(_("Level"), row.level), Fact(_("Place"), where),
                      Fact(_("Gender"), words.term("genders", row.gender)), Fact(_("Requests sent"), str(row.sent)),
                      Fact(_("Refusals"), str(row.refused)), Fact(_("No answer"), str(row.no_answer))))

    return RegisterPlan(
        kind="internship_request", name=_("Searches"), icon="graduation-cap",
        columns=(Column[RequestRow](_("Code"), lambda row: row.code, strong=True),
                 Column[RequestRow](_("Domain"), lambda row: row.domain, width=170),
                 Column[RequestRow](_("Month"), lambda row: month_label(row.month), key=lambda row: row.month, width=130),
                 Column[RequestRow](_("Sent"), lambda row: str(row.sent), key=lambda row: row.sent, width=80, right=True),
                 Column[RequestRow](_("Result"), lambda row: _("found") if row.found else _("not found yet"),
                                    tone=lambda row: "ok" if row.found else "warn", width=120)),
        rows=requests_of, sheet=sheet,
        entries=lambda: [
            Entry("month", _("Month"), "month", initial=desk.today().isoformat()[:7]),
            Entry("level", _("Level")), Entry("domain", _("Domain")),
            Entry("commune", _("Commune"), "choice", lambda: options.places(desk, "commune")),
            Entry("neighbourhood", _("Neighbourhood (QPV)"), "choice", lambda: options.places(desk, "neighbourhood")),
            Entry("gender", _("Gender"), "choice", lambda: options.terms(desk, "genders")),
            Entry("sent", _("Requests sent"), "number"), Entry("refused", _("Refusals"), "number"),
            Entry("no_answer", _("No answer"), "number"), Entry("found", _("Found"), "yes")],
        new_label=_("New search"), empty_title=_("No search yet"),
        empty_text=_("The search of a young person, by a random code: never a name."),
        add=lambda values: desk.vault.do(open_search, {k: v for k, v in values.items() if v not in (None, [])}))


class InternshipsWorkspace(RegistersWorkspace):
    """The screen of internships."""

    name = "internships"
    icon = "graduation-cap"
    areas = frozenset({"internships", "directory"})
    keys = REGISTER_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Internships"), (offers_plan(desk), requests_plan(desk)))
