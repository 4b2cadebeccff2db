"""The inbox of the watch group: choose on the left, read and compare, and say at the foot what
becomes of it."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _, language, ngettext
from desktop.commands.watch import (
    examine,
    join_situation,
    leave_situation,
    link,
    receive,
    set_aside,
    set_legal_view,
    tell,
)
from desktop.models.states import ObservationState, is_settled
from desktop.privacy.detect import find_identities
from desktop.queries.actions import actions_of
from desktop.queries.observations import words_of
from desktop.queries.watch import WatchRow, inbox_of, is_jurist, watch_sheet
from desktop.ui.observations.watch.author import AuthorPane
from desktop.ui.observations.watch.legal import LegalForm
from desktop.ui.observations.watch.listing import InboxList
from desktop.ui.observations.watch.sheet import SheetPane
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Empty, button, reword, rule
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.keys import CONTROL, NOTHING, held, is_enter
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingSplitter
from desktop.ui.widgets.layout.tab import TabGroup
from desktop.ui.widgets.theme import scaled

RECEIVE, EXAMINE, LINK, ASIDE, JURIST = "R", "E", "L", "X", "J"
WATCH_KEYS = (
    ("", N_("In the inbox of the watch group")), ("R", N_("receive all that was handed in")),
    ("E", N_("mark it examined")),
    ("L", N_("link it to an action")), ("X", N_("set it aside, with a reason")),
    ("J", N_("write the legal view")))
_TABS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (N_("To follow"), lambda state: not is_settled(state)),
    (N_("Linked"), lambda state: state == ObservationState.LINKED),
    (N_("Set aside (several)"), lambda state: state == ObservationState.SET_ASIDE),
    (N_("All (observations)"), lambda _state: True))


class InboxPage(QWidget):
    """The three panes. `waiting` tells how many wait for the group."""

    waiting = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.words = desk.vault.ask(words_of, language())
        self.legal: LegalForm | None = None
        self._unsaved: dict[uuid.UUID, dict[str, Any]] = {}
        self._rows: list[WatchRow] = []
        self._wanted: uuid.UUID | None = None
        split = StackingSplitter()
        split.addWidget(self._left())
        self.sheet = SheetPane(desk, self._join, self._part, self.begin_legal)
        self.author = AuthorPane(find_identities, self.tell)
        self.sheet.side.addWidget(self.author)
        right = Card()
        right.box.setContentsMargins(20, 14, 20, 12)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.sheet)
        self.pages.addWidget(Empty("inbox", _("Nothing here"),
                                   _("Observations come with the exchange, without an author.")))
        right.box.addWidget(self.pages, 1)
        right.box.addWidget(rule())
        right.box.addWidget(self._foot())
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 8)
        right.setMinimumWidth(scaled(420))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)

    # Building

    def _left(self) -> QWidget:
        card = Card(margins=6)
        card.box.setContentsMargins(6, 8, 6, 6)
        card.box.setSpacing(6)
        self.tabs = TabGroup(self, [_(title) for title, _shows in _TABS])
        line = Flow(2)
        for tab in self.tabs.tabs:
            line.addWidget(tab)
        self.tabs.choose(0)
        self.tabs.idClicked.connect(lambda _number: self._show_rows())
        card.box.addLayout(line)
        self.receive_button = button(_("Receive"), self.receive_all, icon_name="inbox", tip=RECEIVE)
        card.box.addWidget(self.receive_button)
        self.list = InboxList(self.words, RECEIVE + EXAMINE + LINK + ASIDE + JURIST)
        self.list.chosen.connect(self._on_chosen)
        card.box.addWidget(self.list, 1)
        card.setMinimumWidth(scaled(318))
        return card

    def _foot(self) -> QWidget:
        self.foot = QStackedWidget()
        gestures = QWidget()
        line = Flow()
        gestures.setLayout(line)
        line.setContentsMargins(0, 4, 0, 0)
        self.examine_button = button(_("Mark as examined"), self.examine, style="primary",
                                     icon_name="check", tip=EXAMINE)
        self.link_button = button(_("Link to an action"), self.begin_link, icon_name="list-checks",
                                  tip=LINK)
        self.aside_button = button(_("Set aside…"), self.begin_aside, style="quiet", tip=ASIDE)
        for part in (self.examine_button, self.link_button, self.aside_button):
            line.addWidget(part)
        self.foot.addWidget(gestures)
        self.action = ChoiceField(_("Linked action"), [])
        self.foot.addWidget(self._asking(self.action, _("Link to it"), self.link))
        self.reason = _Reason(self.set_aside)
        self.reason.setAccessibleName(_("Why it was discarded"))
        self.reason.setPlaceholderText(
            _("Why, in a few words, without a name; this stays with the team"))
        self.foot.addWidget(self._asking(self.reason, _("Set aside"), self.set_aside))
        return self.foot

    def _asking(self, field: QWidget, words: str, then: Callable[[], None]) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(field, 1)
        line.addWidget(button(words, then, style="primary"))
        line.addWidget(button(_("Cancel"), self._end_asking, style="quiet"))
        return whole

    # Showing

    def refresh(self) -> None:
        """Ask the vault again; who is writing goes on."""
        self.words = self.desk.vault.ask(words_of, language())
        self.list.lines.vocabulary = self.words
        self._rows = self.desk.vault.ask(inbox_of)
        self._show_rows()
        self.waiting.emit(sum(not is_settled(row.state) for row in self._rows))

    def _show_rows(self, wanted: uuid.UUID | None = None) -> None:
        shows = _TABS[self.tabs.checkedId()][1]
        handed_in = sum(row.state == ObservationState.HANDED_IN for row in self._rows)
        reword(self.receive_button,
               ngettext("Receive {count} new one", "Receive the {count} new ones", handed_in)
               .format(count=handed_in))
        self.receive_button.setVisible(bool(handed_in))
        self.list.show_rows([row for row in self._rows if shows(row.state)], wanted or self._wanted)
        self._on_chosen(self.list.current_row())

    def _on_chosen(self, row: WatchRow | None) -> None:
        if row is not None and row.id != self._wanted:
            self._end_asking()
            self._end_legal()
        self._wanted = row.id if row is not None else None
        sheet = self.desk.vault.ask(watch_sheet, row.id) if row is not None else None
        self.pages.setCurrentIndex(0 if sheet is not None else 1)
        for part, shown in ((self.examine_button, ObservationState.QUALIFIED),
                            (self.link_button, ObservationState.LINKED),
                            (self.aside_button, ObservationState.SET_ASIDE)):
            part.setVisible(sheet is not None and sheet.row.state != shown)
        if sheet is None:
            return
        self.author.show_told(sheet.told)
        if self.legal is None:
            self.sheet.show_sheet(sheet, self.words, self._is_jurist())

    def _is_jurist(self) -> bool:
        identity = self.desk.vault.identity
        return not identity.roles or self.desk.vault.ask(is_jurist, identity.person_id)

    def open_record(self, record_id: uuid.UUID) -> None:
        """Read one observation, whichever tab it is in."""
        self._rows = self.desk.vault.ask(inbox_of)
        if not any(row.id == record_id for row in self._rows):
            return
        state = next(row.state for row in self._rows if row.id == record_id)
        self.tabs.choose(
            next(number for number, (_title, shows) in enumerate(_TABS) if shows(state)))
        self._show_rows(record_id)

    @property
    def current(self) -> uuid.UUID | None:
        """The observation that is read."""
        return self._wanted

    # Gestures

    def _do(self, gesture: Callable[..., Any], *given: Any, said: str, **more: Any) -> None:
        try:
            self.desk.vault.do(gesture, *given, **more)
        except AppError as error:
            if error.field == "sentence":
                self.author.sentence.setFocus()
            self.desk.messages.error(error)
            return
        if gesture is set_legal_view:
            self.legal = None
        self._end_asking()
        self.refresh()
        self.list.setFocus()
        self.desk.done(said)

    def _word(self) -> dict[str, str]:
        sentence, question = self.author.values()
        return {"sentence": sentence, "question": question}

    def receive_all(self) -> None:
        """Take in all that was handed in."""
        ids = [row.id for row in self._rows if row.state == ObservationState.HANDED_IN]
        if ids:
            self._do(receive, ids,
                     said=ngettext("{count} observation received; its author will see it.",
                                   "{count} observations received; their authors will see it.",
                                   len(ids)).format(count=len(ids)))

    def examine(self) -> None:
        """Mark the one that is read examined."""
        if self._wanted is not None and self.examine_button.isVisible():
            self._do(examine, self._wanted, said=_("Examined; its author will see it."),
                     **self._word())

    def begin_link(self) -> None:
        """Ask to which action."""
        if self._wanted is not None and self.link_button.isVisible():
            self.action.set_options([(row.id, row.title) for row in self.desk.vault.ask(actions_of)
                                     if not row.confidential])
            self.foot.setCurrentIndex(1)
            self.action.setFocus()

    def link(self) -> None:
        """Link the one that is read to the chosen action."""
        if self.action.value() is None:
            self.desk.messages.say(_("Choose an action of the list."))
        elif self._wanted is not None:
            self._do(link, self._wanted, self.action.value(),
                     said=_("Linked; its author will see the title of the action."),
                     **self._word())

    def begin_aside(self) -> None:
        """Ask why it is set aside."""
        if self._wanted is not None and self.aside_button.isVisible():
            self.reason.clear()
            self.foot.setCurrentIndex(2)
            self.reason.setFocus()

    def set_aside(self) -> None:
        """Set the one that is read aside for the reason that is typed."""
        if self._wanted is not None:
            self._do(set_aside, self._wanted, self.reason.text(),
                     said=_("Set aside; its author will see it, not the reason."),
                     **self._word())

    def _end_asking(self) -> None:
        self.foot.setCurrentIndex(0)

    def tell(self) -> None:
        """Say the word and the question that stand in the fields, whatever the state."""
        if self._wanted is not None:
            self._do(tell, self._wanted, *self.author.values(), said=_("The author will see it."))

    def _join(self, other: uuid.UUID) -> None:
        if self._wanted is not None:
            self._do(join_situation, self._wanted, other,
                     said=_("One situation: several reports of the same facts."))

    def _part(self) -> None:
        if self._wanted is not None:
            self._do(leave_situation, self._wanted, said=_("Apart again: another situation."))

    # The legal view

    def begin_legal(self) -> None:
        """Open the fields of the legal view, for a jurist."""
        sheet = self.desk.vault.ask(watch_sheet, self._wanted) if self._wanted is not None else None
        if sheet is None or self.legal is not None:
            return
        if not self._is_jurist():
            self.desk.messages.say(_("The legal view is written by a jurist of the watch group."))
            return
        self.legal = LegalForm(self.desk, sheet, self.words, self.save_legal, self._cancel_legal)
        if sheet.row.id in self._unsaved:
            self.legal.set_values(self._unsaved.pop(sheet.row.id))
        self.sheet.show_form(self.legal)
        self.legal.qualification.setFocus()

    def save_legal(self) -> None:
        """Keep what the jurist wrote."""
        if self.legal is not None:
            self._do(set_legal_view, self.legal.record_id, self.legal.values(),
                     said=_("Legal view kept."))

    def _cancel_legal(self) -> None:
        self.legal = None
        self._on_chosen(self.list.current_row())
        self.list.setFocus()

    def _end_legal(self) -> None:
        """Leave the fields; what was changed in them is there again when they are opened."""
        if self.legal is not None and self.legal.values() != self.legal.untouched:
            self._unsaved[self.legal.record_id] = self.legal.values()
        self.legal = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        gestures = {RECEIVE: self.receive_all, EXAMINE: self.examine, LINK: self.begin_link,
                    ASIDE: self.begin_aside,
                    JURIST: self.begin_legal}
        gesture = gestures.get(event.text().upper())
        if self.legal is not None and is_enter(event) and held(event) & CONTROL:
            self.save_legal()
        elif event.key() == Qt.Key.Key_Escape and self.foot.currentIndex():
            self._end_asking()
            self.list.setFocus()
        elif (gesture is not None and held(event) == NOTHING and self.legal is None
              and not self.foot.currentIndex()):
            gesture()
        else:
            super().keyPressEvent(event)

    # Drafts

    def draft(self) -> dict[str, Any] | None:
        """Return what is typed and not saved: the legal view, the word to the author, the
        reason."""
        sheet = self.desk.vault.ask(watch_sheet, self._wanted) if self._wanted is not None else None
        if sheet is None:
            return None
        legal = (self.legal.values()
                 if self.legal is not None and self.legal.values() != self.legal.untouched
                 else None)
        word = (self.author.values()
                if self.author.values() != (sheet.told.sentence, sheet.told.question) else None)
        reason = self.reason.text().strip() if self.foot.currentIndex() == 2 else ""
        if legal is None and word is None and not reason:
            return None
        return {"record": str(self._wanted), "legal": legal, "word": list(word) if word else None,
                "reason": reason}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Show again what `draft` gave."""
        self.open_record(uuid.UUID(draft["record"]))
        if draft["word"]:
            self.author.sentence.setPlainText(draft["word"][0])
            self.author.question.set_value(draft["word"][1] or None)
        if draft["reason"]:
            self.begin_aside()
            self.reason.setText(draft["reason"])
        if draft["legal"]:
            self.begin_legal()
            if self.legal is not None:
                self.legal.set_values(draft["legal"])


class _Reason(QLineEdit):
    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self.returnPressed.connect(partial(then))
