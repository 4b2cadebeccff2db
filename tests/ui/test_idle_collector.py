"""Python's garbage is collected when nobody waits: not by itself in the middle of a reading, nor
while one is under way."""

import gc

from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.ui.window.idle_collector import SELDOM, IdleCollector
from desktop.vault import Vault
from tests.window import press, shown


class Cycle:
    """Holds itself."""

    def __init__(self) -> None:
        self.own = self


def cycles() -> int:
    return sum(isinstance(one, Cycle) for one in gc.get_objects())


def test_it_waits_while_something_is_under_way_then_finds_all(qtbot: QtBot) -> None:
    busy, parent = True, QObject()
    tidying = IdleCollector(parent, lambda: busy, quiet_ms=1)
    Cycle()
    tidying.collect()
    assert tidying.times == 0 and tidying.is_waiting
    busy = False
    qtbot.waitUntil(lambda: tidying.times == 1)
    assert cycles() == 0


def test_the_window_collects_all_in_quiet_moments_alone(qtbot: QtBot, home: Home,
                                                        vault: Vault) -> None:
    with shown(home, vault) as window:
        assert gc.get_threshold()[2] == SELDOM and gc.get_freeze_count() > 0
        window.idle_collector.collect()
        assert window.idle_collector.times == 1
        press(window, Qt.Key.Key_Shift)
        assert window.idle_collector.is_waiting, "a key is heard: it waits anew"
