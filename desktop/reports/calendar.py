"""A meeting for a calendar: iCalendar (RFC 5545), times as they are said in the place of the
meeting."""

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.queries.documents.convocation import Convocation


def ics(convocation: Convocation) -> bytes:
    """One event; the same meeting always bears the same identifier, so that a second file moves it.
    AppError without a date."""
    if convocation.starts_at is None:
        raise AppError(_("This meeting has no date."), _("Give it one in its form."))
    calendar = Calendar()
    calendar.add("prodid", "-//Carnet//Convocation//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{convocation.id}@carnet")
    # The day on which the data were read: the same input gives the same bytes.
    event.add("dtstamp", datetime.combine(convocation.heading.as_of, time(), UTC))
    event.add("summary", convocation.title)
    # Without a zone: the hour is that of the place, wherever the calendar is opened.
    event.add("dtstart", convocation.starts_at)
    event.add("dtend", convocation.ends_at or convocation.starts_at + timedelta(hours=2))
    # An address is one line: the format has no other way to write it.
    link = "".join(convocation.link.split())
    if convocation.place or link:
        event.add("location", convocation.place or link)
    if link:
        event.add("url", link)
    points = [f"{number}. {point.title}" for number, point in enumerate(convocation.points, 1)]
    if points:
        event.add("description", "\n".join([_("Agenda"), *points]))
    calendar.add_component(event)
    return bytes(calendar.to_ical())
