"""F1 before a notebook is open: the keys shown on the locked screen and at each step of the first
run do what they say."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.ui.first_run import FirstRun
from desktop.ui.unlocking.first_page import ALWAYS, FirstPage
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.stories.hands import Hands
from tests.window import shown

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
K = Qt.Key


@pytest.fixture
def locked(qtbot: QtBot, vault: Vault, home: Home) -> Iterator[Hands]:
    vault.close()
    with shown(home, Vault(home)) as window:
        yield Hands(window)


@pytest.fixture
def first(qtbot: QtBot, home: Home) -> Iterator[Hands]:
    with shown(home, None) as window:
        yield Hands(window)


def _page(window: MainWindow) -> FirstPage:
    page = window.root.currentWidget()
    assert isinstance(page, FirstPage)
    return page


def _shown_keys(hands: Hands) -> list[str]:
    return [w.text() for w in hands.window.findChildren(QLabel)
            if w.objectName() == "key" and w.isVisible()]


def _declared(hands: Hands) -> list[str]:
    return [_(key) for key, _words in (*_page(hands.window).keys_here(), *ALWAYS)] + ["F1"]


def _step(hands: Hands) -> int:
    page = _page(hands.window)
    assert isinstance(page, FirstRun)
    return page.pages.currentIndex()


def _with_focus() -> str:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus.accessibleName()


def test_f1_opens_the_keys_takes_no_focus_and_escape_closes_them(locked: Hands) -> None:
    assert _shown_keys(locked) == [] and "F1 : les raccourcis" in locked.screen()
    locked.type("cerisier")
    locked.keys(K.Key_F1)
    assert _shown_keys(locked) == _declared(locked) == ["Entrée", "Tab, Maj+Tab", "Espace",
                                                        "Ctrl+Q", "F1"]
    locked.type(" bleu")
    page = _page(locked.window)
    assert (isinstance(page, UnlockScreen) and page.secret.text() == "cerisier bleu"
            and page.secret.hasFocus())
    locked.keys(K.Key_Escape)
    assert _shown_keys(locked) == [] and page.secret.text() == "cerisier bleu"
    locked.keys(K.Key_F1)
    locked.keys(K.Key_F1)
    assert _shown_keys(locked) == []


def test_the_keys_of_the_locked_screen(locked: Hands) -> None:
    page = _page(locked.window)
    assert isinstance(page, UnlockScreen)
    locked.keys(K.Key_Tab)
    assert _with_focus() == "Déverrouiller"
    locked.keys(K.Key_Tab, SHIFT)
    assert page.secret.hasFocus()
    locked.keys(K.Key_F1)
    page.other_button.setFocus()
    locked.keys(K.Key_Space)
    assert _with_focus() == "Clé de secours" and _shown_keys(locked) == _declared(locked)
    assert _shown_keys(locked)[1] == "Échap"
    locked.keys(K.Key_Escape)
    assert _with_focus() == "Clé de secours", "the first Escape closes the keys"
    locked.keys(K.Key_Escape)
    assert _with_focus() == "Phrase de passe"
    locked.keys(K.Key_Escape)
    assert _with_focus() == "Phrase de passe"
    locked.type(PASSPHRASE)
    locked.keys(K.Key_Return)
    locked.wait(lambda: locked.window.is_open and locked.window.work is not None)


def test_another_notebook_by_the_arrows(qtbot: QtBot, tmp_path: Path) -> None:
    one, two = (Home(tmp_path / f"profile-{number}") for number in (1, 2))
    for home in (one, two):
        made, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
        made.close()
    with shown(one, None) as window:
        hands = Hands(window)
        hands.keys(K.Key_F1)
        assert (_shown_keys(hands) == _declared(hands)
                and "dans la liste : un autre carnet" in hands.screen())
        hands.keys(K.Key_Tab, SHIFT)
        assert _with_focus() == "Carnet"
        hands.keys(K.Key_Down)
        assert window.home == two
        hands.keys(K.Key_Up)
        assert window.home == one


@pytest.mark.parametrize("key", [K.Key_Return, K.Key_Enter])
def test_the_keys_of_the_first_run(first: Hands, key: Qt.Key) -> None:
    first.keys(K.Key_F1)
    assert _shown_keys(first) == _declared(first) == ["Haut, Bas", "Entrée", "Tab, Maj+Tab",
                                                      "Espace", "Ctrl+Q", "F1"]
    page = _page(first.window)
    assert isinstance(page, FirstRun) and page.way == "create"
    first.keys(K.Key_Down)
    assert page.way == "join"
    first.keys(K.Key_Up)
    assert page.way == "create"
    first.keys(key)
    assert _step(first) == 1 and _shown_keys(first) == _declared(first) == [
        "Entrée", "Échap", "Tab, Maj+Tab", "Espace", "Ctrl+Q", "F1"]
    assert _with_focus() == "Vos prénom et NOM"
    first.type("Zoé CHÂTAIGNE")
    first.keys(K.Key_F1)
    first.keys(K.Key_Escape)
    assert _step(first) == 0
    first.keys(key)
    first.keys(key)
    assert _step(first) == 2 and page.person.text() == "Zoé CHÂTAIGNE"
    first.type(PASSPHRASE)
    first.keys(K.Key_Tab)
    first.type(PASSPHRASE)
    first.keys(key)
    first.wait(lambda: _step(first) == 3)
    assert "Échap" not in _declared(first)
    first.keys(K.Key_Escape)
    assert _step(first) == 3
    for at in page.recovery.asked:
        assert isinstance(QApplication.focusWidget(), QLineEdit)
        first.type(page.recovery.parts()[at])
        first.keys(K.Key_Tab)
    assert _with_focus() == "Continuer"
    first.keys(key)
    assert _step(first) == 4 and first.window.work is None
    first.keys(key)
    assert first.window.work is not None


@pytest.mark.parametrize("state", ["locked", "first"])
def test_ctrl_q_closes_the_window(state: str, request: pytest.FixtureRequest) -> None:
    hands: Hands = request.getfixturevalue(state)
    hands.keys(K.Key_Q, CTRL)
    assert not hands.window.isVisible()


def test_the_keys_cost_the_locked_screen_nothing() -> None:
    """What the locked screen imports holds neither the panel of keys nor what a screen reaches."""
    late = ["desktop.ui.screen.shortcuts_panel", "desktop.ui.screen.workspace",
            "desktop.vault.vault", "sqlalchemy"]
    assert _imported("desktop.ui.window.main_window", late) == "[]"
    assert _imported("desktop.ui.screen.shortcuts_panel", late[1:]) == "[]"


def test_the_screens_carry_neither_the_keyring_nor_the_sample() -> None:
    """What few people use is imported when they use it: it would weigh on every open notebook."""
    assert _imported("desktop.ui.window.page",
                     ["keyring", "desktop.sample", "reportlab", "openpyxl", "alembic",
                      "zxcvbn"]) == "[]"


def _imported(module: str, late: list[str]) -> str:
    code = f"import sys, {module}; print([m for m in sys.modules if m in sys.argv[1:]])"
    done = subprocess.run([sys.executable, "-c", code, *late], capture_output=True, text=True,
                          timeout=60, check=True)
    return done.stdout.strip()

