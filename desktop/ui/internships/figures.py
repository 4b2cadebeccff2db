"""The figures of the internships: tables by school year, and whether two groups are treated alike,
if it can be told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from desktop.base.i18n import _, language, ngettext
from desktop.models.authority import READERS
from desktop.models.choices import label as choice_label
from desktop.models.record import OBSERVATORY
from desktop.queries.counted_records import ELSEWHERE, NO_PLACE
from desktop.queries.internships import figures as kinds
from desktop.queries.internships.equality import LEAST_BASE, LEAST_FOUND, GroupComparison
from desktop.queries.internships.figures import Figure, FigureLine, figures_of
from desktop.queries.observations import words_of
from desktop.ui.records.register import RegisterPlan
from desktop.ui.records.sheet import Extra, Fact, RecordSheet
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table

NOT_SHOWN = "–"


@dataclass(frozen=True)
class _Row:
    """One line of a table on the screen."""

    id: str
    words: str
    counts: tuple[int | None, ...]


def figures_plan(desk: Desk, open_table: Callable[[Any], None]) -> RegisterPlan:
    """Return the figures: a list of them, each read beside it. `open_table` goes into the table
    that is read."""
    def arguments() -> tuple[Any, ...]:
        return desk.today(), reads_every_search(desk)

    def table_of(row: Figure) -> Extra | None:
        if row.comparison is not None:
            return None
        return FigureTable(desk, row, lambda: desk.vault.ask(figures_of, *arguments()))

    return RegisterPlan(
        kind="internship_figures", name=_("Figures"), icon="chart-column",
        columns=(Column[Figure](_("Figures"), lambda row: title_of(row), strong=True),
                 Column[Figure](_("School year"), lambda row: row.year, width=116),
                 Column[Figure](_("Told"), told_words, key=lambda row: row.base, width=132)),
        rows=figures_of, arguments=arguments, sheet=_sheet, entries=list, new_label="",
        empty_title=_("Nothing to count yet"),
        empty_text=_("Figures appear with the first offers, searches and applications."),
        extra=table_of, open=open_table, shares=(4, 5))


def reads_every_search(desk: Desk) -> bool:
    """Whether this computer reads the searches of everybody; others read those that were written on
    them."""
    roles = desk.vault.identity.roles
    return not roles or bool(roles & READERS[OBSERVATORY])


def title_of(row: Figure) -> str:
    """Return the title of a figure."""
    return {kinds.OFFERS: _("Offers by sector"), kinds.SECTORS: _("Applications by sector"),
            kinds.ZONES: _("Applications by place"),
            kinds.QPV: _("QPV and elsewhere, treated alike?"),
            kinds.GENDER: _("Women and men, treated alike?")}[row.name]


def told_words(row: Figure) -> str:
    """Return what the list says of a figure: its base, or that it cannot be told."""
    if row.comparison is not None:
        if not row.comparison.is_told:
            return _("too few")
        return _("a difference") if row.comparison.is_different else _("none shown")
    if row.base is None:
        return ""
    if row.name == kinds.OFFERS:
        return ngettext("{count} offer", "{count} offers", row.base).format(count=row.base)
    return ngettext("{count} application", "{count} applications", row.base).format(count=row.base)


def _sheet(row: Figure) -> RecordSheet:
    year = _("School year {year}").format(year=row.year)
    if row.comparison is not None:
        return RecordSheet(title_of(row), year, ((told_words(row), _tone(row.comparison)),), tuple(
            Fact("", sentence) for sentence in comparison_words(row.name, row.comparison)))
    facts = [Fact("", _("What this computer reads, not a measure of what happens elsewhere. "
                        "Not to be published as it stands."))]
    if any(line.is_hidden for line in row.lines):
        few = _("“{sign}”: fewer than {count} searches, which only the observatory team reads.")
        facts.append(Fact("", few.format(sign=NOT_SHOWN, count=kinds.SMALL)))
    return RecordSheet(title_of(row), year, (), facts)


def _tone(comparison: GroupComparison) -> str:
    if not comparison.is_told:
        return "neutral"
    return "bad" if comparison.is_different else "ok"


def comparison_words(name: str, comparison: GroupComparison) -> list[str]:
    """Return what a comparison tells, or what it lacks to tell anything; never a number of either
    group."""
    groups = ((_("of people who live in a QPV"), _("of people who live elsewhere"))
              if name == kinds.QPV else
              (_("of women"), _("of men")))
    if comparison.low is None or comparison.high is None:
        said = [ngettext("{count} more search {group} is needed.",
                         "{count} more searches {group} are needed.",
                         count).format(count=count, group=group)
                for count, group in zip(comparison.missing, groups, strict=True) if count]
        said += [ngettext("{count} more search {group} that has found is needed.",
                          "{count} more searches {group} that have found are needed.",
                          count).format(count=count, group=group)
                 for count, group in zip(comparison.missing_found, groups, strict=True) if count]
        least = _("Nothing is told under {base} searches with an answer in each group, {found} of "
                  "which have found.")
        return [*said, least.format(base=LEAST_BASE, found=LEAST_FOUND)]
    said = [_("For one place found, the searches {first} needed between {low} and {high} times as "
              "many applications as those {second}.")
            .format(first=groups[0], second=groups[1], low=_times(comparison.low),
            high=_times(comparison.high))]
    if not comparison.is_different:
        said.append(_("This interval holds 1: no difference of treatment is shown. "
                      "That is no proof that there is none."))
    elif comparison.low > 1:
        said.append(_("The whole interval is above 1: the searches {first} needed more "
                      "applications.").format(
                          first=groups[0]))
    else:
        said.append(_("The whole interval is below 1: the searches {first} needed fewer "
                      "applications.").format(
                          first=groups[0]))
    return [*said, _("Intervals at 97.5 %, so that both comparisons of a year hold together at 95 "
                     "%. What else sets the groups apart (sector, level, school) is not taken "
                     "out.")]


def _times(number: float) -> str:
    said = f"{number:.2f}" if number < 1 else f"{number:.1f}"
    return said.replace(".", ",") if language() == "fr" else said


class FigureTable(Extra):
    """The lines of one table."""

    def __init__(self, desk: Desk, figure: Figure, ask: Callable[[], list[Figure]]) -> None:
        super().__init__()
        self._desk, self._figure, self._ask = desk, figure, ask
        heads = ((_("Offers"), _("Places"), _("Free")) if figure.name == kinds.OFFERS else
                 (_("Accepted ones"), _("Refused ones"), _("Silences"), _("Waiting")))
        first = _("Place") if figure.name == kinds.ZONES else _("Sector")
        self.table = Table(title_of(figure), (
            Column[_Row](first, lambda row: row.words, strong=True),
            *(_column(head, place) for place, head in enumerate(heads))))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(self.table)
        self._show(figure)

    def refresh(self) -> None:
        found = next((one for one in self._ask() if one.id == self._figure.id), None)
        if found is not None and found != self._figure:
            self._figure = found
            self._show(found)

    def take_focus(self) -> None:
        """Go into the table."""
        self.table.setFocus()

    def _show(self, figure: Figure) -> None:
        self.table.set_rows(
            [_Row(line.code, self._words(line), line.counts) for line in figure.lines])
        rows = self.table.model().rowCount()
        heights = sum(self.table.rowHeight(number) for number in range(rows))
        around = (self.table.horizontalHeader().sizeHint().height()
                  + self.table.horizontalScrollBar().sizeHint().height())
        self.table.setFixedHeight(heights + around + 4)

    def _words(self, line: FigureLine) -> str:
        if self._figure.name != kinds.ZONES:
            return choice_label("internship_sector", line.code) or _("Sector not told")
        if line.code in (ELSEWHERE, NO_PLACE):
            return _("Other communes") if line.code == ELSEWHERE else _("Place not told")
        return self._desk.vault.ask(words_of, language()).place(line.code)


def _column(head: str, place: int) -> Column[_Row]:
    return Column[_Row](head, lambda row: NOT_SHOWN if row.counts[place] is None
                        else str(row.counts[place]),
                        key=lambda row: row.counts[place], width=90, right=True)
