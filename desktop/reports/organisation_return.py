"""The yearly return to one organisation on paper: one page, handed to it alone."""

from collections.abc import Sequence

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from desktop.base.dates.french import short_date
from desktop.base.i18n import _, language, ngettext
from desktop.models.choices import label as choice_label
from desktop.models.states import ActionState
from desktop.queries.actions import ActionRow
from desktop.queries.documents.organisation_return import OrganisationReturn
from desktop.queries.documents.publication import period_words
from desktop.reports.observatory import MARK_OF, marked
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    build,
    paragraph,
    shortened,
    width_of,
)
from desktop.reports.page.figures import (
    FIGURE,
    HATCH,
    Bar,
    Bars,
    Hatch,
    KeyFigure,
    key_figures,
)
from desktop.reports.page.fonts import BOLD, FONT
from desktop.reports.page.marks import RING, read_table
from desktop.reports.page.table import cell

HEADS, LABEL = 42 * mm, 50 * mm
LONGEST = 90
"""Characters of the name of the organisation."""
MOST = 5
"""Actions on the page; the others are counted."""


def draw(content: OrganisationReturn) -> bytes:
    """Return the PDF."""
    title = _("Return to your organisation, {period}").format(
        period=period_words(content.window, language()))
    around = Frameset(content.heading, title,
                      code=_("For {organisation} alone").format(organisation=content.organisation))
    width, name = width_of(around), shortened(content.organisation, LONGEST)
    room = width - HEADS
    sections: list[tuple[str, list[Flowable]]] = [
        (_("Your reports by domain"), _domains(content, room)),
        (_("What this changes"), _actions(content.actions, room)),
        (_("What awaits you"), _awaits(content)),
        (_("How to read it"), [
            paragraph(_("A report is neither a proof nor a complaint. Your figures do not compare "
                        "with those of another organisation: they say what was collected, not "
                        "what happened."), spaceAfter=4),
            paragraph(_("To be kept in the organisation: laid beside the report, this return would "
                        "help to find protected figures out."))])]
    return build(around, [
        Heading1(title, fontSize=18, leading=23, spaceBefore=0, spaceAfter=2),
        paragraph(_("{organisation}. Your reports alone, and the actions linked with them.").format(
            organisation=name), spaceAfter=10),
        key_figures(_key_figures(content), width),
        _sections(sections, width)])


def _key_figures(content: OrganisationReturn) -> list[KeyFigure]:
    found = [KeyFigure(str(content.total), ngettext("report", "reports", content.total),
                       _("received and counted"))]
    if content.linked is not None:
        found.append(KeyFigure(str(content.linked), _("linked with an action"),
                               ngettext("{count} action", "{count} actions",
                                        len(content.actions)).format(count=len(content.actions))))
    if content.people:
        found.append(KeyFigure(_("{trained} of {people}").format(
            trained=content.trained, people=content.people), _("trained"),
            _("of your people in the directory")))
    return found


def _domains(content: OrganisationReturn, width: float) -> list[Flowable]:
    most = max((value or 0 for _label, value in content.domains), default=0) or 1
    unit = (width - LABEL - FIGURE - HATCH[0]) / most
    found: list[Flowable] = [Bars([Bar(label, value) for label, value in content.domains], width,
                                  LABEL, unit)]
    if any(value is None for _label, value in content.domains):
        key = Table([[Hatch("LEFT"), paragraph(_(
            "Protected: under {k}, zero included, or to be found by subtraction. One mark for all "
            "reasons.").format(k=5))]], colWidths=[14 * mm, width - 14 * mm])
        key.setStyle(TableStyle([
            ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (0, 0), 5),
            ("TOPPADDING", (1, 0), (1, 0), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]))
        found.append(key)
    return found


def _actions(actions: Sequence[ActionRow], width: float) -> list[Flowable]:
    if not actions:
        return [paragraph(_("None of your reports is linked with an action yet."))]
    widths = [0.62 * width, 0.38 * width]
    rows: list[list[object]] = [[cell(_("Action of the plan"), widths[0], bold=True, size=10),
                                 cell(_("State"), widths[1], bold=True, size=10)]]
    for action in actions[:MOST]:
        state = ActionState(action.state)
        when = short_date(action.due_on) if action.due_on else ""
        rows.append([[cell(action.title, widths[0], bold=True, most=2),
                      cell(action.organisation or action.owner, widths[0], most=1)],
                     [marked(MARK_OF.get(state, RING), choice_label("action_state", state),
                             widths[1]), cell(when, widths[1])]])
    found: list[Flowable] = [read_table(rows, widths, [("VALIGN", (0, 1), (-1, -1), "TOP")])]
    if len(actions) > MOST:
        rest = len(actions) - MOST
        found.append(paragraph(ngettext("and {count} more", "and {count} more", rest).format(
            count=rest)))
    return found


def _awaits(content: OrganisationReturn) -> list[Flowable]:
    lines = []
    if content.people > content.trained:
        left = content.people - content.trained
        lines.append(ngettext("{count} person of your team is to be trained.",
                              "{count} people of your team are to be trained.", left).format(
                                  count=left))
    lines.append(_("To go on: two answers, a place, an account without a name, 90 seconds."))
    return [paragraph("– " + line) for line in lines]


def _sections(sections: Sequence[tuple[str, list[Flowable]]], width: float) -> Table:
    """Heads beside what they are of, a rule above each."""
    made = Table([[paragraph(head, fontName=BOLD, fontSize=13, leading=17), inside]
                  for head, inside in sections], colWidths=[HEADS, width - HEADS], spaceBefore=10)
    made.setStyle(TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 2 * mm),
        ("RIGHTPADDING", (1, 0), (1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 9), ("LINEABOVE", (0, 0), (-1, 0), 1.0, black),
        ("LINEABOVE", (0, 1), (-1, -1), 0.45, black)]))
    return made
