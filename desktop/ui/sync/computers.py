"""The computers of the collective: what each has read; one is taken out, or takes the coordination
over."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _, ngettext
from desktop.models.choices import label as choice_label
from desktop.sync.rounds.engine import run_round
from desktop.sync.trust.links import own_key
from desktop.tasks.kit import hand_over
from desktop.tasks.late import settle_late
from desktop.tasks.removal import Computer, computers, remove_device
from desktop.tasks.shared_folder import open_store
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Chip, bulleted, button, empty_layout, label, rule
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.tab_order import lead_to

REMOVING = (
    N_("It will read nothing that the others write from now on: all keys change for those who "
       "remain."),
    N_("What it sent and somebody had read stays. What it sends afterwards is held back, and "
       "nobody sees it."),
)
NOT_REMOVING = (
    N_("What it holds already stays readable on it: nothing is erased from afar."),
    N_("It still sees the shared folder, sealed, until you change its password."),
)
HANDING = (
    N_("From then on that computer alone lets others in and takes them out; this one cannot any "
       "more."),
    N_("The kit of three sheets stays good."),
)
NOT_HANDING = (N_("Nothing else changes for you: you keep your roles and all that you read."),)


class ComputersCard(Card):
    """Everybody sees who takes part; who holds the root key sees the gestures."""

    def __init__(self, desk: Desk, told: Callable[[list[str]], None]) -> None:
        super().__init__(_("Computers of the collective"))
        self.desk, self._told = desk, told
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self.box.addLayout(self._lines)
        self._open: tuple[str, str] | None = None
        self._shown: tuple[list[Computer], tuple[str, str] | None] | None = None
        self._asking: dict[tuple[str, str], QPushButton] = {}
        self._keep: QPushButton | None = None

    @keeps_hand
    def refresh(self) -> None:
        """Show them as they are known now."""
        vault = self.desk.vault
        found = vault.ask(computers, own_key(vault), vault.identity.writer)
        if (found, self._open) == self._shown:
            # An exchange goes on beside: whoever is about to press a button keeps it under the
            # hand.
            return
        self._shown = (found, self._open)
        self._asking, self._keep = {}, None
        empty_layout(self._lines)
        self.setVisible(bool(found))
        mine = next((computer for computer in found if computer.is_here), None)
        for computer in found:
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addLayout(self._line(computer, mine is not None and mine.holds_root))
            both.addWidget(label(_about(computer), "small", wrap=True))
            self._lines.addLayout(both)
            if self._open is not None and self._open[0] == computer.key:
                self._lines.addWidget(self._panel(computer, self._open[1]))

    def _line(self, computer: Computer, may: bool) -> Flow:
        line = Flow(8)
        line.add(label(computer.name or _("Computer without a name"), wrap=True), 1, readable=200)
        if computer.is_here:
            line.add(Chip(_("this computer"), "accent"))
        if computer.holds_root:
            line.add(Chip(_("holds the root key"), "ok"))
        if computer.gone:
            line.add(Chip(_("taken out"), "neutral"))
        if may and computer.late:
            line.add(button(_("Take"), partial(self.settle_late, computer, True), style="quiet",
                            tip=_("Take what the computer of {name} had written")
                            .format(name=computer.name)))
            line.add(
                button(_("Leave out"), partial(self.settle_late, computer, False), style="quiet",
                       tip=_("Leave out what the computer of {name} had written")
                       .format(name=computer.name)))
        if may and not computer.gone and not computer.is_here:
            handing = button(_("Hand over…"), partial(self._ask, computer.key, "hand"),
                             style="quiet",
                             tip=_("Let {name} hold the root key").format(name=computer.name))
            removing = button(_("Take out…"), partial(self._ask, computer.key, "remove"),
                              style="quiet",
                              icon_name="user-minus",
                              tip=_("Take {name} out of the collective").format(name=computer.name))
            self._asking |= {(computer.key, "hand"): handing, (computer.key, "remove"): removing}
            line.add(handing)
            line.add(removing)
        return line

    def _ask(self, key: str, what: str) -> None:
        self._open = (key, what)
        self.refresh()
        if self._keep is not None:
            lead_to(self._keep, self._keep.parentWidget())

    def _leave(self) -> None:
        asked, self._open = self._open, None
        self.refresh()
        if asked is not None and asked in self._asking:
            lead_to(self._asking[asked])

    def _panel(self, computer: Computer, what: str) -> QFrame:
        panel = QFrame()
        panel.setObjectName("inset")
        box = QVBoxLayout(panel)
        removing = what == "remove"
        box.addWidget(label((_("Take the computer of {name} out?") if removing else
                             _("Hand the coordination over to {name}?")).format(name=computer.name),
                            "subheading", wrap=True))
        bulleted(box, _("What will happen"), REMOVING if removing else HANDING)
        bulleted(box, _("What will not happen"), NOT_REMOVING if removing else NOT_HANDING)
        line = Flow()
        gesture = partial(self.remove if removing else self.hand_over, computer)
        line.addWidget(button(_("Take this computer out") if removing else _("Hand over"), gesture,
                              style="danger" if removing else "primary"))
        # What changes nothing has the focus: an Enter too many must not take anybody out.
        self._keep = button(_("Cancel"), self._leave)
        line.addWidget(self._keep)
        line.addStretch(1)
        box.addLayout(line)
        return panel

    def remove(self, computer: Computer) -> None:
        """Exchange, take the computer out, exchange again."""
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set

        def work() -> None:
            store = open_store(vault, None, cancelled=stopped)
            # What it sent until now is read first, so that none of it stays outside.
            run_round(vault, store, cancelled=stopped)
            remove_device(vault, store, computer.key)
            run_round(vault, store, cancelled=stopped)

        self._begin()
        self.desk.jobs.run(Lane.EXCHANGE, work, lambda _none: self._on_removed(computer),
                           self._on_failed, owner=self,
                           again=False)

    def _on_removed(self, computer: Computer) -> None:
        if not self.desk.vault.is_open:
            return
        self.desk.messages.say(_("{name} is taken out.").format(name=computer.name))
        self._told([_("Change the password of the shared folder."),
                    _("Give the new one to those who remain; each types it in Synchronisation."),
                    _("If the computer can be found again, erase its notebook."),
                    _("If it was stolen with its passphrase, tell the people whom the notes "
                      "name.")])
        self.desk.jobs.on_vault_changed(frozenset({"sync"}))

    def settle_late(self, computer: Computer, take: bool) -> None:
        """Take what a computer had written when it was taken out, or leave it out, and exchange."""
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set

        def work() -> None:
            store = open_store(vault, None, cancelled=stopped)
            settle_late(vault, store, computer.key, take=take)
            run_round(vault, store, cancelled=stopped)

        self._begin()
        self.desk.jobs.run(Lane.EXCHANGE, work, lambda _none: self._on_late_settled(computer, take),
                           self._on_failed,
                           owner=self, again=False)

    def _on_late_settled(self, computer: Computer, take: bool) -> None:
        if self.desk.vault.is_open:
            self.desk.messages.say((_("What {name} had written is taken by everybody.") if take else
                                    _("What {name} had written stays outside."))
                                   .format(name=computer.name))
            self.desk.jobs.on_vault_changed(frozenset({"sync"}))

    def hand_over(self, computer: Computer) -> None:
        """Give the root key to another computer."""
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set
        self._begin()
        self.desk.jobs.run(Lane.EXCHANGE,
                           lambda: hand_over(vault, open_store(vault, None, cancelled=stopped),
                                             computer.key),
                           lambda _roster: self._on_handed(computer), self._on_failed, owner=self,
                           again=False)

    def _on_handed(self, computer: Computer) -> None:
        if self.desk.vault.is_open:
            self.desk.messages.say(_("{name} coordinates from its next exchange on.")
                                   .format(name=computer.name))
            self.desk.jobs.on_vault_changed(frozenset({"sync"}))

    def _begin(self) -> None:
        self._open = None
        self.refresh()
        self.desk.messages.say(_("Exchanging with the shared folder…"))

    def _on_failed(self, error: AppError) -> None:
        if self.desk.vault.is_open:
            self.desk.messages.error(error)
            self.refresh()


def _about(computer: Computer) -> str:
    roles = ", ".join(choice_label("role", role) for role in computer.roles)
    if computer.late:
        return ngettext("{count} package came after it was taken out: it waits for the "
                        "coordination.",
                        "{count} packages came after it was taken out: they wait for the "
                        "coordination.",
                        computer.late).format(count=computer.late)
    return roles if computer.gone or computer.is_here else f"{roles} · {_read_words(computer)}"


def _read_words(computer: Computer) -> str:
    if not computer.written or not computer.read:
        return _("has said nothing of what it read yet")
    if not computer.left:
        return _("has read all that this computer sent")
    return ngettext("has {count} of our packages to read", "has {count} of our packages to read",
                    computer.left).format(count=computer.left)


class ToDoCard(Card):
    """What is left for people to do after a computer was taken out; it stays until it is put
    away."""

    def __init__(self) -> None:
        super().__init__(_("Now, by hand"))
        self._lines = QVBoxLayout()
        self.box.addLayout(self._lines)
        self.box.addWidget(rule())
        self._done = button(_("It is done"), self.hide)
        line = Flow()
        line.addWidget(self._done)
        line.addStretch(1)
        self.box.addLayout(line)
        self.hide()

    def show_steps(self, steps: list[str]) -> None:
        """Show what is to be done, in order."""
        empty_layout(self._lines)
        for number, step in enumerate(steps, 1):
            self._lines.addWidget(label(f"{number}.\u2002{step}", wrap=True))
        self.show()
        lead_to(self._done, self)
