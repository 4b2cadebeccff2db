"""The question that the watch group asks about one of one's own observations, answered by a choice,
without a text."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.base.i18n import _
from desktop.commands.observations import answer_question
from desktop.models.choices import CHOICES
from desktop.models.choices import label as choice_label
from desktop.queries.feedback import AuthorFeedback
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.layout.flow import Flow


def question_line(desk: Desk, told: AuthorFeedback) -> QVBoxLayout:
    """Build the question of the watch group with its answers; the one that was given stays
    marked."""
    box = QVBoxLayout()
    box.setSpacing(4)
    asked = choice_label("feedback_question", told.question)
    box.addWidget(label(asked, wrap=True))
    line = Flow(6)
    for choice in CHOICES["feedback_answer"]:
        words = choice_label("feedback_answer", choice.code)
        made = button(words, partial(_answer, desk, told, choice.code),
                      icon_name="check" if told.answer == choice.code else "",
                      style="filter" if told.answer == choice.code else "")
        made.setAccessibleName(f"{asked} {words}")
        line.addWidget(made)
    box.addLayout(line)
    return box


def _answer(desk: Desk, told: AuthorFeedback, answer: str) -> None:
    desk.vault.do(answer_question, told.id, told.question, answer)
    desk.done(_("Answer kept; it leaves at the next exchange, without your name."))
