"""What brings a collective back: two sheets of its kit and the address of its shared folder."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.ui.widgets.basics import label


class RescueFields(QWidget):
    """The two codes and the address; `entered` is called on Enter."""

    def __init__(self, entered: Callable[[], None]) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self.first, self.second, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self.address.setPlaceholderText("https://cloud.exemple.org/remote.php/dav/files/…/Carnet")
        for title, field in ((_("Code of one sheet"), self.first),
                             (_("Code of another sheet"), self.second),
                             (_("Address of the shared folder, as it stands on the sheets"),
                              self.address)):
            field.setAccessibleName(title)
            field.returnPressed.connect(entered)
            box.addWidget(label(title, "small", wrap=True))
            box.addWidget(field)

    def refusal(self) -> tuple[str, QWidget] | None:
        """Build the first field that is not answered as it should be."""
        # Imported here: who creates or joins a collective does not wait for it.
        from desktop.base.errors import AppError
        from desktop.sync.trust.rescue import kit_identity

        try:
            kit_identity(self.first.text(), self.second.text())
        except AppError as error:
            return str(error), self.first
        if not self.address.text().strip():
            return _("Give the address of the shared folder."), self.address
        return None
