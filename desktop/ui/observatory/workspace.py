"""Observatoire: how the observations spread, with small counts hidden, and the limits said in
words."""

from PySide6.QtWidgets import QStackedWidget

from desktop.base.i18n import _
from desktop.models.authority import Verb, may, names_of, roles_for
from desktop.models.record import OBSERVATORY
from desktop.queries.meetings.decisions import collective_id
from desktop.ui.observatory.publish import PublishPanel
from desktop.ui.observatory.published import PublishedTab
from desktop.ui.observatory.team import TeamPanel
from desktop.ui.screen.workspace import Desk, Printable, Workspace
from desktop.ui.widgets.basics import button, scrolled
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.tab import TabGroup


class ObservatoryWorkspace(Workspace):
    """The screen of the observatory: for the team's eyes, nothing here is a publication."""

    name = "observatory"
    icon = "chart-column"
    areas = frozenset({"observations"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Observatory"))
        self.team = TeamPanel(desk)
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
        self.stack.addWidget(scrolled(self.team))
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
            self.team.refresh()
        elif self.stack.currentIndex() == 1:
            self.published.refresh()
