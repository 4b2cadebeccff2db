"""A form that stays open while others' words come in: what was not touched stays theirs, of what
was both texts are kept."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.commands.records import add_record, edit_record
from desktop.queries.records import get_record
from desktop.queries.versions import two_versions_of
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.widgets.fields.form import Form
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.sync.laptops import Laptops
from tests.window import settle, shown


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def edited_elsewhere(laptops: Laptops, second: Vault, record: uuid.UUID,
                     values: dict[str, str]) -> None:
    """Somebody else's edit comes in by the folder."""
    second.do(edit_record, record, values)
    laptops.sync(second)
    laptops.sync(laptops.founder)


def together(laptops: Laptops, kind: str, values: dict[str, str]) -> tuple[Vault, uuid.UUID]:
    second = laptops.join("second")
    record = laptops.founder.do(add_record, kind, values)
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    return second, record


def form_of(window: MainWindow) -> Form:
    current = window.current
    assert isinstance(current, ActionsWorkspace) and current.register.form is not None
    return current.register.form


def test_what_a_form_left_alone_stays_what_somebody_made_of_it(laptops: Laptops) -> None:
    second, action = together(laptops, "action",
                              {"title": "Relancer", "description": "Avant", "state": "proposee"})
    with shown(laptops.founder.home, laptops.founder) as window:
        window.go("actions", action)
        screen = window.current
        assert isinstance(screen, ActionsWorkspace)
        screen.register.edit(action)
        edited_elsewhere(laptops, second, action, {"description": "D’une autre main"})
        settle()
        form_of(window).set_values(form_of(window).values() | {"title": "Relancer la CPAM"})
        screen.register.save()
        stands = window.vault.ask(get_record, action)
        assert (stands["title"], stands["description"]) == ("Relancer la CPAM", "D’une autre main")
        assert window.vault.ask(two_versions_of, window.vault.identity, "fr") == []


def test_of_a_text_that_both_changed_both_are_kept_and_shown(laptops: Laptops) -> None:
    second, action = together(laptops, "action",
                              {"title": "Relancer", "description": "Avant", "state": "proposee"})
    with shown(laptops.founder.home, laptops.founder) as window:
        window.go("actions", action)
        screen = window.current
        assert isinstance(screen, ActionsWorkspace)
        screen.register.edit(action)
        edited_elsewhere(laptops, second, action, {"description": "D’une autre main"})
        form_of(window).set_values(form_of(window).values() | {"description": "De la mienne"})
        screen.register.save()
        settle()
        (two,) = window.vault.ask(two_versions_of, window.vault.identity, "fr")
        assert {wording.text for wording in two.wordings} == {"De la mienne", "D’une autre main"}
        assert any("D’une autre main" in made.text() for made in screen.findChildren(QLabel)
                   if made.isVisible())


def test_a_form_that_was_put_away_knows_what_it_began_with(laptops: Laptops) -> None:
    second, action = together(laptops, "action",
                              {"title": "Relancer", "description": "Avant", "state": "proposee"})
    with shown(laptops.founder.home, laptops.founder) as window:
        window.go("actions", action)
        screen = window.current
        assert isinstance(screen, ActionsWorkspace)
        screen.register.edit(action)
        form_of(window).set_values(form_of(window).values() | {"title": "Relancer la CPAM"})
        draft = json.loads(json.dumps(screen.draft()))
        screen.register.cancel()
        edited_elsewhere(laptops, second, action,
                         {"title": "Relancer vendredi", "description": "D’une autre main"})
        screen.take_draft(draft)
        screen.register.save()
        stands = window.vault.ask(get_record, action)
        assert (stands["title"], stands["description"]) == ("Relancer la CPAM", "D’une autre main")
        (two,) = window.vault.ask(two_versions_of, window.vault.identity, "fr")
        assert ({wording.text for wording in two.wordings}
                == {"Relancer la CPAM", "Relancer vendredi"})


def test_the_form_of_a_meeting_does_the_same(laptops: Laptops) -> None:
    second, meeting = together(laptops, "meeting",
                               {"title": "Plénière", "kind": "pleniere",
                                "starts_at": "2026-12-03T14:00"})
    with shown(laptops.founder.home, laptops.founder) as window:
        window.go("meetings", meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.edit()
        edited_elsewhere(laptops, second, meeting,
                         {"place": "Salle 4", "title": "Plénière d’hiver"})
        form = screen.forms.form
        assert form is not None
        form.set_values(form.values() | {"title": "Plénière de décembre"})
        screen.forms.save()
        stands = window.vault.ask(get_record, meeting)
        assert (stands["title"], stands["place"]) == ("Plénière de décembre", "Salle 4")
        (two,) = window.vault.ask(two_versions_of, window.vault.identity, "fr")
        assert ({wording.text for wording in two.wordings}
                == {"Plénière de décembre", "Plénière d’hiver"})
