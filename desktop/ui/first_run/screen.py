"""First run, five screens at most and no network: what to begin with, who, a passphrase, the
recovery sheet, done."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _
from desktop.commands.journal import append
from desktop.models.states import JournalWhat
from desktop.sync.stores.storage import StoreError, StoreProblem
from desktop.ui.first_run.invitation import InvitationFields
from desktop.ui.first_run.rescue import RescueFields
from desktop.ui.first_run.territory import TerritoryFields
from desktop.ui.first_run.wish import Founder, Wish
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.ui.sync.server_access import Access
from desktop.ui.unlocking.first_page import FirstPage, Keys
from desktop.ui.unlocking.passphrase import PassphraseFields
from desktop.ui.unlocking.recovery import RecoveryFields
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.clipboard import keep_secret
from desktop.ui.widgets.layout.wrapped import ChoiceButton
from desktop.ui.widgets.theme import scaled
from desktop.vault.vault import Vault

LAST = 4
AFTERWARDS = {
    "create": N_("To work with others: in Synchronisation, choose the shared folder, then make an "
                 "invitation."),
    "rescue": N_("In Synchronisation: take the lost computers out, then invite the others again."),
    "join": N_("They stay in Synchronisation until this computer is let in."),
}
"""What comes next, where the notebook is not used alone."""
OF_THE_SERVER = frozenset(
    {StoreProblem.PASSWORD, StoreProblem.FORBIDDEN, StoreProblem.CERTIFICATE, StoreProblem.HOST_KEY,
     StoreProblem.MET})
"""What is put right where one says who one is."""


class FirstRun(FirstPage):
    """Shown while no vault exists; `founded` receives the vault when everything is proved.

    `leave`: the way back to the notebooks that this computer holds already.
    """

    def __init__(self, jobs: Jobs, found: Founder, founded: Callable[[Vault], None],
                 leave: Callable[[], None] | None = None, offers_sample: bool = True) -> None:
        super().__init__()
        self.jobs, self._found, self._founded, self._leave = jobs, found, founded, leave
        self.vault: Vault | None = None
        self.code = ""
        self.invited_to = ""
        self.step = label("", "overline")
        self.pages = QStackedWidget()
        for page in (self._way_page(offers_sample), self._who_page(), self._passphrase_page(),
                     self._recovery_page(),
                     self._done_page()):
            self.pages.addWidget(page)
        card = Card(margins=32)
        card.setFixedWidth(scaled(640))
        card.setMinimumHeight(min(scaled(480), 600))
        card.box.addWidget(self.step)
        card.box.addWidget(self.pages, 1)
        self.error = label("", "bad", wrap=True)
        card.box.addWidget(self.error)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(_("Preparing"))
        self.progress.hide()
        card.box.addWidget(self.progress)
        line = QHBoxLayout()
        self.back_button = button(_("Back"), self._on_back, icon_name="chevron-left")
        self.next_button = button(_("Continue"), self.go_on, style="primary")
        line.addWidget(self.back_button)
        line.addStretch(1)
        line.addWidget(self.next_button)
        self.enters(self.next_button)
        card.box.addLayout(line)
        self.lay_out(card)
        self._show(0)
        self._focus_step()

    def _page(self, title: str, text: str) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(label(title, "title", wrap=True))
        box.addWidget(label(text, "muted", wrap=True))
        box.addSpacing(4)
        return page, box

    def _way_page(self, offers_sample: bool) -> QWidget:
        page, box = self._page(_("Welcome to Carnet"),
                               _("The notebook of your collective: meetings, actions, "
                                 "observations. It works without a network, and everything is "
                                 "encrypted on this computer."))
        self.ways = QButtonGroup(self)
        for number, (words, about) in enumerate((
            (_("Create a collective"), _("You coordinate: you will invite the others afterwards.")),
            (_("Join a collective"), _("You have received an invitation: a file or a text.")),
            (_("Look around first"),
             _("A fictional collective, rich in examples; nothing to set up.")),
            (_("Bring a collective back"),
             _("Its computers are lost; you have two sheets of its kit.")),
        )):
            choice = ChoiceButton(f"{words}\n{about}")
            choice.setChecked(number == 0)
            choice.setMinimumHeight(scaled(56))
            self.ways.addButton(choice, number)
            self.enters(choice)
            box.addWidget(choice)
            choice.setVisible(number != 2 or offers_sample)
        self.ways.idToggled.connect(lambda _number, on: self._tell_step() if on else None)
        box.addStretch(1)
        return page

    def _who_page(self) -> QWidget:
        page, box = self._page(_("Who are you?"),
                               _("Your name signs what you write for the collective."))
        self.territory = TerritoryFields(self._refuse)
        self.collective = QLineEdit()
        self.collective.setAccessibleName(_("Name of the collective"))
        self.person = QLineEdit()
        self.person.setAccessibleName(_("Your given name and NAME"))
        self.person.setPlaceholderText(_("Given NAME"))
        self.invitation = InvitationFields(self._on_invitation, self._refuse, self.go_on)
        self.create_fields: list[QWidget] = []
        for title, field in ((_("Territory"), self.territory),
                             (_("Name of the collective"), self.collective)):
            small = label(title, "small")
            box.addWidget(small)
            box.addWidget(field)
            self.create_fields += [small, field]
        box.addWidget(self.invitation)
        self.rescue = RescueFields(self.go_on)
        box.addWidget(self.rescue)
        self.rescue.address.textChanged.connect(lambda: self._show_access())
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        self.access = Access(grid, 0, self.go_on, beside=False)
        box.addLayout(grid)
        box.addWidget(label(_("Your given name and NAME"), "small"))
        box.addWidget(self.person)
        box.addStretch(1)
        self.territory.chosen.connect(self._on_territory)
        self._name_from_preset()
        for field in (self.collective, self.person):
            field.returnPressed.connect(self.go_on)
        return page

    def _on_territory(self) -> None:
        self.error.clear()
        self._name_from_preset()

    def _name_from_preset(self) -> None:
        if self.territory.data is not None:
            self.collective.setText(self.territory.data["name"])

    def _passphrase_page(self) -> QWidget:
        page, box = self._page(_("Choose a passphrase"),
                               _("It opens this notebook on this computer. Four or five ordinary "
                                 "words are easy to remember and hard to guess. Nobody can tell it "
                                 "to you if you forget it."))
        self.secret = PassphraseFields(self.go_on,
                                       lambda: (self.collective.text(), self.person.text(),
                                                self.territory.choice.currentText()))
        box.addWidget(self.secret)
        box.addStretch(1)
        return page

    def _recovery_page(self) -> QWidget:
        page, box = self._page(_("Your recovery code"),
                               _("Write it on paper and keep it away from this computer: it is the "
                                 "only other way in. To be sure that it is on paper, type back the "
                                 "two parts asked below."))
        self.recovery = RecoveryFields(self.go_on, self._note_sheet, date.today)
        box.addWidget(self.recovery)
        box.addStretch(1)
        return page

    def _done_page(self) -> QWidget:
        page, box = self._page(_("It is ready"),
                               _("Ctrl+L locks at once and loses nothing. Ctrl+Shift+O records an "
                                 "observation from anywhere. F9 shows the documents of what is "
                                 "open, F1 the keys."))
        self.six_words = label("", "code", wrap=True)
        keep_secret(self.six_words)
        self.six_words.hide()
        box.addWidget(self.six_words)
        self.afterwards = label("", wrap=True)
        self.afterwards.hide()
        box.addWidget(self.afterwards)
        box.addStretch(1)
        return page

    @property
    def way(self) -> str:
        """create, join, sample or rescue."""
        return ("create", "join", "sample", "rescue")[self.ways.checkedId()]

    def _show(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        self.error.clear()
        self._tell_step()
        self.back_button.setVisible(number in (1, 2) or (number == 0 and self._leave is not None))
        self.next_button.setText(_("Open Carnet") if number == LAST else _("Continue"))
        self.next_button.setAccessibleName(self.next_button.text())
        creating = self.way == "create"
        for field in self.create_fields:
            field.setVisible(creating)
        self.invitation.setVisible(self.way == "join")
        self.rescue.setVisible(self.way == "rescue")
        self._show_access()
        self.renew_keys()

    def _show_access(self) -> None:
        """Ask what opens the shared folder that is named: nothing for one of this computer."""
        address = {"join": self.invited_to,
                   "rescue": self.rescue.address.text().strip() or "https:"}.get(self.way, "")
        try:
            scheme = urlsplit(address).scheme
        except ValueError:
            scheme = "https"
        self.access.show_for(scheme if scheme in ("https", "http", "s3", "sftp") else "")

    def _tell_step(self) -> None:
        path = (0, 2, LAST) if self.way == "sample" else range(LAST + 1)
        self.step.setText(_("Step {number} of {count}")
                          .format(number=path.index(self.pages.currentIndex()) + 1,
                                  count=len(path)))

    def keys_here(self) -> Keys:
        first: Keys = ((N_("Enter"), N_("in a field: continue")),)
        if self.pages.currentIndex() == 0:
            first = ((N_("Up, Down"), N_("choose how to begin")), (N_("Enter"), N_("continue")))
        elif self.pages.currentIndex() == LAST:
            first = ((N_("Enter"), N_("open Carnet")),)
        back = (((N_("Escape"), N_("the step before")),) if self.back_button.isVisibleTo(self)
                else ())
        return (*first, *back)

    def step_back(self) -> None:
        if self.back_button.isVisibleTo(self) and self.back_button.isEnabled():
            self._on_back()

    def on_enter(self, button: QObject) -> None:
        if self.next_button.isEnabled():
            self.go_on()

    def _on_back(self) -> None:
        if self.pages.currentIndex() == 0 and self._leave is not None:
            self._leave()
            return
        before = {1: 0, 2: 0 if self.way == "sample" else 1}
        self._show(before[self.pages.currentIndex()])
        self._focus_step()

    def _focus_step(self) -> None:
        """Put the focus where the step that is shown begins."""
        number = self.pages.currentIndex()
        who = (self.invitation.file_button if self.way == "join" and self.invitation.data is None
               else self.person)
        who = self.rescue.first if self.way == "rescue" else who
        begins = (self.ways.checkedButton(), who, self.secret.passphrase, self.recovery.proofs[0],
                  self.next_button)
        found = begins[number]
        if found is not None:
            found.setFocus()

    def _on_invitation(self, store: str) -> None:
        self.error.clear()
        self.invited_to = store
        self._show_access()

    def go_on(self) -> None:
        """Show the next screen, when this one is answered."""
        number = self.pages.currentIndex()
        if number == 0:
            self._show(2 if self.way == "sample" else 1)
            self._focus_step()
        elif number == 1:
            self._leave_who()
        elif number == 2:
            self._leave_passphrase()
        elif number == 3:
            self._leave_recovery()
        elif self.vault is not None:
            self._founded(self.vault)

    def _leave_who(self) -> None:
        # From the top down, as the page reads.
        if self.way == "rescue" and (refusal := self.rescue.refusal()) is not None:
            self._refuse(*refusal)
        elif self.way == "create" and (lacking := self.territory.refusal()) is not None:
            self._refuse(*lacking)
        elif self.way == "create" and not self.collective.text().strip():
            self._refuse(_("The collective needs a name."), self.collective)
        elif self.way == "join" and (lacking := self.invitation.refusal()) is not None:
            self._refuse(*lacking)
        elif not self.person.text().strip():
            self._refuse(_("Say who you are: given name and family name."), self.person)
        else:
            self._show(2)
            self._focus_step()

    def _refuse(self, words: str, field: QWidget) -> None:
        self.error.setText(words)
        field.setFocus()

    def _leave_passphrase(self) -> None:
        refusal = self.secret.refusal()
        if refusal is not None:
            self._refuse(*refusal)
            return
        wish = Wish(self.way, self.territory.preset, self.collective.text().strip(),
                    self.person.text().strip(),
                    self.invitation.data, self.secret.passphrase.text(), self.access.credentials(),
                    (self.rescue.first.text(), self.rescue.second.text()),
                    self.rescue.address.text().strip())
        self._busy(True)
        self.jobs.run(Lane.EXCHANGE, lambda: self._found(wish), self._on_found, self._on_failed,
                      owner=self)

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.next_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)

    def _on_failed(self, error: AppError) -> None:
        self._busy(False)
        if isinstance(error, StoreError) and error.code in OF_THE_SERVER:
            # What was chosen as a passphrase stays in its fields.
            self._show(1)
            self._focus_server()
            self.access.offer(error)
        self.error.setText(str(error))

    def _focus_server(self) -> None:
        field = self.access.password if self.access.user.text() else self.access.user
        field.setFocus()

    def _on_found(self, made: tuple[Vault, str, str]) -> None:
        self._busy(False)
        self.secret.clear()
        self.vault, self.code, words = made
        self.six_words.setText(
            _("Read these words to the coordinator, who lets this computer in: {words}").format(
                words=words))
        self.six_words.setVisible(bool(words))
        afterwards = AFTERWARDS.get(self.way, "")
        self.afterwards.setText(_(afterwards) if afterwards else "")
        self.afterwards.setVisible(bool(afterwards))
        if not self.code or self.way == "sample":
            self._show(LAST)
            self._focus_step()
            return
        self.recovery.show_code(self.code)
        self._show(3)
        self._focus_step()

    def _note_sheet(self, what: JournalWhat) -> None:
        if self.vault is not None:
            self.vault.do(append, what, "recovery sheet")

    def _leave_recovery(self) -> None:
        refusal = self.recovery.refusal()
        if refusal is not None:
            self._refuse(*refusal)
            return
        self._show(LAST)
        self._focus_step()
