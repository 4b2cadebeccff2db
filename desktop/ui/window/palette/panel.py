"""The panel of the palette: a field, its filters, a list; the keyboard is enough, and Escape leaves
all as it was."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QObject,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.base.text import fold
from desktop.ui.screen.panel import Panel
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.accessibility import follow_marks
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.icons import icon
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.lists.rows import ROW
from desktop.ui.widgets.theme import scaled, tokens
from desktop.ui.window.palette.chips import FilterChips
from desktop.ui.window.palette.drawing import EntryRows, PaletteDelegate
from desktop.ui.window.palette.entries import (
    KINDS,
    PaletteEntry,
    found_pages,
    found_records,
    help_pages,
    matching,
)
from desktop.ui.window.palette.filters import (
    PREFIXES,
    Filter,
    FilterToken,
    filter_of,
    joined,
    offers_for,
    only_of,
    tokens_in,
    without,
)

WIDTH = 680
SHOWN_LINES = 9
SHORTEST = 2
SHORTEST_OF_HELP, HELP_PAGES = 3, 4


class Palette(Panel):
    """Opens over the working page; `offers` gives the gestures of the moment, `enter`
    puts the focus in the screen that is shown after one."""

    def __init__(self, parent: QWidget, desk: Desk,
                 offers: Callable[[], list[PaletteEntry]], enter: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.desk, self._offers, self._enter = desk, offers, enter
        self._gestures: list[PaletteEntry] = []
        self._pages: list[PaletteEntry] = []
        self.filters: list[Filter] = []
        self.field = QLineEdit()
        self.field.setObjectName("palette")
        self.field.setPlaceholderText(_("Go to, create, print, or any word to find"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.addAction(icon("search", tokens().muted, size=scaled(18)),
                             QLineEdit.ActionPosition.LeadingPosition)
        self.chips = FilterChips(self.remove_filter)
        self.kinds = QButtonGroup(self)
        row = Flow(2)
        row.setContentsMargins(10, 0, 10, 0)
        for number, (title, _kinds) in enumerate(KINDS):
            segment = button(_(title), style="segment", tip=_("Tab goes to the next kind"))
            segment.setCheckable(True)
            segment.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.kinds.addButton(segment, number)
            row.addWidget(segment)
        row.addStretch(1)
        self.entries = EntryRows()
        self.list = QListView()
        self.list.setObjectName("list")
        self.list.setAccessibleName(_("What was found"))
        self.list.setModel(self.entries)
        follow_marks(self.list)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(True)
        self.foot = label("", "small", wrap=True)
        self.foot.setContentsMargins(14, 2, 14, 4)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.setSpacing(4)
        box.addWidget(self.field)
        box.addWidget(self.chips)
        box.addLayout(row)
        box.addWidget(self.list, 1)
        box.addWidget(self.foot)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.kinds.idToggled.connect(lambda number, on: self._on_kind(number) if on else None)
        self.list.clicked.connect(lambda _index: self.accept())
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it, empty, with the focus in its field."""
        self.take_over()
        self._gestures, self._pages = self._offers(), help_pages(self.desk)
        self._set_filters([])
        self.kinds.button(0).setChecked(True)
        self.field.clear()
        self._on_typed()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def accept(self) -> None:
        """Do what the chosen line says."""
        entry: PaletteEntry | None = self.list.currentIndex().data(ROW)
        if entry is not None:
            if not entry.stays:
                self.close_it()
            entry.run()
            if not entry.stays:
                self._enter()

    def add_filter(self, new: Filter, token: FilterToken | None = None) -> None:
        """Put a filter in force, in the place of the words that named it."""
        if token is not None:
            self._set_text(without(self.field.text(), [token]))
        self._set_filters(joined(self.filters, new))
        if new.kinds:
            # The row of kinds and this filter could leave nothing between them.
            self.kinds.button(0).setChecked(True)
        self._on_typed()

    def remove_filter(self, number: int) -> None:
        """Take one of the filters away."""
        self._set_filters(self.filters[:number] + self.filters[number + 1:])
        self._on_typed()

    def _set_filters(self, filters: list[Filter]) -> None:
        self.filters = filters
        self.chips.set_filters(filters)

    def _set_text(self, text: str) -> None:
        blocked = self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(blocked)

    def _on_kind(self, number: int) -> None:
        if number and any(one.kinds for one in self.filters):
            self._set_filters([one for one in self.filters if not one.kinds])
        self._on_typed()

    def _on_typed(self) -> None:
        for token in tokens_in(self.field.text()):
            if not token.closed:
                self._offer(token)
                return
            try:
                found = filter_of(self.desk, token)
            except AppError as error:
                self._offer(token, str(error))
            else:
                self.add_filter(found, token)  # And on with what else is typed.
            return
        self._search(self.field.text().strip())

    def _offer(self, token: FilterToken, trouble: str = "") -> None:
        """Show what a filter that is being typed may become, or why it means nothing."""
        offers = offers_for(self.desk, token)
        if not offers and not trouble and token.value:
            try:
                filter_of(self.desk, token)
            except AppError as error:
                trouble = str(error)
        if not offers and trouble:
            # What can be asked at all.
            offers = offers_for(self.desk,
                                FilterToken(token.what, "", token.start, token.end, closed=False))
        self._show(
            [PaletteEntry(offer.title, offer.about, offer.icon,
                   partial(self.add_filter, offer.filter, token), stays=True)
             for offer in offers])
        self._say(trouble or (_("Type the beginning of a name.") if not offers else ""),
                  _("Enter or Tab sets the filter"))

    def _search(self, words: str) -> None:
        kinds = KINDS[max(0, self.kinds.checkedId())][1]
        try:
            only = only_of(self.filters) if self.filters else None
        except AppError as error:
            self._show([])
            self._say(str(error))
            return
        rows: list[PaletteEntry] = []
        helped: list[PaletteEntry] = []
        if not kinds and not self.filters:
            rows = matching(self._gestures, words)
            if words:
                rows += matching(self._pages, words)
                known = {entry.title for entry in rows if entry in self._pages}
                if len(words) >= SHORTEST_OF_HELP:
                    helped = [entry for entry in found_pages(self.desk, words)
                              if entry.title not in known][:HELP_PAGES]
        found: list[PaletteEntry] = []
        long_enough = len(words) >= SHORTEST
        if long_enough or only is not None:
            found = found_records(self.desk, words if long_enough else "", kinds, only)
        self._show(rows + found + self._prefixes(words) + helped)
        if not long_enough and only is None:
            self._say(_("A word searches all that you may read; {filters} narrow it.").format(
                filters=" ".join(_(typed) for _what, typed, _words in PREFIXES))
                      if kinds or not words else "")
        elif found:
            told = ngettext("{count} record holds these words", "{count} records hold these words",
                            len(found)) \
                if long_enough else ngettext("{count} record", "{count} records", len(found))
            self._say(told.format(count=len(found)))
        elif only is not None:
            self._say(_("No record answers with these filters. Backspace takes the last one away."))
        else:
            self._say(_("No record holds these words."))

    def _prefixes(self, words: str) -> list[PaletteEntry]:
        """Return the filters whose name the last word begins."""
        last = fold(words.rpartition(" ")[2])
        if len(last) < SHORTEST:
            return []
        return [PaletteEntry(_(typed), _("Filter"), "search", partial(self._begin_filter, _(typed)),
                      _(about), stays=True)
                for _what, typed, about in PREFIXES if fold(_(typed)).startswith(last)]

    def _begin_filter(self, typed: str) -> None:
        before, space, _last = self.field.text().rstrip().rpartition(" ")
        self.field.setText(before + space + typed)

    def _show(self, rows: list[PaletteEntry]) -> None:
        self.entries.set_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.entries.index(0, 0))

    def _say(self, told: str, keys: str = "") -> None:
        keys = keys or _("Enter opens · Tab changes the kind · Escape leaves")
        self.foot.setText("  ·  ".join(part for part in (told, keys) if part))

    def _move(self, step: int) -> None:
        count = self.entries.rowCount()
        if count:
            row = min(max(self.list.currentIndex().row() + step, 0), count - 1)
            self.list.setCurrentIndex(self.entries.index(row, 0))

    def _next(self, step: int) -> None:
        """Take the filter that is offered, else go to the next kind."""
        entry: PaletteEntry | None = self.list.currentIndex().data(ROW)
        if entry is not None and entry.stays and step > 0:
            entry.run()
        else:
            self.kinds.button((self.kinds.checkedId() + step) % len(KINDS)).setChecked(True)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN_LINES,
                 Qt.Key.Key_PageUp: -SHOWN_LINES}
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key])
        elif is_enter(event):
            self.accept()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._next(1 if key == Qt.Key.Key_Tab else -1)
        elif (key == Qt.Key.Key_Backspace and self.filters
              and not (self.field.cursorPosition() or self.field.hasSelectedText())):
            self.remove_filter(len(self.filters) - 1)
        elif key == Qt.Key.Key_Escape:
            self.close_it()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if (event.type() == QEvent.Type.FocusOut and self.isVisible()
                and QApplication.activeWindow() is not None):
                self.close_it()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A click beside the field must not take its focus, which would close the palette.
        event.accept()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(round(WIDTH * self.desk.settings.text_percent / 100), parent.width() - 40)
        line = self.list.fontMetrics().height() * 2 + 14
        height = min(parent.height() - 80,
                     line * SHOWN_LINES + self.field.sizeHint().height() + 110)
        self.setGeometry((parent.width() - width) // 2, 40, width, height)
