"""The reminder of one organisation, on paper and as a message ready to paste."""

from reportlab.platypus import Flowable

from desktop.base.dates.french import short_date
from desktop.base.i18n import N_, _
from desktop.models.states import Evidence
from desktop.queries.documents.reminder import ReminderPaper
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

WORDS: dict[str, str] = {
    Evidence.HAS_VALIDATED: N_("Actions of the politique de la ville whose two accords are not "
                               "given"),
    Evidence.INFORMS: N_("Actions of which the members are to be told"),
    Evidence.SHARES: N_("Funded actions to be presented in a meeting"),
    Evidence.ADEQUACY: N_("Actions that name no existing scheme, and do not say why"),
    Evidence.TRAINED: N_("People to be trained")}


def draw(reminder: ReminderPaper) -> bytes:
    """Return the reminder as a PDF."""
    title = _("Reminder for {organisation}").format(organisation=reminder.organisation)
    around = Frameset(reminder.heading, title)
    width = width_of(around)
    story: list[Flowable] = [Title(title, alignment=0), paragraph(_opening(reminder), spaceAfter=6)]
    if reminder.late:
        widths = [width * share for share in (0.56, 0.26, 0.18)]
        rows = [[cell(text, w, bold=True, size=10) for text, w in zip(
            (_("Action"), _("Owner"), _("Due date")), widths, strict=True)]]
        rows += [[cell(one.title, widths[0]), cell(one.owner, widths[1]),
                  cell(short_date(one.due_on) if one.due_on else "", widths[2])]
                 for one in reminder.late]
        story += headed(Heading1(_("Late actions")), read_table(rows, widths))
    for kind, lines in reminder.lacking:
        widths = [width * 0.82, width * 0.18]
        rows = [[cell(text, w, bold=True, size=10)
                 for text, w in zip((_("What"), _("Day")), widths, strict=True)]]
        rows += [[cell(line.title, widths[0]),
                  cell(short_date(line.on) if line.on else "", widths[1])] for line in lines]
        story += headed(Heading1(_(WORDS[kind])), read_table(rows, widths))
    points = _charter(reminder)
    if points:
        story += headed(Heading1(_("Charter")), paragraph(points[0]))
        story += [paragraph(point) for point in points[1:]]
    return build(around, story)


def text(reminder: ReminderPaper) -> bytes:
    """Return the message, ready to paste: plain text, UTF-8."""
    lines = [_("Hello,"), "", _opening(reminder)]
    if reminder.late:
        lines += ["", _("Late actions")]
        lines += ["- " + ", ".join(filter(None, [
            one.title, one.owner, short_date(one.due_on) if one.due_on else ""]))
                  for one in reminder.late]
    for kind, missing in reminder.lacking:
        lines += ["", _(WORDS[kind])]
        lines += [
            "- " + ", ".join(filter(None, [line.title, short_date(line.on) if line.on else ""]))
            for line in missing]
    points = _charter(reminder)
    if points:
        lines += ["", _("Charter"), *(f"- {point}" for point in points)]
    return ("\n".join(lines) + "\n").encode()


def _opening(reminder: ReminderPaper) -> str:
    if reminder.empty:
        return (_("On {day}, nothing is awaited from you. Thank you.")
                .format(day=short_date(reminder.heading.as_of)))
    return _("On {day}, this is still awaited from you. If it is done, tell us, and it will be "
             "noted.").format(
                 day=short_date(reminder.heading.as_of))


def _charter(reminder: ReminderPaper) -> list[str]:
    if reminder.charter is None:
        return []
    signing = (_("Version {number} of the charter is not signed.")
               .format(number=reminder.charter.version))
    return [words for words, done in ((signing, reminder.signed),
                                      (_("Confidentiality is to be accepted."),
                                       reminder.confidential)) if not done]
