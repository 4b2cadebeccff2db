"""The shell around the screens: a second start, the desktop's lock and sleep, patience, the
fictional collective erased."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.tasks.profiles import create_sample
from desktop.ui.first_run import FirstRun
from desktop.ui.unlocking.throttle import UnlockThrottle
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.ui.window.single_instance import raise_other
from desktop.vault import Cost, Vault
from desktop.vault.keys.slots import WrongPassphraseError
from tests.conftest import PASSPHRASE
from tests.window import settle, shown, type_into


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform has no front
def test_a_second_start_raises_the_first(qtbot: QtBot, vault: Vault, home: Home) -> None:
    with shown(home, vault) as window:
        window.prepare()
        window.hide()
        code = ("from pathlib import Path; from desktop.app import open_window; "
                "from desktop.base.paths import Home; "
                f"raise SystemExit(open_window(Home(Path({str(home.folder)!r}))))")
        other = subprocess.Popen([sys.executable, "-c", code],
                                 env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
        qtbot.waitUntil(window.isVisible, timeout=20_000)
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
        assert other.returncode == 0
        window.stop_listening()
        assert not raise_other(home)


def test_a_killed_window_does_not_stop_the_next(qtbot: QtBot, home: Home) -> None:
    home.folder.mkdir(parents=True)
    home.window_mark.touch()
    assert not raise_other(home)


@pytest.mark.parametrize("bus", ("session", "system", "lock"))
def test_the_desktops_lock_and_sleep_lock_the_vault(tmp_path: Path, bus: str) -> None:
    command = [sys.executable, "-m", "tests.ui.sleep_day", str(tmp_path / "p"), bus]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CARNET_LANGUAGE": "fr",
                                "XDG_SESSION_ID": "2"}
    script = "DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec \"$@\""
    done = subprocess.run(["dbus-run-session", "--", "sh", "-c", script, "sh", *command],
                          env=environment,
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["locked"], done.stderr[-2000:]


@pytest.mark.parametrize(("name", "said"),
                         (("org.freedesktop.ScreenSaver", "aussi"), ("", "ne dit pas")))
def test_the_settings_say_whether_the_desktop_is_heard(tmp_path: Path, name: str,
                                                       said: str) -> None:
    command = [sys.executable, "-m", "tests.ui.desktop_day", str(tmp_path / "p"), name]
    done = subprocess.run(["dbus-run-session", "--", *command], env=os.environ | {
        "QT_QPA_PLATFORM": "offscreen", "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/none"},
                          capture_output=True,
        text=True, timeout=60, check=False)
    assert said in done.stdout and "verrouille" in done.stdout, done.stderr[-2000:]


def test_without_any_bus_the_window_opens_all_the_same(tmp_path: Path) -> None:
    nowhere = f"unix:path={tmp_path}/none"
    done = subprocess.run([sys.executable, "-m", "tests.ui.desktop_day", str(tmp_path / "p"), ""],
                          env=os.environ | {
                              "QT_QPA_PLATFORM": "offscreen", "DBUS_SYSTEM_BUS_ADDRESS": nowhere,
                              "DBUS_SESSION_BUS_ADDRESS": nowhere},
        capture_output=True, text=True, timeout=60, check=False)
    assert "ne dit pas" in done.stdout and not done.stderr, done.stderr


def test_a_computer_that_slept_wakes_locked(qtbot: QtBot, vault: Vault, home: Home) -> None:
    with shown(home, vault) as window:
        assert window.rounds is not None
        window.rounds._looked_at = datetime.now() - timedelta(hours=3)
        window.rounds.tick()
        settle()
        assert not vault.is_open and window.current is None


def test_patience_grows_and_is_forgotten() -> None:
    patience = UnlockThrottle()
    waits = []
    for _unused in range(10):
        patience.wrong += 1
        waits.append(patience.seconds)
    assert waits == [0, 0, 1, 2, 4, 8, 16, 30, 30, 30]


def test_patience_outlives_the_window_but_not_the_quarter_of_an_hour(home: Home) -> None:
    home.folder.mkdir(parents=True)
    clock = [1_000_000.0]
    patience = UnlockThrottle(home, lambda: clock[0])
    for _unused in range(5):
        patience.failed()
    clock[0] += 1
    again = UnlockThrottle(home, lambda: clock[0])
    assert (again.wrong, again.seconds, again.left) == (5, 4, 3)
    clock[0] -= 500
    assert UnlockThrottle(home,
                          lambda: clock[0]).left == 0, "a clock that was set back holds nobody"
    clock[0] += 500 + 15 * 60
    assert UnlockThrottle(home, lambda: clock[0]).wrong == 0
    again.opened()
    assert not home.tries.exists()
    home.tries.write_text("{")
    assert UnlockThrottle(home).wrong == 0


def test_closing_the_window_is_no_way_around_the_wait(qtbot: QtBot, home: Home) -> None:
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    vault.close()
    for _unused in range(4):
        UnlockThrottle(home).failed()
    with shown(home, None) as window:
        page = window.root.currentWidget()
        assert isinstance(page, UnlockScreen)
        assert (page.pause.isVisible() and "2 secondes" in page.pause.text()
                and not page.open_button.isEnabled())
        type_into(page.secret, PASSPHRASE + "\n")
        assert window.current is None
        qtbot.waitUntil(lambda: window.current is not None, timeout=20_000)
        assert not home.tries.exists()


def test_a_key_too_many_does_not_take_the_passphrase_for_a_recovery_code(qtbot: QtBot,
                                                                         home: Home) -> None:
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    vault.close()
    with shown(home, None) as window:
        page = window.root.currentWidget()
        assert isinstance(page, UnlockScreen)
        type_into(page.secret, PASSPHRASE + "\n")
        assert not page.other_button.isEnabled() and not page.other_button.hasFocus()
        page.other_button.click()
        qtbot.waitUntil(lambda: window.current is not None, timeout=20_000)


def test_what_is_no_guess_is_not_slowed_down(qtbot: QtBot, home: Home) -> None:
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    with shown(home, None) as window:
        page = window.root.currentWidget()
        assert isinstance(page, UnlockScreen)
        for _unused in range(4):
            page.error.clear()
            page.secret.clear()
            type_into(page.secret, PASSPHRASE + "\n")
            qtbot.waitUntil(lambda: "déjà ouvert" in page.error.text(), timeout=20_000)
            assert page.open_button.isEnabled()
    vault.close()


def test_a_key_of_the_keyring_that_is_stale_asks_for_the_passphrase(vault: Vault) -> None:
    vault.close()
    with pytest.raises(WrongPassphraseError, match="trousseau"):
        vault.unlock_with_key(b"\x01" * 32)
    assert not vault.is_open


def test_wrong_passphrases_slow_the_screen_down(qtbot: QtBot, home: Home) -> None:
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    vault.close()
    with shown(home, None) as window:
        page = window.root.currentWidget()
        assert isinstance(page, UnlockScreen)
        for number in range(3):
            page.secret.clear()
            type_into(page.secret, f"une fausse phrase {number}\n")
            qtbot.waitUntil(lambda number=number: page._throttle.wrong == number + 1, timeout=20_000)  # type: ignore[misc]
        assert "1 seconde" in page.pause.text() and not page.open_button.isEnabled()
        page.secret.clear()
        type_into(page.secret, PASSPHRASE + "\n")
        settle()
        assert window.current is None and page.secret.text() == PASSPHRASE, "it waits, and keeps what was typed"
        qtbot.waitUntil(lambda: window.current is not None, timeout=20_000)


def test_the_fictional_collective_says_so_and_is_erased_in_one_click(qtbot: QtBot,
                                                                     home: Home) -> None:
    vault, _code, _counts = create_sample(home, PASSPHRASE, cost=Cost.TEST)
    with shown(home, vault) as window:
        (erase,) = [b for b in window.findChildren(QPushButton)
                    if b.accessibleName() == "L’effacer et commencer pour de bon"]
        for name in ("meetings", "settings"):
            window.go(name)
            assert erase.isVisible()
        erase.click()
        settle()
        assert isinstance(window.root.currentWidget(), FirstRun)
        assert not home.exists and not home.database.exists()
        assert not any(path.suffix == ".db" for path in home.folder.rglob("*"))


def test_a_real_collective_has_no_banner(qtbot: QtBot, vault: Vault, home: Home) -> None:
    with shown(home, vault) as window:
        assert not [b for b in window.findChildren(QPushButton) if "effacer" in b.accessibleName()]


def test_the_keyring_opens_the_locked_screen_when_chosen(tmp_path: Path) -> None:
    for name in ("data", "run"):
        (tmp_path / name).mkdir(mode=0o700)
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"),
                   "XDG_RUNTIME_DIR": str(tmp_path / "run"),
                   "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen",
                   "PYTHONPATH": str(Path(__file__).parents[2])}
    environment.pop("PYTHON_KEYRING_BACKEND", None)
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c",
         'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"',
         "bash",
         sys.executable, "-m", "tests.ui.keyring_day", str(tmp_path / "p")],
        env=environment, capture_output=True, text=True, timeout=90, check=False)
    assert done.stdout.strip() == "kept, opened, forgotten", done.stderr[-2000:]


def test_the_lock_meets_a_change_of_colours(qtbot: QtBot, vault: Vault, home: Home) -> None:
    with shown(home, vault) as window:
        window.go("plan")
        window.restyle(replace(window.settings, theme="dark"))
        window.lock()
        settle()
        assert isinstance(window.root.currentWidget(), UnlockScreen)
        vault.unlock(PASSPHRASE)
        window.show_right_page()
        assert window.current is not None and window.current.name == "plan"
        window.restyle(replace(window.settings, theme="light"))
        window.lock()
        vault.unlock(PASSPHRASE)
        window.show_right_page()
        page = window.work
        settle()
        assert window.work is page and window.current.name == "plan"
