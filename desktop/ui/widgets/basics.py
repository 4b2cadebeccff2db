"""Labels, buttons, cards, chips and empty states, so that every screen writes them the same way."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.base.i18n import _
from desktop.ui.widgets.icons import icon, pixmap
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import outline, scaled, tokens


def label(text: str, style: str = "", wrap: bool = False) -> QLabel:
    """Plain text; `style` is a name of the style sheet (title, heading, muted, small, overline)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(style)
    made.setWordWrap(wrap)
    return made


def restyled(made: QLabel, style: str) -> None:
    """Give a label another style of the sheet."""
    if made.objectName() != style:
        made.setObjectName(style)
        made.style().unpolish(made)
        made.style().polish(made)


def _pieces(text: str, measure: Callable[[str], int], width: int) -> Iterator[tuple[str, str]]:
    """Part a text into what stands whole on one line, each with what is before it: words, and the
    halves of a hyphened word that no line is wide enough for."""
    # At plain spaces alone: a line must not end within « 12 500,50 € ».
    for word in text.replace("\n", " ").split(" "):
        pieces = [word] if measure(word) <= width else word.replace("-", "-\0").split("\0")
        for number, piece in enumerate(pieces):
            if piece:
                yield "" if number else " ", piece


def elided_lines(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """Break a text into lines no wider than `width` pixels, `most` of them; the last ends in an
    ellipsis where there is more."""
    measure = metrics.horizontalAdvance
    lines, line = list[str](), ""
    for apart, piece in _pieces(text, measure, width):
        longer = f"{line}{apart}{piece}" if line else piece
        if measure(longer) > width and line and len(lines) < most - 1:
            lines.append(line)
            longer = piece
        line = longer
        if measure(line) > width:
            # The rest is not looked at: a text may be of thousands of words, and this is asked for
            # each time that a line is drawn.
            break
    return [*lines, metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)]


class Elided(QLabel):
    """A text that ends in an ellipsis where it does not fit its lines, the whole of it in the tool
    tip."""

    def __init__(self, text: str = "", style: str = "", *, lines: int = 1) -> None:
        super().__init__()
        self._whole, self._most = "", lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(style)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Show `text`, shortened to the room there is."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._whole),
                     super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = self.text().count("\n")
        self._fit()
        if self.text().count("\n") != before:
            self.updateGeometry()

    def _fit(self) -> None:
        self.setText("\n".join(elided_lines(self._whole, QFontMetrics(self.font()),
                                            max(self.width(), 40), self._most)))


def button(text: str, on_click: Callable[[], object] | None = None, *, style: str = "",
           icon_name: str = "",
           tip: str = "") -> QPushButton:
    """Build a push button; style: primary, quiet, danger, segment or plain. A button without text
    needs a tip as its name."""
    made = QPushButton(_beside(text) if icon_name else text)
    made.setObjectName(style if text else "icon" + style)
    made.setAccessibleName(text or tip)
    made.setToolTip(tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if icon_name:
        colours = {"primary": tokens().on_accent, "danger": tokens().bad}
        made.setIcon(icon(icon_name, colours.get(style, tokens().text), size=scaled(16)))
        made.setIconSize(QSize(scaled(16), scaled(16)))
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made


class Last:
    """What a part of the window says: it is made again only where that is another."""

    def __init__(self) -> None:
        self._said: object = None

    def is_news(self, said: object) -> bool:
        """Whether this is not what was said last; it is from now on."""
        news, self._said = said != self._said, said
        return news


def reword(shown: QPushButton, text: str) -> None:
    """Give a button with an icon other words."""
    shown.setText(_beside(text))
    shown.setAccessibleName(text)


def _beside(text: str) -> str:
    return f"\u2009 {text}" if text else ""


class Card(QFrame):
    """A surface with a thin line around it; `box` is where its contents go."""

    def __init__(self, title: str = "", margins: int = 18) -> None:
        super().__init__()
        self.setObjectName("card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(margins, margins - 4, margins, margins - 2)
        self.box.setSpacing(8)
        self.head = Flow()
        if title:
            self.head.add(label(title, "subheading", wrap=True), 1)
            self.box.addLayout(self.head)


class Chip(QWidget):
    """A short word on a soft ground; its tone is never the only sign, the word says the same."""

    def __init__(self, text: str = "", tone: str = "neutral") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text, self._tone = text, tone
        self.set_chip(text, tone)

    def set_chip(self, text: str, tone: str = "neutral") -> None:
        """Show another word or tone."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        # Shown by itself before it has a parent, it would be a window of its own for an instant.
        if not text or self.parentWidget() is not None:
            self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._text, self.fontMetrics())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, 0, 0, self._text, self._tone)
        painter.end()


class Chips(QWidget):
    """Several chips that go on to the next line where they do not fit."""

    def __init__(self, chips: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._chips = list(chips)
        self.setAccessibleName(", ".join(text for text, _tone in chips))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _laid(self, width: int) -> list[QPoint]:
        x = y = 0
        places = []
        for text, _tone in self._chips:
            room = chip_size(text, self.fontMetrics())
            if x and x + room.width() > width:
                x, y = 0, y + room.height() + 6
            places.append(QPoint(x, y))
            x += room.width() + 6
        return places

    def heightForWidth(self, width: int) -> int:
        places = self._laid(width)
        return (places[-1].y() if places else 0) + chip_size("", self.fontMetrics()).height()

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, (text, tone) in zip(self._laid(self.width()), self._chips, strict=True):
            paint_chip(painter, place.x(), place.y(), text, tone)
        painter.end()


def chip_size(text: str, metrics: QFontMetrics) -> QSize:
    """Return the room that a chip takes in the font of `metrics`."""
    return QSize(metrics.horizontalAdvance(text) + 20, metrics.height() + 6)


def paint_chip(painter: QPainter, x: int, y: int, text: str, tone: str) -> int:
    """Draw a chip with its left top corner at x, y; gives its width."""
    ink, ground = tokens().tone(tone)
    font = painter.font()
    size = font.pixelSize()
    if size > 0:
        font.setPixelSize(size - 1)
    font.setWeight(font.Weight.Medium)
    room = chip_size(text, painter.fontMetrics())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(outline(ink))
    painter.setBrush(QColor(ground))
    edge = 1 if tokens().high else 0
    painter.drawRoundedRect(x + edge, y + edge, room.width() - 2 * edge, room.height() - 2 * edge,
                            room.height() / 2,
                            room.height() / 2)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(x, y, room.width(), room.height(), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return room.width()


class Empty(QWidget):
    """What a screen says when it has nothing to show: what belongs here and the one thing to do."""

    def __init__(self, icon_name: str, title: str, text: str,
                 action: QPushButton | None = None) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 32, 32, 32)
        box.setSpacing(8)
        box.addStretch(2)
        drawing = QLabel()
        drawing.setPixmap(pixmap(icon_name, 36, tokens().edge))
        drawing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(drawing)
        heading = label(title, "subheading", wrap=True)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(heading)
        words = label(text, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(words)
        if action is not None:
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(action)
            row.addStretch(1)
            box.addSpacing(6)
            box.addLayout(row)
        box.addStretch(3)


def line_height() -> int:
    """How high a line of text to fill in is: what stands beside one should be as high."""
    probe = QLineEdit()
    probe.ensurePolished()
    return probe.sizeHint().height()


class SearchBox(QLineEdit):
    """A field that filters what is shown beside it."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(scaled(280))
        self.ensurePolished()
        # What the field is for is read whole, between the glass and the cross.
        self.setMinimumWidth(
            min(scaled(280),
                max(180, self.fontMetrics().horizontalAdvance(placeholder) + scaled(76))))
        self.addAction(icon("search", tokens().muted, size=scaled(16)),
                       QLineEdit.ActionPosition.LeadingPosition)


def bulleted(box: QBoxLayout, title: str, lines: Sequence[str]) -> None:
    """Add a small title and some sentences under it, translated where they are shown."""
    box.addWidget(label(title, "small"))
    for line in lines:
        box.addWidget(label("•\u2002" + _(line), wrap=True))


def rule() -> QFrame:
    """Build a thin horizontal line."""
    made = QFrame()
    made.setObjectName("rule")
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """`inside` in a frame that scrolls down only, and is not a stop of the Tab key."""
    inside.setObjectName(inside.objectName() or "clear")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumHeight(scaled(140))
    area.setWidget(inside)
    return area


GOING = "going"
"""Property of a widget that was taken away, and is there until Qt deletes it."""


def let_go(widget: QWidget) -> None:
    """Take a widget off the screen for good."""
    widget.setProperty(GOING, True)
    widget.hide()
    widget.deleteLater()


def empty_layout(layout: QLayout) -> None:
    """Remove everything from a layout, widgets and inner layouts too."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            let_go(widget)
        elif inner is not None:
            empty_layout(inner)
