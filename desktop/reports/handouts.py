"""What those who came take away: attestations of presence or of training, and extracts by
organisation."""

from datetime import datetime, timedelta

from reportlab.platypus import Flowable, PageBreak, Spacer

from desktop.base.dates.french import long_date, short_date, time_of
from desktop.base.i18n import _
from desktop.models.half_days import days_of, half_days
from desktop.models.states import AttendanceState
from desktop.queries.documents.convocation import Extract, Extracts
from desktop.queries.documents.sheet import HERE, AttendanceSheet, Participant
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    Title,
    build,
    clock_time,
    headed,
    paragraph,
    width_of,
)
from desktop.reports.page.table import cell, grid

MOST_DAYS = 10
"""Days of a meeting that an attestation names one by one."""
HALF_DAY = timedelta(hours=3, minutes=30)
"""How long a half-day of training is, on the sheet too."""


def draw_attestations(sheet: AttendanceSheet) -> bytes:
    """One page a person who was there; where nobody was, a page that says so."""
    training = sheet.kind == "formation"
    title = _("Attestation of training") if training else _("Attestation of presence")
    around = Frameset(sheet.heading, title)
    story: list[Flowable] = []
    for person in sheet.people:
        lines = _said(sheet, person)
        if not lines:
            continue
        if story:
            story.append(PageBreak())
        story += [Title(title), Spacer(1, 14), *(paragraph(line, spaceAfter=8) for line in lines),
                  Spacer(1, 18),
                  paragraph(_("Issued to serve for all purposes.")),
                  paragraph(_("Done at ______________________, on ______________________")),
                  Spacer(1, 26),
                  paragraph(_("Name, function and signature of the person in charge:"))]
    return build(around, story
                 or [Title(title), paragraph(_("Nobody is marked present at this meeting."))])


def _said(sheet: AttendanceSheet, person: Participant) -> list[str]:
    """Return what is attested of a person; nothing of one who was not there."""
    half = [one for one in half_days(sheet.starts_at, sheet.ends_at)
            if sheet.half_days.get((person.id, one.code)) in HERE]
    followed = bool(sheet.half_days) and sheet.kind == "formation"
    if (followed and not half) or (not followed and person.state not in HERE):
        return []
    described = ", ".join(filter(None, [person.function, person.organisation]))
    # A description stands between two commas; without one there is none.
    who = f"{person.name}, {described}," if described else person.name
    lines = [_("{collective} attests that {who} took part in “{title}”.").format(
        collective=sheet.heading.collective or sheet.heading.territory or _("The collective"),
        who=who, title=sheet.title)]
    if sheet.starts_at is not None and not followed:
        lines.append(_on_which_days(sheet.starts_at, sheet.ends_at))
    if sheet.place:
        lines.append(_("Place: {place}.").format(place=sheet.place))
    if sheet.animator:
        lines.append((_("Trainer: {name}.") if sheet.kind == "formation" else _("Chair: {name}."))
                     .format(
                         name=sheet.animator))
    if followed:
        names = [f"{short_date(one.day)} {_('afternoon') if one.afternoon else _('morning')}"
                 for one in half]
        lines.append(_("Half-days followed ({count}): {names}.")
                     .format(count=len(half), names=", ".join(names)))
        lines.append(_("Length followed: about {hours}.")
                     .format(hours=_length(HALF_DAY * len(half))))
    if person.state == AttendanceState.REMOTE:
        lines.append(_("The person took part remotely."))
    if person.arrived_at and not followed:
        lines.append(_("Arrived at {time}.").format(time=clock_time(person.arrived_at)))
    if person.left_at and not followed:
        lines.append(_("Left at {time}.").format(time=clock_time(person.left_at)))
    return lines


def _on_which_days(starts_at: datetime, ends_at: datetime | None) -> str:
    days = days_of(starts_at, ends_at)
    if len(days) == 1:
        return _("On {date}{hours}.").format(date=long_date(days[0]),
                                             hours=_hours(starts_at, ends_at))
    said = _("From {start} to {end}, that is {count} days").format(
        start=long_date(days[0]), end=long_date(days[-1]), count=len(days))
    if len(days) > MOST_DAYS:
        return said + "."
    return _("{said}: {days}.").format(said=said, days=", ".join(map(short_date, days)))


def _hours(starts_at: datetime, ends_at: datetime | None) -> str:
    if ends_at is None or ends_at <= starts_at:
        return _(", at {start}").format(start=time_of(starts_at))
    return _(", from {start} to {end}, that is {length}").format(
        start=time_of(starts_at), end=time_of(ends_at), length=_length(ends_at - starts_at))


def _length(length: timedelta) -> str:
    hours, minutes = divmod(int(length.total_seconds() // 60), 60)
    return (time_of(datetime(2000, 1, 1, hours % 24, minutes)) if hours < 24
            else _("{hours} hours").format(hours=hours))


def draw_extracts(extracts: Extracts) -> bytes:
    """One page an organisation: who spoke for it, and what it has to do."""
    held = long_date(extracts.starts_at.date(), weekday=False) if extracts.starts_at else ""
    title = (_("Extract of the minutes of {date}").format(date=held) if held
             else _("Extract of the minutes"))
    around = Frameset(extracts.heading, title)
    story: list[Flowable] = []
    for extract in extracts.extracts:
        if story:
            story.append(PageBreak())
        story += [Title(extract.organisation),
                  paragraph(f"{title}, {extracts.title}", alignment=1, spaceAfter=10),
                  *_extract(extract, width_of(around))]
    return build(around, story
                 or [Title(title), paragraph(_("No action of this meeting has an owner."))])


def _extract(extract: Extract, width: float) -> list[Flowable]:
    story: list[Flowable] = []
    here = [p.name for p in extract.people if p.state in HERE]
    if here:
        story += [Heading1(_("Present for the organisation")), paragraph(", ".join(here))]
    widths = [width * share for share in (0.48, 0.26, 0.13, 0.13)]
    rows = [[cell(title, w, bold=True, size=10) for title, w in zip(
        (_("What"), _("Who"), _("When"), _("State")), widths, strict=True)]]
    for action in extract.actions:
        texts = [action.title, action.who or extract.organisation,
                 short_date(action.due) if action.due else _("to be set"),
                 action.state]
        rows.append([cell(text, w) for text, w in zip(texts, widths, strict=True)])
    return [*story, *headed(Heading1(_("To be done")), grid(rows, widths))]
