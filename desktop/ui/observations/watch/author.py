"""What the author of an observation will see: state, month, action, a word of the watch group, one
question of its list."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.base.dates.french import month_label
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.models.rules.observations import SENTENCE_LIMIT
from desktop.queries.feedback import AuthorFeedback
from desktop.ui.observations.watch.states import GLYPHS, tone
from desktop.ui.records import options
from desktop.ui.widgets.basics import button, empty_layout, label, restyled
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.glyphs import GlyphLabel
from desktop.ui.widgets.theme import scaled


class AuthorPane(QWidget):
    """The preview with its two fields; what is typed and not told stays with its observation."""

    def __init__(self, find: Callable[[str], Sequence[Any]], tell: Callable[[], None]) -> None:
        super().__init__()
        self._find = find
        self._told: AuthorFeedback | None = None
        self._unsent: dict[uuid.UUID, tuple[str, str]] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(label(_("What the author will see"), "subheading", wrap=True))
        box.addWidget(label(_("You will not know who read it."), "small", wrap=True))
        self._seen = QVBoxLayout()
        self._seen.setSpacing(2)
        box.addLayout(self._seen)
        self.sentence = QPlainTextEdit()
        self.sentence.setAccessibleName(_("Word to the author"))
        self.sentence.setPlaceholderText(_("One sentence, without a name"))
        self.sentence.setTabChangesFocus(True)
        self.sentence.setFixedHeight(scaled(66))
        box.addWidget(self.sentence)
        line = QHBoxLayout()
        self._checked = label("", "small", wrap=True)
        line.addWidget(self._checked, 1)
        self._count = label("", "small")
        line.addWidget(self._count)
        box.addLayout(line)
        self.question = ChoiceField(_("Question to the author"), options.fixed("feedback_question"),
                               nothing=_("No question"))
        box.addWidget(self.question)
        self._answer = label("", wrap=True)
        box.addWidget(self._answer)
        self.tell_button = button(_("Tell the author"), tell)
        box.addWidget(self.tell_button)
        self.sentence.textChanged.connect(self._on_changed)
        self.question.currentIndexChanged.connect(lambda: self._on_changed())

    def show_told(self, told: AuthorFeedback) -> None:
        """Show what the author of an observation is told now."""
        before = self._told
        if before is not None and before.id != told.id and self._differs(before):
            self._unsent[before.id] = self.values()
        unchanged = before is None or before.id != told.id or not self._differs(before)
        self._told = told
        if unchanged:
            sentence, question = self._unsent.pop(told.id, (told.sentence, told.question))
            self.sentence.setPlainText(sentence)
            self.question.set_value(question or None)
        empty_layout(self._seen)
        when = ", ".join(part for part in (choice_label("observation_shown", told.state),
                                           month_label(told.month)) if part)
        self._seen.addWidget(GlyphLabel(GLYPHS.get(told.state, ""), when, tone(told.state)))
        if told.action_title:
            self._seen.addWidget(label(told.action_title, wrap=True))
        self._answer.setText(_("Answered: {answer}")
                             .format(answer=choice_label("feedback_answer", told.answer))
                             if told.answer else "")
        self._answer.setVisible(bool(told.answer))
        self._on_changed()

    def _differs(self, told: AuthorFeedback) -> bool:
        return self.values() != (told.sentence, told.question)

    def values(self) -> tuple[str, str]:
        """Return the word and the question as they stand in the fields."""
        return self.sentence.toPlainText().strip(), self.question.value() or ""

    def _on_changed(self) -> None:
        text = self.sentence.toPlainText()
        named = bool(self._find(text))
        self._count.setText(f"{len(text)} / {SENTENCE_LIMIT}")
        restyled(self._count, "bad" if len(text) > SENTENCE_LIMIT else "small")
        self._checked.setText("" if not text.strip() else _("somebody may be recognised") if named
                              else _("no name"))
        restyled(self._checked, "bad" if named else "small")
        told = self._told
        self.tell_button.setVisible(told is not None and bool(told.month) and self._differs(told))
