"""Boxes to tick and large buttons whose words go on below where they do not fit: Qt would cut
them."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QSizePolicy


def broken(words: str, metrics: QFontMetrics, width: int) -> str:
    """`words` on as many lines as `width` takes; a word longer than that has its line alone."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return "\n".join(lines)


class _ButtonWords:
    """The words of one button, and the room they take around them."""

    def __init__(self, owner: QAbstractButton, words: str) -> None:
        self.owner, self.words = owner, words
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        owner.setSizePolicy(policy)
        owner.setAccessibleName(words.replace("\n", ". "))

    def _around(self, hint: QSize) -> QSize:
        metrics, lines = self.owner.fontMetrics(), self.owner.text().split("\n")
        # What is chosen may be written bolder.
        return QSize(hint.width() - max(metrics.horizontalAdvance(line) for line in lines) + 2
                     * metrics.averageCharWidth(),
                     hint.height() - metrics.lineSpacing() * len(lines))

    def fit(self, width: int, hint: QSize) -> None:
        """Break the words for this width."""
        text = broken(self.words, self.owner.fontMetrics(), width - self._around(hint).width())
        if text != self.owner.text():
            self.owner.setText(text)

    def height(self, width: int, hint: QSize) -> int:
        """How high the button is at this width."""
        around, metrics = self._around(hint), self.owner.fontMetrics()
        lines = broken(self.words, metrics, width - around.width()).count("\n") + 1
        return around.height() + lines * metrics.lineSpacing()

    def whole(self, hint: QSize) -> QSize:
        """Return the size with no line broken."""
        around, metrics, lines = self._around(hint), self.owner.fontMetrics(), self.words.split(
            "\n")
        return QSize(around.width() + max(metrics.horizontalAdvance(line) for line in lines),
                     around.height() + metrics.lineSpacing() * len(lines))

    def least(self, hint: QSize) -> QSize:
        """Return the size with a word a line, as wide as the longest of them."""
        around, metrics = self._around(hint), self.owner.fontMetrics()
        return QSize(around.width()
                     + max(metrics.horizontalAdvance(word) for word in self.words.split()),
                     around.height() + metrics.lineSpacing())


class WrappedCheckBox(QCheckBox):
    """A check box of one line or of several."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = _ButtonWords(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.fit(event.size().width(), super().sizeHint())

    def heightForWidth(self, width: int) -> int:
        return self._words.height(width, super().sizeHint())

    def sizeHint(self) -> QSize:
        return self._words.whole(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._words.least(super().sizeHint())


class ChoiceButton(QPushButton):
    """One answer among others, as a large button; the one that is given stays down."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setObjectName("choice")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self._words = _ButtonWords(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.fit(event.size().width(), super().sizeHint())

    def heightForWidth(self, width: int) -> int:
        return self._words.height(width, super().sizeHint())

    def sizeHint(self) -> QSize:
        return self._words.whole(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._words.least(super().sizeHint())
