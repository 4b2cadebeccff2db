"""Where Tab leads: from place to place as the layouts read. Qt would go in the order in which
widgets were made."""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QWidget,
)

SETTLED_MS = 60


def step(window: QWidget, forward: bool) -> bool:
    """Give the focus to the next stop of `window`, or to the one before; False where there is
    none."""
    focus = QApplication.focusWidget()
    if focus is not None and not (focus.isVisible() and focus.isEnabled()):
        # No key was pressed: Qt asks where to go from a field that goes.
        wanted = stop_beside(focus)
    else:
        wanted = _stop_from(focus, list(stops_of(window)), forward)
    if wanted is None:
        return False
    wanted.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    show_to_the_eye(wanted)
    return True


def first_stop(whole: QWidget) -> QWidget | None:
    """Return where Tab first stops within `whole`; None if it has no stop."""
    return next(stops_of(whole), None)


def stop_beside(gone: QWidget) -> QWidget | None:
    """Return the stop that is nearest to a field that goes: of what still stands around it, the
    next one, else the one before; None if its window has no other."""
    inside, around = gone, gone.parentWidget()
    while around is not None:
        if around.isVisible():
            children = _children(around)
            at = children.index(inside) if inside in children else 0
            after = [stop for child in children[at:] if child is not inside
                     for stop in stops_of(child)]
            before = [stop for child in children[:at] for stop in stops_of(child)]
            if after or before:
                return _chosen_of(after[0] if after else before[-1])
        if around.isWindow():
            return None
        inside, around = around, around.parentWidget()
    return None


def _chosen_of(stop: QWidget) -> QWidget:
    """Return the chosen one of the tabs that a stop is among: to stand on another is to turn the
    way of Tab to it."""
    group = stop.group() if isinstance(stop, QAbstractButton) else None
    chosen = group.checkedButton() if group is not None and group.exclusive() else None
    return chosen if chosen is not None and chosen.isVisible() and chosen.isEnabled() else stop


def _stop_from(focus: QWidget | None, stops: list[QWidget], forward: bool) -> QWidget | None:
    while focus is not None and focus not in stops:
        focus = focus.parentWidget()
    if not stops:
        return None
    at = stops.index(focus) if focus is not None else -1 if forward else 0
    return stops[(at + (1 if forward else -1)) % len(stops)]


def lead_to(widget: QWidget, whole: QWidget | None = None) -> None:
    """Give the focus to what a gesture has just brought, and show it, with the `whole` card where
    it fits."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def show() -> None:
        for seen in (whole, widget):
            if seen is not None:
                show_to_the_eye(seen)
        inside = QApplication.focusWidget()
        if inside is not None and widget.isAncestorOf(inside):
            # What is higher than its room is scrolled to its middle: where one types is in sight
            # all the same, with its title.
            show_to_the_eye(inside, 36)

    # What is new has no place yet, and texts that wrap take theirs in a second pass.
    for wait in (0, SETTLED_MS):
        QTimer.singleShot(wait, widget, show)


def lead_to_top(widget: QWidget) -> None:
    """Give the focus to what is to be read from its beginning, and scroll so that it begins at the
    top."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def show() -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        inside = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and inside is not None:
            above.verticalScrollBar().setValue(widget.mapTo(inside, QPoint(0, 0)).y())

    for wait in (0, SETTLED_MS):
        QTimer.singleShot(wait, widget, show)


def show_to_the_eye(widget: QWidget, around: int = 12) -> None:
    """Scroll whatever must be, so that `widget` is seen, with so many points above and below it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 12, around)
        above = above.parentWidget()


def stops_of(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    if (not widget.isWindow() and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None):
        yield widget
    for child in _children(widget):
        yield from stops_of(child)


def _children(widget: QWidget) -> list[QWidget]:
    """Build what is in a widget, as it reads: by its layout, then what lies over it."""
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [inside] if inside is not None else []
    if isinstance(widget, QSplitter):
        panes = [widget.widget(number) for number in range(widget.count())]
        return [pane for pane in panes if pane is not None]
    layout = widget.layout()
    placed = list(_placed(layout)) if layout is not None else []
    loose = [child for child in widget.children()
             if isinstance(child, QWidget) and not child.isWindow()
             and child not in placed]
    return placed + loose


def _placed(layout: QLayout) -> Iterator[QWidget]:
    """Build the widgets of a layout and of those in it, in its order.

    Never by `itemAt`: what Python holds of an item lives as long as the layout, the item does not,
    and Qt would fall over the next object that has its address.
    """
    above = layout.parentWidget()
    inside = [*(above.children() if above is not None else ()), *layout.children()]
    found = [(layout.indexOf(one), one) for one in inside if isinstance(one, (QWidget, QLayout))]
    placed = [(at, one) for at, one in found if at >= 0]
    if isinstance(layout, QGridLayout):
        # (row, column, ...), which PySide's stub calls an object.
        placed.sort(key=lambda pair: cast(tuple[int, ...], layout.getItemPosition(pair[0]))[:2])
    else:
        placed.sort(key=lambda pair: pair[0])
    for _at, one in placed:
        if isinstance(one, QLayout):
            yield from _placed(one)
        elif not isinstance(layout, QStackedLayout) or one is layout.currentWidget():
            yield one
