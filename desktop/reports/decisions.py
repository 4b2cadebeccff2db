"""The relevé de décisions: what was decided, who does it, by when."""

from reportlab.platypus import Flowable

from desktop.base.dates.french import long_date, short_date, time_of
from desktop.base.i18n import _
from desktop.queries.documents.papers import Decisions, PrintedDecision
from desktop.queries.documents.register import DecisionRegister
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


def draw(decisions: Decisions) -> bytes:
    """Return the decisions as a PDF, on landscape pages."""
    held = long_date(decisions.starts_at.date(), weekday=False) if decisions.starts_at else ""
    title = _("Decisions of {date}").format(date=held) if held else _("Decisions")
    around = Frameset(decisions.heading, title, wide=True)
    story: list[Flowable] = [Title(title), paragraph(decisions.title, alignment=1, spaceAfter=8)]
    if decisions.decisions:
        story.append(_table(decisions.decisions, width_of(around)))
    else:
        story.append(paragraph(_("No decision was taken.")))
    if decisions.earlier:
        story += headed(Heading1(_("Earlier decisions not settled")),
                        _table(decisions.earlier, width_of(around)))
    if decisions.next_meeting:
        story += [Heading1(_("Next meeting")), paragraph(_("{date}, at {start}").format(
            date=long_date(decisions.next_meeting.date()), start=time_of(decisions.next_meeting)))]
    return build(around, story)


def draw_register(register: DecisionRegister) -> bytes:
    """Return the register of all years as a PDF, on landscape pages."""
    around = Frameset(register.heading, _("Register of decisions"), wide=True)
    story: list[Flowable] = [Title(_("Register of decisions"))]
    for year, rows in register.years:
        story += headed(Heading1(year or _("Without date")), _table(rows, width_of(around)))
    if not register.years:
        story.append(paragraph(_("No decision was taken.")))
    return build(around, story)


def _table(rows: tuple[PrintedDecision, ...], width: float) -> Flowable:
    shares = (0.11, 0.16, 0.24, 0.18, 0.09, 0.12, 0.10)
    widths = [share * width for share in shares]
    titles = [_("No."), _("Under"), _("Decision"), _("Responsible"), _("Due date"),
              _("Deliverable"), _("State")]
    drawn = [[cell(title, w, bold=True, size=10) for title, w in zip(titles, widths, strict=True)]]
    for row in rows:
        follows = _("Action: {title}").format(title=row.action) if row.action else ""
        text = " ".join(filter(None, [row.text, follows]))
        texts = [row.number, row.point, text, row.who, short_date(row.due) if row.due else "",
                 row.deliverable, row.state]
        drawn.append([cell(t, w) for t, w in zip(texts, widths, strict=True)])
    return grid(drawn, widths)
