"""The sheet that is left with a person (A5): what a discrimination is, 39 28, rights, what to keep.
No name, no code."""

from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from desktop.base.dates.french import month_label
from desktop.base.i18n import _, language
from desktop.queries.documents.rights import LeaveBehind
from desktop.reports.page.document import INK, paragraph, plain, printable, rich, style
from desktop.reports.page.fonts import BOLD, FONT, register_fonts

MARGIN, TOP, FOOT = 14 * mm, 16 * mm, 16 * mm
WIDTH = A5[0] - 2 * MARGIN
LINE = 0.6


def draw(sheet: LeaveBehind) -> bytes:
    """Return the PDF, one page of A5; the same input gives the same bytes."""
    register_fonts()
    out = BytesIO()
    template = BaseDocTemplate(
        out, pagesize=A5, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=TOP, bottomMargin=FOOT,
        title=plain(_("A discrimination?")),
        author=plain(sheet.territory), subject="", creator="Carnet", producer="Carnet",
        lang="fr-FR" if language() == "fr" else "en-GB", invariant=1, displayDocTitle=1,
        initialFontName=FONT, pageCompression=1)
    frame = Frame(MARGIN, FOOT, WIDTH, A5[1] - TOP - FOOT, leftPadding=0, rightPadding=0,
                  topPadding=0, bottomPadding=0)

    def around(canvas: Canvas, _template: Any) -> None:
        _draw_around(canvas, sheet)

    template.addPageTemplates([PageTemplate("page", [frame], pagesize=A5, onPage=around)])
    template.build(_story())
    return out.getvalue()


def _draw_around(canvas: Canvas, sheet: LeaveBehind) -> None:
    canvas.saveState()
    canvas.setFillColor(INK)
    top = A5[1] - 11 * mm
    canvas.setFont(BOLD, 9)
    canvas.drawString(MARGIN, top, printable(sheet.territory)[:44])
    canvas.setFont(FONT, 8)
    canvas.drawRightString(MARGIN + WIDTH, top,
                           printable(_("This paper bears neither name nor code.")))
    canvas.setLineWidth(LINE)
    canvas.line(MARGIN, top - 5, MARGIN + WIDTH, top - 5)
    canvas.setFont(FONT, 9)
    foot = (_("This is no legal advice. Checked in {month}.")
            .format(month=month_label(sheet.verified)))
    canvas.drawString(MARGIN, 9 * mm, printable(foot))
    canvas.restoreState()


def _story() -> list[Flowable]:
    lead, text = style("lead", fontSize=13, leading=18), style("text", fontSize=11.5, leading=15.5)
    bold = style("bold", fontName=BOLD, fontSize=11.5, leading=15.5)
    elements = (
        (_("An unfavourable treatment"), _("a refusal, a delay, a sanction, an embarrassment")),
        (_("A ground that the law protects"),
         _("origin, sex, age, disability, religion, sexual orientation, "
           "place of residence… "
           "more than 25")),
        (_("A field of life"),
         _("work, internship, housing, school, care, public service, shops, leisure")))
    number = style("number", fontName=BOLD, fontSize=24, leading=28)
    rows = [[paragraph(str(at), number), [paragraph(title, bold), paragraph(words, text)]]
            for at, (title, words) in enumerate(elements, 1)]
    three = Table(rows, colWidths=[12 * mm, WIDTH - 12 * mm])
    three.setStyle(TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ("LINEABOVE", (0, 0), (-1, -1), LINE, INK), ("LINEBELOW", (0, -1), (-1, -1), LINE, INK)]))
    call = Table([[paragraph("39\u00a028", style("call", fontName=BOLD, fontSize=36, leading=42)),
                   [paragraph(_("Défenseur des droits, free"), text),
                    paragraph("antidiscriminations.fr", text)]]],
                 colWidths=[52 * mm, WIDTH - 52 * mm])
    call.setStyle(TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("BOX", (0, 0), (-1, -1), 1, INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 5 * mm), ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 10)]))
    lists = Table(
        [[_list(_("Your rights"), (_("to be heard, free of charge"), _("to come with somebody"),
                                   _("to choose what follows, or nothing")), bold, text),
          _list(_("To keep"),
                (_("letters and messages"), _("the day, the place"), _("who saw or heard")),
                bold, text)]],
                  colWidths=[WIDTH / 2, WIDTH / 2])
    lists.setStyle(
        TableStyle([("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 6)]))
    limits = rich(
        _("<b>Time limits run:</b> 2 months against a public decision, 5 years in civil or labour "
          "courts, 6 years for a "
          "complaint. Turning to the Défenseur des droits does not stop them."), text)
    return [
        paragraph(_("A discrimination?"), style("title", fontName=BOLD, fontSize=25, leading=32)),
            paragraph(_("It is possible if these three are there."), lead), Spacer(1, 11), three,
        Spacer(1, 11),
            paragraph(_("A doubt is enough to call."),
                      style("doubt", fontName=BOLD, fontSize=13, leading=17)), Spacer(1, 7),
            call, Spacer(1, 11), lists, Spacer(1, 11), limits]


def _list(title: str, lines: tuple[str, ...], bold: Any, text: Any) -> list[Paragraph]:
    bullet = style("bullet", fontSize=11.5, leading=15.5, leftIndent=11, bulletIndent=0,
                   bulletFontName=FONT)
    return [paragraph(title, bold),
            *(Paragraph(f"<bullet>–</bullet>{printable(line)}", bullet) for line in lines)]
