"""Where the Tab key leads, and whether the eye goes the same way."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QDialog, QTextBrowser, QWidget

from tests.window import settle

MOST = 200
SLACK = 4


def stops(root: QWidget) -> list[QWidget]:
    """What takes the focus, one Tab after the other, from the first stop of the window `root` until
    it comes back there."""
    window = root.window()
    window.activateWindow()
    settle()
    while (focus := QApplication.focusWidget()) is not None:
        focus.clearFocus()
    found: list[QWidget] = []
    for _press in range(MOST):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is None:
            return found
        if found and focus is found[0]:
            # Qt itself, in a dialog, goes on from where the focus was.
            first = (min(found, key=lambda widget: _corner(widget, window))
                     if isinstance(window, QDialog) else found[0])
            return found[found.index(first):] + found[:found.index(first)]
        if found and focus is found[-1] and isinstance(focus, (QDateTimeEdit, QTextBrowser)):
            # Tab goes from the day to the month and the year, from link to link, before it leaves.
            continue
        if focus in found:
            raise AssertionError(f"Tab never leaves {called(focus)}")
        found.append(focus)
    raise AssertionError(f"more than {MOST} stops")


def _corner(widget: QWidget, window: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(window, QPoint(0, 0))
    return corner.x() + corner.y(), corner.y()


def called(widget: QWidget) -> str:
    """A widget in words."""
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}".strip()


def missed(root: QWidget, visited: list[QWidget]) -> list[str]:
    """What could take the focus by Tab and never does."""
    return [called(widget) for widget in root.findChildren(QWidget)
            if widget.isVisible() and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None and widget not in visited
            and not _part_of(widget, visited)]


def _part_of(widget: QWidget, others: list[QWidget]) -> bool:
    return any(other.isAncestorOf(widget) for other in others)


def backwards(visited: list[QWidget]) -> Iterator[str]:
    """Each step that the eye would not make: up without going to another column, or to the left on
    the same line."""
    for one, other in pairwise(visited):
        left, right = _beside(one, other)
        first, second = left.geometry(), right.geometry()
        if _floats(left) or _floats(right):
            continue
        above = second.bottom() <= first.top() + SLACK
        below = second.top() >= first.bottom() - SLACK
        if above and second.left() < first.right() - SLACK:
            yield f"from {called(one)} up to {called(other)}"
        elif not above and not below and second.right() <= first.left() + SLACK:
            yield f"from {called(one)} back to {called(other)}"


def _beside(one: QWidget, other: QWidget) -> tuple[QWidget, QWidget]:
    """The two, or what holds each of them, where they stand beside each other: what is scrolled
    away counts as its frame."""
    line = held_by(other)
    for widget in held_by(one):
        above = widget.parentWidget()
        if above is not None and above in line:
            return widget, line[max(0, line.index(above) - 1)]
    raise AssertionError("in two windows")


def held_by(widget: QWidget) -> list[QWidget]:
    """A widget and all that holds it, up to its window."""
    line = [widget]
    while not line[-1].isWindow():
        above = line[-1].parentWidget()
        assert above is not None
        line.append(above)
    return line


def _floats(widget: QWidget) -> bool:
    """Whether it lies over its neighbours, as a panel does."""
    above = widget.parentWidget()
    return above is not None and any(
        isinstance(other, QWidget) and other is not widget and other.isVisible()
        and not other.isWindow()
        and other.geometry().intersects(widget.geometry())
        and above.children().index(other) < above.children().index(widget)
        for other in above.children())
