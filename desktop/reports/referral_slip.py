"""The slip of a referral: half a page for the structure, two slips to tear off, for the person and
for the place visited."""

from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

from desktop.base.dates.french import month_label
from desktop.base.i18n import _, language
from desktop.models.choices import CHOICES, label
from desktop.privacy.case_codes import shown_case_code
from desktop.queries.documents.slip import LIMITS, Slip
from desktop.reports.page.document import fitted, plain, printable, rich, style
from desktop.reports.page.document import paragraph as house_paragraph
from desktop.reports.page.fonts import BOLD, FONT, register_fonts
from desktop.reports.page.table import cell

MARGIN, HALF = 16 * mm, 148.5 * mm
STUB = A4[0] / 2
BOX = "black"


def draw(slip: Slip) -> bytes:
    """Return the A4 page with its two slips, as a PDF."""
    width = A4[0] - 2 * MARGIN
    half, stub = width / 2 - 4 * mm, STUB - 22 * mm
    upper = Table(
        [[[*_head(slip), *_limits(11)], [_code(slip, 22), Spacer(1, 4 * mm), _steps(slip, half)]]],
                  colWidths=[half + 4 * mm, half + 4 * mm])
    upper.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 4 * mm)]))
    story: list[Flowable] = [upper, FrameBreak(), *_person(slip, 25, 11, stub), FrameBreak(),
                             *_place(slip, stub)]
    frames = [_frame(MARGIN, HALF + 14 * mm, width, HALF - 30 * mm),
              _frame(11 * mm, 9 * mm, stub, HALF - 20 * mm),
              _frame(STUB + 11 * mm, 9 * mm, stub, HALF - 20 * mm)]
    return _built(slip, story, frames, A4, _around)


def draw_large(slip: Slip) -> bytes:
    """Return the slip of the person alone, in large print, on A5."""
    frames = [_frame(11 * mm, 11 * mm, A5[0] - 22 * mm, A5[1] - 22 * mm)]
    return _built(slip, _person(slip, 33, 16, A5[0] - 22 * mm), frames, A5,
                  lambda _canvas, _slip: None)


def _frame(x: float, y: float, width: float, height: float) -> Frame:
    return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _built(slip: Slip, story: list[Flowable], frames: list[Frame], size: tuple[float, float],
           around: Any) -> bytes:
    register_fonts()
    out = BytesIO()
    template = BaseDocTemplate(
        out, pagesize=size, title=plain(_("Referral slip")), author=plain(slip.heading.collective),
        creator="Carnet",
        producer="Carnet", lang="fr-FR" if language() == "fr" else "en-GB", invariant=1,
        initialFontName=FONT)
    template.addPageTemplates(
        [PageTemplate("slip", frames, onPage=lambda canvas, _document: around(canvas, slip))])
    template.build(story)
    return out.getvalue()


def _around(canvas: Canvas, slip: Slip) -> None:
    canvas.saveState()
    top = A4[1] - 11 * mm
    half = A4[0] / 2 - MARGIN - 4 * mm
    canvas.drawString(MARGIN, top,
                      fitted(canvas, slip.heading.territory or slip.heading.collective, BOLD, 9,
                             half))
    canvas.drawRightString(A4[0] - MARGIN, top,
                           fitted(canvas, slip.heading.collective, FONT, 9, half))
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, top - 6, A4[0] - MARGIN, top - 6)
    canvas.drawString(MARGIN, HALF + 6 * mm, printable(
        _("No name, no day, no reason.")))
    canvas.setDash(2.4, 1.84)
    canvas.setLineWidth(0.8)
    canvas.line(0, HALF, A4[0], HALF)
    canvas.line(STUB, 0, STUB, HALF)
    canvas.restoreState()


def paragraph(text: str, size: float = 11, *, bold: bool = False, after: float = 2) -> Flowable:
    return house_paragraph(text,
                           style("slip", fontName=BOLD if bold else FONT, fontSize=size,
                                 leading=size * 1.32,
                                 spaceAfter=after))


def _code(slip: Slip, size: float) -> Flowable:
    return paragraph(shown_case_code(slip.code), size, bold=True, after=3)


def _head(slip: Slip) -> list[Flowable]:
    return [paragraph(_("Referral slip"), 18, bold=True),
            paragraph(_("kept by the structure")), Spacer(1, 3 * mm),
            paragraph(_("To"), bold=True, after=0), _named(slip.to, STUB - 2 * MARGIN, 11),
            paragraph(month_label(slip.month), after=6)]


def _steps(slip: Slip, width: float) -> Flowable:
    return _to_tick([label("referral_step", choice.code) for choice in CHOICES["referral_step"]],
                    width)


def _to_tick(lines: list[str], width: float) -> Flowable:
    widths = [8 * mm, width - 38 * mm, 30 * mm]
    head = ["", cell(_("Step"), widths[1], bold=True, size=10),
            cell(_("Month"), widths[2], bold=True, size=10)]
    table = Table([head, *(["", cell(line, widths[1]), ""] for line in lines)], colWidths=widths,
                  hAlign="LEFT")
    boxes = [("BOX", (0, row), (0, row), 0.9, BOX) for row in range(1, len(lines) + 1)]
    table.setStyle(TableStyle([
        ("LINEBELOW", (1, 0), (-1, -1), 0.45, BOX), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4), ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        *boxes]))
    return table


def _limits(size: float) -> list[Flowable]:
    lines = [rich(f"<b>{printable(_(length))}</b> {printable(_(start))}",
                  style("limit", fontSize=size, leading=size * 1.3, spaceAfter=1))
             for length, start in LIMITS]
    return [Spacer(1, 2 * mm), paragraph(_("Time limits"), size, bold=True, after=0), *lines,
            paragraph(_("Turning to the Défenseur des droits does not suspend these limits."), size,
                      after=3)]


def _named(name: str, width: float, size: float) -> Flowable:
    """Where the person is referred to, in at most three lines: a slip has one size."""
    return cell(name, width, size=size, smallest=size, most=3)


def _person(slip: Slip, code: float, size: float, room: float) -> list[Flowable]:
    story = [_code(slip, code), paragraph(month_label(slip.month), size, after=5),
             paragraph(_("Where to go"), size, bold=True, after=0), _named(slip.to, room, size)]
    story += ([cell(slip.contact, room, size=size, smallest=size, most=4)] if slip.contact.strip()
              else [])
    story += [Spacer(1, 2 * mm), paragraph(_("What to bring"), size, bold=True, after=0),
              paragraph(_("this paper, the letters and messages received"), size, after=5),
              paragraph(_("Advice, free of charge"), size, bold=True, after=0),
              paragraph("39\u00a028 · antidiscriminations.fr", size, after=3)]
    return [*story, *_limits(size), paragraph(_("This is no legal advice."), size)]


def _place(slip: Slip, width: float) -> list[Flowable]:
    story = [_code(slip, 25),
             paragraph(_("{month} · for the reception").format(month=month_label(slip.month)),
                       after=5),
             paragraph(_("Please tell what was done"), bold=True, after=0),
             paragraph(_("to the structure that referred, with this code alone."), after=4),
             _to_tick([label("referral_step", code)
                       for code in ("rendez_vous", "rendez_vous_manque", "dossier")]
                      + [label("referral_result", "oriente_ailleurs")], width), Spacer(1, 4 * mm)]
    if slip.consent_form:
        story.append(
            paragraph(_("CPAM: identity and consent are given by the person on the form of MisAS, "
                        "by hand."), after=4))
    return [*story,
            paragraph(_("No name and no reason: the code is enough. This paper is destroyed once "
                        "the news is given."))]
