"""Who reads what a group does: everybody, or the computers that the coordination names; how a group
is made confidential."""

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _, ngettext
from desktop.queries.directory import GroupRow
from desktop.sync.rounds.engine import run_round
from desktop.sync.trust.links import own_key
from desktop.tasks.groups import Reader, Secrecy, secrecy_of, set_readers
from desktop.tasks.shared_folder import open_store
from desktop.ui.jobs.lanes import Lane
from desktop.ui.records.sheet import Extra
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Chip, bulleted, button, empty_layout, label
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox

WILL = (
    N_("Its next meetings, with their notes, decisions, actions and files, can be read on these "
       "computers alone."),
    N_("This computer is one of them: it makes the key. The three sheets of the kit open it too."),
)
WILL_NOT = (
    N_("The meetings prepared until now stay readable by everybody, as do its name and its "
       "members."),
    N_("A confidential group does not become an open one again."),
)
CHANGING = (
    N_("Who is added reads all that the group has shared since it is confidential."),
    N_("Who is left out reads nothing that is written from then on; what that computer holds "
       "already, it keeps."),
)


class SecrecyPanel(Extra):
    """Stands under a group in the directory."""

    def __init__(self, desk: Desk, group: GroupRow) -> None:
        super().__init__()
        self.desk, self.group = desk, group
        self.ticks: dict[str, WrappedCheckBox] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 8, 0, 0)
        self._box.setSpacing(6)
        self._show(changing=False)

    def refresh(self) -> None:
        # Whoever is choosing keeps the choice under the hand.
        if not self.ticks and self._found != self._ask():
            self._show(changing=False)

    def _ask(self) -> Secrecy:
        return self.desk.vault.ask(secrecy_of, self.group.id, own_key(self.desk.vault))

    def _show(self, *, changing: bool) -> None:
        empty_layout(self._box)
        self.ticks.clear()
        found = self._found = self._ask()
        self._box.addWidget(label(_("Who reads what this group does"), "subheading", wrap=True))
        if found.kept:
            self._add_readers(found)
        elif found.asked:
            self._box.addWidget(
                label(_("This group is said to be confidential and has no key yet: no meeting can "
                        "be prepared in it. The coordination makes it confidential from here, "
                        "while it reaches the shared folder."), "bad", wrap=True))
        else:
            self._box.addWidget(label(_("Every computer of the collective."), "muted", wrap=True))
        if changing:
            self._box.addWidget(self._choice(found))
        elif found.can_change:
            line = Flow()
            words = _("Change who reads…") if found.kept else _("Make it confidential…")
            line.addWidget(button(words, self.begin, icon_name="lock"))
            line.addStretch(1)
            self._box.addLayout(line)
        elif not found.kept and found.readers:
            self._box.addWidget(
                label(_("The computer that holds the coordination can make it confidential."),
                      "small",
                      wrap=True))

    def _add_readers(self, found: Secrecy) -> None:
        for reader in found.readers:
            if reader.reads:
                self._box.addLayout(_line(reader))
        if found.absent:
            self._box.addWidget(label(ngettext(
                "{count} member has no computer in the collective.",
                "{count} members have no computer in the collective.",
                found.absent).format(count=found.absent), "small", wrap=True))

    def begin(self) -> None:
        """Choose the computers."""
        self._show(changing=True)
        first = next((tick for tick in self.ticks.values() if tick.isEnabled()), None)
        if first is not None:
            first.setFocus()

    def _choice(self, found: Secrecy) -> QFrame:
        panel = QFrame()
        panel.setObjectName("inset")
        box = QVBoxLayout(panel)
        box.addWidget(
            label(_("Choose the computers that read this group"), "subheading", wrap=True))
        for reader in found.readers:
            about = (_("this computer") if reader.is_here else "" if reader.member
                     else _("not of the group"))
            tick = WrappedCheckBox(f"{_name(reader)} ({about})" if about else _name(reader))
            # Who is of the group reads it, unless somebody chose otherwise.
            tick.setChecked(reader.reads or reader.is_here or (reader.member and not found.kept))
            tick.setEnabled(not reader.is_here)
            self.ticks[reader.key] = tick
            box.addWidget(tick)
        bulleted(box, _("What will happen"), CHANGING if found.kept else WILL)
        if not found.kept:
            bulleted(box, _("What will not happen"), WILL_NOT)
        line = Flow()
        line.addWidget(button(_("Change who reads") if found.kept else _("Make it confidential"),
                              self.keep, style="primary",
                              icon_name="lock"))
        line.addWidget(button(_("Cancel"), partial(self._show, changing=False)))
        line.addStretch(1)
        box.addLayout(line)
        return panel

    def keep(self) -> None:
        """Exchange, say who reads, exchange again: the others have the key with their next
        exchange."""
        vault, stopped, group = self.desk.vault, self.desk.jobs.stopping.is_set, self.group.id
        chosen = {key for key, tick in self.ticks.items() if tick.isChecked()}

        def work() -> None:
            store = open_store(vault, None, cancelled=stopped)
            run_round(vault, store, cancelled=stopped)
            set_readers(vault, store, group, chosen)
            run_round(vault, store, cancelled=stopped)

        self._show(changing=False)
        self.desk.messages.say(_("Exchanging with the shared folder…"))
        # By what outlives this panel: another group may be shown by then.
        desk, name = self.desk, self.group.name
        desk.jobs.run(Lane.EXCHANGE, work, lambda _none: _told(desk, name), partial(_failed, desk),
                      owner=desk.messages,
                      again=False)


def _told(desk: Desk, group: str) -> None:
    if desk.vault.is_open:
        desk.messages.say(_("{group}: the chosen computers read it with their next exchange.")
                          .format(group=group))
        desk.jobs.on_vault_changed(frozenset({"directory"}))


def _failed(desk: Desk, error: AppError) -> None:
    if desk.vault.is_open:
        desk.messages.error(error)
        desk.jobs.on_vault_changed(frozenset({"directory"}))


def _name(reader: Reader) -> str:
    return reader.name or _("Computer without a name")


def _line(reader: Reader) -> Flow:
    line = Flow(8)
    line.add(label(_name(reader), wrap=True), 1, readable=160)
    if reader.is_here:
        line.add(Chip(_("this computer"), "accent"))
    elif not reader.member:
        line.add(Chip(_("coordination") if reader.holds_root else _("not of the group"), "neutral"))
    return line
