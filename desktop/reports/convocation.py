"""The convocation with its ordre du jour: on paper, and as the text of a message."""

from reportlab.platypus import Flowable, Spacer

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.models.half_days import days_of
from desktop.queries.documents.convocation import AgendaPoint, Convocation
from desktop.reports.minutes.words import day_and_hours
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    Title,
    build,
    headed,
    markup,
    paragraph,
    rich,
    width_of,
)
from desktop.reports.page.table import cell, grid


def draw(convocation: Convocation) -> bytes:
    """Return the convocation as a PDF."""
    around = Frameset(convocation.heading,
                      _("Convocation: {title}").format(title=convocation.title))
    story: list[Flowable] = [Title(_("Convocation")),
                             paragraph(convocation.title, alignment=1, spaceAfter=8)]
    for name, value in _facts(convocation):
        story.append(
            rich(_("<b>{name}:</b> {value}").format(name=markup(name), value=markup(value))))
    if convocation.points:
        story += headed(Heading1(_("Agenda")), _agenda(convocation.points, width_of(around)))
        minutes = sum(point.minutes for point in convocation.points)
        if minutes:
            story += [Spacer(1, 4), paragraph(_("In all: {minutes} min").format(minutes=minutes))]
    else:
        story += [Heading1(_("Agenda")), paragraph(_("It will be sent before the meeting."))]
    if convocation.documents:
        story += [Heading1(_("Documents joined")),
                  *(paragraph(f"– {name}") for name in convocation.documents)]
    if convocation.people:
        names = ", ".join(f"{p.name} ({p.organisation})" if p.organisation else p.name
                          for p in convocation.people)
        story += [Heading1(_("People expected")), paragraph(names)]
    story += [Spacer(1, 8), paragraph(_answer(convocation))]
    return build(around, story)


def _facts(convocation: Convocation) -> list[tuple[str, str]]:
    when = day_and_hours(convocation.starts_at, convocation.ends_at)
    facts = [(_("Group"), convocation.heading.group_marked), (_("Date"), when),
             (_("Place"), convocation.place), (_("Remotely"), convocation.link),
             (_("Chair"), convocation.animator)]
    return [(name, value) for name, value in facts if value]


def _agenda(points: tuple[AgendaPoint, ...], width: float) -> Flowable:
    widths = [width * share for share in (0.06, 0.52, 0.24, 0.18)]
    rows = [[cell(title, w, bold=True, size=10) for title, w in zip(
        (_("No."), _("Point"), _("Presenter"), _("Length")), widths, strict=True)]]
    for number, point in enumerate(points, 1):
        details = ", ".join(part for part in (point.kind.lower(), point.reason) if part)
        texts = [str(number), f"{point.title} ({details})" if details else point.title,
                 point.presenter,
                 _("{minutes} min").format(minutes=point.minutes) if point.minutes else ""]
        rows.append([cell(text, w) for text, w in zip(texts, widths, strict=True)])
    return grid(rows, widths)


def _answer(convocation: Convocation) -> str:
    if not convocation.reply_to:
        return _("Please say whether you will come, or who will represent you.")
    who = " ".join(
        filter(None, [convocation.reply_to,
                      f"<{convocation.reply_address}>" if convocation.reply_address else ""]))
    return _("Please tell {who} whether you will come, or who will represent you.").format(who=who)


def subject(convocation: Convocation) -> str:
    """Return the subject of the message."""
    days = days_of(convocation.starts_at, convocation.ends_at)
    if len(days) > 1:
        return _("{title}, from {start} to {end}").format(
            title=convocation.title, start=long_date(days[0], weekday=False),
            end=long_date(days[-1], weekday=False))
    day = long_date(days[0], weekday=False) if days else ""
    return (_("{title}, {date}").format(title=convocation.title, date=day) if day
            else convocation.title)


def text(convocation: Convocation) -> bytes:
    """Return the message, ready to paste: plain text, UTF-8."""
    lines = [_("Hello,"), "", _("You are invited to the following meeting."), "", convocation.title]
    lines += [_("{name}: {value}").format(name=name, value=value)
              for name, value in _facts(convocation)]
    if convocation.points:
        lines += ["", _("Agenda")]
        for number, point in enumerate(convocation.points, 1):
            details = ", ".join(filter(None, [
                point.presenter, _("{minutes} min").format(minutes=point.minutes) if point.minutes
                else "", point.reason]))
            lines.append(f"{number}. {point.title}" + (f" ({details})" if details else ""))
    lines += ["", _answer(convocation), "", convocation.reply_to]
    return ("\n".join(lines).rstrip() + "\n").encode()
