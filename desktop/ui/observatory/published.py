"""The published view: what was released, table by table, as anybody of its audience reads it."""

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.queries.actions import day_of
from desktop.queries.documents.publication import (
    AUDIENCES,
    LIMITS,
    NOT_PUBLISHED,
    Publication,
    certificate_lines,
    publication_of,
)
from desktop.queries.releases import ReleaseRow, release_of, releases_of
from desktop.ui.observatory.grid import PublishedGrid
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.basics import Card, Empty, button, label, scrolled
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.layout.stacking import StackingRow
from desktop.ui.widgets.theme import scaled


class PublicationView(QWidget):
    """The tables of one publication, made or only previewed, with its certificate."""

    def __init__(self) -> None:
        super().__init__()
        self._publication: Publication | None = None
        row = StackingRow(16)
        self.setLayout(row)
        left = Card(_("Tables"))
        self.tables = QListWidget()
        self.tables.setAccessibleName(_("Tables"))
        self.tables.setWordWrap(True)
        self.tables.setMinimumHeight(scaled(150))
        left.box.addWidget(self.tables, 1)
        row.add(left, 2)
        middle = Card()
        self.grid = PublishedGrid()
        middle.box.addWidget(self.grid, 1)
        row.add(middle, 4)
        right = Card(_("Certificate"))
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        right.box.addWidget(scrolled(inside), 1)
        row.add(right, 2)
        self.tables.currentRowChanged.connect(self._on_table)

    def show_publication(self, publication: Publication) -> None:
        """Show a publication from its first table on; the same one stays where one is."""
        if publication == self._publication:
            return
        self._publication = publication
        self.tables.clear()
        for table in publication.tables:
            said = _("everything is shown") if not table.hidden else _(
                "{count} protected of {all}").format(
                    count=table.hidden, all=len(table.cells))
            self.tables.addItem(f"{table.title}\n{said}")
        for title in publication.missing:
            self.tables.addItem(f"{title}\n{_(NOT_PUBLISHED)}")
        self.tables.setCurrentRow(0)
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for line in certificate_lines(publication)[2:-1]:
            self._lines.addWidget(label(line, wrap=True))
        self._lines.addWidget(label(_(LIMITS), "small", wrap=True))
        self._lines.addStretch(1)

    def _on_table(self, row: int) -> None:
        if self._publication is not None and 0 <= row < len(self._publication.tables):
            self.grid.show_table(self._publication.tables[row])


class PublishedTab(QWidget):
    """The releases of the collective, one at a time."""

    def __init__(self, desk: Desk, begin: Callable[[], None], may_publish: bool) -> None:
        super().__init__()
        self.desk = desk
        self._rows: list[ReleaseRow] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        self.releases = ChoiceField(_("Publication"), [], required=True)
        self.releases.setMinimumContentsLength(34)
        line.addWidget(self.releases)
        self.print_button = button(_("Print the report"), lambda: desk.print(self.printables()),
                                   style="quiet", icon_name="printer", tip="F9")
        line.addWidget(self.print_button)
        line.addStretch(1)
        box.addLayout(line)
        self.view = PublicationView()
        box.addWidget(self.view, 1)
        self.nothing = Card()
        self.nothing.box.addWidget(Empty(
            "chart-column", _("Nothing was published yet"),
            _("Once a period is closed, its figures are published for partners or for the public; "
              "then they do not change."),
            button(_("Publish…"), begin, icon_name="plus") if may_publish else None))
        box.addWidget(self.nothing, 1)
        self.releases.currentIndexChanged.connect(self._show)

    def refresh(self) -> None:
        """Show the publications that stand, the last made first."""
        self._rows = rows = [row for row in reversed(self.desk.vault.ask(releases_of))
                             if row.stands]
        self.releases.set_options(
            [(f"{row.period} {row.audience}", _("{period}, {audience}, published on {day}").format(
                period=row.period, audience=_(AUDIENCES[row.audience]).lower(),
                day=_day(row.made_on))) for row in rows])
        for shown in (self.releases, self.print_button, self.view):
            shown.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._show()

    def printables(self) -> list[Printable]:
        """Return the report of the publication that is read."""
        return [] if self.release_id is None else [Printable("observatory", self.release_id)]

    @property
    def release_id(self) -> uuid.UUID | None:
        """The publication that is read; None where there is none."""
        return next((row.id for row in self._rows
                     if f"{row.period} {row.audience}" == self.releases.value()), None)

    def _show(self) -> None:
        chosen = self.releases.value()
        if not chosen:
            return
        period, _space, audience = str(chosen).rpartition(" ")
        release = self.desk.vault.ask(release_of, period, audience)
        if release is not None:
            self.view.show_publication(publication_of(release))


def _day(iso: str) -> str:
    found = day_of(iso)
    return long_date(found, weekday=False) if found else iso
