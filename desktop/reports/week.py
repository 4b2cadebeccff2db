"""One person's Monday morning on one page: actions, meetings to come, what became of the
observations, the charter."""

from datetime import date

from reportlab.platypus import Flowable

from desktop.base.dates.french import long_date, short_date, time_of
from desktop.base.i18n import _, ngettext
from desktop.models.choices import label
from desktop.queries.documents.papers import MyDay
from desktop.queries.feedback import states_of
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    Title,
    build,
    paragraph,
    shortened,
    width_of,
)
from desktop.reports.page.table import cell, grid

MOST_ACTIONS, MOST_MEETINGS, MOST_NAME = 14, 5, 120
"""What one page holds: actions of two lines, meetings, characters of a name."""


def draw(day: MyDay) -> bytes:
    """Return the page as a PDF; what does not fit is counted."""
    title = _("My week")
    around = Frameset(day.heading, title)
    width = width_of(around)
    today = day.heading.as_of
    story: list[Flowable] = [Title(title), paragraph(shortened(day.name, MOST_NAME), alignment=1)]
    story += _actions(day, today, width)
    story += [Heading1(_("Meetings to come"))]
    for meeting in day.today.next_meetings[:MOST_MEETINGS]:
        when = (f"{long_date(meeting.starts_at)}, {time_of(meeting.starts_at)}" if meeting.starts_at
                else "")
        words = (when, shortened(meeting.title, MOST_NAME), shortened(meeting.place, MOST_NAME))
        story.append(paragraph(" · ".join(part for part in words if part)))
    if not day.today.next_meetings:
        story.append(paragraph(_("No meeting is planned.")))
    if day.today.observations:
        story += [Heading1(_("What became of my observations")), paragraph(", ".join(
            f"{label('observation_shown', state).lower()}\u202f: {count}"
            for state, count in sorted(states_of(day.today.observations).items())))]
    commitments = day.commitments
    if commitments is not None:
        story += [Heading1(_("Charter: {organisation}").format(
            organisation=shortened(commitments.organisation, MOST_NAME))),
                  paragraph(_("{attended} of {expected} meetings over twelve months").format(
                      attended=commitments.meetings_attended,
                      expected=commitments.meetings_expected)),
                  paragraph(ngettext("{count} person trained", "{count} people trained",
                                     commitments.trained).format(
                                         count=commitments.trained))]
    return build(around, story)


def _actions(day: MyDay, today: date, width: float) -> list[Flowable]:
    rows = [*day.today.late, *day.today.soon, *day.today.later]
    if not rows:
        return [Heading1(_("My actions")), paragraph(_("Nothing is due."))]
    widths = [width * 0.64, width * 0.18, width * 0.18]
    lines = [[cell(text, w, bold=True, size=10)
              for text, w in zip((_("What"), _("Due date"), ""), widths, strict=True)]]
    words = {"late": _("late"), "today": _("today"), "week": _("this week"), "later": ""}
    for row in rows[:MOST_ACTIONS]:
        texts = (row.title, short_date(row.due_on) if row.due_on else "",
                 words.get(row.lateness(today), ""))
        lines.append([cell(text, w, most=2) for text, w in zip(texts, widths, strict=True)])
    story: list[Flowable] = [Heading1(_("My actions")), grid(lines, widths)]
    more = len(rows) - MOST_ACTIONS
    if more > 0:
        story.append(
            paragraph(ngettext("and {count} more", "and {count} more", more).format(count=more)))
    return story
