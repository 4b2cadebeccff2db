"""Papers of data protection: the notice to members, the entry of the register of processing.

They say what Carnet does, and leave blank what only the collective decides: a paper never promises
for it.
"""

from reportlab.platypus import Flowable, Spacer

from desktop.base.i18n import _
from desktop.queries.documents.rights import Processing
from desktop.reports.page.document import Frameset, build, paragraph, style
from desktop.reports.page.sections import BLANK, sections, title


def draw_notice(processing: Processing) -> bytes:
    """Return what members are told about their own data."""
    around = Frameset(processing.heading, _("Your data in Carnet"))
    rows = (
        (_("Who is responsible"),
         _("The controller, for the collective: {blank}\nData protection officer: {blank}").format(
             blank=BLANK)),
        (_("What is kept"), _("Directory: name, function, organisation, professional contact "
                              "details. Attendance, minutes, decisions, actions. Signature of the "
                              "charter.")),
        (_("For how long"), _("Decided by the collective: {blank}\nWhat is put into the bin is "
                              "erased after {days} days.").format(
                                  blank=BLANK, days=processing.bin_days)),
        (_("Where they come from"),
         _("From you, your organisation or an attendance sheet. Name, function and organisation "
           "are needed to convene and to attest presence; the rest is optional.")),
        (_("Why, on what ground"),
         _("A task of public interest for the State, the agglomeration and the communes; "
           "legitimate interest for the other organisations (GDPR, article 6, 1, e and f). To be "
           "confirmed by the "
           "controller.")),
        (_("Who sees them"), _("The members of the collective, by their role. They are neither "
                               "sold nor used for an automatic decision. The shared folder is "
                               "encrypted.")),
        (_("The reports"), _("They bear no name, no address, no day, and a check holds back what "
                             "it recognises. The account is erased {months} months after it was "
                             "examined or set aside.").format(
                                 months=processing.account_months)),
        (_("Your rights"), _("Access, rectification, erasure, restriction, objection: write to "
                             "{blank}\nComplaint: CNIL, 3 place de "
                             "Fontenoy, 75007 Paris, cnil.fr.").format(blank=BLANK)))
    story: list[Flowable] = [
        title(_("Your data in Carnet")),
        paragraph(_("Information of the members of the collective: agents, elected people, "
                     "volunteers, speakers"), spaceAfter=8),
        paragraph(_("The collective keeps what it needs to meet and to follow its actions. No "
                    "record bears the name of a person "
                    "who is supported."), style("lead", fontSize=13, leading=19, spaceAfter=10)),
        sections(rows, around)]
    return build(around, story)


def draw_entry(processing: Processing) -> bytes:
    """Return the entry of the register of processing activities (GDPR, article 30)."""
    around = Frameset(processing.heading, _("Entry of the register of processing"),
                      status=_("Draft, to be completed"))
    rows = (
        (_("Processing"), _("Carnet, notebook of the collective against discrimination")),
        (_("Controller"), BLANK), (_("Data protection officer"), BLANK),
        (_("Purposes"),
         _("To hold meetings and keep their minutes; to follow actions and a plan; to observe "
           "discrimination without "
           "naming people; to orient towards help by a code.")),
        (_("People concerned"), _("Members of the collective in their function. People who are "
                                  "supported: none is identified.")),
        (_("Categories of data"),
         _("Identity and professional contact details of members; attendance; "
           "decisions. Reports: month, "
           "place, field, ground alleged, account without a name.")),
        (_("Sensitive data"),
         _("The ground alleged of a treatment, never as a fact about an identified person.")),
        (_("Recipients"), _("Members, by their role; reports: the observatory team alone.")),
        (_("Transfers out of the Union"),
         _("None by Carnet itself; where the shared folder lies: {blank}").format(blank=BLANK)),
        (_("Time limits"),
         _("Accounts of reports: {months} months after examination. Referrals and internship "
          "searches: {cases} months after the last step. Bin: {days} days. Others: {blank}").format(
            months=processing.account_months, cases=processing.case_months,
            days=processing.bin_days, blank=BLANK)),
        (_("Security"),
         _("Encrypted vault and packages, signatures, roles, lock, encrypted backups, journal of "
           "erasures and of "
           "what left.")))
    return build(around, [title(_("Entry of the register of processing")), Spacer(1, 6),
                          sections(rows, around)])
