"""Observatoire: how the observations spread, with small counts hidden, and the limits said in
words."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.dates.french import MONTHS_SHORT_FR
from desktop.base.i18n import _, language, ngettext
from desktop.models.authority import Verb, may, names_of, roles_for
from desktop.models.record import OBSERVATORY
from desktop.queries.meetings.decisions import collective_id
from desktop.queries.observations import overview_of, words_of
from desktop.ui.observatory.publish import PublishPanel
from desktop.ui.observatory.published import PublishedTab
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk, Printable, Workspace
from desktop.ui.widgets.basics import Card, Empty, button, empty_layout, label, scrolled
from desktop.ui.widgets.chart import ColumnBars, RowBars
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingRow
from desktop.ui.widgets.layout.tab import TabGroup

THRESHOLD = 5


class ObservatoryWorkspace(Workspace):
    """The screen of the observatory: for the team's eyes, nothing here is a publication."""

    name = "observatory"
    icon = "chart-column"
    areas = frozenset({"observations"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Observatory"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(14)
        self.publishes = publishes = may(desk.vault.identity.roles, "release", channel=OBSERVATORY)
        self.tabs = TabGroup(self, [_("Team view"), _("Published view")])
        line = Flow(6)
        for tab in self.tabs.tabs:
            line.addWidget(tab)
        line.addStretch(1)
        self.tabs.choose(0)
        self.page.addLayout(line)
        self.publish_button = button(_("Publish…"), self.begin_publishing, style="primary",
                                     tip="Ctrl+N")
        self.header.addWidget(self.publish_button)
        self.publish_button.setVisible(publishes)
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(inside))
        self.published = PublishedTab(desk, self.begin_publishing, publishes)
        self.stack.addWidget(self.published)
        self.publishing = PublishPanel(desk, self._on_left)
        self.stack.addWidget(self.publishing)
        self.page.addWidget(self.stack, 1)
        self.tabs.idClicked.connect(self.show_tab)

    def show_tab(self, number: int) -> None:
        """Show the team's view or the published one."""
        self.tabs.choose(number)
        self.stack.setCurrentIndex(number)
        self.refresh()

    def begin_publishing(self) -> None:
        """Open the preview of a publication."""
        self.stack.setCurrentWidget(self.publishing)
        self.publishing.begin()

    def new(self) -> None:
        if self.publishes:
            self.begin_publishing()
        else:
            self.desk.messages.say(_("Published by: {roles}").format(
                roles=names_of(roles_for("release", Verb.EDIT))))

    def _on_left(self) -> None:
        self.show_tab(1)

    def printables(self) -> list[Printable]:
        about = self.desk.vault.ask(collective_id)
        papers = self.published.printables() if self.stack.currentIndex() == 1 else []
        return papers + ([] if about is None
                         else [Printable(paper, about)
                               for paper in ("dpia", "notice_members", "processing_entry")])

    def refresh(self) -> None:
        if self.stack.currentIndex() == 0:
            self._show_team()
        elif self.stack.currentIndex() == 1:
            self.published.refresh()

    @keeps_hand
    def _show_team(self) -> None:
        empty_layout(self._column)
        overview = self.desk.vault.ask(overview_of)
        words = self.desk.vault.ask(words_of, language())
        if not overview.total:
            card = Card()
            card.box.addWidget(Empty(
                "chart-column", _("Nothing to show yet"),
                _("Charts appear with the first observations that this device may read."),
                button(_("New observation"), self.desk.new_observation, icon_name="plus")))
            self._column.addWidget(card, 1)
            return
        head = Card()
        line = QHBoxLayout()
        line.addWidget(label(str(overview.total), "figure"))
        line.addWidget(
            label(ngettext("observation on this device", "observations on this device",
                           overview.total),
                  "muted"))
        line.addStretch(1)
        head.box.addLayout(line)
        head.box.addWidget(label(
            _("Reports made to the collective: not a measure of how frequent discrimination is. "
              "Counts under {threshold} are grouped. For the team's own reading; not to be "
              "published as it stands.").format(threshold=THRESHOLD),
            "muted", wrap=True))
        self._column.addWidget(head)
        months = overview.months[-12:]
        card = Card(_("By month of collection, last 12 months"))
        card.box.addWidget(
            ColumnBars(_("Observations by month"), [(_short(t.code), t.count) for t in months],
                        THRESHOLD))
        self._column.addWidget(card)
        beside = StackingRow()
        for title, vocabulary, tallies in ((_("By domain"), "domains", overview.domains),
                                           (_("By principal criterion"), "criteria",
                                            overview.criteria)):
            card = Card(title)
            bars = [(words.term(vocabulary, t.code), t.count) for t in tallies
                    if t.count >= THRESHOLD]
            rest = sum(t.count for t in tallies if t.count < THRESHOLD)
            if rest:
                bars.append((_("Others, grouped"), rest) if rest >= THRESHOLD
                            else (_("Others, under the threshold"), 0))
            card.box.addWidget(RowBars(title, [bar for bar in bars if bar[1]]))
            card.box.addStretch(1)
            beside.add(card, 1)
        self._column.addLayout(beside)
        self._column.addStretch(1)


def _short(month: str) -> str:
    number = int(month[5:7]) if len(month) == 7 else 0
    return MONTHS_SHORT_FR[number - 1] if number else month
