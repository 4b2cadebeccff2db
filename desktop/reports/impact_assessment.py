"""The impact assessment (AIPD) as the method of the CNIL asks for it: context, principles, risks,
action plan, opinions.

It says what Carnet does, with its limits, and leaves blank what only the collective decides.
Gravity and likelihood are
proposals on the four levels of the method; whoever signs confirms or changes them.
"""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer, Table, TableStyle

from desktop.base.i18n import _
from desktop.queries.documents.rights import Processing
from desktop.reports.impact_words import (
    Risk,
    Section,
    context,
    essential,
    facts,
    measures,
    principles,
    risks,
)
from desktop.reports.page.document import (
    INK,
    Frameset,
    Heading1,
    Heading2,
    build,
    headed,
    paragraph,
    style,
    width_of,
)
from desktop.reports.page.fonts import BOLD, FONT
from desktop.reports.page.sections import Level, boxes, sections, title
from desktop.reports.page.table import ContinuedTable


def draw_dpia(processing: Processing) -> bytes:
    """Draw the impact assessment: the first page holds the essential, the others the detail."""
    around = Frameset(
        processing.heading,
        _("Impact assessment on data protection"),
        status=_("Draft, to be completed"),
    )
    feared = risks(processing)
    story: list[Flowable] = [
        title(_("Impact assessment on data protection")),
        paragraph(
            _(
                "Processing “Carnet, notebook of the collective” (GDPR, article 35). The "
                "essential; the detail follows."
            ),
            spaceAfter=8,
        ),
        sections((*facts(processing), *essential()), around),
        *headed(Heading1(_("Risks")), _table_of(feared, around)),
        PageBreak(),
        *_chapter(_("1. Context"), context(processing), around),
        *_chapter(_("2. Principles"), principles(processing), around),
        *_chapter(_("3. Measures that exist in Carnet"), measures(processing), around),
        PageBreak(),
        *_risk_chapter(feared, around),
        *headed(
            Heading1(_("5. Action plan")),
            paragraph(
                _(
                    "What Carnet cannot do in the place of the collective. "
                    "To be given a name and a day before the decision."
                )
            ),
        ),
        Spacer(1, 6),
        _plan(around),
        Spacer(1, 12),
        KeepTogether(
            [
                Heading1(_("6. Opinions and decision")),
                paragraph(
                    _(
                        "Article 35 asks for the advice of the officer (2) and, "
                        "where it is appropriate, the views of the people concerned (9)."
                    ),
                    spaceAfter=6,
                ),
                boxes((_("Opinion of the officer"), _("Views of the people concerned")), around),
                Spacer(1, 8),
                boxes((_("Decision of the controller"), _("Date, name, signature")), around),
            ]
        ),
    ]
    return build(around, story)


def _chapter(heading: str, rows: tuple[Section, ...], around: Frameset) -> list[Flowable]:
    return [*headed(Heading1(heading), sections(rows, around)), Spacer(1, 10)]


def _table_of(feared: tuple[Risk, ...], around: Frameset) -> Table:
    bold, width = style("head", fontName=BOLD), width_of(around)
    rows: list[list[object]] = [
        [paragraph(words, bold) for words in (_("Risk, and what is done"), _("Before"), _("After"))]
    ]
    rows += [
        [[paragraph(risk.name, bold), paragraph(risk.done)], Level(risk.before), Level(risk.after)]
        for risk in feared
    ]
    return _ruled(rows, [width - 64 * mm, 32 * mm, 32 * mm], 32 * mm)


def _risk_chapter(feared: tuple[Risk, ...], around: Frameset) -> list[Flowable]:
    lead = paragraph(
        _(
            "Levels of the CNIL: negligible, limited, important, maximal, as proposed with "
            "the measures that exist. To be confirmed."
        ),
        spaceAfter=4,
    )
    story: list[Flowable] = [*headed(Heading1(_("4. Risks in detail")), lead)]
    bold, width = style("head", fontName=BOLD), width_of(around)
    for risk in feared:
        rows: list[list[object]] = [
            [paragraph(head, bold), paragraph(words)]
            for head, words in (
                (_("Sources"), risk.sources),
                (_("Threats"), risk.threats),
                (_("Impacts"), risk.impacts),
                (_("Measures"), risk.done),
                (_("What stays possible"), risk.why),
            )
        ]
        rows += [
            [paragraph(_("Gravity"), bold), Level(risk.gravity)],
            [paragraph(_("Likelihood"), bold), Level(risk.likelihood)],
        ]
        made = _ruled(rows, [41.5 * mm, width - 41.5 * mm], None)
        story.append(KeepTogether([Heading2(risk.name), made, Spacer(1, 10)]))
    return story


def _plan(around: Frameset) -> Table:
    """Return what is left to the collective, with places to write who and when."""
    bold, width = style("head", fontName=BOLD), width_of(around)
    rows: list[list[object]] = [
        [paragraph(words, bold) for words in (_("What is to be done"), _("By whom"), _("Until"))]
    ]
    rows += [[paragraph(words), "", ""] for words in _todo()]
    return _ruled(rows, [width - 76 * mm, 44 * mm, 32 * mm], 24 * mm)


def _ruled(rows: list[list[object]], widths: list[float], least: float | None) -> Table:
    """Rules across, none upright; a head whose rows are cut is repeated."""
    made = ContinuedTable(rows, colWidths=widths, repeatRows=1 if least is not None else 0)
    head = (
        [("LINEBELOW", (0, 0), (-1, 0), 1.2, INK)]
        if least is not None
        else [("LINEABOVE", (0, 0), (-1, 0), 0.45, INK)]
    )
    made.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), FONT),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
                ("LINEBELOW", (0, 1 if least is not None else 0), (-1, -1), 0.45, INK),
                *head,
            ]
        )
    )
    if least is not None:
        made.least = least
    return made


def _todo() -> tuple[str, ...]:
    """Return what is left to the collective, which no program can do."""
    return (
        _("Name the controller and write the agreement between the organisations (article 26)."),
        _("Say the ground for sensitive data (article 9, 2), with the officer."),
        _("Train everyone who writes reports, before access is opened."),
        _("Post the notice to members; hand the sheet to people who report."),
        _("Choose the host of the shared folder; sign its contract (article 28)."),
        _("Print the recovery sheets and keep them under lock; try a backup twice a year."),
        _("Have two people of the watch group read accounts before they are counted."),
        _("Say who is told within 72 hours of a breach (articles 33 and 34)."),
        _("Take out computers and roles of those who leave, within a week."),
        _("Check the list of grounds against the law each year."),
    )
