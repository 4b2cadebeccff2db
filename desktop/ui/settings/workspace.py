"""Réglages: language, theme, text size, idle lock, and who works here."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import __version__
from desktop.base.home.notebooks import title_of
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.queries.names import person_name
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.settings.backups import BackupsCard
from desktop.ui.settings.diagnostics import DiagnosticsCard
from desktop.ui.settings.unlocking import SecretsCard
from desktop.ui.widgets.basics import Card, Chip, button, empty_layout, label, scrolled
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.language import speak
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled

TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)


class SettingsWorkspace(Workspace):
    """The screen of settings; each choice holds at once."""

    name = "settings"
    icon = "settings"
    areas = frozenset({"directory"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Settings"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        look = Card(_("Look and language"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(2, 1)
        settings = desk.settings
        rows: tuple[tuple[str, str, list[tuple[Any, str]], Any], ...] = (
            ("theme", _("Theme"),
             [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")),
              ("contrast", _("High contrast"))],
             settings.theme),
            ("language", _("Language"), [("fr", "Français"), ("en", "English")], settings.language),
            ("text_percent", _("Text size"), [(size, f"{size}\u00a0%") for size in TEXT_SIZES],
             settings.text_percent),
            ("lock_minutes", _("Lock after"),
             [(5, _("5 minutes")), (10, _("10 minutes")), (30, _("30 minutes"))],
             settings.lock_minutes),
        )
        self.choices: dict[str, ChoiceField] = {}
        for number, (name, title, pairs, value) in enumerate(rows):
            choice = ChoiceField(title, pairs, required=True)
            choice.set_value(value)
            choice.setMinimumContentsLength(20)
            self.choices[name] = choice
            grid.addWidget(label(title), number, 0)
            grid.addWidget(choice, number, 1)
            choice.activated.connect(lambda _at, name=name: self._on_chosen(name))
        look.box.addLayout(grid)
        self.desktop = label("", "small", wrap=True)
        look.box.addWidget(self.desktop)
        column.addWidget(look)
        self.profile = Card(_("This computer"))
        self.who = label("")
        self.profile.box.addWidget(self.who)
        self.roles = Flow()
        self.profile.box.addLayout(self.roles)
        named = Flow()
        named.addWidget(label(_("Name on the locked screen"), wrap=True))
        self.title = QLineEdit(title_of(desk.home))
        self.title.setAccessibleName(_("Name on the locked screen"))
        self.title.setToolTip(
            _("Anybody at this computer can read it: nothing that says whose it is."))
        self.title.setMaxLength(40)
        self.title.setMaximumWidth(scaled(320))
        self.title.editingFinished.connect(self._on_titled)
        named.add(self.title, 1)
        named.addStretch(1)
        self.profile.box.addLayout(named)
        self.profile.box.addWidget(
            label(_("The profile lies in {path}").format(path=desk.home.folder), "small",
                  wrap=True))
        column.addWidget(self.profile)
        self.secrets = SecretsCard(desk)
        column.addWidget(self.secrets)
        self.backups = BackupsCard(desk)
        column.addWidget(self.backups)
        territory = Card(_("Territory"))
        line = Flow()
        line.add(
            label(_("The neighbourhoods, the communes and zones, and the words of the lists; the "
                    "coordination keeps them."),
                  "muted", wrap=True), 1)
        line.add(button(_("Places and words"), lambda: desk.go("places"), icon_name="building-2"))
        territory.box.addLayout(line)
        column.addWidget(territory)
        kept = Card(_("Bin"))
        line = Flow()
        line.add(label(_("What was deleted in the last 30 days can be brought back. "
                         "The journal of this computer stands beside."), "muted", wrap=True), 1)
        line.add(button(_("Open the bin"), lambda: desk.go("bin", part="bin"), icon_name="trash-2"))
        line.add(button(_("Journal of this computer"), lambda: desk.go("bin", part="journal"),
                        icon_name="scroll-text"))
        kept.box.addLayout(line)
        column.addWidget(kept)
        self.diagnostics = DiagnosticsCard(desk)
        column.addWidget(self.diagnostics)
        about = Card(_("About"))
        about.box.addWidget(
            label(_("Carnet {version}, free software under the EUPL 1.2. It sends no statistics "
                    "and no reports to anyone.").format(version=__version__), "muted", wrap=True))
        line = Flow()
        line.addWidget(button(_("Help"), lambda: desk.help_on("start"), style="quiet",
                              icon_name="circle-question-mark",
                              tip="F1"))
        line.addWidget(button(_("Versions and licences"), lambda: desk.go("about"), style="quiet",
                              icon_name="info"))
        line.addStretch(1)
        about.box.addLayout(line)
        column.addWidget(about)
        column.addStretch(1)
        self.page.addWidget(scrolled(inside), 1)

    def refresh(self) -> None:
        self.backups.refresh()
        self.desktop.setText(
            _("Carnet also locks when this computer sleeps or its session locks.")
            if self.desk.hears_the_desktop() else
            _("This desktop does not say when its session locks: Carnet locks after this delay, "
              "when the computer wakes, and by Ctrl+L."))
        identity = self.desk.vault.identity
        name = self.desk.vault.ask(person_name, identity.person_id) if identity.person_id else ""
        self.who.setText(name or _("Nobody is named on this computer yet."))
        empty_layout(self.roles)
        for role in sorted(identity.roles):
            self.roles.addWidget(Chip(choice_label("role", role), "accent"))
        self.roles.addStretch(1)

    def _on_titled(self) -> None:
        title = " ".join(self.title.text().split())
        if title and title != title_of(self.desk.home):
            self.desk.restyle(replace(self.desk.settings, title=title))

    def _on_chosen(self, name: str) -> None:
        value = self.choices[name].value()
        settings = replace(self.desk.settings, **{name: value})
        if settings == self.desk.settings:
            return
        if name == "language":
            speak(value)
        self.desk.restyle(settings)
