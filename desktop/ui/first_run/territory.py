"""The territory of a new collective: one that ships, or another from a preset file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.commands.collective import preset_names, read_preset
from desktop.exchange.territory.checking import check_file
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.fields.files import ask_file

OTHER = "file"


class TerritoryFields(QWidget):
    """The choice, and the file where another territory is chosen. `chosen`: the data of a territory
    are known."""

    chosen = Signal()

    def __init__(self, refuse: Callable[[str, QWidget], None]) -> None:
        super().__init__()
        self._refuse = refuse
        self._file: tuple[str, dict[str, Any]] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self.choice = ChoiceField(_("Territory"),
                             [*((name, read_preset(name)["territory"]) for name in preset_names()),
                              (OTHER, _("Another territory, from a file…"))], required=True)
        box.addWidget(self.choice)
        self.file_button = button(_("Choose the preset file"), self._on_file,
                                  icon_name="folder-open")
        box.addWidget(self.file_button)
        self.told = label("", "small", wrap=True)
        box.addWidget(self.told)
        self.choice.currentIndexChanged.connect(lambda: self._show())
        self._show()

    @property
    def preset(self) -> str:
        """The code of a territory that ships, or the path of the file."""
        value = str(self.choice.value())
        return value if value != OTHER else self._file[0] if self._file is not None else ""

    @property
    def data(self) -> dict[str, Any] | None:
        """What the chosen territory holds; None until a file is chosen."""
        value = str(self.choice.value())
        return (read_preset(value) if value != OTHER else self._file[1] if self._file is not None
                else None)

    def refusal(self) -> tuple[str, QWidget] | None:
        """Build what is missing, and where."""
        return ((_("Choose the preset file of the territory."), self.file_button)
                if self.data is None else None)

    def _on_file(self) -> None:
        ask_file(self, _("Choose the preset file"), self.read_file,
                 f"{_('Territory presets')} (*.json);;* (*)")

    def read_file(self, path: str) -> None:
        """Read a preset file; the first fault is told with its line, and how many there are."""
        try:
            data, faults = check_file(Path(path))
        except AppError as error:
            self._refuse(str(error), self.file_button)
            return
        if faults:
            others = len(faults) - 1
            rest = ngettext("{count} other fault: “carnet preset check” lists them all.",
                            "{count} other faults: “carnet preset check” lists them all.",
                            others).format(count=others)
            self._refuse(f"{Path(path).name} · {faults[0]}{f' {rest}' if others else ''}",
                         self.file_button)
            return
        self._file = path, data
        self._show()

    def _show(self) -> None:
        other, data = self.choice.value() == OTHER, self.data
        self.file_button.setVisible(other)
        self.told.setVisible(other)
        if other:
            self.told.setText(
                _("A small JSON file that “carnet preset new” writes from a table of communes.")
                if data is None else
                _("{territory}: {count} communes")
                .format(territory=data["territory"], count=len(data["communes"])))
        if data is not None:
            self.chosen.emit()
