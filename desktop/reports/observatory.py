"""The observatory's report on paper: every table that is published, what is protected, the
certificate."""

from datetime import date

from reportlab.platypus import Flowable, Spacer

from desktop.base.i18n import words_in
from desktop.privacy.disclosure.rules import PERCENT_BASE
from desktop.queries.documents.parts import Heading
from desktop.queries.documents.publication import (
    LIMITS,
    NOT_PUBLISHED,
    REASON,
    Publication,
    PublishedTable,
    certificate_lines,
    grid_of,
    title_of,
)
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    Title,
    build,
    headed,
    paragraph,
    width_of,
)
from desktop.reports.page.table import cell, grid

FIRST = 0.3
"""The share of the width that the first column takes."""


def draw(publication: Publication, publisher: str, territory: str) -> bytes:
    """The report as a PDF."""
    _ = words_in(publication.release.language)
    day = date.fromisoformat(publication.release.made_on)
    around = Frameset(
        Heading(publisher, territory, "", publication.audience, day),
        title_of(publication),
        wide=True,
    )
    width = width_of(around)
    story: list[Flowable] = [Title(title_of(publication)), paragraph(_(LIMITS), spaceAfter=8)]
    for table in publication.tables:
        story += headed(Heading1(table.title), _drawn(publication, table, width))
        story += [Spacer(1, 3), paragraph(_key(publication, table)), Spacer(1, 10)]
    story += [paragraph(f"{title} : {_(NOT_PUBLISHED)}") for title in publication.missing]
    lines = certificate_lines(publication)
    story += headed(Heading1(lines[0]), paragraph(lines[2]))
    story += [paragraph(line) for line in lines[3:]]
    return build(around, story)


def _key(publication: Publication, table: PublishedTable) -> str:
    _ = words_in(publication.release.language)
    base = _("Reports: {base}. Protected cells: {hidden}.").format(
        base=table.base, hidden=table.hidden
    )
    return f"{base} {_(REASON)}" if table.hidden else base


def _drawn(publication: Publication, table: PublishedTable, width: float) -> Flowable:
    _ = words_in(publication.release.language)
    lines = grid_of(table)
    shares = len(table.dimensions) == 1 and table.base >= PERCENT_BASE
    if shares:
        lines[0].append("%")
        for line in lines[1:]:
            value = line[1]
            line.append(f"{100 * value / table.base:.0f}" if isinstance(value, int) else None)
    others = len(lines[0]) - 1
    widths = [FIRST * width, *[(1 - FIRST) * width / others] * others]
    rows = []
    for number, line in enumerate(lines):
        texts = [_("protected") if value is None else str(value) for value in line]
        bold = number in (0, len(lines) - 1)
        rows.append(
            [cell(text, room, bold=bold, size=9) for text, room in zip(texts, widths, strict=True)]
        )
    return grid(rows, widths)
