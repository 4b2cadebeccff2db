"""Papers on actions: what one person has to do, the plan of actions axis by axis, the accords that
are awaited."""

from datetime import date, timedelta

from reportlab.platypus import Flowable, PageBreak

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import _, ngettext
from desktop.base.money import euros
from desktop.models.states import ActionState
from desktop.queries.accords import Awaited
from desktop.queries.documents.accords import AwaitedAccords
from desktop.queries.documents.papers import ActionLine, ActionPlan, AxisActions, PersonActions
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    Heading2,
    Title,
    build,
    headed,
    paragraph,
    width_of,
)
from desktop.reports.page.table import cell, grid
from desktop.reports.succession import pages_of
from desktop.reports.synthesis import page_of


def draw_mine(mine: PersonActions) -> bytes:
    """One person's open actions as a PDF: late, this week, later, without a date."""
    title = _("Actions of {name}").format(name=mine.name)
    around = Frameset(mine.heading, title)
    today = mine.heading.as_of
    count = len(mine.actions)
    story: list[Flowable] = [Title(title), paragraph(", ".join(filter(None, [
        mine.organisation,
        ngettext("{count} open action", "{count} open actions", count).format(count=count)])),
        alignment=1)]
    for name, chosen in _by_date(mine.actions, today):
        if chosen:
            story += headed(Heading1(f"{name} ({len(chosen)})"),
                            _mine_table(chosen, width_of(around)))
    return build(around, story)


def _by_date(actions: tuple[ActionLine, ...], today: date) -> list[tuple[str, list[ActionLine]]]:
    week = today + timedelta(days=7)
    return [(_("Overdue"), [a for a in actions if a.due and a.due < today]),
            (_("Within seven days"), [a for a in actions if a.due and today <= a.due <= week]),
            (_("Later on"), [a for a in actions if a.due and a.due > week]),
            (_("Without a date"), [a for a in actions if a.due is None])]


def _mine_table(actions: list[ActionLine], width: float) -> Flowable:
    widths = [share * width for share in (0.36, 0.16, 0.18, 0.30)]
    titles = [_("What"), _("Due date"), _("State"), _("Latest follow-up")]
    rows = [[cell(title, w, bold=True, size=10) for title, w in zip(titles, widths, strict=True)]]
    for action in actions:
        texts = [action.title, short_date(action.due) if action.due else "", _progress(action),
                 action.next_step]
        rows.append([cell(text, w) for text, w in zip(texts, widths, strict=True)])
    return grid(rows, widths)


def _progress(action: ActionLine) -> str:
    if (action.progress is None
        or action.state_code not in (ActionState.UNDER_WAY, ActionState.DONE)):
        return action.state
    return _("{state}, {percent} %").format(state=action.state, percent=action.progress)


def draw_plan(plan: ActionPlan) -> bytes:
    """Return the plan of actions as a PDF: one page of synthesis, then each axis, on landscape
    pages."""
    return _plan(plan, Frameset(plan.heading, _("Action plan"), wide=True), 9)


def draw_large_plan(plan: ActionPlan) -> bytes:
    """Return the same on A3, to be hung on a wall."""
    return _plan(plan, Frameset(plan.heading, _("Action plan"), wide=True, large=True), 11)


def _plan(plan: ActionPlan, around: Frameset, size: float) -> bytes:
    width = width_of(around)
    story: list[Flowable] = page_of(plan.synthesis, plan.name, width)
    for succession in plan.synthesis.successions:
        story += [PageBreak(), *pages_of(succession, width)]
    for axis in plan.axes:
        story += [PageBreak(), Heading1(axis.title)]
        story += _axis(axis, width, size)
    return build(around, story)


def _axis(axis: AxisActions, width: float, size: float) -> list[Flowable]:
    if not axis.actions:
        return [paragraph(_("No action yet."))]
    story: list[Flowable] = []
    for objective in dict.fromkeys(action.objective for action in axis.actions):
        story += headed(Heading2(objective or _("Without an objective")),
                        _plan_table([a for a in axis.actions if a.objective == objective], width,
                                    size))
    return story


def _plan_table(actions: list[ActionLine], width: float, size: float) -> Flowable:
    widths = [share * width for share in (0.18, 0.13, 0.11, 0.12, 0.09, 0.12, 0.08, 0.09, 0.08)]
    titles = [_("Action"), _("Lead and organisation"), _("Partners"), _("For whom, where"),
              _("From, until"),
              _("Existing scheme"), _("Funding"), _("State and agglomeration"), _("State")]
    rows = [[cell(title, w, bold=True, size=size) for title, w in zip(titles, widths, strict=True)]]
    for action in actions:
        dates = " – ".join(short_date(d) for d in (action.starts, action.due) if d)
        answers = [_("State: {answer}").format(answer=action.state_answer) if action.state_answer
                   else "",
                   _("Agglomeration: {answer}").format(answer=action.agglomeration_answer)
                   if action.agglomeration_answer else ""]
        texts = [action.title, ", ".join(filter(None, [action.who, action.organisation])),
                 action.partners,
                 ", ".join(filter(None, [action.audience, action.places])), dates,
                 action.dispositifs, action.funding,
                 ", ".join(filter(None, answers)), _progress(action)]
        rows.append([cell(text, w, size=size) for text, w in zip(texts, widths, strict=True)])
    return grid(rows, widths)


def draw_accords(awaited: AwaitedAccords) -> bytes:
    """Return the accords that are awaited as a PDF, party by party, on landscape pages with room
    for the answer."""
    title = _("Accords awaited")
    around = Frameset(awaited.heading, title, wide=True)
    story: list[Flowable] = [Title(title),
                             paragraph(_("Situation on {date}.")
                                       .format(date=long_date(awaited.heading.as_of)),
                                       alignment=1)]
    for party, rows in awaited.parties:
        heading = Heading1(f"{party} ({len(rows)})")
        story += headed(heading, _accords_table(rows, width_of(around)) if rows
                        else paragraph(_("No accord is awaited.")))
    return build(around, story)


def _accords_table(rows: tuple[Awaited, ...], width: float) -> Flowable:
    widths = [share * width for share in (0.28, 0.16, 0.12, 0.10, 0.14, 0.20)]
    titles = [_("Action"), _("Organisation"), _("Requested"), _("Asked on"),
              _("Answer hoped for by"), _("Answer and remark")]
    drawn = [[cell(title, w, bold=True, size=10) for title, w in zip(titles, widths, strict=True)]]
    for row in rows:
        until = ", ".join(
            filter(None, [short_date(row.until_on) if row.until_on else "", row.committee]))
        texts = [row.title, row.organisation, euros(row.cents) if row.cents else "",
                 _asked_words(row), until, ""]
        drawn.append([cell(text, w) for text, w in zip(texts, widths, strict=True)])
    return grid(drawn, widths)


def _asked_words(row: Awaited) -> str:
    asked = short_date(row.asked_on) if row.asked_on else ""
    if row.reminded_on is None:
        return asked
    return ", ".join(filter(None, [
        asked, _("reminded on {day}").format(day=short_date(row.reminded_on))]))
