"""Aide: the pages at the left, the page at the right, words found in all of them; nothing comes
from a network."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QResizeEvent,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from desktop.base.i18n import N_, _, language
from desktop.base.text import fold
from desktop.ui.help.aside import Aside
from desktop.ui.help.pages import WORD, Page, found, pages
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.accessibility import follow_marks
from desktop.ui.widgets.basics import Card, button, reword
from desktop.ui.widgets.theme import tokens

NAME = Qt.ItemDataRole.UserRole
LINE_WIDTH = 720
PICTURE = "picture"
HEADINGS = {1: 22, 2: 16}


class PageView(QTextBrowser):
    """One page, dressed in the colours of the theme, with the picture of its screen; it loads
    nothing by itself."""

    def __init__(self, text_percent: int) -> None:
        super().__init__()
        self.setObjectName("help")
        self.setOpenLinks(False)
        self.setAccessibleName(_("Page of the help"))
        self._percent = text_percent
        self._picture = QImage()
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.document().setDocumentMargin(14)
        self.document().setIndentWidth(24)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.isVisible() and self.isEnabled():
            return super().focusNextPrevChild(forward)
        # It goes: the links in it hold nobody any more.
        return QWidget.focusNextPrevChild(self, forward)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setLineWrapColumnOrWidth(
            min(round(LINE_WIDTH * self._percent / 100), self.viewport().width()))
        super().resizeEvent(event)
        self._fit_picture()

    def _put_picture(self, picture: QImage, title: str) -> None:
        """Below the first paragraph, as wide as the lines."""
        self._picture = picture
        cursor = QTextCursor(self.document().findBlockByNumber(1))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        spaced = QTextBlockFormat()
        spaced.setTopMargin(self._size(10))
        spaced.setBottomMargin(self._size(4))
        cursor.insertBlock(spaced)
        shown = QTextImageFormat()
        shown.setName(PICTURE)
        shown.setForeground(QColor(tokens().text))
        # What a screen reader says of it.
        shown.setProperty(QTextFormat.Property.ImageAltText,
                          _("The screen {title}").format(title=title))
        cursor.insertImage(shown)
        self._fit_picture()
        cursor.setPosition(0)
        self.setTextCursor(cursor)

    def _fit_picture(self) -> None:
        if self._picture.isNull():
            return
        width = min(self.lineWrapColumnOrWidth() - 2 * round(self.document().documentMargin()),
                    self._picture.width())
        # The document itself would scale it roughly, and its small words could not be read.
        sharp = self._picture.scaledToWidth(round(width * self.devicePixelRatioF()),
                                            Qt.TransformationMode.SmoothTransformation)
        sharp.setDevicePixelRatio(self.devicePixelRatioF())
        self.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(PICTURE),
                                    sharp)
        for block in (self.document().findBlockByNumber(number)
                      for number in range(self.document().blockCount())):
            for part in _fragments(block):
                if part.charFormat().isImageFormat():
                    shown = part.charFormat().toImageFormat()
                    shown.setWidth(width)
                    shown.setHeight(round(width * self._picture.height() / self._picture.width()))
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(part.position())
                    cursor.setPosition(part.position() + part.length(),
                                       QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(shown)

    def show_page(self, page: Page, words: str = "") -> None:
        """Show a page from its beginning, or from the first of the words sought."""
        self.setMarkdown(page.text)
        self._dress()
        self._picture = QImage()
        file = page.picture(language())
        if file is not None:
            self._put_picture(QImage(str(file)), page.title)
        self._mark(WORD.findall(fold(words)))

    def _size(self, pixels: int) -> int:
        return round(pixels * self._percent / 100)

    def _dress(self) -> None:
        t = tokens()
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            spaced = QTextBlockFormat(block.blockFormat())
            spaced.setTopMargin(
                self._size(18 if level > 1 else 0 if level or block.textList() else 6))
            spaced.setBottomMargin(self._size(6 if level else 4))
            spaced.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(spaced)
            for part in _fragments(block):
                look = QTextCharFormat(part.charFormat())
                font = QFont(self.font())
                font.setPixelSize(self._size(HEADINGS.get(level, 15)))
                bold = bool(level) or part.charFormat().fontWeight() > QFont.Weight.Medium
                font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
                key = part.charFormat().fontFixedPitch() and not level
                if key:
                    font.setWeight(QFont.Weight.Medium)
                    look.setBackground(QColor(t.neutral_soft))
                look.setFont(font)
                look.setFontFixedPitch(False)
                look.setForeground(QColor(t.accent if look.isAnchor() else t.text))
                cursor.setPosition(part.position())
                cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(look)
            block = block.next()
        cursor.setPosition(0)
        self.setTextCursor(cursor)

    def _mark(self, wanted: list[str]) -> None:
        """Show the words sought on a soft ground, the first of them in sight."""
        marks = []
        look = QTextCharFormat()
        look.setBackground(QColor(tokens().warn_soft))
        look.setForeground(QColor(tokens().warn))
        for word in WORD.finditer(self.toPlainText()):
            if any(fold(word[0]).startswith(start) for start in wanted):
                mark = QTextEdit.ExtraSelection()
                mark.format = look
                mark.cursor = QTextCursor(self.document())
                mark.cursor.setPosition(word.start())
                mark.cursor.setPosition(word.end(), QTextCursor.MoveMode.KeepAnchor)
                marks.append(mark)
        self.setExtraSelections(marks)
        if marks:
            first = QTextCursor(marks[0].cursor)
            first.clearSelection()
            self.setTextCursor(first)
            self.ensureCursorVisible()


def _fragments(block: Any) -> list[Any]:
    """Return the runs of a block, kept: changing a format would break the walk over them."""
    made, at = [], block.begin()
    while not at.atEnd():
        made.append(at.fragment())
        at += 1
    return made


class HelpWorkspace(Aside):
    """The screen of the help, reached by F1 twice, the palette and the settings."""

    name = "help"
    icon = "circle-question-mark"
    keys = (
        (N_("Enter"), N_("in the search: read the first page found")),
        (N_("Escape"), N_("back to where one was")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Help"), _("Search in the help"))
        self.shown: Page | None = None
        self.list = QListWidget()
        follow_marks(self.list)
        self.list.setObjectName("pages")
        self.list.setAccessibleName(_("Pages of the help"))
        self.view = PageView(desk.settings.text_percent)
        self.screen_button = button(_("Open this screen"), self._on_screen, style="quiet",
                                    icon_name="arrow-right")
        left = Card(margins=6)
        left.box.setContentsMargins(4, 4, 4, 4)
        left.box.addWidget(self.list)
        left.setFixedWidth(min(320, round(230 * desk.settings.text_percent / 100)))
        right = Card(margins=6)
        right.box.addWidget(self.view, 1)
        low = QHBoxLayout()
        low.addWidget(self.screen_button)
        low.addStretch(1)
        right.box.addLayout(low)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.page.addLayout(row, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_entered)
        self.list.currentItemChanged.connect(lambda item, _before: self._on_chosen(item))
        self.view.anchorClicked.connect(self._on_link)
        self._list_pages(pages(language()))
        self.open_page("start")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.setFocus()

    def _list_pages(self, shown: "tuple[Page, ...] | list[Page]") -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for page in shown:
            item = QListWidgetItem(page.title)
            item.setData(NAME, page.name)
            self.list.addItem(item)
        self.list.blockSignals(blocked)
        self._select()

    def _select(self) -> None:
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        for row in range(self.list.count()):
            if self.shown is not None and self.list.item(row).data(NAME) == self.shown.name:
                self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)

    def read(self, name: str) -> None:
        """Show a page because another screen asks for it, and take the focus."""
        self.search.clear()
        self.open_page(name)
        self.view.setFocus()

    def open_page(self, name: str) -> None:
        """Show a page; the first steps where there is none of that name."""
        known = {page.name: page for page in pages(language())}
        self.shown = page = known.get(name) or known["start"]
        self._select()
        self.view.show_page(page, self.search.text())
        self.screen_button.setVisible(bool(page.screen))
        reword(self.screen_button, _("Open the screen “{title}”").format(title=page.title))

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.open_page(item.data(NAME))

    def _on_link(self, url: QUrl) -> None:
        self.search.clear()
        self.open_page(url.toString().removesuffix(".md"))

    def _on_search(self, words: str) -> None:
        every = pages(language())
        shown = [hit.page for hit in found(every, words)] if words.strip() else list(every)
        self._list_pages(shown)
        if shown and (words.strip() or self.shown is None):
            self.open_page(shown[0].name)
        elif self.shown is not None:
            self.open_page(self.shown.name)

    def _on_entered(self) -> None:
        if self.list.count():
            self.view.setFocus()

    def _on_screen(self) -> None:
        if self.shown is not None:
            self.desk.go(self.shown.screen)

    def place(self) -> dict[str, Any]:
        return {"page": self.shown.name if self.shown else "start",
                "at": self.view.verticalScrollBar().value(),
                "from": self.desk.came_from}

    def return_to(self, place: dict[str, Any]) -> None:
        self.desk.came_from = place.get("from", "today")
        self.open_page(place.get("page", "start"))
        self.view.verticalScrollBar().setValue(place.get("at", 0))
