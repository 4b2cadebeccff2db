"""Layouts that give way when the text is large or the window small: a row that goes on below, panes
that stack."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QSplitter,
    QStackedWidget,
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


class _Items(QLayout):
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


class Flow(_Items):
    """A row as QHBoxLayout makes it, which goes on in the next line where it does not fit."""

    def __init__(self, spacing: int = 8) -> None:
        super().__init__(spacing)
        self._readable: dict[int, int] = {}

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
        lines = list(self._lines(width - margins.left() - margins.right()))
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

    def _shown(self) -> Iterator[tuple[QLayoutItem, QSize]]:
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

    def _lines(self, width: int) -> Iterator[_FlowLine]:
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
        """The line with its heights: words that may grow break where they will end, not where they
        could."""
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


class StackingSplitter(QSplitter):
    """Panes beside each other, one below the other where they have not the room."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(14)

    def _least(self) -> list[QSize]:
        """What each pane needs at least."""
        found = []
        for number in range(self.count()):
            pane = self.widget(number)
            if pane is not None and not pane.isHidden():
                found.append(pane.minimumSizeHint().expandedTo(pane.minimumSize())
                             .boundedTo(pane.maximumSize()))
        return found

    def _beside(self) -> int:
        least = self._least()
        return sum(size.width() for size in least) + self.handleWidth() * max(0, len(least) - 1)

    def minimumSizeHint(self) -> QSize:
        least = self._least()
        heights = [size.height() for size in least]
        stacked = self.orientation() == Qt.Orientation.Vertical
        high = (sum(heights) + self.handleWidth() * max(0, len(least) - 1) if stacked
                else max(heights, default=0))
        return QSize(max((size.width() for size in least), default=0), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = (Qt.Orientation.Horizontal if self._beside() <= self.width()
                  else Qt.Orientation.Vertical)
        if wanted != self.orientation():
            self.setOrientation(wanted)
        self._hold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._hold()
        return super().event(event)

    def _hold(self) -> None:
        """A splitter knows nothing of lines that go on below: tell it how high each pane must be at
        its width."""
        for number in range(self.count()):
            pane = self.widget(number)
            layout = pane.layout() if pane is not None else None
            if pane is not None and isinstance(layout, QBoxLayout):
                pane.setMinimumHeight(layout.totalMinimumHeightForWidth(
                    self.width() if self.orientation() == Qt.Orientation.Vertical
                    else pane.width()))
        self.updateGeometry()


class StackingRow(_Items):
    """Columns beside each other, one below the other where they have not the room; `apart` is
    between the latter."""

    def __init__(self, spacing: int = 14, least: int = 0, apart: int = 14) -> None:
        super().__init__(spacing)
        self._narrowest, self._apart = least, apart

    def addLayout(self, layout: QLayout, stretch: int = 0) -> None:
        """Put a column last that is a layout itself."""
        self.addChildLayout(layout)
        self.addItem(layout)
        self._stretch[id(layout)] = stretch

    def _widths(self, width: int) -> list[tuple[QLayoutItem, int]] | None:
        """How wide each column is; None where they must stand below each other."""
        shown = [item for item in self._items if not item.isEmpty()]
        least = [max(item.minimumSize().width(), scaled(self._narrowest)) for item in shown]
        room = width - self.spacing() * max(0, len(shown) - 1)
        if sum(least) > room:
            return None
        shares = [self._stretch.get(id(item), 0) or 1 for item in shown]
        widths = [room * share // sum(shares) for share in shares]
        if any(got < need for got, need in zip(widths, least, strict=True)):
            left = room - sum(least)
            widths = [need + left * share // sum(shares)
                      for need, share in zip(least, shares, strict=True)]
        return list(zip(shown, widths, strict=True))

    def _height(self, width: int, minimum: bool) -> int:
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        columns = self._widths(room)
        if columns is not None:
            high = max((_high(item, own, minimum) for item, own in columns), default=0)
        else:
            heights = [_high(item, room, minimum) for item in self._items if not item.isEmpty()]
            high = sum(heights) + self._apart * max(0, len(heights) - 1)
        return high + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        whole = QSize(sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1),
                      max((size.height() for size in sizes), default=0))
        return whole.grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        columns = self._widths(inside.width())
        if columns is not None:
            left = inside.left()
            for item, width in columns:
                item.setGeometry(QRect(left, inside.top(), width, inside.height()))
                left += width + self.spacing()
            return
        top = inside.top()
        for item in self._items:
            if not item.isEmpty():
                height = _high(item, inside.width(), minimum=False)
                item.setGeometry(QRect(inside.left(), top, inside.width(), height))
                top += height + self._apart


class EqualColumns(_Items):
    """Columns of the same width, as many as there is room for and `most` at most; filled line after
    line."""

    def __init__(self, most: int, spacing: int = 6) -> None:
        super().__init__(spacing)
        self._most = most

    def _lines(self, width: int) -> tuple[int, list[list[QLayoutItem]]]:
        shown = [item for item in self._items if not item.isEmpty()]
        least = max((item.minimumSize().width() for item in shown), default=0)
        columns = max(1,
                      min(self._most, (width + self.spacing()) // max(1, least + self.spacing())))
        each = (width - self.spacing() * (columns - 1)) // columns
        return each, [shown[at:at + columns] for at in range(0, len(shown), columns)]

    def heightForWidth(self, width: int) -> int:
        each, lines = self._lines(width)
        return (sum(max(_high(item, each, minimum=False) for item in line) for line in lines)
                + self.spacing() * max(0, len(lines) - 1))

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def sizeHint(self) -> QSize:
        least = self.minimumSize().width()
        width = least * self._most + self.spacing() * (self._most - 1)
        return QSize(width, self.heightForWidth(width))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        each, lines = self._lines(rect.width())
        top = rect.top()
        for line in lines:
            high = max(_high(item, each, minimum=False) for item in line)
            for at, item in enumerate(line):
                item.setGeometry(QRect(rect.left() + at * (each + self.spacing()), top, each, high))
            top += high + self.spacing()


def _high(item: QLayoutItem, width: int, minimum: bool) -> int:
    """How high an item is at this width."""
    if item.hasHeightForWidth():
        return item.minimumHeightForWidth(width) if minimum else item.heightForWidth(width)
    return (item.minimumSize() if minimum else item.sizeHint()).height()


class _ShownPageStack(QStackedWidget):
    """Asks for the room that the shown page needs, whatever the hidden ones would."""

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else QSize(0, 0)

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        layout = page.layout() if page is not None else None
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1


class ScrollingStack(QScrollArea):
    """One page at a time; it scrolls where the page needs more room than there is, so that nothing
    is cut off."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack = _ShownPageStack()
        self.setWidget(self.stack)
        self.stack.currentChanged.connect(lambda: self.stack.updateGeometry())
