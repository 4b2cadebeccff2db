"""The compte rendu, in its internal variant or the one to be circulated."""

from collections.abc import Iterable

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from desktop.base.dates_fr import long_date, short_date, time_of
from desktop.base.i18n import _, ngettext
from desktop.models.choices import CHOICES, label
from desktop.queries.documents import HERE, Line, Minutes, Participant, Point
from desktop.reports.document import (
    BASE,
    SHADE,
    Flowables,
    Frameset,
    Heading1,
    Heading2,
    Title,
    build,
    cell,
    clock_time,
    grid,
    headed,
    markup,
    paragraph,
    rich,
    separator,
    width_of,
)

BAR = HexColor("#333333")


def draw(minutes: Minutes) -> bytes:
    """The minutes as a PDF."""
    around = Frameset(minutes.heading, title_of(minutes), status=status_of(minutes))
    story: Flowables = [Title(title_of(minutes)), *_correction(minutes), *_facts(minutes), *_people(minutes), *_agenda(minutes),
                        *_earlier(minutes, width_of(around))]
    for number, point in enumerate(minutes.points, start=1):
        story += _point(number, point, width_of(around))
    if minutes.other:
        story += _section(_("Other matters"), minutes.other, width_of(around))
    story += [*_summary(minutes, width_of(around)), *_end(minutes)]
    return build(around, story)


def title_of(minutes: Minutes) -> str:
    """The title of the minutes."""
    group = minutes.heading.group or minutes.kind or minutes.title
    group = group[:1].lower() + group[1:]
    if minutes.starts_at is None:
        return _("Minutes, {group}").format(group=group)
    return _("Minutes, {group}, {date}").format(group=group, date=long_date(minutes.starts_at.date(), weekday=False))


def status_of(minutes: Minutes) -> str:
    """Audience, state and version."""
    variant = _("Internal") if minutes.audience == "interne" else _("For circulation")
    if minutes.state == "rectificatif" and minutes.validated_on:
        state = _("Correction validated on {date}").format(date=long_date(minutes.validated_on, weekday=False))
    elif minutes.state == "valide" and minutes.validated_on:
        state = _("Validated on {date}").format(date=long_date(minutes.validated_on, weekday=False))
    else:
        state = _("Draft, not validated") if minutes.state == "projet" else label("minutes_state", minutes.state)
    return f"{variant} · {state}" + (f" · v{minutes.version}" if minutes.version > 1 else "")


def _correction(minutes: Minutes) -> Flowables:
    if not minutes.reason:
        return []
    lines = [rich(_("<b>Correction of the validated minutes:</b> {reason}").format(reason=markup(minutes.reason))),
             paragraph(_("What was added is underlined and said; what was taken away is struck through and said."))]
    lines += [paragraph(f"– {change}") for change in minutes.changes]
    return lines


def facts_of(minutes: Minutes) -> list[tuple[str, str]]:
    """What is said of the meeting as a whole: names and values."""
    when = ""
    if minutes.starts_at:
        when = long_date(minutes.starts_at.date()) + ", " + (
            _("from {start} to {end}").format(start=time_of(minutes.starts_at), end=time_of(minutes.ends_at))
            if minutes.ends_at else time_of(minutes.starts_at))
    reach = (_("internal: not to be circulated beyond the secretariat and the coordination")
             if minutes.audience == "interne" else _("members of the group, people present, represented or excused"))
    lines = [(_("Subject"), minutes.title), (_("Date"), when), (_("Place"), minutes.place),
             (_("Chair"), minutes.animator), (_("Minutes taken by"), minutes.secretary), (_("Circulation"), reach)]
    return [(name, value) for name, value in lines if value]


def _facts(minutes: Minutes) -> Flowables:
    return [rich(_("<b>{name}:</b> {value}").format(name=markup(name), value=markup(value)))
            for name, value in facts_of(minutes)]


def people_of(minutes: Minutes) -> list[tuple[str, list[Participant]]]:
    """Who took part in which way; a way that nobody took is left out."""
    groups = ((_("People present"), ("present", "distance")), (_("People represented"), ("represente",)),
              (_("People excused"), ("excuse",)), (_("People absent"), ("absent",)),
              (_("People not marked"), ("attendu",)))
    found = [(title, [p for p in minutes.people if p.state in states]) for title, states in groups]
    return [(title, people) for title, people in found if people]


def _people(minutes: Minutes) -> Flowables:
    story: Flowables = [Heading1(_("Participants"))]
    for title, people in people_of(minutes):
        colleges = _by_college(people)
        story += headed(rich(f"<b>{markup(title)} ({len(people)})</b>", spaceBefore=4), colleges[0])
        story += colleges[1:]
    if minutes.quorum:
        states = ("present", "represente", *(("distance",) if minutes.quorum_remote else ()))
        counted = sum(p.state in states for p in minutes.people)
        said = (_("Quorum reached: {counted} for {quorum}.") if counted >= minutes.quorum
                else _("Quorum not reached: {counted} for {quorum}."))
        story.append(paragraph(said.format(counted=counted, quorum=minutes.quorum), spaceBefore=4))
    return story


def _by_college(people: list[Participant]) -> Flowables:
    order = [choice.code for choice in CHOICES["college"]]
    codes = sorted({p.college for p in people}, key=lambda c: order.index(c) if c in order else len(order))
    story: Flowables = []
    for code in codes:
        names = separator().join(_described(p) for p in people if p.college == code)
        title = label("college", code) or _("Other")
        story.append(rich(_("<i>{college}:</i> {names}").format(college=markup(title), names=names), leftIndent=8,
                          spaceAfter=2))
    return story


def _described(person: Participant) -> str:
    parts = [person.function, person.organisation]
    if person.state == "distance":
        parts.append(_("remotely"))
    if person.state == "represente" and person.represented_by:
        parts.append(_("represented by {name}").format(name=person.represented_by))
    if person.arrived_at and person.state in HERE:
        parts.append(_("arrived at {time}").format(time=clock_time(person.arrived_at)))
    if person.left_at and person.state in HERE:
        parts.append(_("left at {time}").format(time=clock_time(person.left_at)))
    return ", ".join([f"<b>{markup(person.name)}</b>", *(markup(part) for part in parts if part)])


def _agenda(minutes: Minutes) -> Flowables:
    if not minutes.points:
        return []
    story: Flowables = [Heading1(_("Agenda"))]
    for number, point in enumerate(minutes.points, start=1):
        length = _("{minutes} min").format(minutes=point.minutes) if point.minutes else ""
        details = ", ".join(filter(None, [point.kind.lower(), point.presenter, length]))
        story.append(paragraph(f"{number}. {point.title}" + (f" ({details})" if details else ""), leftIndent=16,
                               firstLineIndent=-16))
    return story


def _earlier(minutes: Minutes, width: float) -> Flowables:
    story: Flowables = []
    if minutes.previous_on:
        story += [Heading1(_("Follow-up of the previous meeting")),
                  paragraph(_("The minutes of {date} are submitted for approval.").format(
                      date=long_date(minutes.previous_on, weekday=False)), spaceAfter=4)]
    if minutes.earlier:
        if not story:
            story.append(Heading1(_("Follow-up of earlier actions")))
        story.append(_actions_table(minutes.earlier, width, with_state=True))
    return story


def _point(number: int, point: Point, width: float) -> Flowables:
    return _section(f"{number}. {point.title}", point.lines, width)


def _section(title: str, lines: Iterable[Line], width: float) -> Flowables:
    drawn = [_line(line, width) for line in lines] or [paragraph(_("Nothing noted."), fontName="NotoSans-Italic")]
    # A heading alone at the foot of a page reads as a mistake: it goes with its first line.
    return [*headed(Heading1(title), drawn[0]), *drawn[1:]]


def _line(line: Line, width: float) -> Flowable:
    mark = {"interne": _("[internal]"), "observatoire": _("[restricted]")}.get(line.audience, "")
    lead = f"<i>{markup(mark)}</i> " if mark else ""
    if line.change:
        return rich(_changed(line, lead), spaceAfter=4)
    if line.kind == "decision":
        name = _("Decision {number}").format(number=line.number) if line.number else _("Decision")
        tail = f" ({markup(line.how)})" if line.how else ""
        return _barred(_("{mark}<b>{name}:</b> {text}").format(mark=lead, name=markup(name), text=markup(line.text))
                       + tail, width)
    if line.kind == "action":
        details = ", ".join(filter(None, [line.who, short_date(line.due) if line.due else ""]))
        tail = f" <i>({markup(details)})</i>" if details else ""
        return _barred(_("{mark}<b>{name}:</b> {text}").format(mark=lead, name=markup(_("Action")),
                                                              text=markup(line.text)) + tail, width)
    if line.kind == "question":
        return rich(_("{mark}<b>{name}:</b> {text}").format(mark=lead, name=markup(_("Open point")),
                                                           text=markup(line.text)), spaceAfter=4)
    return rich(lead + markup(line.text), spaceAfter=4)


def name_of(line: Line) -> str:
    """What a line is called before its words; nothing for ordinary text."""
    return {"decision": _("Decision {number}").format(number=line.number).strip(), "action": _("Action"),
            "question": _("Open point")}.get(line.kind, "")


def _changed(line: Line, lead: str) -> str:
    """A line that a correction added or took away: a word says it, and its form without colour."""
    name = name_of(line)
    details = ", ".join(filter(None, [line.how, line.who, short_date(line.due) if line.due else ""]))
    words = markup(" ".join(filter(None, [f"{name}{_colon(name)}{line.text}", f"({details})" if details else ""])))
    if line.change == "added":
        return f"{lead}<b>{markup(_('[added]'))}</b> <u>{words}</u>"
    return f"{lead}<b>{markup(_('[taken away]'))}</b> <strike>{words}</strike>"


def _colon(name: str) -> str:
    return _("{name}: ").format(name="") if name else ""


def _barred(source: str, width: float) -> Table:
    """A passage with a bar at its left, which stands out on a black and white print."""
    table = Table([[rich(source)]], colWidths=[width], spaceBefore=2, spaceAfter=5)
    table.setStyle([*BASE, ("LINEBEFORE", (0, 0), (0, -1), 2.5, BAR), ("BACKGROUND", (0, 0), (-1, -1), SHADE),
                    ("LEFTPADDING", (0, 0), (-1, -1), 8), ("TOPPADDING", (0, 0), (-1, -1), 2),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 4)])
    return table


def _summary(minutes: Minutes, width: float) -> Flowables:
    story: Flowables = []
    if minutes.decisions:
        story.append(Heading1(ngettext("Decision taken", "Decisions taken", len(minutes.decisions))))
        widths = [30 * mm, width - 30 * mm]
        rows = [[cell(_("No."), widths[0], bold=True, size=10), cell(_("Decision"), widths[1], bold=True, size=10)]]
        rows += [[cell(d.number, widths[0]), cell(d.text + (f" ({d.how})" if d.how else ""), widths[1])]
                 for d in minutes.decisions]
        story.append(grid(rows, widths))
    if minutes.actions:
        story += [Heading1(_("Actions: who, what, when")), _actions_table(minutes.actions, width, with_state=False)]
    return story


def _actions_table(actions: Iterable[Line], width: float, *, with_state: bool) -> Table:
    last = 28 * mm if with_state else 0
    widths = [width - 54 * mm - 26 * mm - last, 54 * mm, 26 * mm] + ([last] if with_state else [])
    titles = [_("What"), _("Who"), _("When")] + ([_("State")] if with_state else [])
    rows = [[cell(title, w, bold=True, size=10) for title, w in zip(titles, widths, strict=True)]]
    for action in actions:
        texts = [action.text, action.who or _("to be named"), short_date(action.due) if action.due else _("to be set")]
        rows.append([cell(text, w) for text, w in zip([*texts, *([action.state] if with_state else [])], widths,
                                                      strict=True)])
    return grid(rows, widths)


def _end(minutes: Minutes) -> Flowables:
    story: Flowables = []
    if minutes.next_meeting:
        said = _("{date}, at {start}").format(date=long_date(minutes.next_meeting.date()),
                                              start=time_of(minutes.next_meeting))
        story += [Heading2(_("Next meeting")),
                  paragraph(", ".join(filter(None, [said, minutes.next_place])) + ".")]
    if minutes.annexes:
        story += [Heading2(_("Annexes")), *(paragraph(f"– {name}") for name in minutes.annexes)]
    closing = _closing(minutes)
    if closing:
        story += [Spacer(1, 4 * mm), paragraph(" ".join(closing), fontName="NotoSans-Italic")]
    return [KeepTogether(story)] if story else []


def closing_of(minutes: Minutes) -> list[str]:
    """What is said at the end: the next meeting, the hour, how the minutes are approved."""
    said = []
    if minutes.next_meeting:
        when = _("{date}, at {start}").format(date=long_date(minutes.next_meeting.date()),
                                              start=time_of(minutes.next_meeting))
        said.append(_("Next meeting: {when}.").format(when=", ".join(filter(None, [when, minutes.next_place]))))
    if minutes.annexes:
        said.append(_("Annexes: {names}.").format(names=", ".join(minutes.annexes)))
    return [*said, *_closing(minutes)]


def _closing(minutes: Minutes) -> list[str]:
    closing = []
    if minutes.ends_at:
        closing.append(_("The meeting ended at {time}.").format(time=time_of(minutes.ends_at)))
    if minutes.state == "projet":
        closing.append(_("Without remarks by {date}, these minutes are deemed approved.").format(
            date=long_date(minutes.remarks_until, weekday=False)) if minutes.remarks_until else
            _("Without remarks within 15 days, these minutes are deemed approved."))
    return closing
