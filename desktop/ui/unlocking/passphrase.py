"""Choosing a passphrase: twice, with an honest word on how hard it is to guess."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from desktop.base.i18n import N_, _
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.theme import tokens

SHORTEST = 10
SOON_MS = 120
WORDS = (N_("Too easy to guess: add a word or two."), N_("Fair. One more word makes it good."),
         N_("Good."), N_("Very good."))


class PassphraseFields(QWidget):
    """Two fields and a meter; `entered` is called on Enter. `known` gives the words that anyone
    would try first."""

    def __init__(self, entered: Callable[[], None],
                 known: Callable[[], Sequence[str]] = tuple) -> None:
        super().__init__()
        self._known = known
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.meter = QProgressBar()
        self.meter.setRange(0, 4)
        self.meter.setTextVisible(False)
        self.meter.setFixedHeight(8)
        self.meter.setAccessibleName(_("Strength of the passphrase"))
        self.told = label("", "small", wrap=True)
        for field, title in ((self.passphrase, _("Passphrase")),
                             (self.again, _("The same once more"))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(title)
            field.returnPressed.connect(entered)
            box.addWidget(label(title, "small"))
            box.addWidget(field)
            if field is self.passphrase:
                box.addWidget(self.meter)
                box.addWidget(self.told)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.measure)
        self.passphrase.textChanged.connect(self._soon.start)

    def measure(self) -> None:
        """Say how strong what is typed is: by the length of the bar, by words, and by colour."""
        # Imported here: the unlock screen, which may need these fields, must not wait for the
        # vault's libraries.
        from desktop.vault.keys.strength import strength_of

        self._soon.stop()
        typed = self.passphrase.text()
        level = strength_of(typed, self._known()).level
        self.meter.setValue(level + 1 if typed else 0)
        t = tokens()
        colour = (t.bad, t.warn, t.ok, t.ok)[level]
        self.meter.setStyleSheet(f"QProgressBar::chunk {{ background: {colour}; border-radius: "
                                 f"3px; }}")
        self.told.setText(_(WORDS[level]) if typed else "")
        self.meter.setAccessibleDescription(self.told.text())

    def refusal(self) -> tuple[str, QWidget] | None:
        """Build what is wrong, and the field to mend; None where it may be used."""
        if len(self.passphrase.text()) < SHORTEST:
            return (_("At least {count} characters, please: a few words.").format(count=SHORTEST),
                    self.passphrase)
        if self.passphrase.text() != self.again.text():
            return _("The two are not the same."), self.again
        return None

    def clear(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        self.again.clear()
