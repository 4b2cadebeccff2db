"""Trainings: one line an organisation, then its people with the day, the hours and how they
stand."""

from reportlab.platypus import Flowable

from desktop.base.dates.french import short_date
from desktop.base.i18n import _
from desktop.queries.documents.trainings import TrainingsPaper
from desktop.queries.trainings_words import hours_words, share_words, state_words
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    Title,
    build,
    headed,
    paragraph,
    width_of,
)
from desktop.reports.page.marks import read_table
from desktop.reports.page.table import cell


def draw(paper: TrainingsPaper) -> bytes:
    """Return the paper as a PDF."""
    title = _("Trainings: who is trained, who is to be")
    around = Frameset(paper.heading, title)
    width = width_of(around)
    said = _("A person is trained by a session of which every half-day was followed. Alphabetical "
             "order, without rank.")
    story: list[Flowable] = [Title(title, alignment=0), paragraph(said, spaceAfter=6)]
    if not paper.organisations:
        return build(around,
                     [*story, paragraph(_("The directory holds nobody of an organisation yet."))])
    widths = [width * share for share in (0.55, 0.25, 0.2)]
    rows = [[cell(text, w, bold=True, size=10)
             for text, w in zip((_("Organisation"), _("Trained"), _("Hours")), widths,
                                strict=True)]]
    rows += [[cell(one.name, widths[0]), cell(share_words(one.trained, one.people), widths[1]),
              cell(hours_words(one.hours) or "–", widths[2])] for one in paper.organisations]
    story.append(read_table(rows, widths))
    widths = [width * share for share in (0.42, 0.2, 0.14, 0.24)]
    for one in paper.organisations:
        head = [cell(text, w, bold=True, size=10) for text, w in zip(
            (_("Person"), _("Trained on"), _("Hours"), _("State")), widths, strict=True)]
        table = read_table([head, *([
            cell(row.name, widths[0]),
            cell(short_date(row.last_on) if row.last_on else "", widths[1]),
            cell(hours_words(row.hours) or "–", widths[2]), cell(state_words(row.state), widths[3])]
            for row in one.rows)], widths)
        story += headed(Heading1(one.name), table)
    return build(around, story)
