"""Each widget of the house by itself, in the themes: drawn, nothing clipped, its words in the ink
of the theme."""

from pathlib import Path

import pytest
from gallery.specimens import SPECIMENS, page, picture
from PySide6.QtGui import QFont, QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import application
from desktop.base.home.settings import Settings
from desktop.ui.widgets import basics, chart, qr
from desktop.ui.widgets.fields import choices, dates, form, people
from desktop.ui.widgets.layout import tab
from desktop.ui.widgets.lists import table
from desktop.ui.widgets.theme import tokens
from tests.screens.pixels import colours

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def _grabbed(qtbot: QtBot, inside: QWidget | None) -> tuple[QWidget, QImage]:
    shown = page(inside)
    qtbot.addWidget(shown)
    return shown, shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("name", list(SPECIMENS))
def test_each_widget_is_drawn(qtbot: QtBot, tmp_path: Path, name: str, theme: str) -> None:
    application(Settings(theme=theme))
    shown, image = _grabbed(qtbot, SPECIMENS[name]())
    _blank, nothing = _grabbed(qtbot, None)
    own = colours(image) - colours(nothing)
    ink = {"toast": tokens().page, "chips": tokens().ok,
           "tabs": tokens().accent}.get(name, tokens().text)
    assert len(own) >= 8 and ink in colours(image), f"{name} is blank"
    for words in shown.findChildren(QLabel):
        if words.isVisible() and words.text():
            assert words.wordWrap() or words.sizeHint().width() <= words.width() + 1, words.text()
            needed = (words.heightForWidth(words.width()) if words.wordWrap()
                      else words.sizeHint().height())
            assert needed <= words.height() + 1, words.text()
    for pressed in shown.findChildren(QAbstractButton):
        if pressed.isVisible() and pressed.text():
            assert pressed.sizeHint().width() <= pressed.width() + 1, pressed.text()
    file = picture(tmp_path, name, theme)
    assert image.save(str(file)) and QImage(str(file)) == image


def test_the_themes_differ(qtbot: QtBot) -> None:
    for name, make in SPECIMENS.items():
        grounds = []
        for theme in ("light", "dark"):
            application(Settings(theme=theme))
            _shown, image = _grabbed(qtbot, make())
            grounds.append(image.pixelColor(40, 26).name())
        assert grounds[0] != grounds[1], name


def test_no_widget_of_the_house_is_left_out(qtbot: QtBot) -> None:
    """What lies in ui/widgets and is drawn stands in a specimen; mixed in or inner ones with those
    that use them."""
    application(Settings(theme="light"))
    met = {type(w).__name__ for make in SPECIMENS.values()
           for w in _and_inside(_grabbed(qtbot, make())[0])}
    modules = (basics, chart, choices, dates, form, people, qr, tab, table)
    made = {kind.__name__ for module in modules for kind in vars(module).values()
            if isinstance(kind, type) and issubclass(kind, QWidget)
            and kind.__module__ == module.__name__}
    # Shown in every screen's picture, or open over a field only while one chooses.
    assert made - met == {"SearchBox", "Elided", "Picking", "_Month"}


def _and_inside(shown: QWidget) -> list[QWidget]:
    return [shown, *shown.findChildren(QWidget)]


class Measured(QFontMetrics):
    """Counts the letters that it is asked to measure."""

    letters = 0

    def horizontalAdvance(self, text: str, length: int = -1) -> int:
        self.letters += len(text)
        return super().horizontalAdvance(text, length)


LINES = [
    ("", [""], False), ("un mot", ["un mot"], False),
    ("deux lignes de mots ici", ["deux lignes", "de mots ici"], False),
    ("plus de mots qu'il n'en tient sur deux", ["plus de mots", "qu'il n'en"], True),
    ("un " + "x" * 90, ["un", "xxxxx"], True), ("x" * 90 + " un", ["xxxxx"], True),
    ("a Trois-Rivières-sur-Sambre", ["a Trois-", "Rivières-sur"], True)]


@pytest.mark.parametrize(("text", "beginnings", "is_cut"), LINES)
def test_a_text_is_broken_into_lines_that_its_room_holds(
        qtbot: QtBot, text: str, beginnings: list[str], is_cut: bool) -> None:
    metrics = QFontMetrics(QFont())
    width = metrics.horizontalAdvance("qu'il n'en tient")
    lines = basics.elided_lines(text, metrics, width, 2)
    assert all(metrics.horizontalAdvance(line) <= width for line in lines), lines
    assert len(lines) == len(beginnings) and all(map(str.startswith, lines, beginnings)), lines
    assert lines[-1].endswith("…") is is_cut, lines


def test_a_text_of_thousands_of_words_costs_what_is_seen_of_it(qtbot: QtBot) -> None:
    metrics = Measured(QFont())
    text = "mot " * 5_000
    assert len(basics.elided_lines(text, metrics, 300, 2)) == 2
    assert metrics.letters < len(text) / 4
