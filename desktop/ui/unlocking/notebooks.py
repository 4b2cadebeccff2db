"""The notebooks of this computer on the locked screen: which one to open, and the way to one
more."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.home.notebooks import free_place, is_shelved, notebooks, title_of
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.ui.widgets.basics import button, label


class NotebookChoice(QWidget):
    """A list where there is more than one notebook; `chosen` is called with another than the one
    that is here."""

    def __init__(self, here: Home, homes: Sequence[Home], chosen: Callable[[Home], None]) -> None:
        super().__init__()
        # Imported here: with one notebook, which is the rule, the locked screen does not wait for
        # forms.
        from desktop.ui.widgets.fields.choices import ChoiceField

        self.homes, self._here, self._chosen = list(homes), here, chosen
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(label(_("Notebook"), "small"))
        self.list = ChoiceField(_("Notebook"),
                           [(number, title_of(home)) for number, home in enumerate(self.homes)],
                           required=True)
        if here in self.homes:
            self.list.set_value(self.homes.index(here))
        self.list.activated.connect(self._on_chosen)
        box.addWidget(self.list)

    def _on_chosen(self, number: int) -> None:
        # Each arrow key is a choice: the screen must stay, and the focus in the list.
        if self.homes[number] != self._here:
            self._here = self.homes[number]
            self._chosen(self._here)


class AnotherNotebook(QWidget):
    """The quiet button that begins one more notebook."""

    def __init__(self, begin: Callable[[], None]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.addStretch(1)
        row.addWidget(button(_("Another notebook"), begin, style="quiet", icon_name="plus",
                             tip=_("For another collective, or another person at this computer")))
        row.addStretch(1)


def notebook_choices(here: Home, chosen: Callable[[Home], None], begin: Callable[[Home], None]
                     ) -> tuple[NotebookChoice | None, AnotherNotebook | None]:
    """Offer the other notebooks of this computer, and one more; None for what does not apply."""
    homes = notebooks(here)
    return (NotebookChoice(here, homes, chosen) if len(homes) > 1 else None,
            AnotherNotebook(lambda: begin(free_place(here))) if is_shelved(here) else None)
