"""What actions are filtered by: words in a row, and choices that fold away; what is on stays in
sight, each with its cross."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.i18n import _, language
from desktop.commands.drafts import keep_filter, read_filter
from desktop.models.choices import label as choice_label
from desktop.queries.action_filters import FIELDS, WHICH, ActionFilter, filter_choices
from desktop.queries.observations import words_of
from desktop.ui.records import options
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, empty_layout, label
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import EqualColumns
from desktop.ui.widgets.layout.tab import TabGroup

Offered = dict[str, tuple[str, str, list[tuple[str, str]]]]


class ActionFilters(QWidget):
    """The filters of the screen of actions; `changed` when another is asked for. Kept on this
    computer, in the vault."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.wanted = ActionFilter(desk.today(), desk.vault.identity.person_id)
        kept = desk.vault.ask(read_filter, "actions")
        if kept:
            self.wanted = self.wanted.asking(
                **{name: kept[name] for name in FIELDS if kept.get(name)})
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        line = Flow(6)
        self.tabs = TabGroup(self, [_("Open"), _("Late"), _("This week"), _("Mine"), _("All")])
        for tab in self.tabs.tabs:
            line.addWidget(tab)
        self.tabs.choose(0)
        self.opener = button(_("Filter…"), style="segment", icon_name="list-filter",
                             tip=_("Ctrl+Shift+F"))
        self.opener.setCheckable(True)
        self.opener.toggled.connect(self._fold)
        line.addWidget(self.opener)
        self._chips = Flow(6)
        self._chip_row = QWidget()
        self._chip_row.setLayout(self._chips)
        self._chip_row.hide()
        line.add(self._chip_row, 1)
        box.addLayout(line)
        self.panel = QWidget()
        self.panel.hide()
        self._fields = EqualColumns(4, 12)
        self.panel.setLayout(self._fields)
        self.choices: dict[str, ChoiceField] = {}
        box.addWidget(self.panel)
        self.tabs.idClicked.connect(lambda number: self.ask(WHICH[number]))
        self._show_chips()

    def ask(self, which: str) -> None:
        """Ask for open, late, week, mine or all."""
        self.tabs.choose(WHICH.index(which))
        self.wanted = self.wanted.asking(which=which)
        self.changed.emit()

    def clear(self) -> None:
        """Ask for every action, whatever it is."""
        self.wanted = ActionFilter(self.wanted.today, self.wanted.me, "all")
        self.tabs.choose(WHICH.index("all"))
        self._show_choices()
        self._keep()

    def hide_all(self, hidden: bool) -> None:
        """Take "All" out of the row, where closed actions have no place."""
        self.tabs.tabs[-1].setVisible(not hidden)
        if hidden and self.wanted.which == "all":
            self.ask("open")

    def refresh(self) -> None:
        """Ask again what there is to choose from, where it is in sight; the day may have
        changed."""
        if self.wanted.today != self.desk.today():
            self.wanted = replace(self.wanted, today=self.desk.today())
        if (self.panel.isVisible()
            and not any(choice.hasFocus() for choice in self.choices.values())):
            self._show_choices()

    def _fold(self, shown: bool) -> None:
        self.panel.setVisible(shown)
        if shown:
            self._show_choices()
            self.choices[FIELDS[0]].setFocus()

    def _offered(self) -> Offered:
        """By field: its name, the words for any, what there is to choose from."""
        found = self.desk.vault.ask(filter_choices)
        places = self.desk.vault.ask(words_of, language())
        return {
            "axis": (_("Axis"), _("Every axis"), list(found.axes)),
            "state": (_("State"), _("Every state"), options.fixed("action_state")),
            "owner": (_("Owner"), _("Everyone"), list(found.owners)),
            "organisation": (_("Organisation"), _("Every organisation"), list(found.organisations)),
            "place": (_("Territory"), _("The whole territory"),
                      [(code, places.place(code)) for code in found.places]),
            "funding": (_("Funding"), _("Every funding"),
                        [(code, choice_label("funding", code)) for code in found.sources]),
            "awaited": (_("Accord that is lacking"), _("With or without accord"),
                        [(code, choice_label("validation_party", code)) for code in found.parties]),
        }

    def _show_choices(self) -> None:
        if not self.panel.isVisible():
            self._show_chips()
            return
        empty_layout(self._fields)
        self.choices = {}
        found = self._offered()
        for name, (title, every, offered) in found.items():
            choice = ChoiceField(title, offered, nothing=every)
            choice.set_value(getattr(self.wanted, name) or None)
            choice.currentIndexChanged.connect(partial(self._on_choice, name))
            self.choices[name] = choice
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            said = label(title, "small")
            said.setBuddy(choice)
            column.addWidget(said)
            column.addWidget(choice)
            self._fields.add(cell)
        self._show_chips(found)

    def _on_choice(self, name: str, _index: int) -> None:
        self.wanted = self.wanted.asking(**{name: self.choices[name].value() or ""})
        self._keep()

    def _drop(self, name: str) -> None:
        self.wanted = self.wanted.asking(**{name: ""})
        self._show_choices()
        self._keep()
        self.opener.setFocus()

    def _keep(self) -> None:
        self.desk.vault.do(keep_filter, "actions", self.wanted.kept)
        self._show_chips()
        self.changed.emit()

    def _show_chips(self, found: Offered | None = None) -> None:
        """Show what is asked for, each with its cross. `found`: what there is to choose from, where
        it was read already."""
        empty_layout(self._chips)
        self._chip_row.setVisible(bool(self.wanted.kept))
        if not self.wanted.kept:
            return
        offered = found or self._offered()
        for name, value in self.wanted.kept.items():
            title, _every, pairs = offered[name]
            words = dict(pairs).get(value, title)
            said = f"{title}\u202f: {words}" if name in ("state", "funding", "awaited") else words
            self._chips.addWidget(
                button(f"{said}\u2002✕", partial(self._drop, name), style="filter",
                       tip=_("Take the filter away: {name}").format(name=title)))
