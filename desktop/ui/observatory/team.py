"""The team's view: how the observations of this computer spread, with small counts grouped."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.dates.french import MONTHS_SHORT_FR
from desktop.base.i18n import _, language, ngettext
from desktop.models.choices import label as choice_label
from desktop.models.states import ObservationState
from desktop.queries.observations import TermLabels, words_of
from desktop.queries.team_view import FLOOR, TeamChart, TeamView, team_view
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Empty, button, empty_layout, label
from desktop.ui.widgets.chart import ColumnBars, RowBars
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingRow

STATES = (ObservationState.HANDED_IN, ObservationState.RECEIVED, ObservationState.QUALIFIED,
          ObservationState.LINKED, ObservationState.SET_ASIDE)


class TeamPanel(QWidget):
    """Figures for the eyes of the team alone: none of them is a publication."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(14)

    @keeps_hand
    def refresh(self) -> None:
        """Count again, and show."""
        empty_layout(self._column)
        seen = self.desk.vault.ask(team_view)
        if not seen.total:
            card = Card()
            card.box.addWidget(Empty(
                "chart-column", _("Nothing to show yet"),
                _("Charts appear with the first observations that this device may read."),
                button(_("New observation"), self.desk.new_observation, icon_name="plus")))
            self._column.addWidget(card, 1)
            return
        words = self.desk.vault.ask(words_of, language())
        self._column.addWidget(self._head(seen))
        titles = {1: _("By month of collection"), 3: _("By quarter of collection"),
                  6: _("By half-year of collection"), 12: _("By year of collection")}
        card = Card(titles[seen.step])
        card.box.addWidget(ColumnBars(titles[seen.step], [
            (period_words(one.code, seen.step), one.count) for one in seen.periods], FLOOR))
        self._column.addWidget(card)
        beside = StackingRow()
        beside.add(self._chart(_("By domain"), seen.domains, partial(
            _named, words, "domains", "domain_families")), 1)
        beside.add(self._chart(_("By principal criterion"), seen.criteria, partial(
            _named, words, "criteria", "criterion_families")), 1)
        self._column.addLayout(beside)
        self._column.addStretch(1)

    def _head(self, seen: TeamView) -> Card:
        head = Card()
        line = Flow(24)
        counts = {one.code: one.count for one in seen.states}
        figures = [(seen.total, ngettext("observation on this device",
                                         "observations on this device", seen.total))]
        figures += [(counts[state], choice_label("observation_state", state))
                    for state in STATES if counts.get(state)]
        for count, words in figures:
            whole = QWidget()
            cell = QVBoxLayout(whole)
            cell.setContentsMargins(0, 0, 0, 0)
            cell.setSpacing(0)
            cell.addWidget(label(str(count), "figure"))
            cell.addWidget(label(words, "small"))
            line.addWidget(whole)
        line.addStretch(1)
        line.addWidget(button(_("All observations"), lambda: self.desk.go("observations"),
                              style="quiet", icon_name="arrow-right"))
        head.box.addLayout(line)
        head.box.addWidget(label(
            _("Reports made to the collective: not a measure of how frequent discrimination is. "
              "Counts under {threshold} are grouped. For the team's own reading; not to be "
              "published as it stands.").format(threshold=FLOOR),
            "muted", wrap=True))
        return head

    def _chart(self, title: str, spread: TeamChart, named: Callable[[str, bool], str]) -> Card:
        card = Card(title)
        if spread.by_family:
            card.head.addWidget(label(_("by family"), "small"))
        bars = [(named(one.code, spread.by_family), one.count) for one in spread.bars]
        if spread.grouped:
            bars.append((_("Others, grouped"), spread.grouped))
        card.box.addWidget(RowBars(title, bars, FLOOR, apart=bool(spread.grouped)))
        if spread.rest:
            card.box.addWidget(label(_("Grouped, each under {threshold}: {names}.").format(
                threshold=FLOOR, names=_listed([named(code, spread.by_family)
                                                for code in spread.rest])), "small", wrap=True))
        card.box.addStretch(1)
        return card


def _named(words: TermLabels, terms: str, families: str, code: str, by_family: bool) -> str:
    # What belongs to no family stands for itself among them.
    family = by_family and (families, code) in words.terms
    return words.term(families if family else terms, code)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(sorted(names))


def period_words(code: str, step: int) -> str:
    """Return a period in a word or two, by its first month: « mars », « T1 2026 »."""
    year, month = code[:4], int(code[5:7])
    if step == 1:
        return MONTHS_SHORT_FR[month - 1]
    if step == 12:
        return year
    number = (month - 1) // step + 1
    return (_("Q{number} {year}") if step == 3 else _("H{number} {year}")).format(
        number=number, year=year)
