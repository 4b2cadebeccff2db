"""À propos: the versions that run here, and the licence of every part that comes with Carnet;
nothing about anybody."""

import platform
from typing import Any

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication, QShowEvent

from desktop import __version__
from desktop.base.i18n import N_, _
from desktop.base.licences import LICENCE, LicensedPart, parts
from desktop.queries.about import cipher_version, sqlite_version
from desktop.ui.help.aside import Aside
from desktop.ui.records.tables import settle_table
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table


class AboutWorkspace(Aside):
    """The screen of versions and licences, reached by the palette and the settings."""

    name = "about"
    icon = "info"
    keys = ((N_("Escape"), N_("back to where one was")),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("About"), _("Search in this list"))
        self.versions: tuple[tuple[str, str], ...] = ()
        self.parts: list[LicensedPart] = []
        self.header.addWidget(button(_("Copy"), self.copy, icon_name="copy",
                                     tip=_("The versions and the licences, as text")))
        card = Card()
        self.told = label("", "subheading", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.box.addWidget(self.told)
        card.box.addWidget(
            label(_("Free software under the European Union Public Licence 1.2. It sends no "
                    "statistics and no reports to anyone. Below is all that comes with it."),
                  "muted", wrap=True))
        self.page.addWidget(card)
        self.table = Table(_("What comes with Carnet"), (
            Column[LicensedPart](_("Part"), lambda row: row.name, strong=True),
            Column[LicensedPart](_("Version"), lambda row: row.version, width=120),
            Column[LicensedPart](_("Licence"), lambda row: _(row.licence), width=380),
            Column[LicensedPart](_("Kind"), lambda row: _(row.kind), tone=lambda row: "neutral",
                         width=190)))
        settle_table(desk, "about", self.table)
        below = Card(margins=6)
        below.box.setContentsMargins(6, 6, 6, 6)
        below.box.addWidget(self.table)
        self.page.addWidget(below, 1)
        self.search.textChanged.connect(self.table.filter_by)
        self.search.returnPressed.connect(self.table.setFocus)

    def refresh(self) -> None:
        cipher = self.desk.vault.ask(cipher_version)
        self.versions = (("Carnet", __version__), ("Python", platform.python_version()),
                         ("Qt", qVersion()),
                         ("SQLCipher", cipher), (_("Licence"), LICENCE))
        self.parts = parts(qVersion(), cipher, self.desk.vault.ask(sqlite_version))
        self.told.setText("  ·  ".join(f"{name} {version}" for name, version in self.versions))
        self.table.set_rows(self.parts)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def text(self) -> str:
        """All of it, to be sent to whoever looks after Carnet; no name, no path, no word of the
        collective."""
        lines = [f"{name} {version}" for name, version in self.versions]
        return "\n".join(
            [*lines, "",
             *(" · ".join(bit for bit in (part.name, part.version, _(part.licence)) if bit)
               for part in self.parts)]) + "\n"

    def copy(self) -> None:
        """Put it in the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
        self.desk.messages.say(_("Copied."))

    def place(self) -> dict[str, Any]:
        return {"from": self.desk.came_from}

    def return_to(self, place: dict[str, Any]) -> None:
        self.desk.came_from = place.get("from", "today")
