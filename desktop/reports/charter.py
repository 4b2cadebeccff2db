"""The papers of the charter: the text to be signed, how the organisations stand, and how one does,
with what shows it."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import _, ngettext
from desktop.models.states import Evidence
from desktop.queries.charter import CharterRow
from desktop.queries.charter_evidence import Standing
from desktop.queries.charter_words import KEPT, RULES, SHORT, cell_words, fact_words, kept_words
from desktop.queries.documents.charter import CharterPaper, CommitmentsPaper
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    Title,
    build,
    headed,
    paragraph,
    width_of,
)
from desktop.reports.page.marks import DASH, DASHED, PART, RING, Mark, read_table
from desktop.reports.page.marks import KEPT as TICK
from desktop.reports.page.table import cell

MARK_OF = {Standing.KEPT: TICK, Standing.IN_PART: PART, Standing.NOT_YET: RING,
           Standing.UNMEASURED: DASHED,
           Standing.NOT_CONCERNED: DASH}
MOST_LINES = 20
"""Facts of one clause on the paper of one organisation; the rest is counted."""


def draw(paper: CharterPaper) -> bytes:
    """Return the charter as a PDF, with a place to sign."""
    charter = paper.charter
    around = Frameset(paper.heading, charter.title)
    width = width_of(around)
    story: list[Flowable] = [Title(charter.title, alignment=0)]
    story += [paragraph(part, spaceAfter=6) for part in charter.text.split("\n\n") if part.strip()]
    if charter.clauses:
        widths = [width * 0.28, width * 0.72]
        rows = [[cell(_("Clause"), widths[0], bold=True, size=10),
                 cell(_("What we promise"), widths[1], bold=True, size=10)]]
        rows += [[cell(one.label, widths[0], bold=True), cell(one.text, widths[1])]
                 for one in charter.clauses]
        story += headed(Heading1(_("Our promises")), read_table(rows, widths))
    story += [Spacer(1, 8 * mm), KeepTogether([Heading1(_("Signature")), _signature(width)])]
    if paper.signers:
        names = ", ".join(f"{row.name} ({_signed(row)})" for row in paper.signers)
        story += [Heading1(_("Signed by")), paragraph(names)]
    return build(around, story)


def _signed(row: CharterRow) -> str:
    return (short_date(row.signed.signed_on) if row.signed is not None and row.signed.signed_on
            else _("signed"))


def _signature(width: float) -> Flowable:
    labels = (_("Organisation"), _("Name and function"), _("Day"), _("Signature"))
    table = Table([[cell(text, width * 0.3), ""] for text in labels],
                  colWidths=[width * 0.3, width * 0.7],
                  rowHeights=[9 * mm] * 3 + [30 * mm])
    table.setStyle(
        TableStyle(
            [("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LINEBELOW", (1, 0), (1, 2), 0.5, "black"),
             ("BOX", (1, 3), (1, 3), 1, "black"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
             ("VALIGN", (0, 3), (0, 3), "TOP")]))
    return table


def draw_matrix(paper: CommitmentsPaper) -> bytes:
    """Organisations by promises as a PDF, on landscape pages; by their names, without rank."""
    around = Frameset(paper.heading, _("Commitments of the charter"), wide=True)
    width = width_of(around)
    kinds = [kind for kind in SHORT
             if any(clause.evidence == kind for clause in paper.charter.clauses)] or list(SHORT)
    first, share = width * 0.2, width * 0.8 / (len(kinds) + 1)
    head: list[object] = [cell(_("Organisation"), first, bold=True, size=10)]
    head += [_centred(text, share, bold=True, size=10)
             for text in (_("Signed"), *(_(SHORT[kind]) for kind in kinds))]
    rows: list[list[object]] = [head]
    for row in paper.rows:
        signed = ([Mark(TICK), _centred(_signed(row), share)] if row.signed
                  else [Mark(RING), _centred(_("to sign"), share)])
        rows.append([cell(row.name, first, bold=True), signed, *(
            [Mark(MARK_OF[row.cells[kind].kept]),
             *([] if row.cells[kind].kept is Standing.NOT_CONCERNED else [
                 _centred(cell_words(kind, row.cells[kind]), share)])] for kind in kinds)])
    told = _(
        "{count} of {whole} have signed version {number}. Alphabetical order, without rank.").format(
            count=sum(row.signed is not None for row in paper.rows), whole=len(paper.rows),
            number=paper.charter.version)
    story: list[Flowable] = [Title(_("Commitments of the charter"), alignment=0),
                             paragraph(told, spaceAfter=6)]
    if paper.rows:
        story.append(read_table(rows, [first, *[share] * (len(kinds) + 1)],
                                [("ALIGN", (1, 0), (-1, -1), "CENTER"),
                                 ("RIGHTPADDING", (1, 0), (-1, -1), 0)]))
        story += [Spacer(1, 3 * mm), _key(width)]
    else:
        story.append(paragraph(_("No organisation takes part yet.")))
    return build(around, story)


def _centred(text: str, width: float, *, bold: bool = False, size: float = 10) -> Flowable:
    made = cell(text, width, bold=bold, size=size)
    made.style.alignment = 1
    return made


def _key(width: float) -> Flowable:
    each = width / len(MARK_OF)
    parts = [[Mark(mark, centred=False), cell(_(KEPT[kept]), each - 14, size=10)]
             for kept, mark in MARK_OF.items()]
    table = Table([[part for pair in parts for part in pair]],
                  colWidths=[14, each - 14] * len(parts))
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 0)]))
    return table


def draw_organisation(paper: CommitmentsPaper) -> bytes:
    """How one organisation stands as a PDF: each clause, the rule by which it is seen, the
    facts."""
    (row,) = paper.rows
    around = Frameset(paper.heading, row.name)
    width = width_of(around)
    signed = _("It signed version {number} on {day}.").format(
        number=paper.charter.version, day=long_date(row.signed.signed_on, weekday=False)
    ) if row.signed is not None and row.signed.signed_on else _(
        "Version {number} of the charter is not signed.").format(
            number=paper.charter.version)
    story: list[Flowable] = [Title(row.name, alignment=0), paragraph(signed, spaceAfter=6)]
    widths = [width * 0.2, width * 0.55, width * 0.25]
    for clause in paper.charter.clauses:
        found = row.cells.get(clause.evidence)
        if found is None:
            continue
        said = [paragraph(f"« {clause.text} »"), paragraph(_(RULES[clause.evidence])),
                paragraph(kept_words(clause.evidence, found).capitalize() + ".",
                          fontName="NotoSans-Bold", spaceAfter=4)]
        story += headed(Heading1(clause.label), said[0])
        story += said[1:]
        if found.lines and clause.evidence != Evidence.OBSERVATORY:
            head = [cell(text, w, bold=True, size=10)
                    for text, w in zip((_("Day"), _("What"), ""), widths, strict=True)]
            story.append(read_table([head, *([
                cell(short_date(line.on) if line.on else "", widths[0]),
                cell(line.title, widths[1]),
                cell(fact_words(line), widths[2])] for line in found.lines[:MOST_LINES])], widths))
            rest = len(found.lines) - MOST_LINES
            if rest > 0:
                story.append(
                    paragraph(ngettext("and {count} more", "and {count} more", rest)
                              .format(count=rest)))
    return build(around, story)

