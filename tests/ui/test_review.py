"""What may tell who somebody is stands underlined in the account: one key generalises it, one keeps
it for good."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.queries.dismissed import dismissed_words
from desktop.queries.observations import own_observations
from desktop.ui.observations.form import ObservationForm
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small
from tests.window import settle, shown

CTRL = Qt.KeyboardModifier.ControlModifier
NAMED = "Hier Fatima Benali est venue avec sa fille."


@pytest.fixture
def form(qtbot: QtBot, home: Home, vault: Vault,
         small: Small) -> Iterator[tuple[MainWindow, ObservationForm]]:
    with shown(home, vault) as window:
        window.go("observations")
        settle()
        screen = window.current
        assert isinstance(screen, ObservationsWorkspace)
        screen.new()
        settle()
        (made,) = screen.findChildren(ObservationForm)
        made.account.edit.setFocus()
        yield window, made


def typed(qtbot: QtBot, form: ObservationForm, text: str) -> None:
    form.account.edit.setPlainText(text)
    qtbot.waitUntil(lambda: bool(form.account.spans), timeout=20_000)


def press(form: ObservationForm, key: Qt.Key,
          held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(form.account.edit, key, held)
    settle()


def test_enter_writes_the_first_wording_over_a_name(
    qtbot: QtBot, form: tuple[MainWindow, ObservationForm]) -> None:
    _window, made = form
    typed(qtbot, made, NAMED)
    assert made.account.strip.span is None
    press(made, Qt.Key.Key_F8)
    span = made.account.strip.span
    assert span is not None and span.category == "name" and span.suggestions
    press(made, Qt.Key.Key_Return)
    assert "Benali" not in made.account.text() and span.suggestions[0] in made.account.text()
    assert made.account.strip.span is None and made.account.spans == ()


def test_what_is_no_identity_is_asked_once_for_ever(
    qtbot: QtBot, form: tuple[MainWindow, ObservationForm]) -> None:
    window, made = form
    typed(qtbot, made, NAMED)
    press(made, Qt.Key.Key_F8)
    press(made, Qt.Key.Key_N)
    assert made.account.text() == NAMED and made.account.spans == ()
    assert window.vault.ask(dismissed_words)("fatima  BENALI")
    kept = window.vault.ask(lambda session: session.connection().exec_driver_sql(
        "SELECT value FROM local_value WHERE key = 'privacy.dismissed'").scalar_one())
    assert b"enali" not in bytes(kept).lower()


def test_a_number_bars_the_way_and_cannot_be_kept(qtbot: QtBot,
                                                  form: tuple[MainWindow, ObservationForm]) -> None:
    window, made = form
    made.domain.choose("LOGEMENT")
    made.criterion.choose("ORIG")
    typed(qtbot, made, "Elle laisse son numéro, 06 12 34 56 78, et repart.")
    press(made, Qt.Key.Key_F8)
    press(made, Qt.Key.Key_N)
    assert made.account.spans, "a number that can be dialled is not kept"
    before = len(window.vault.ask(own_observations, window.vault.identity.person_id))
    for _time in range(3):
        made.save()
    assert len(window.vault.ask(own_observations, window.vault.identity.person_id)) == before


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_moves_when_the_strip_comes_and_goes(
    qtbot: QtBot, form: tuple[MainWindow, ObservationForm], size: tuple[int, int]) -> None:
    window, made = form
    window.resize(*size)
    settle()
    account = made.account
    assert not account.strip.isVisible() and account.strip.height() > 0
    typed(qtbot, made, NAMED)
    below = (account.count, made.agrees, made.details, account.edit)
    before = [part.mapTo(made, part.rect().topLeft()) for part in below]
    press(made, Qt.Key.Key_F8)
    strip = account.strip
    assert strip.isVisible() and strip.hasFocus() is False and account.edit.hasFocus()
    assert [part.mapTo(made, part.rect().topLeft()) for part in below] == before
    text = account.edit.rect().translated(account.edit.mapTo(window, account.edit.rect().topLeft()))
    over = strip.rect().translated(strip.mapTo(window, strip.rect().topLeft()))
    assert not text.intersects(over), "what is decided on stays in sight"
    buttons = strip.findChildren(QPushButton)
    assert all(strip.rect().contains(part.geometry()) for part in buttons), "no key is cut off"
    press(made, Qt.Key.Key_Escape)
    assert not strip.isVisible()


def test_the_strip_goes_when_the_hand_goes_to_another_field(
    qtbot: QtBot, form: tuple[MainWindow, ObservationForm]) -> None:
    _window, made = form
    typed(qtbot, made, NAMED)
    press(made, Qt.Key.Key_F8)
    assert made.account.strip.isVisible()
    made.domain.field.setFocus()
    settle()
    assert not made.account.strip.isVisible() and made.account.strip.span is None
