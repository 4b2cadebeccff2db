"""Panes beside each other, or one below the other where they have not the room."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSplitter,
    QStackedWidget,
)

from desktop.ui.widgets.layout.flow import ItemsLayout
from desktop.ui.widgets.theme import scaled


class StackingSplitter(QSplitter):
    """Panes beside each other, one below the other where they have not the room."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(14)

    def _least(self) -> list[QSize]:
        """Return what each pane needs at least."""
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
        """Tell the splitter, which knows nothing of lines that go on below, how high each pane must
        be at its width."""
        for number in range(self.count()):
            pane = self.widget(number)
            layout = pane.layout() if pane is not None else None
            if pane is not None and isinstance(layout, QBoxLayout):
                pane.setMinimumHeight(layout.totalMinimumHeightForWidth(
                    self.width() if self.orientation() == Qt.Orientation.Vertical
                    else pane.width()))
        self.updateGeometry()


class StackingRow(ItemsLayout):
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


class EqualColumns(ItemsLayout):
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
