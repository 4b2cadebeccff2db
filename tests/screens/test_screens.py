"""Every screen, full and empty, in both themes: it draws, it says something, everything that takes
the focus has a name."""

import itertools

import pytest
from gallery.walk import after_the_code, before_it_opens, first_steps
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.records import delete_record
from desktop.ui.widgets.theme import tokens
from desktop.ui.window.rail import PLACES
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.length import and_at_length
from tests.screens.clipping import clipped
from tests.screens.pixels import colours
from tests.ui.collective import fill
from tests.window import settle, shown

NAMES = [place.name for place in PLACES]


def _unnamed(page: QWidget) -> list[str]:
    return [f"{type(w).__name__} {w.objectName()}" for w in page.findChildren(QWidget)
            if w.isVisibleTo(page) and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isEnabled()
            and not w.accessibleName() and not (isinstance(w, QAbstractButton) and w.text())]


class _Windows(QObject):
    """Notes every window that is shown, were it for an instant."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_screen_opens_a_window_of_its_own(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    app = QApplication.instance()
    assert app is not None
    watch = _Windows()
    with shown(home, vault) as window:
        app.installEventFilter(watch)
        for name in NAMES:
            window.go(name)
            settle()
            assert window.current is not None
            window.current.new()
            settle()
        app.removeEventFilter(watch)
    assert watch.seen == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("content", ["full", "empty"])
def test_every_screen(qtbot: QtBot, vault: Vault, home: Home, theme: str, content: str) -> None:
    if content == "full":
        vault.do(delete_record, fill(vault).people[-1])
    else:
        vault.do(found_records, "valenciennes-metropole", "Collectif d’essai")
    with shown(home, vault, theme) as window:
        for name in NAMES:
            window.go(name)
            settle()
            page = window.current
            assert page is not None and page.name == name
            picture = window.grab().toImage()
            assert len(
                colours(picture, slice(230, 1340, 37), slice(20, 720, 31))) >= 2, f"{name} is blank"
            assert _unnamed(window) == [], name
            assert clipped(page) == [], name


def _drawn(window: QWidget, name: str) -> QImage:
    """The picture of a window in which something is to be seen, everything has a name, and nothing
    is cut off."""
    picture = window.grab().toImage()
    t = tokens()
    found = colours(picture, slice(200, 1160, 7), slice(10, 760, 5))
    assert {t.page, t.surface, t.text if t.high else t.accent} <= found, f"{name} is blank"
    assert _unnamed(window) == [], name
    assert clipped(window) == [], name
    return picture


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_locked_screen(qtbot: QtBot, home: Home, theme: str, language: str) -> None:
    made, code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    made.close()
    with shown(home, None, theme, language=language) as window:
        seen = itertools.chain(before_it_opens(window), after_the_code(window, code))
        pictures = {name: _drawn(root, name) for name, root in seen}
    assert len(pictures) == 7
    for name in ("locked", "locked, by the code", "locked, a new passphrase"):
        assert pictures[name] != pictures[f"{name}, its keys"], name


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_what_an_empty_field_says_can_be_read(qtbot: QtBot, vault: Vault, home: Home,
                                              theme: str) -> None:
    vault.close()
    with shown(home, None, theme) as window:
        field = window.findChild(QLineEdit)
        assert field is not None and field.placeholderText() == "Phrase de passe"
        colour = field.palette().color(QPalette.ColorRole.PlaceholderText)
        light, dark = sorted((_luminance(colour), _luminance(QColor(tokens().surface))),
                             reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5 and colour.alpha() == 255
        assert colour.name() != tokens().text, "it must not look typed"


def _luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
             for part in (colour.redF(), colour.greenF(), colour.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_each_step_of_the_first_run(qtbot: QtBot, home: Home, theme: str, language: str) -> None:
    with shown(home, None, theme, language=language) as window:
        pictures = {name: _drawn(root, name) for name, root in first_steps(window)}
    assert len(pictures) == 15
    assert all(one != other for one, other in itertools.pairwise(pictures.values()))


@pytest.mark.parametrize("text_percent", [100, 200])
def test_the_keys_of_the_first_run_are_in_sight(qtbot: QtBot, home: Home,
                                                text_percent: int) -> None:
    with shown(home, None, text_percent=text_percent) as window:
        for name, root in first_steps(window):
            for key in (line for line in root.findChildren(QLabel, "key")
                        if name.endswith("its keys")):
                inside = QRect(key.mapTo(root, QPoint()), key.size())
                assert root.rect().contains(inside), f"{key.text()} of {name} lies below"


@pytest.mark.parametrize("name",
                         ["meetings", "actions", "observations", "directory", "referrals",
                          "internships",
                          "plan", "resources"])
def test_every_form_for_a_new_record(qtbot: QtBot, vault: Vault, home: Home, name: str) -> None:
    fill(vault)
    with shown(home, vault) as window:
        window.go(name)
        assert window.current is not None
        window.current.new()
        settle()
        assert _unnamed(window) == []
        assert not window.grab().isNull()


@pytest.mark.parametrize(("theme", "text_percent"), and_at_length(
    [("light", 100), ("dark", 200)], [("dark", 100), ("light", 200)]))
def test_the_keys_of_every_screen(qtbot: QtBot, vault: Vault, home: Home, theme: str,
                                  text_percent: int) -> None:
    fill(vault)
    with shown(home, vault, theme, text_percent) as window:
        assert window.work is not None
        panel = window.work.keys_panel
        for name in NAMES:
            window.go(name)
            window.work.show_keys()
            settle()
            assert window.work.rect().contains(panel.geometry()), name
            assert panel.geometry().bottom() < window.work.trust.y(), name
            assert _unnamed(window) == [] and clipped(panel) == [], name
            assert panel.area.horizontalScrollBar().maximum() == 0, name
            if text_percent == 100:
                assert panel.area.verticalScrollBar().maximum() == 0, f"{name} needs scrolling"
            panel.close_it()
