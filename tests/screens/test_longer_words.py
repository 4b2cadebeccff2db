"""A language whose words are 40 % longer: every screen still has room for it."""

import re

import pytest
from gallery.walk import before_it_opens, first_steps, places, rest
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.vault import Vault
from tests.screens.clipping import all_clipped
from tests.screens.pseudo import LONGER, Pseudo, stretched
from tests.ui.collective import fill
from tests.window import shown


@pytest.mark.parametrize("message",
                         ["Save", "{count} actions of other members are late.",
                          "Ready\n{name}, {day}", "PDF"])
def test_a_sentence_grows_and_keeps_its_placeholders(message: str) -> None:
    longer = stretched(message)
    words = re.sub(r"\{[^}]*\}|\n", "", message)
    assert len(re.sub(r"\{[^}]*\}|\n", "", longer)) >= round(LONGER * len(words))
    assert re.findall(r"\{[^}]*\}|\n", longer) == re.findall(r"\{[^}]*\}|\n", message)


def test_every_screen_has_room_for_longer_words(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault, language="en", words=Pseudo()) as window:
        assert (window.work is not None
                and stretched("Today") == window.work.upper_rail.item(0).text())
        assert all_clipped(places(window)) == {}
        window.lock()
        rest()
        assert all_clipped(before_it_opens(window)) == {}


def test_the_first_run_has_room_for_longer_words(qtbot: QtBot, home: Home) -> None:
    with shown(home, None, language="en", words=Pseudo()) as window:
        assert all_clipped(first_steps(window)) == {}
