"""The account of an observation: free text, looked through for identities while one types
(`ui/identities/check`)."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.base.i18n import _, ngettext
from desktop.models.rules.observations import ACCOUNT_LIMIT
from desktop.privacy.detect import Span
from desktop.ui.identities.check import check_of
from desktop.ui.identities.review import ReviewStrip
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.widgets.basics import label, restyled
from desktop.ui.widgets.theme import scaled
from desktop.vault.vault import Vault


class AccountField(QWidget):
    """The text with its title, its count, and what is underlined in it. `found` tells that other
    spans are known."""

    changed = Signal()
    found = Signal()

    def __init__(self, vault: Vault, jobs: Jobs) -> None:
        super().__init__()
        self._confirmed = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(_("What happened?"), "subheading"))
        head.addStretch(1)
        self.warning = label("", "warn")
        head.addWidget(self.warning)
        box.addLayout(head)
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName(_("Account"))
        self.edit.setPlaceholderText(
            _("What happened, by roles: “a mother”, “the landlord”, “a colleague”."))
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(scaled(118))
        box.addWidget(self.edit)
        self.strip = ReviewStrip(self)
        foot = QHBoxLayout()
        foot.addWidget(label(_("Neither name, address nor exact date."), "small", wrap=True), 1)
        self.count = label("", "small")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.count)
        box.addLayout(foot)
        self.check = check_of(vault, jobs, self.strip, self)
        self.check.watch(self.edit, by_line=False)
        self.check.found.connect(self._on_found)
        self.edit.textChanged.connect(self._on_changed)
        self._on_changed()

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.toPlainText()

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is underlined."""
        return self.check.spans_of(self.edit)

    def set_text(self, text: str, at: int | None = None) -> None:
        """Show a text, the cursor at this letter; at its end for None."""
        self.edit.setPlainText(text)
        cursor = self.edit.textCursor()
        cursor.setPosition(len(self.edit.toPlainText()) if at is None else min(at, len(text)))
        self.edit.setTextCursor(cursor)

    def _on_changed(self) -> None:
        length = len(self.text())
        self._show_count(length)
        self.changed.emit()

    def _show_count(self, length: int) -> None:
        """Say how long the text is. The label keeps its size: else the whole form would be laid out
        again at each key, three quarters of what a key costs."""
        restyled(self.count, "bad" if length > ACCOUNT_LIMIT else "small")
        words = _("{count} / {limit} characters")
        self.count.ensurePolished()
        widest = words.format(count=max(length, 10 * ACCOUNT_LIMIT - 1), limit=ACCOUNT_LIMIT)
        metrics = self.count.fontMetrics()
        room = QSize(metrics.horizontalAdvance(widest) + 4, metrics.height() + 2)
        if self.count.minimumSize() != room:
            self.count.setFixedSize(room)
        self.count.setText(words.format(count=length, limit=ACCOUNT_LIMIT))

    def _on_found(self) -> None:
        count = len(self.spans)
        self.warning.setText(
            ngettext("{count} word to generalise, F8", "{count} words to generalise, F8", count)
                             .format(count=count) if count else "")
        self.found.emit()

    def settled(self) -> bool:
        """Whether the text may be kept: nothing is underlined, or its writer saw it and keeps it
        so.

        The first time something is underlined it is led to; asked for again, the same text is kept.
        """
        text = self.text()
        self.check.look_now()
        if not self.spans or text == self._confirmed:
            return True
        self._confirmed = text
        self.edit.moveCursor(QTextCursor.MoveOperation.Start)
        self.check.go_on()
        return False
