"""The help of three ticks: what a discrimination is made of, and what is missing. It helps to tell,
and concludes nothing."""

from collections.abc import Collection

from PySide6.QtCore import Signal

from desktop.base.i18n import _
from desktop.models.choices import CHOICES
from desktop.models.choices import label as choice_label
from desktop.ui.widgets.basics import Card, label, restyled, rule
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox


class ElementsCard(Card):
    """Three ticks, each with what fills it; the form ticks what the answers say, the person has the
    last word."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("The three elements"))
        self._ticks: dict[str, WrappedCheckBox] = {}
        self._by_hand: set[str] = set()
        self._words = {}
        for choice in CHOICES["element"]:
            tick = WrappedCheckBox(choice_label("element", choice.code))
            tick.clicked.connect(lambda _down, code=choice.code: self._on_clicked(code))
            self._ticks[choice.code] = tick
            self._words[choice.code] = label("", "small", wrap=True)
            self._words[choice.code].setIndent(26)
            self.box.addWidget(tick)
            self.box.addWidget(self._words[choice.code])
        self.box.addWidget(rule())
        self.verdict = label("", wrap=True)
        self.box.addWidget(self.verdict)
        self._say()

    def value(self) -> list[str]:
        """Return the elements that are ticked."""
        return [code for code, tick in self._ticks.items() if tick.isChecked()]

    def set_value(self, codes: Collection[str] | None) -> None:
        """Show what was ticked; None leaves it to the answers."""
        self._by_hand = set() if codes is None else set(self._ticks)
        for code, tick in self._ticks.items():
            tick.setChecked(code in (codes or ()))
        self._say()

    def fill(self, told: dict[str, str]) -> None:
        """Say what the answers give, element by element (empty: nothing), and tick what nobody
        ticked by hand."""
        for code, tick in self._ticks.items():
            words = told.get(code, "")
            self._words[code].setText(words)
            self._words[code].setVisible(bool(words))
            if code not in self._by_hand:
                tick.setChecked(bool(words))
        self._say()

    def _on_clicked(self, code: str) -> None:
        self._by_hand.add(code)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        missing = [choice_label("element", code) for code, tick in self._ticks.items()
                   if not tick.isChecked()]
        self.verdict.setText(
            _("All three are there. A jurist will look: this is no conclusion.") if not missing else
            _("Missing: {what}. A jurist will look: this is no conclusion.").format(
                what=", ".join(words[:1].lower() + words[1:] for words in missing)))
        restyled(self.verdict, "muted" if missing else "")
