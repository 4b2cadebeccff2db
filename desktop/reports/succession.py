"""The page of the synthesis on plans that follow one another: what each axis and objective goes on
in, what it came to."""

from reportlab.platypus import Flowable

from desktop.base.i18n import _, ngettext
from desktop.queries.succession import FollowedAxis, FollowedObjective, PlanSuccession, Reached
from desktop.reports.page.document import Heading1, headed, paragraph
from desktop.reports.page.marks import read_table
from desktop.reports.page.table import cell


def pages_of(succession: PlanSuccession, width: float) -> list[Flowable]:
    """Return the table of one succession, for a content so many points wide."""
    heading = Heading1(_("{plan}, then {following}").format(
        plan=succession.plan, following=succession.next_plan))
    if not succession.axes:
        return headed(heading, paragraph(_("The plan that ended has no axis.")))
    widths = [share * width for share in (0.32, 0.32, 0.14, 0.22)]
    titles = (_("Axes and objectives of the plan that ended"), _("Goes on in"), _("Actions"),
              _("Indicators reached"))
    rows = [[cell(title, w, bold=True, size=10) for title, w in zip(titles, widths, strict=True)]]
    for axis in succession.axes:
        texts = (axis.title, _following(axis), _actions(axis), "")
        rows.append([cell(text, w, bold=True) for text, w in zip(texts, widths, strict=True)])
        for objective in axis.objectives:
            said = "\n".join(map(_indicator, objective.indicators)) or "–"
            texts = (objective.title, _following(objective), "", said)
            rows.append([cell(text, w) for text, w in zip(texts, widths, strict=True)])
    return headed(heading, read_table(rows, widths))


def _following(one: FollowedAxis | FollowedObjective) -> str:
    return one.next_title or _("nothing yet")


def _actions(axis: FollowedAxis) -> str:
    if not axis.actions:
        return "–"
    counts = [ngettext("{count} action", "{count} actions", axis.actions)
              .format(count=axis.actions)]
    if axis.done:
        counts.append(ngettext("{count} done", "{count} done", axis.done).format(count=axis.done))
    if axis.open:
        counts.append(ngettext("{count} still open", "{count} still open", axis.open)
                      .format(count=axis.open))
    return ", ".join(counts)


def _indicator(one: Reached) -> str:
    value = "–" if one.value is None else f"{one.value}\u00a0{one.unit}".strip()
    if one.target is None:
        return f"{one.label}\u202f: {value}"
    return _("{label}: {value} of {target}").format(label=one.label, value=value, target=one.target)
