"""A person of the directory, found by letters of any name; added on the spot where the directory
does not know them."""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.icons import icon
from desktop.ui.widgets.theme import tokens

MOST = 40
SHOWN_LETTERS = 30


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be added; `known` says whether the directory has the organisation."""

    given: str
    family: str
    organisation: str = ""
    known: bool = True

    @property
    def words(self) -> str:
        """"+ Prénom NOM, Structure"."""
        name = f"+ {self.given} {self.family.upper()}".replace("  ", " ")
        if not self.organisation:
            return name
        return f"{name}, {self.organisation}" if self.known else _(
            "{name}, {organisation} (new organisation)").format(
                name=name, organisation=self.organisation)


@dataclass(frozen=True)
class People:
    """Where a people field looks, and how it adds somebody: ids with "NOM Prénom, Structure", the
    organisations' names."""

    known: Callable[[], Sequence[tuple[Any, str]]]
    organisations: Callable[[], Sequence[str]]
    add: Callable[[Newcomer], str]


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s'\-,.()]+", fold(text)) if part]


def matching(text: str, people: Sequence[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """Those of whom each word typed begins a name or the organisation; those whose name begins so
    come first."""
    parts = _parts(text)
    found: list[tuple[bool, int, tuple[Any, str]]] = []
    for person_id, words in people:
        tokens = _parts(words)
        if all(any(token.startswith(part) for token in tokens) for part in parts):
            found.append((bool(parts) and not tokens[0].startswith(parts[0]), len(found),
                          (person_id, words)))
    return [person for _far, _number, person in sorted(found, key=lambda one: one[:2])]


def named(text: str, people: Sequence[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """Those whose whole words, or whose whole name in any order, were typed."""
    wanted = sorted(_parts(text))
    return [(person_id, words) for person_id, words in people
            if wanted in (sorted(_parts(words)), sorted(_parts(words.partition(",")[0])))]


def newcomers(text: str, organisations: Sequence[str]) -> list[Newcomer]:
    """Whom the text may add: capitals tell the family name; without them it may be the last word,
    or the first."""
    name, comma, where = (part.strip() for part in text.partition(","))
    words = name.split()
    if sum(letter.isalpha() for letter in name) < 2:
        return []
    upper = [word for word in words if len(word) > 1 and word.isupper()]
    if upper or len(words) == 1:
        family = upper or words
        names = [([word for word in words if word not in family], family)]
    else:
        names = [(words[:-1], words[-1:]), (words[1:], words[:1])]
    known = [(o, True) for o in organisations if where and fold(o).startswith(fold(where))][:3]
    places = (known if any(fold(o) == fold(where) for o, _known in known)
              else [*known, (where, not where)])
    return [Newcomer(_cased(given), _cased(family), place, is_known)
            for given, family in names for place, is_known in (places if comma else [("", True)])]


def _cased(words: Sequence[str]) -> str:
    text = " ".join(words)
    return text.title() if text == text.lower() else text


class PeopleField(QWidget):
    """One person or nobody. Enter takes the only one that the letters may mean; between two it
    waits for a choice."""

    changed = Signal()

    def __init__(self, name: str, people: People) -> None:
        super().__init__()
        self._people = people
        self._known = list(people.known())
        self._id: Any = None
        self._added: Any = None
        self._rows: list[tuple[Any, str] | Newcomer] = []
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(_("Letters of a name"))
        self.line.addAction(icon("users", tokens().muted, size=16),
                            QLineEdit.ActionPosition.TrailingPosition
                            ).triggered.connect(self.open_everyone)
        self.line.installEventFilter(self)
        self.told = label("", "bad", wrap=True)
        self.told.hide()
        self.setFocusProxy(self.line)
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(9)
        self._completer.setWidget(self.line)
        self._popup = QListView()
        self._popup.setObjectName("completions")
        self._popup.setAccessibleName(name)
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(
            lambda: self._take(self._rows[self._popup.currentIndex().row()]))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.line)
        box.addWidget(self.told)
        self.line.textEdited.connect(self._on_typed)
        self.line.textChanged.connect(self._on_changed)
        self.line.returnPressed.connect(self._on_enter)
        self.line.editingFinished.connect(self._on_left)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.line.text().strip()

    def value(self) -> Any:
        """Return the id of the person; what was typed where nobody is chosen yet, so that a draft
        keeps it; None for nobody."""
        return self._id if self._id is not None else self.text or None

    def set_value(self, value: object) -> None:
        """Show a person by the id, or again what `value` gave."""
        text = str(value or "")
        for person_id, words in self._known:
            if str(person_id) == text:
                self._show(person_id, words)
                return
        # Whoever left the directory is not lost to the record for that.
        self._show(text,
                   _("somebody who left the directory")) if _is_id(text) else self._show(None, text)

    def validation_error(self) -> str:
        """Why this cannot be saved; "" where it can."""
        if self._id is not None:
            gone = (self._id == self._added
                    and all(str(p) != str(self._id) for p, _words in self._people.known()))
            return (_("“{typed}” is no longer in the directory.").format(typed=self._short())
                    if gone
                    else "")
        if not self.text:
            return ""
        found = matching(self.text, self._known)
        if found:
            return (_("“{typed}” is not chosen yet: take a line of the list (Down, Enter).")
                    .format(typed=self._short()))
        return (_("“{typed}” is nobody of the directory: add them by the line “+” of the list.")
                .format(typed=self._short()))

    def _short(self) -> str:
        return self.text if len(self.text) <= SHOWN_LETTERS else self.text[:SHOWN_LETTERS] + "…"

    def _show(self, person_id: Any, words: str) -> None:
        self.line.setText(words)
        self.line.setCursorPosition(0)
        self._id = person_id
        self._tell("")

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        self.line.setAccessibleDescription(text)

    def _on_changed(self) -> None:
        self._id = None
        self._tell("")
        self.changed.emit()

    def _on_typed(self) -> None:
        if self.text:
            self._open(matching(self.text, self._known),
                       newcomers(self.text, self._people.organisations()))
        else:
            self._popup.hide()

    def open_everyone(self) -> None:
        """Open the list for the mouse and the Down key: what the letters may mean, everybody where
        there are none."""
        self.line.setFocus()
        self._known = list(self._people.known())
        self._open(matching("" if self._id is not None else self.text, self._known), [])

    def _open(self, found: Sequence[tuple[Any, str]], new: Sequence[Newcomer]) -> None:
        self._rows = [*found[:MOST], *new] if new else list(found)
        self._model.setStringList(
            [row.words if isinstance(row, Newcomer) else row[1] for row in self._rows])
        if self._rows:
            # As wide as the longest line: what tells homonyms apart stands at the end.
            width = max(self.line.width(), self._popup.sizeHintForColumn(0) + 24)
            self._completer.complete(QRect(0, 0, width, self.line.height()))
            self._popup.setCurrentIndex(QModelIndex())
        else:
            self._popup.hide()

    def _take(self, row: tuple[Any, str] | Newcomer) -> None:
        self._popup.hide()
        if isinstance(row, Newcomer):
            made = self._added = self._people.add(row)
            self._known = list(self._people.known())
            row = next((person for person in self._known if str(person[0]) == made),
                       (made, row.words))
        self._show(*row)
        self.changed.emit()

    def _on_enter(self) -> None:
        # The list takes the Enter on one of its lines itself.
        if (self._id is not None or not self.text
            or (self._popup.isVisible() and self._popup.currentIndex().isValid())):
            return
        found = matching(self.text, self._known)
        exact = named(self.text, self._known)
        if len(exact) == 1 or len(found) == 1:
            self._take(exact[0] if len(exact) == 1 else found[0])
        else:
            self._tell(self.validation_error())
            # The list closes at each Enter, once this is over.
            QTimer.singleShot(0, self, self._on_typed)

    def _on_left(self) -> None:
        if self._id is None and self.text and not self._popup.isVisible():
            exact = named(self.text, self._known)
            if len(exact) == 1:
                self._take(exact[0])
            else:
                self._tell(self.validation_error())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (watched is self.line and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
                and event.key() == Qt.Key.Key_Down and not self._popup.isVisible()):
            self._on_typed() if self.text and self._id is None else self.open_everyone()
            return True
        return False


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
