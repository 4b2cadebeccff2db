"""What a person would see cut off, covered or squeezed in a window, found by its sizes; nothing
here looks at pixels."""

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QTableView,
    QWidget,
)

from desktop.ui.widgets.answers import AnswerButton
from desktop.ui.widgets.basics import Chip, Chips, Elided
from desktop.ui.widgets.layout.wrapped import ChoiceButton, WrappedCheckBox

SLACK = 1
BREAKS = re.compile(r"(?<=[/-])|[ \n]")
"""Where a line of text may break."""


def clipped(root: QWidget) -> list[str]:
    """Each thing at or under `root` that does not fit where it stands, in words."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and not _inner(widget):
            found += [f"{_called(widget)}: {trouble}" for trouble in _troubles(widget, root)]
    return found


def all_clipped(seen: Iterable[tuple[str, QWidget]]) -> dict[str, list[str]]:
    """What is cut off in each of the places that a walk leads to, by their names."""
    return {name: troubles for name, root in seen if (troubles := clipped(root))}


def _inner(widget: QWidget) -> bool:
    """Whether Qt made it as a part of another widget, which answers for it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, (QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView)):
            return True
        above = above.parentWidget()
    return False


def _called(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or words or widget.objectName()}".strip()[:90]


def _troubles(widget: QWidget, root: QWidget) -> Iterator[str]:
    yield from _too_small(widget)
    if widget is not root:
        yield from _out_of_sight(widget)
    layout = widget.layout()
    if layout is not None:
        yield from _covering(layout)


def _too_small(widget: QWidget) -> Iterator[str]:
    width, height = widget.width() + SLACK, widget.height() + SLACK
    wanted = widget.sizeHint()
    if isinstance(widget, Elided):
        if wanted.height() > height:
            yield f"needs {wanted.height()} high, has {widget.height()}"
    elif isinstance(widget, QLabel):
        if not widget.text():
            return
        if widget.wordWrap():
            need = widget.heightForWidth(widget.width())
            longest = max(widget.fontMetrics().horizontalAdvance(word)
                          for word in BREAKS.split(widget.text()))
            if longest > width:
                yield f"its longest word needs {longest}, it has {widget.width()}"
            if need > height:
                yield f"needs {need} high, has {widget.height()}"
        elif wanted.width() > width or wanted.height() > height:
            yield f"needs {wanted.toTuple()}, has {widget.size().toTuple()}"
    elif isinstance(widget, (AnswerButton, ChoiceButton, WrappedCheckBox)):
        least, high = widget.minimumSizeHint(), widget.heightForWidth(widget.width())
        if least.width() > width or high > height:
            yield f"needs {least.width()} wide and {high} high, has {widget.size().toTuple()}"
    elif isinstance(widget, (QAbstractButton, Chip)):
        if wanted.width() > width or wanted.height() > height:
            yield f"needs {wanted.toTuple()}, has {widget.size().toTuple()}"
    elif isinstance(widget, Chips):
        if widget.heightForWidth(widget.width()) > height:
            yield f"needs {widget.heightForWidth(widget.width())} high, has {widget.height()}"
    elif isinstance(widget, (QLineEdit, QAbstractSpinBox, QComboBox)):
        least = widget.minimumSizeHint()
        # Dates and figures are read whole; a line that is typed, and a list that can be opened,
        # scroll.
        if (least.height() > height
            or (isinstance(widget, QAbstractSpinBox) and least.width() > width)):
            yield f"needs {least.toTuple()}, has {widget.size().toTuple()}"
    elif isinstance(widget, QAbstractScrollArea):
        yield from _window_on_it(widget)
    elif type(widget) in (QWidget, QFrame) and widget.layout() is not None:
        least = widget.minimumSizeHint()
        if least.width() > width:
            yield f"what is in it needs {least.width()}, it has {widget.width()}"


def _window_on_it(area: QAbstractScrollArea) -> Iterator[str]:
    room = area.viewport().size()
    if isinstance(area, QScrollArea):
        inside = area.widget()
        if inside is not None and inside.width() > room.width() + SLACK \
                and area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            yield f"what it scrolls is {inside.width()} wide, one sees {room.width()}"
    line = area.fontMetrics().height()
    if room.height() < line:
        yield f"is {room.height()} high, a line takes {line}"
    if isinstance(area, QTableView):
        header = area.horizontalHeader()
        for column in range(header.count()):
            if header.sectionSizeHint(column) > header.sectionSize(column) + SLACK:
                words = area.model().headerData(column, Qt.Orientation.Horizontal)
                yield f"its column {words} needs {header.sectionSizeHint(column)}, has {header.sectionSize(column)}"
        if area.verticalHeader().defaultSectionSize() < line + 4:
            yield "its lines are lower than their words"
    elif isinstance(area, QListView):
        model = area.model()
        for row in range(min(model.rowCount(), 3)):
            if area.visualRect(model.index(row, 0)).height() < line + 4:
                yield "its lines are lower than their words"


def _out_of_sight(widget: QWidget) -> Iterator[str]:
    above = widget.parentWidget()
    if above is None or widget.isWindow():
        return
    scrolled = (isinstance(above.parentWidget(), QAbstractScrollArea)
                or isinstance(above, QAbstractScrollArea))
    if not scrolled and not above.rect().adjusted(-SLACK, -SLACK, SLACK,
                                                  SLACK).contains(widget.geometry()):
        yield f"{_box(widget.geometry())} reaches out of {_called(above)} {above.size().toTuple()}"


def _covering(layout: QLayout) -> Iterator[str]:
    """Neighbours of one layout that lie over each other."""
    shown = list(_leaves(layout))
    for at, (one, name) in enumerate(shown):
        for other, its_name in shown[at + 1:]:
            common = one.intersected(other)
            if common.width() > SLACK and common.height() > SLACK:
                yield f"{name} and {its_name} lie over each other by {common.size().toTuple()}"


def _leaves(layout: QLayout) -> Iterator[tuple[QRect, str]]:
    # Never by `itemAt`: what Python holds of an item outlives it with the layout, and the next
    # object at its address falls.
    every = [layout, *layout.findChildren(QLayout)]
    above = layout.parentWidget()
    for child in above.children() if above is not None else ():
        if (isinstance(child, QWidget) and child.isVisible()
            and any(one.indexOf(child) >= 0 for one in every)):
            yield child.geometry(), _called(child)


def _box(rect: QRect) -> str:
    corner: QPoint = rect.topLeft()
    return f"{rect.width()}x{rect.height()} at {corner.x()},{corner.y()}"
