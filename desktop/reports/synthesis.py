"""The first page of the plan: axes in figures, then what waits, what is behind, what is reached,
beside one another."""

from reportlab.lib.colors import black
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from desktop.base.dates.french import day_month
from desktop.base.i18n import N_, _, ngettext
from desktop.base.money import euros
from desktop.models.choices import label
from desktop.models.states import ActionState
from desktop.queries.documents.synthesis import Accords, AwaitedAccord, AxisLine, Behind, Synthesis
from desktop.reports.page.document import Heading2, Title, paragraph
from desktop.reports.page.marks import read_table
from desktop.reports.page.table import cell

MOST = 3
"""What each list of the page shows at most; the rest is counted."""
WORDS = (N_("To come"), N_("To validate"), N_("Under way"), N_("Carried out"), N_("Stopped"))
GAP, APART = 18.0, 10.0


def page_of(synthesis: Synthesis, name: str, width: float) -> list[Flowable]:
    """Return the page, for a content so many points wide."""
    whole = synthesis.whole
    said = ngettext("{count} action", "{count} actions", whole.actions).format(count=whole.actions)
    funded = ngettext("of which {count} is paid by the politique de la ville",
                      "of which {count} are paid by the politique de la ville",
                      synthesis.funded).format(count=synthesis.funded)
    story: list[Flowable] = [Title(_("Action plan, synthesis by axis"), alignment=0),
                             paragraph(" · ".join(part for part in (name, f"{said}, {funded}")
                                                  if part), spaceAfter=4),
                             _axes(synthesis, width), Spacer(1, 4)]
    each = (width - 2 * GAP) / 3
    lists = [_listed(_("What waits for an accord"),
                     [(one.title, _waiting_words(one)) for one in synthesis.waiting], each,
                     _("No accord is awaited.")),
             _listed(_("Late or stopped"),
                     [(one.title, _behind_words(one)) for one in synthesis.behind], each,
                     _("Nothing is late.")),
             _indicators(synthesis, each)]
    nothing = Spacer(0, 0)
    beside = Table([[lists[0], nothing, lists[1], nothing, lists[2]]],
                   colWidths=[each, GAP, each, GAP, each])
    beside.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]))
    return [*story, beside, Spacer(1, 4),
            paragraph(_("To come: idea or proposed. Stopped: suspended or given up. What the "
                        "politique de la ville pays begins with both accords only."))]


def _axes(synthesis: Synthesis, width: float) -> Flowable:
    shares = [0.2, 0.07, *[0.07] * len(WORDS), 0.11, 0.11, *[0.09] * 3]
    widths = [share * width / sum(shares) for share in shares]
    year = synthesis.on.year
    titles = [_("Axis"), _("Actions"), *map(_, WORDS), _("Accords of the State"),
              _("Accords of the agglomeration"),
              _("Requested {year}").format(year=year), _("Granted"), _("Paid")]
    right = [("ALIGN", (1, 0), (len(WORDS) + 1, -1), "RIGHT"),
             ("ALIGN", (-3, 0), (-1, -1), "RIGHT")]
    rows: list[list[object]] = [[
        _figure(title, w, bold=True, size=10) if number in _RIGHT
        else cell(title, w - APART, bold=True, size=10)
        for number, (title, w) in enumerate(zip(titles, widths, strict=True))]]
    rows += [_axis_row(axis, widths) for axis in synthesis.axes]
    rows.append(_axis_row(synthesis.whole, widths, total=True))
    # Figures at the right of a column, words at the left of the next: apart.
    apart = ("LEFTPADDING", (len(WORDS) + 2, 0), (len(WORDS) + 3, -1), APART)
    return read_table(rows, widths, [*right, apart, ("LINEABOVE", (0, -1), (-1, -1), 1.2, black)])


_RIGHT = frozenset({*range(1, len(WORDS) + 2), len(WORDS) + 4, len(WORDS) + 5, len(WORDS) + 6})


def _axis_row(axis: AxisLine, widths: list[float], *, total: bool = False) -> list[object]:
    title = (_("Whole") if total else f"{axis.code}. {axis.title}" if axis.code
             else axis.title or _("Outside the axes"))
    texts = [title, str(axis.actions), *(str(count or "–") for count in axis.stages),
             *(_of_words(part) if total else _accord_words(part) for part in axis.accords),
             *(euros(cents) if cents else "–"
               for cents in (axis.requested, axis.granted, axis.paid))]
    return [_figure(text, w, bold=total) if number in _RIGHT else
            cell(text, w - APART, bold=total, most=3 if number == 0 else None)
            for number, (text, w) in enumerate(zip(texts, widths, strict=True))]


def _figure(text: str, width: float, *, bold: bool = False, size: float = 11) -> Flowable:
    made = cell(text, width, bold=bold, size=size)
    made.style.alignment = 2
    return made


def _accord_words(accords: Accords) -> str:
    """Say each kind on a line of its own: 5 given, 1 awaited."""
    lines = [ngettext("{count} given", "{count} given", accords.given).format(count=accords.given)
             if accords.given else "",
             ngettext("{count} awaited", "{count} awaited", accords.awaited)
             .format(count=accords.awaited)
             if accords.awaited else "",
             ngettext("{count} refused", "{count} refused", accords.refused)
             .format(count=accords.refused)
             if accords.refused else ""]
    return "\n".join(line for line in lines if line) or "–"


def _of_words(accords: Accords) -> str:
    return (_("{count} of {whole}").format(count=accords.given, whole=accords.needed)
            if accords.needed else "–")


def _listed(title: str, lines: list[tuple[str, str]], width: float, empty: str) -> list[Flowable]:
    found: list[Flowable] = [Heading2(title)]
    if not lines:
        return [*found, paragraph(empty)]
    table = Table([[[cell(first, width, bold=True, most=2), cell(second, width, size=10, most=1)]]
                   for first, second in lines[:MOST]], colWidths=[width])
    table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.45, black),
                               ("LEFTPADDING", (0, 0), (-1, -1), 0),
                               ("TOPPADDING", (0, 0), (-1, -1), 2),
                               ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]))
    found.append(table)
    rest = len(lines) - MOST
    if rest > 0:
        found.append(
            paragraph(ngettext("and {count} more", "and {count} more", rest).format(count=rest)))
    return found


def _axis_words(code: str) -> str:
    return _("axis {code}").format(code=code) if code else ""


def _waiting_words(one: AwaitedAccord) -> str:
    parties = _("the two") if len(one.parties) > 1 else label("validation_party", one.parties[0])
    since = (_("asked on {day}").format(day=day_month(one.since)) if one.since
             else _("not asked for"))
    return ", ".join(part for part in (_axis_words(one.axis), parties, since) if part).capitalize()


def _behind_words(one: Behind) -> str:
    stopped = one.state in (ActionState.SUSPENDED, ActionState.GIVEN_UP)
    what = label("action_state", one.state).lower() if stopped else ""
    due = _("due on {day}").format(day=day_month(one.due_on)) if one.due_on and not stopped else ""
    return ", ".join(part for part in (_axis_words(one.axis), what, one.reason if stopped else "",
                                       due) if part).capitalize()


def _indicators(synthesis: Synthesis, width: float) -> list[Flowable]:
    found: list[Flowable] = [Heading2(_("Indicators"))]
    if not synthesis.indicators:
        return [*found, paragraph(_("No indicator was measured yet."))]
    widths = [width * 0.56, width * 0.22, width * 0.22]
    rows: list[list[object]] = [[cell(_("Indicator"), widths[0], bold=True, size=10),
                                 _figure(_("Reached"), widths[1], bold=True, size=10),
                                 _figure(_("Target"), widths[2], bold=True, size=10)]]
    for one in synthesis.indicators[:MOST + 2]:
        rows.append(
            [cell(one.label, widths[0], most=2), _figure(_number(one.value), widths[1], bold=True),
             _figure(_number(one.target), widths[2])])
    found.append(read_table(rows, widths, [("ALIGN", (1, 0), (-1, -1), "RIGHT")]))
    rest = len(synthesis.indicators) - MOST - 2
    if rest > 0:
        found.append(
            paragraph(ngettext("and {count} more", "and {count} more", rest).format(count=rest)))
    return found


def _number(value: int | None) -> str:
    return "–" if value is None else f"{value:,}".replace(",", "\u202f")
