"""The consent form of a referral to health or rights (CPAM: MisAS, PLANIR): empty, to be filled by
hand, without a code."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from desktop.base.i18n import N_, _
from desktop.queries.documents.consent import ConsentForm
from desktop.reports.page.document import Frameset, Heading1, Title, build, paragraph, width_of
from desktop.reports.page.table import cell

WHO = (N_("Family name, given name"), N_("Day of birth"),
       N_("Social security number, if it is known"), N_("Telephone"),
       N_("When to call, language spoken, interpreter"))
AGREED = (
    N_("I agree that this sheet is given to the organisation above, so that it calls me."),
    N_("It was explained to me what it is for. I may take this back at any time, by telling the "
       "structure or the organisation."))
ROW, BOX = 10 * mm, 4.5 * mm
ASKED = 4
"""Empty lines for what the person asks for."""


def draw(form: ConsentForm) -> bytes:
    """Return the form as a PDF: one page of A4, and no word of the case."""
    around = Frameset(form.heading, _("Consent form"))
    width = width_of(around)
    story: list[Flowable] = [
        Title(_("To be called about health or rights"), alignment=0),
        paragraph(_("For the mission that helps with access to care and rights (CPAM: MisAS, "
                    "PLANIR), or another organisation."),
                  spaceAfter=4),
        _lines([(_("Given to"), form.to)], width), Spacer(1, 2 * mm), Heading1(_("The person")),
        _lines([(_(words), "") for words in WHO], width), Spacer(1, 2 * mm),
        Heading1(_("What is asked for")),
        _lines([("", "")] * ASKED, width), Spacer(1, 2 * mm), Heading1(_("Agreement"))]
    story += [_box(_(words), width) for words in AGREED]
    story.append(paragraph(_("I do not have to say why I feel discriminated against.")))
    story += [Spacer(1, 3 * mm), KeepTogether([_signatures(width)]), Spacer(1, 4 * mm),
              paragraph(_("Filled by hand. Carnet keeps nothing of this sheet: it notes “consent "
                          "given” beside the code, which is not written here."))]
    return build(around, story)


def _lines(rows: list[tuple[str, str]], width: float) -> Table:
    """Lines to write on: what is asked at the left, where anything is."""
    first = width * 0.36 if any(title for title, _text in rows) else 0.0
    cells = [[cell(title, first), cell(text, width - first, bold=True, most=3)] if first
             else [cell(text, width)]
             for title, text in rows]
    table = Table(cells, colWidths=[first, width - first] if first else [width],
                  rowHeights=None if first else [ROW] * len(rows))
    lined = 1 if first else 0
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                    ("LINEBELOW", (lined, 0), (lined, -1), 0.5, "black"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), ROW - 16),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]))
    return table


def _box(words: str, width: float) -> Table:
    """Return a box to tick, and what it says."""
    square = Table([[""]], colWidths=[BOX], rowHeights=[BOX])
    square.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.9, "black")]))
    table = Table([[square, cell(words, width - 9 * mm)]], colWidths=[9 * mm, width - 9 * mm])
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]))
    return table


def _signatures(width: float) -> Table:
    """Two frames to sign in: of the person, of the structure."""
    half = width / 2 - 3 * mm
    table = Table([[cell(_("Day and signature of the person"), half, size=10), "",
                    cell(_("Structure, day and signature of the professional"), half, size=10)]],
                  colWidths=[half, 6 * mm, half], rowHeights=[34 * mm])
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOX", (0, 0), (0, 0), 1, "black"),
                    ("BOX", (2, 0), (2, 0), 1, "black"), ("TOPPADDING", (0, 0), (-1, -1), 4)]))
    return table
