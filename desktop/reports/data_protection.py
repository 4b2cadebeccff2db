"""Papers of data protection: the notice to members, the impact assessment, the entry of the
register of processing.

They say what Carnet does, and leave blank what only the collective decides: a paper never promises
for it.
"""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.queries.documents.rights import Processing
from desktop.reports.page.document import (
    INK,
    Frameset,
    Heading1,
    build,
    headed,
    paragraph,
    style,
    width_of,
)
from desktop.reports.page.fonts import BOLD, FONT

BLANK = "." * 46
HEADS = 54 * mm
LEVELS = 4


def draw_notice(processing: Processing) -> bytes:
    """What members are told about their own data."""
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
        _title(_("Your data in Carnet")),
        paragraph(_("Information of the members of the collective: agents, elected people, "
                    "volunteers, speakers"), spaceAfter=8),
        paragraph(_("The collective keeps what it needs to meet and to follow its actions. No "
                    "record bears the name of a person "
                    "who is supported."), style("lead", fontSize=13, leading=19, spaceAfter=10)),
        _sections(rows, around)]
    return build(around, story)


def draw_dpia(processing: Processing) -> bytes:
    """The impact assessment, filled in as far as Carnet knows; the opinion and the decision stay to
    be written."""
    around = Frameset(processing.heading, _("Impact assessment on data protection"),
                      status=_("Draft, to be completed"))
    today = long_date(processing.heading.as_of, weekday=False)
    facts = ((_("Controller"), BLANK), (_("Data protection officer"), BLANK),
             (_("Written on"), today),
             (_("Next review"), _("within a year, or at any change of purpose")))
    risks = (
        (_("A person recognised in an account"),
         _("No field for identity, a check of the text, the account read by the watch "
           "group alone and erased after {months} months").format(
                                                       months=processing.account_months), 3, 2),
        (_("Rows that leave the team"),
         _("No copy, no list, no export of observations out of the team; for the "
           "team a reason that "
           "is kept"), 3, 2),
        (_("A computer stolen or lost"),
         _("Encrypted vault, lock, recovery key on paper, the computer can be taken out"), 3, 2),
        (_("A reading by who has no right to it"), _("Roles, separate channels, signed packages"),
         2, 2),
        (_("Data lost"), _("Encrypted backups, the shared folder, a recovery kit in three sheets"),
         2, 1))
    sections = (
        (_("In short"),
         _("The collective keeps its meetings, its plan and an observatory of discrimination. "
           "Reports are written "
           "without an identity; the rest is about people in their function.")),
        (_("Why an assessment"),
         _("Reports touch origin, health, beliefs; the people are vulnerable; several "
           "organisations share "
           "the tool (GDPR, article 35).")),
        (_("On this computer"),
         _("{people} people in their function, {organisations} organisations, {observations} "
           "observations.").format(people=processing.people, organisations=processing.organisations,
                                                          observations=processing.observations)),
        (_("What stays possible"),
         _("Somebody who knows the place can recognise a story without a name. What "
           "was sent cannot be "
           "called back from the computers that have it. The check of texts does not find "
           "everything.")),
        (_("Conclusion, to be confirmed"), BLANK))
    story: list[Flowable] = [
        _title(_("Impact assessment on data protection")),
        paragraph(_("Processing “Carnet, notebook of the collective”"),
                  spaceAfter=8),
        _sections((*facts, *sections), around),
        *headed(Heading1(_("Risks")), _risks(risks, around)),
        Spacer(1, 12),
        KeepTogether(
            [_boxes((_("Opinion of the officer"), _("Decision of the controller")), around)])]
    return build(around, story)


def draw_entry(processing: Processing) -> bytes:
    """The entry of the register of processing activities (GDPR, article 30)."""
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
    return build(around, [_title(_("Entry of the register of processing")), Spacer(1, 6),
                          _sections(rows, around)])


def _title(text: str) -> Heading1:
    return Heading1(text, fontSize=18, leading=23, spaceBefore=0, spaceAfter=2)


def _sections(rows: tuple[tuple[str, str], ...], around: Frameset) -> Table:
    """Heads beside their text, a rule above each."""
    bold = style("head", fontName=BOLD)
    made = Table([[paragraph(head, bold), paragraph(words)] for head, words in rows],
                 colWidths=[HEADS, width_of(around) - HEADS])
    made.setStyle(TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (0, -1), 4 * mm), ("RIGHTPADDING", (1, 0), (1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 9), ("LINEABOVE", (0, 0), (-1, -1), 0.5, INK),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, INK)]))
    return made


class _Level(Flowable):  # type: ignore[misc]
    """How grave a risk is: so many full squares of four, and the word."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level
        self.words = paragraph(
            (_("Negligible"), _("Limited"), _("Important"), _("Maximal"))[level - 1])

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        _wide, high = self.words.wrap(width, height)
        return width, high + 12

    def draw(self) -> None:
        canvas, side = self.canv, 7.0
        canvas.setStrokeColor(INK)
        canvas.setFillColor(INK)
        canvas.setLineWidth(0.7)
        for number in range(LEVELS):
            canvas.rect(number * (side + 2), self.words.height + 3, side, side,
                        fill=int(number < self.level))
        self.words.drawOn(canvas, 0, 0)


def _risks(risks: tuple[tuple[str, str, int, int], ...], around: Frameset) -> Table:
    bold, width = style("head", fontName=BOLD), width_of(around)
    rows: list[list[object]] = [
        [paragraph(_("Risk, and what is done"), bold), paragraph(_("Before"), bold),
         paragraph(_("After"), bold)]]
    rows += [[[paragraph(risk, bold), paragraph(done)], _Level(before), _Level(after)]
             for risk, done, before, after in risks]
    made = Table(rows, colWidths=[width - 64 * mm, 32 * mm, 32 * mm], repeatRows=1)
    made.setStyle(TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("LINEBELOW", (0, 0), (-1, 0), 1.2, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.45, INK)]))
    made.least = 32 * mm
    return made


def _boxes(titles: tuple[str, str], around: Frameset) -> Table:
    """Two places to write in."""
    half, gap = (width_of(around) - 10 * mm) / 2, 10 * mm
    made = Table([[paragraph(titles[0]), "", paragraph(titles[1])]], colWidths=[half, gap, half],
                 rowHeights=[32 * mm])
    made.setStyle(
        TableStyle([("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("BOX", (0, 0), (0, 0), 1, INK), ("BOX", (2, 0), (2, 0), 1, INK)]))
    return made
