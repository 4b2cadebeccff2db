"""The real program as a screen reader meets it: unlocked, walked and ticked through AT-SPI, on a
real screen and a real bus."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.queries.meetings.rows import roll_call_of
from desktop.ui.window.rail import LOWER, UPPER
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.screens.reader import CHECKABLE, CHECKED, Reader, Thing, missing, reading
from tests.ui.collective import fill

pytestmark = pytest.mark.skipif(bool(missing()), reason="not installed, and `make test` could not: "
                                + ", ".join(missing()))
Found = TypeVar("Found")


def _until(qtbot: QtBot, ask: Callable[[], Found | None]) -> Found:
    """What `ask` gives, once it gives something."""
    found: list[Found] = []

    def look() -> bool:
        answer = ask()
        found[:] = [] if answer is None else [answer]
        return bool(found)

    qtbot.waitUntil(look, timeout=30_000)
    return found[0]


def _there(qtbot: QtBot, reader: Reader, role: str, name: str) -> Thing:
    return _until(qtbot, lambda: reader.find(role, name))


def test_a_screen_reader_unlocks_goes_to_the_meeting_and_ticks_who_is_there(
    qtbot: QtBot, vault: Vault, home: Home) -> None:
    small = fill(vault)
    vault.close()
    # The address of a bus is short: the folders of pytest are not.
    with tempfile.TemporaryDirectory() as folder, reading(Path(folder), home.folder) as reader:
        _there(qtbot, reader, "text", "Phrase de passe").type(PASSPHRASE)
        _there(qtbot, reader, "push button", "Déverrouiller").act("Press")
        rail = [entry.name for name in ("Écrans", "Synchronisation et réglages")
                for entry in _there(qtbot, reader, "list", name).children]
        assert rail == [_(place.title) for place in (*UPPER, *LOWER)]
        _there(qtbot, reader, "list item", "Réunions").act("Toggle")
        before, session = (_there(qtbot, reader, "radio button", name)
                           for name in ("Préparation", "Séance"))
        with reader.hearing("object:state-changed:checked", "StateChanged") as chosen:
            for tab, other in ((before, session), (session, before)):
                tab.act("Toggle")
                assert reader.told(chosen, tab, "checked")[0] == 1
                assert tab.has(CHECKED) and not other.has(CHECKED)
        everyone = _there(qtbot, reader, "list", "Personnes de la réunion")
        people = everyone.children
        assert len(people) == 12 and all(person.has(CHECKABLE) for person in people)
        person = next(person for person in people if person.name.endswith(", En attente"))
        name = person.name.split(",")[0]
        assert not person.has(CHECKED)
        counters = []
        with reader.hearing("object:property-change:accessible-name", "PropertyChange") as named, \
                reader.hearing("object:state-changed:checked", "StateChanged") as stated, \
                reader.hearing("object:announcement", "Announcement") as spoken:
            for state, ticked in (("Présence", True), ("En attente", False), ("Présence", True)):
                person.act("Toggle")
                assert reader.told(named, person, "accessible-name")[1].endswith(f", {state}")
                assert reader.told(stated, person, "checked")[0] == ticked
                counters.append(int(reader.told(spoken, everyone, "")[1].partition(" / 12")[0]))
                assert (person.has(CHECKED) == ticked and person.name.startswith(name)
                        and person.name.endswith(state))
        assert counters == [counters[0], counters[0] - 1, counters[0]]
        _there(qtbot, reader, "push button", "Verrouiller").act("Press")
        _there(qtbot, reader, "text", "Phrase de passe")
    again = Vault(home)
    again.unlock(PASSPHRASE)
    states = {row.name: row.state for row in again.ask(roll_call_of, small.meeting)}
    again.close()
    assert states[name] == "present"
