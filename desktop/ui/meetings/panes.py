"""F6 in a meeting: from the pane one is in to the one beside it."""

from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.meetings.preparation import PreparationView
from desktop.ui.meetings.session import SessionView


def go_to_other_pane(view: QWidget | None) -> None:
    """Take the hand from the notes to the roll-call or from the agenda to the expected people, and
    back to where it was in the first; do nothing in another view."""
    inside = QApplication.focusWidget() or view
    if isinstance(view, SessionView):
        section = view.last or next(iter(view.sections), None)
        _go(view.roll_call, inside, section.edit if section is not None else None,
            view.roll_call.field)
    elif isinstance(view, PreparationView):
        _go(view.people, inside, view.new_item, view.chooser)


def _go(second_pane: QWidget, inside: QWidget | None, first: QWidget | None,
        second: QWidget) -> None:
    in_second = inside is not None and second_pane.isAncestorOf(inside)
    (first if in_second and first is not None else second).setFocus()
