"""Layouts that give way when the text is large or the window small: a row that goes on below, panes
that stack."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QLabel,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QSpacerItem,
    QWidget,
    QWidgetItem,
)

from desktop.ui.widgets.theme import scaled

READABLE = 220


@dataclass
class _FlowLine:
    """Items beside each other: what each takes, and how high the highest is."""

    items: list[tuple[QLayoutItem, QSize]]
    height: int


class ItemsLayout(QLayout):
    """What every layout here keeps: its items, and the share of each in what is left over."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._stretch: dict[int, int] = {}
        # Qt asks the same again and again while it lays out a page, and forgets what it was told at
        # each `invalidate`.
        self._heights: dict[tuple[int, bool], int] = {}
        self._least: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put `widget` last; with a stretch it takes its share of what is left over."""
        self.addWidget(widget)
        self._stretch[id(self._items[-1])] = stretch

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self._stretch.pop(id(item), None)
        self.invalidate()
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        self._least = None
        super().invalidate()

    def minimumSize(self) -> QSize:
        if self._least is None:
            least = QSize(0, 0)
            for item in self._items:
                if not item.isEmpty():
                    least = least.expandedTo(item.minimumSize())
            self._least = least.grownBy(self.contentsMargins())
        return self._least

    def heightForWidth(self, width: int) -> int:
        return self._kept_height(width, minimum=False)

    def minimumHeightForWidth(self, width: int) -> int:
        return self._kept_height(width, minimum=True)

    def _kept_height(self, width: int, minimum: bool) -> int:
        known = self._heights.get((width, minimum))
        if known is None:
            known = self._heights[width, minimum] = self._height(width, minimum)
        return known

    def _height(self, width: int, minimum: bool) -> int:
        raise NotImplementedError


class Flow(ItemsLayout):
    """A row as QHBoxLayout makes it, which goes on in the next line where it does not fit."""

    def __init__(self, spacing: int = 8) -> None:
        # Kept as the heights are. First: the layout invalidates itself while it is made.
        self._wanted: list[tuple[QLayoutItem, QSize]] | None = None
        self._broken: dict[int, list[_FlowLine]] = {}
        super().__init__(spacing)
        self._readable: dict[int, int] = {}

    def invalidate(self) -> None:
        self._wanted = None
        self._broken.clear()
        super().invalidate()

    def add(self, widget: QWidget, stretch: int = 0, readable: int = 0) -> None:
        """Put `widget` last; words that may break or be shortened give way down to `readable`, else
        not at all."""
        super().add(widget, stretch)
        self._readable[id(self._items[-1])] = readable

    def insertWidget(self, at: int, widget: QWidget) -> None:
        """Put `widget` before the item that is at this place."""
        self.addChildWidget(widget)
        self._items.insert(at, QWidgetItem(widget))
        self.invalidate()

    def addStretch(self, stretch: int = 1) -> None:
        """Push what follows to the right end of its line."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))
        self._stretch[id(self._items[-1])] = stretch

    def _height(self, width: int, minimum: bool) -> int:
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        return (sum(line.height for line in lines) + self.spacing() * max(0, len(lines) - 1)
                + margins.top() + margins.bottom())

    def sizeHint(self) -> QSize:
        shown = [size for _item, size in self._shown()]
        margins = self.contentsMargins()
        width = (sum(size.width() for size in shown) + self.spacing()
                 * max(0, sum(s.width() > 0 for s in shown) - 1))
        return QSize(width + margins.left() + margins.right(),
                     max((size.height() for size in shown), default=0) + margins.top()
                     + margins.bottom())

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """Return each item that is seen, with the room that it wants on one line."""
        if self._wanted is None:
            self._wanted = list(self._wants())
        return self._wanted

    def _wants(self) -> Iterator[tuple[QLayoutItem, QSize]]:
        for item in self._items:
            if item.spacerItem() is not None:
                yield item, QSize(0, 0)
            elif not item.isEmpty():
                wanted, widget = item.sizeHint(), item.widget()
                readable = self._readable.get(id(item), 0)
                if isinstance(widget, QLabel) and widget.wordWrap():
                    # Qt would give it the width of a paragraph: on a line it stays one line while
                    # it can.
                    whole = widget.fontMetrics().horizontalAdvance(widget.text()) + 2
                    wanted = QSize(min(whole, scaled(readable)) if readable else whole,
                                   wanted.height())
                elif (widget is not None
                      and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored):
                    wanted = QSize(min(widget.sizeHint().width(), scaled(readable or READABLE)),
                                   wanted.height())
                yield item, wanted.expandedTo(item.minimumSize()).boundedTo(item.maximumSize())

    def _lines(self, width: int) -> list[_FlowLine]:
        """Break the items into lines of this width."""
        lines = self._broken.get(width)
        if lines is None:
            lines = self._broken[width] = list(self._break(width))
        return lines

    def _break(self, width: int) -> Iterator[_FlowLine]:
        line = _FlowLine([], 0)
        used = 0
        for item, wanted in self._shown():
            size = QSize(min(wanted.width(), max(width, item.minimumSize().width())),
                         wanted.height())
            apart = self.spacing() if used and size.width() else 0
            if used and used + apart + size.width() > width:
                yield self._measured(line, width - used)
                line, used, apart = _FlowLine([], 0), 0, 0
            line.items.append((item, size))
            used += apart + size.width()
        if line.items:
            yield self._measured(line, width - used)

    def _measured(self, line: _FlowLine, left_over: int) -> _FlowLine:
        """Return the line with its heights: words that may grow break where they will end, not
        where they could."""
        grown = self._grown(line, left_over)
        for item, size in line.items:
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width() + grown[id(item)]))
            line.height = max(line.height, size.height())
        return line

    def _grown(self, line: _FlowLine, left_over: int) -> dict[int, int]:
        """Item -> its part of the room that is left."""
        shares = {id(item): self._stretch.get(id(item), 0) for item, _size in line.items}
        whole = sum(shares.values())
        return {made: max(0, left_over) * share // whole if whole else 0
                for made, share in shares.items()}

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        top = inside.top()
        for line in self._lines(inside.width()):
            self._place(line, inside, top)
            top += line.height + self.spacing()

    def _place(self, line: _FlowLine, inside: QRect, top: int) -> None:
        used = sum(size.width() for _item, size in line.items)
        used += self.spacing() * max(0, sum(size.width() > 0 for _item, size in line.items) - 1)
        # A line that went on below begins at the left: only the first keeps what stands at its
        # right end.
        shares = self._grown(line, inside.width() - used)
        left = inside.left()
        begun = False
        for item, size in line.items:
            grown = shares[id(item)]
            if item.spacerItem() is not None:
                left += grown
                continue
            if begun:
                left += self.spacing()
            begun = True
            width = min(size.width() + grown, item.maximumSize().width())
            height = item.heightForWidth(width) if item.hasHeightForWidth() else size.height()
            item.setGeometry(QRect(left, top + (line.height - height) // 2, width, height))
            left += width


