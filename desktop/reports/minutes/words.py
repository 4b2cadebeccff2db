"""What the minutes say beside the notes, word for word the same on paper and in the word
processor."""

from collections.abc import Iterable
from datetime import datetime

from desktop.base.dates.french import long_date, short_date, time_of
from desktop.base.i18n import _
from desktop.models.choices import CHOICES, label
from desktop.models.half_days import days_of
from desktop.models.states import AttendanceState, MinutesState
from desktop.queries.documents.sheet import HERE, Minutes, MinutesLine, Participant
from desktop.reports.page.document import clock_time


def title_of(minutes: Minutes) -> str:
    """Return the title of the minutes."""
    group = minutes.heading.group or minutes.kind or minutes.title
    group = group[:1].lower() + group[1:]
    if minutes.starts_at is None:
        return _("Minutes, {group}").format(group=group)
    days = days_of(minutes.starts_at, minutes.ends_at)
    if len(days) > 1:
        return _("Minutes, {group}, from {start} to {end}").format(
            group=group, start=long_date(days[0], weekday=False),
            end=long_date(days[-1], weekday=False))
    return _("Minutes, {group}, {date}").format(group=group, date=long_date(days[0], weekday=False))


def day_and_hours(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """Say the day and the hours of a meeting, or its first and its last day: "jeudi 12 mars 2026,
    de 14 h 30 à 17 h 00"."""
    if starts_at is None:
        return ""
    days = days_of(starts_at, ends_at)
    if ends_at is not None and len(days) > 1:
        return _("from {start}, {from_time}, to {end}, {until_time}").format(
            start=long_date(days[0]), from_time=time_of(starts_at), end=long_date(days[-1]),
            until_time=time_of(ends_at))
    hours = (_("from {start} to {end}").format(start=time_of(starts_at), end=time_of(ends_at))
             if ends_at else _("at {start}").format(start=time_of(starts_at)))
    return f"{long_date(days[0])}, {hours}"


def status_of(minutes: Minutes) -> str:
    """Audience, state and version."""
    variant = _("Internal") if minutes.audience == "interne" else _("For circulation")
    if minutes.state == MinutesState.CORRECTION and minutes.validated_on:
        state = (_("Correction validated on {date}")
                 .format(date=long_date(minutes.validated_on, weekday=False)))
    elif minutes.state == MinutesState.VALIDATED and minutes.validated_on:
        state = _("Validated on {date}").format(date=long_date(minutes.validated_on, weekday=False))
    else:
        state = (_("Draft, not validated") if minutes.state == MinutesState.DRAFT
                 else label("minutes_state", minutes.state))
    return f"{variant} · {state}" + (f" · v{minutes.version}" if minutes.version > 1 else "")


def how_changes_show(minutes: Minutes) -> str:
    """How a correction tells what it changed."""
    if minutes.audience == "interne":
        return _("What was added is underlined and said; what was taken away is struck through and "
                 "said.")
    return _("What was added is underlined and said; where something was taken away, “passage "
             "removed” stands.")


def facts_of(minutes: Minutes) -> list[tuple[str, str]]:
    """Return what is said of the meeting as a whole: names and values."""
    when = day_and_hours(minutes.starts_at, minutes.ends_at)
    reach = (_("internal: not to be circulated beyond the secretariat and the coordination")
             if minutes.audience == "interne"
             else _("members of the group, people present, represented or excused"))
    if minutes.heading.confidential:
        reach = _("{reach}; confidential").format(reach=reach)
    lines = [(_("Subject"), minutes.title), (_("Date"), when), (_("Place"), minutes.place),
             (_("Chair"), minutes.animator), (_("Minutes taken by"), minutes.secretary),
             (_("Circulation"), reach)]
    return [(name, value) for name, value in lines if value]


def people_of(minutes: Minutes) -> list[tuple[str, list[Participant]]]:
    """Who took part in which way; a way that nobody took is left out."""
    groups = ((_("People present"), (AttendanceState.PRESENT, AttendanceState.REMOTE)),
              (_("People represented"),
               (AttendanceState.REPRESENTED,)),
              (_("People excused"), (AttendanceState.EXCUSED,)),
              (_("People absent"), (AttendanceState.ABSENT,)),
              (_("People not marked"), (AttendanceState.EXPECTED,)))
    found = [(title, [p for p in minutes.people if p.state in states]) for title, states in groups]
    return [(title, people) for title, people in found if people]


def quorum_of(minutes: Minutes) -> str:
    """Whether there was a quorum, where the meeting has one."""
    if not minutes.quorum:
        return ""
    states = (AttendanceState.PRESENT, AttendanceState.REPRESENTED,
              *((AttendanceState.REMOTE,) if minutes.quorum_remote else ()))
    counted = sum(p.state in states for p in minutes.people)
    said = (_("Quorum reached: {counted} for {quorum}.") if counted >= minutes.quorum
            else _("Quorum not reached: {counted} for {quorum}."))
    return said.format(counted=counted, quorum=minutes.quorum)


def by_college(people: list[Participant]) -> list[tuple[str, list[Participant]]]:
    """Return these people by their college, in the order of the territory's vocabulary."""
    order = [choice.code for choice in CHOICES["college"]]
    codes = sorted({p.college for p in people},
                   key=lambda c: order.index(c) if c in order else len(order))
    return [(label("college", code) or _("Other"), [p for p in people if p.college == code])
            for code in codes]


def about(person: Participant) -> list[str]:
    """Return what is said of somebody after the name."""
    parts = [person.function, person.organisation]
    if person.state == AttendanceState.REMOTE:
        parts.append(_("remotely"))
    if person.state == AttendanceState.REPRESENTED and person.represented_by:
        parts.append(_("represented by {name}").format(name=person.represented_by))
    if person.arrived_at and person.state in HERE:
        parts.append(_("arrived at {time}").format(time=clock_time(person.arrived_at)))
    if person.left_at and person.state in HERE:
        parts.append(_("left at {time}").format(time=clock_time(person.left_at)))
    return [part for part in parts if part]


def agenda_of(minutes: Minutes) -> list[str]:
    """Return a line for each point of the agenda: what, how, who, how long."""
    said = []
    for point in minutes.points:
        length = _("{minutes} min").format(minutes=point.minutes) if point.minutes else ""
        details = ", ".join(filter(None, [point.kind.lower(), point.presenter, length]))
        said.append(point.title + (f" ({details})" if details else ""))
    return said


def earlier_title(minutes: Minutes) -> str:
    """Return the heading above what earlier meetings left; nothing where they left nothing."""
    if minutes.previous_on:
        return _("Follow-up of the previous meeting")
    return _("Follow-up of earlier actions") if minutes.earlier else ""


def submitted(minutes: Minutes) -> str:
    """Say that the minutes of the meeting before are to be approved."""
    return _("The minutes of {date} are submitted for approval.").format(
        date=long_date(minutes.previous_on, weekday=False)) if minutes.previous_on else ""


def table_of(actions: Iterable[MinutesLine], *, with_state: bool) -> list[list[str]]:
    """Return the rows of a table of actions, its titles first."""
    return [[_("What"), _("Who"), _("When"), *([_("State")] if with_state else [])]] + [
        [action.text, action.who or _("to be named"),
         short_date(action.due) if action.due else _("to be set"),
         *([action.state] if with_state else [])] for action in actions]


def mark_of(line: MinutesLine) -> str:
    """Return what tells that a line is not for everybody."""
    return {"interne": _("[internal]"), "observatoire": _("[restricted]")}.get(line.audience, "")


def name_of(line: MinutesLine) -> str:
    """Return what a line is called before its words; nothing for ordinary text."""
    return {"decision": _("Decision {number}").format(number=line.number).strip(),
            "action": _("Action"),
            "question": _("Open point")}.get(line.kind, "")


def details_of(line: MinutesLine) -> str:
    """How it was adopted, who does it and by when, in brackets."""
    details = ", ".join(
        filter(None, [line.how, line.who, short_date(line.due) if line.due else ""]))
    return f"({details})" if details else ""


def next_of(minutes: Minutes) -> str:
    """When and where the next meeting is."""
    if minutes.next_meeting is None:
        return ""
    when = _("{date}, at {start}").format(date=long_date(minutes.next_meeting.date()),
                                          start=time_of(minutes.next_meeting))
    return ", ".join(filter(None, [when, minutes.next_place]))


def closing_of(minutes: Minutes) -> list[str]:
    """Return what is said at the end: the hour, how the minutes are approved."""
    closing = []
    if minutes.ends_at:
        closing.append(_("The meeting ended at {time}.").format(time=time_of(minutes.ends_at)))
    if minutes.state == MinutesState.DRAFT:
        closing.append(_("Without remarks by {date}, these minutes are deemed approved.").format(
            date=long_date(minutes.remarks_until, weekday=False)) if minutes.remarks_until else
            _("Without remarks within 15 days, these minutes are deemed approved."))
    return closing
