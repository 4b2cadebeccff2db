"""The feuille d'émargement: numbered rows to be signed, read back afterwards by their numbers."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer, Table

from desktop.base.dates.french import long_date, short_date, time_of
from desktop.base.i18n import _
from desktop.models.choices import label
from desktop.models.half_days import HalfDay, days_of, half_days
from desktop.models.states import AttendanceState
from desktop.queries.documents.sheet import HERE, AttendanceSheet, Participant
from desktop.reports.page.document import (
    BASE,
    GREY,
    PADDING,
    TOP,
    Frameset,
    Title,
    build,
    clock_time,
    markup,
    paragraph,
    rich,
    shortened,
    width_of,
)
from desktop.reports.page.table import cell, grid, widest

ROW = 10 * mm
"""At least 9 mm: room for a signature."""
SIGNATURE = 46 * mm
TALL_FOOT = 25 * mm
SLOTS_A_SHEET = 3
BLANK_LINES = (3, 12)
BOTTOM_BOX = 25 * mm
TALL_ROW = 140 * mm
"""A row to be signed goes over a page only where its text is taller than this."""
MOST_NAME = 90
"""Characters of a name at the foot of each page, which has room for four lines."""


def draw(sheet: AttendanceSheet) -> bytes:
    """Return the sheet as a PDF; a training gets one column to sign per half-day, on landscape
    pages."""
    training = sheet.kind == "formation"
    around = Frameset(sheet.heading, _("Attendance sheet: {title}").format(title=sheet.title),
                      footer=_rights(sheet),
                      code=_("Meeting {code}").format(code=sheet.code) if sheet.code else "",
                      wide=training,
                      bottom=TALL_FOOT)
    if not training:
        return build(around,
                     [*_top(sheet), _plain_table(sheet, width_of(around)), *_bottom(sheet, around)])
    story: list[Flowable] = []
    # One without a day where its times are not known.
    slots: Sequence[HalfDay | None] = half_days(sheet.starts_at, sheet.ends_at) or [None]
    for start in range(0, len(slots), SLOTS_A_SHEET):
        if story:
            story.append(PageBreak())
        story += [*_top(sheet),
                  _training_table(sheet, slots[start:start + SLOTS_A_SHEET], width_of(around)),
                  *_bottom(sheet, around)]
    return build(around, story)


def _rights(sheet: AttendanceSheet) -> str:
    controller = ", ".join(shortened(name, MOST_NAME) for name in (
        sheet.heading.collective, sheet.heading.territory) if name)
    return _("Purpose: to attest who attended. Controller: {controller}. Kept for one year after "
             "the meeting. You may see, correct or erase what concerns you: ask the "
             "coordination.").format(controller=controller)


def _top(sheet: AttendanceSheet) -> list[Flowable]:
    lines = [(_("Group"), sheet.heading.group_marked), (_("Subject"), sheet.title),
             (_("Date"), _when(sheet)),
             (_("Place"), sheet.place),
             (_("Trainer") if sheet.kind == "formation" else _("Chair"), sheet.animator),
             (_("Meeting code"), sheet.code)]
    story: list[Flowable] = [Title(_("ATTENDANCE SHEET"))]
    for name, value in lines:
        if value:
            story.append(
                rich(_("<b>{name}:</b> {value}").format(name=markup(name), value=markup(value)),
                     leading=15.5))
    return [*story, Spacer(1, 3 * mm)]


def _when(sheet: AttendanceSheet) -> str:
    if sheet.starts_at is None:
        return ""
    begin, end = sheet.starts_at, sheet.ends_at
    if end is None:
        return _("{date}, at {start}").format(date=long_date(begin.date()), start=time_of(begin))
    if len(days_of(begin, end)) > 1:
        hours = (_("{hours} hours")
                 .format(hours=f"{3.5 * len(half_days(begin, end)):g}".replace(".", ",")))
        return _("from {start} to {end}, {hours}").format(start=long_date(begin.date()),
                                                          end=long_date(end.date()),
                                                         hours=hours)
    return _("{date}, from {start} to {end}").format(date=long_date(begin.date()),
                                                     start=time_of(begin),
                                                     end=time_of(end))


def _plain_table(sheet: AttendanceSheet, width: float) -> Table:
    rest = width - 10 * mm - SIGNATURE
    family = min(rest * 0.36,
                 max(rest * 0.22, widest([p.family.upper() for p in sheet.people], bold=True)))
    given = min(rest * 0.24, max(rest * 0.16, widest([p.given for p in sheet.people])))
    rest -= family + given
    widths = [10 * mm, family, given, rest * 0.54, rest * 0.46, SIGNATURE]
    return _table(sheet,
                  [_("No."), _("FAMILY NAME"), _("Given name"), _("Organisation"), _("Function"),
                   _("Signature")], widths, 5, [None])


def _training_table(sheet: AttendanceSheet, slots: Sequence[HalfDay | None], width: float) -> Table:
    rest = width - 10 * mm
    signature = max(SIGNATURE, min(rest * 0.3, rest * 0.55 / len(slots)))
    rest -= signature * len(slots)
    widths = [10 * mm, rest * 0.36, rest * 0.28, rest * 0.36, *[signature] * len(slots)]
    titles = [half_day_words(slot) if slot else _("Signature") for slot in slots]
    return _table(sheet, [_("No."), _("FAMILY NAME"), _("Given name"), _("Organisation"), *titles],
                  widths, 4,
                  [slot.code if slot else None for slot in slots])


def half_day_words(slot: HalfDay) -> str:
    """Its day and its half, as it is printed."""
    half = _("afternoon") if slot.afternoon else _("morning")
    return _("{date}, {half}").format(date=short_date(slot.day), half=half)


def _table(sheet: AttendanceSheet, header: list[str], widths: list[float], texts: int,
           slots: Sequence[str | None]) -> Table:
    """`texts`: how many columns, the number's included, come before those to be signed, one for
    each of `slots`."""
    rows: list[list[Flowable]] = [
        [cell(title, w, bold=True, size=10) for title, w in zip(header, widths, strict=True)]]
    for number, person in enumerate(sheet.people, start=1):
        known = [str(number), person.family.upper(), person.given, person.organisation,
                 person.function][:texts]
        cells = [cell(text, w, bold=column == 1)
                 for column, (text, w) in enumerate(zip(known, widths, strict=False))]
        marks = [cell(_mark(sheet, person, slot), w, size=9)
                 for slot, w in zip(slots, widths[texts:], strict=True)]
        rows.append(cells + marks)
    heights = [_height(row, widths, at_least=7 * mm if i == 0 else ROW)
               for i, row in enumerate(rows)]
    for number in range(len(sheet.people) + 1,
                        len(sheet.people) + 1 + _blank_lines(heights, sum(widths), sheet)):
        rows.append(
            [cell(str(number) if column == 0 else "", w) for column, w in enumerate(widths)])
        heights.append(ROW)
    return grid(rows, widths, heights=heights, extra=[("ALIGN", (0, 0), (0, -1), "CENTER")],
                whole=TALL_ROW)


def _blank_lines(heights: list[float], width: float, sheet: AttendanceSheet) -> int:
    """Lines for people who come unannounced: at least three, then as many as fill the last page."""
    top = sum(part.wrap(width, 1000)[1] + part.getSpaceBefore() + part.getSpaceAfter()
              for part in _top(sheet))
    page = (A4[0] if sheet.kind == "formation" else A4[1]) - TOP - TALL_FOOT

    def last_page(blank: int) -> tuple[int, float]:
        pages, used = 1, top + heights[0]
        for height in [*heights[1:], *[ROW] * blank]:
            if used + height > page:
                pages, used = pages + 1, heights[0]
            used += height
        if used + BOTTOM_BOX > page:
            pages, used = pages + 1, 0.0
        return pages, used

    least, most = BLANK_LINES
    return max(blank for blank in range(least, most + 1)
               if last_page(blank)[0] == last_page(least)[0])


def _height(row: list[Flowable], widths: list[float], at_least: float) -> float:
    tallest: float = max(part.wrap(w - 2 * PADDING, 1000)[1]
                         for part, w in zip(row, widths, strict=True))
    return max(at_least, tallest + 6)


def _mark(sheet: AttendanceSheet, person: Participant, slot: str | None) -> str:
    """Return what the roll-call says, once there was one; in a training, of that half-day where it
    is known."""
    if not sheet.filled or person.state == AttendanceState.EXPECTED:
        return ""
    if slot and any(known == person.id for known, _slot in sheet.half_days):
        return label("attendance_state", sheet.half_days.get((person.id, slot), ""))
    said = label("attendance_state", person.state)
    if person.state == AttendanceState.REPRESENTED and person.represented_by:
        said = _("Represented by {name}").format(name=person.represented_by)
    if person.state not in HERE:
        return said
    times = [_("from {time}").format(time=clock_time(person.arrived_at)) if person.arrived_at
             else "",
             _("until {time}").format(time=clock_time(person.left_at)) if person.left_at else ""]
    return ", ".join([said, *filter(None, times)])


def _bottom(sheet: AttendanceSheet, around: Frameset) -> list[Flowable]:
    here = sum(p.state == AttendanceState.PRESENT for p in sheet.people)
    remote = sum(p.state == AttendanceState.REMOTE for p in sheet.people)
    stand_in = sum(p.state == AttendanceState.REPRESENTED for p in sheet.people)
    if sheet.filled:
        count = _("Present: {here} · remote: {remote} · represented: {stand_in}").format(
            here=here, remote=remote, stand_in=stand_in)
    else:
        count = _("Number of people present:") + " ............"
    width = width_of(around)
    visa = _("Visa of the trainer (name, signature):") if sheet.kind == "formation" else _(
        "Visa of the person in charge (name, signature):")
    box = Table([[paragraph(count), paragraph(visa)]], colWidths=[width * 0.42, width * 0.58],
                rowHeights=[20 * mm])
    box.setStyle([*BASE, ("BOX", (0, 0), (-1, -1), 0.5, GREY), 
                  ("LINEBEFORE", (1, 0), (1, 0), 0.5, GREY),
                  ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return [Spacer(1, 4 * mm), KeepTogether([box])]
