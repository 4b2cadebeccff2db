"""The compte rendu, in its internal variant or the one to be circulated."""

from collections.abc import Iterable

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from desktop.base.dates.french import short_date
from desktop.base.i18n import _, ngettext
from desktop.queries.documents.sheet import Minutes, MinutesLine, Participant, Point
from desktop.reports.minutes.words import (
    about,
    agenda_of,
    by_college,
    closing_of,
    details_of,
    earlier_title,
    facts_of,
    how_changes_show,
    mark_of,
    name_of,
    next_of,
    people_of,
    quorum_of,
    status_of,
    submitted,
    table_of,
    title_of,
)
from desktop.reports.page.document import (
    SHADE,
    Flowables,
    Frameset,
    Heading1,
    Heading2,
    Title,
    build,
    drawn_markup,
    headed,
    markup,
    paragraph,
    rich,
    separator,
    style,
    width_of,
)
from desktop.reports.page.table import cell, grid

BAR, BAR_WIDTH = HexColor("#333333"), 2.5
ABOVE, BELOW = 2.0, 4.0
"""The ground of a barred passage above and below its lines, in points."""


def draw(minutes: Minutes) -> bytes:
    """Return the minutes as a PDF."""
    around = Frameset(minutes.heading, title_of(minutes), status=status_of(minutes))
    story: Flowables = [Title(title_of(minutes)), *_correction(minutes), *_facts(minutes),
                        *_people(minutes), *_agenda(minutes),
                        *_earlier(minutes, width_of(around))]
    for number, point in enumerate(minutes.points, start=1):
        story += _point(number, point)
    if minutes.other:
        story += _section(_("Other matters"), minutes.other)
    story += [*_summary(minutes, width_of(around)), *_end(minutes)]
    return build(around, story)


def _correction(minutes: Minutes) -> Flowables:
    if not minutes.reason:
        return []
    lines = [
        rich(_("<b>Correction of the validated minutes:</b> {reason}")
             .format(reason=markup(minutes.reason))),
             paragraph(how_changes_show(minutes))]
    lines += [paragraph(f"– {change}") for change in minutes.changes]
    return lines


def _facts(minutes: Minutes) -> Flowables:
    return [rich(_("<b>{name}:</b> {value}").format(name=markup(name), value=markup(value)))
            for name, value in facts_of(minutes)]


def _people(minutes: Minutes) -> Flowables:
    story: Flowables = [Heading1(_("Participants"))]
    for title, people in people_of(minutes):
        colleges = _by_college(people)
        story += headed(rich(f"<b>{markup(title)} ({len(people)})</b>", spaceBefore=4), colleges[0])
        story += colleges[1:]
    if quorum_of(minutes):
        story.append(paragraph(quorum_of(minutes), spaceBefore=4))
    return story


def _by_college(people: list[Participant]) -> Flowables:
    return [
        rich(_("<i>{college}:</i> {names}")
             .format(college=markup(college), names=separator().join(map(_described, some))),
             leftIndent=8, spaceAfter=2) for college, some in by_college(people)]


def _described(person: Participant) -> str:
    return ", ".join([f"<b>{markup(person.name)}</b>", *map(markup, about(person))])


def _agenda(minutes: Minutes) -> Flowables:
    if not minutes.points:
        return []
    return [Heading1(_("Agenda")), *(
        paragraph(f"{number}. {said}", leftIndent=16, firstLineIndent=-16)
        for number, said in enumerate(agenda_of(minutes), 1))]


def _earlier(minutes: Minutes, width: float) -> Flowables:
    story: Flowables = []
    if submitted(minutes):
        story.append(paragraph(submitted(minutes), spaceAfter=4))
    if minutes.earlier:
        story.append(_actions_table(minutes.earlier, width, with_state=True))
    title = earlier_title(minutes)
    return [*headed(Heading1(title), story[0]), *story[1:]] if title and story else story


def _point(number: int, point: Point) -> Flowables:
    return _section(f"{number}. {point.title}", point.lines)


def _section(title: str, lines: Iterable[MinutesLine]) -> Flowables:
    drawn = ([_line(line) for line in lines]
             or [paragraph(_("Nothing noted."), fontName="NotoSans-Italic")])
    # A heading alone at the foot of a page reads as a mistake: it goes with its first line.
    return [*headed(Heading1(title), drawn[0]), *drawn[1:]]


def _line(line: MinutesLine) -> Flowable:
    lead = f"<i>{markup(mark_of(line))}</i> " if mark_of(line) else ""
    if line.change:
        return rich(_changed(line, lead), spaceAfter=4)
    if line.kind == "decision":
        name = _("Decision {number}").format(number=line.number) if line.number else _("Decision")
        tail = f" ({markup(line.how)})" if line.how else ""
        return _barred(_("{mark}<b>{name}:</b> {text}")
                       .format(mark=lead, name=markup(name), text=markup(line.text))
                       + tail)
    if line.kind == "action":
        details = ", ".join(filter(None, [line.who, short_date(line.due) if line.due else ""]))
        tail = f" <i>({markup(details)})</i>" if details else ""
        return _barred(_("{mark}<b>{name}:</b> {text}").format(mark=lead, name=markup(_("Action")),
                                                              text=markup(line.text)) + tail)
    if line.kind == "question":
        return rich(_("{mark}<b>{name}:</b> {text}").format(mark=lead, name=markup(_("Open point")),
                                                           text=markup(line.text)), spaceAfter=4)
    return rich(lead + markup(line.text), spaceAfter=4)


def _changed(line: MinutesLine, lead: str) -> str:
    """Return a line that a correction added or took away: a word says it, and its form without
    colour."""
    name = name_of(line)
    words = markup(" ".join(filter(None, [f"{name}{_colon(name)}{line.text}", details_of(line)])))
    if line.change == "added":
        return f"{lead}<b>{markup(_('[added]'))}</b> <u>{words}</u>"
    return f"{lead}<b>{markup(_('[taken away]'))}</b> <strike>{words}</strike>"


def _colon(name: str) -> str:
    return _("{name}: ").format(name="") if name else ""


class _Barred(Paragraph):
    """A passage with a bar at its left, which stands out on a black and white print; it may go on
    over a page."""

    def draw(self) -> None:
        super().draw()
        self.canv.saveState()
        self.canv.setFillColor(BAR)
        self.canv.rect(0, -BELOW, BAR_WIDTH, self.height + ABOVE + BELOW, stroke=0, fill=1)
        self.canv.restoreState()


def _barred(source: str) -> Paragraph:
    return _Barred(drawn_markup(source), style(
        "barred", leftIndent=8, rightIndent=6, backColor=SHADE, borderPadding=(ABOVE, 6, BELOW, 8),
        spaceBefore=2 + ABOVE, spaceAfter=5 + BELOW))


def _summary(minutes: Minutes, width: float) -> Flowables:
    story: Flowables = []
    if minutes.decisions:
        widths = [30 * mm, width - 30 * mm]
        rows = [[cell(_("No."), widths[0], bold=True, size=10),
                 cell(_("Decision"), widths[1], bold=True, size=10)]]
        rows += [
            [cell(d.number, widths[0]), cell(d.text + (f" ({d.how})" if d.how else ""), widths[1])]
                 for d in minutes.decisions]
        title = ngettext("Decision taken", "Decisions taken", len(minutes.decisions))
        story += headed(Heading1(title), grid(rows, widths))
    if minutes.actions:
        story += headed(Heading1(_("Actions: who, what, when")),
                        _actions_table(minutes.actions, width, with_state=False))
    return story


def _actions_table(actions: Iterable[MinutesLine], width: float, *, with_state: bool) -> Flowable:
    last = 28 * mm if with_state else 0
    widths = [width - 54 * mm - 26 * mm - last, 54 * mm, 26 * mm] + ([last] if with_state else [])
    titles, *said = table_of(actions, with_state=with_state)
    rows = [[cell(title, w, bold=True, size=10) for title, w in zip(titles, widths, strict=True)]]
    rows += [[cell(text, w) for text, w in zip(texts, widths, strict=True)] for texts in said]
    return grid(rows, widths)


def _end(minutes: Minutes) -> Flowables:
    story: Flowables = []
    if minutes.next_meeting:
        story += [Heading2(_("Next meeting")), paragraph(next_of(minutes) + ".")]
    if minutes.annexes:
        story += [Heading2(_("Annexes")), *(paragraph(f"– {name}") for name in minutes.annexes)]
    if closing_of(minutes):
        story += [Spacer(1, 4 * mm),
                  paragraph(" ".join(closing_of(minutes)), fontName="NotoSans-Italic")]
    return [KeepTogether(story)] if story else []
