"""The corbeille by window: what was deleted is found again by its words and comes back, by keyboard
or by button."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.base.clock import wall_ms
from desktop.base.paths import Home
from desktop.commands.records import add_record, delete_record
from desktop.queries.bin import BinRow, bin_of
from desktop.queries.directory import organisations_of, people_of
from desktop.queries.meetings.rows import meeting_detail, meetings_of
from desktop.queries.observations import observations_of
from desktop.queries.purge import journal_of
from desktop.tasks.purge import purge
from desktop.vault import Cost, Vault
from desktop.vault.search.index import search
from tests.conftest import PASSPHRASE
from tests.stories.hands import Hands
from tests.sync.laptops import Laptops
from tests.ui.collective import Small, fill
from tests.window import settle, shown


@pytest.fixture
def small(vault: Vault) -> Small:
    return fill(vault)


def in_bin(vault: Vault, after: timedelta = timedelta(0)) -> list[BinRow]:
    return vault.ask(bin_of, datetime.now(UTC) + after, "fr", vault.identity)


def test_what_was_deleted_comes_back_from_the_bin(qtbot: QtBot, vault: Vault, home: Home,
                                                  small: Small) -> None:
    title = next(m.title for m in vault.ask(meetings_of) if m.id == small.meeting)
    with shown(home, vault) as window:
        hands = Hands(window)
        hands.go("Réglages")
        hands.click("Ouvrir la corbeille")
        assert "La corbeille est vide" in hands.screen()
        hands.go("Annuaire")
        hands.click("Personnes")
        hands.pick("Personnes", "DUMONT Claire")
        hands.click("Supprimer")
        hands.go("Réunions")
        hands.pick("Réunions", title)
        hands.click("Supprimer la réunion")
        hands.go("Réglages")
        hands.click("Ouvrir la corbeille")
        assert all(words in hands.screen()
                   for words in ("DUMONT Claire", "Personne", title, "Réunion"))
        assert window.focusWidget() is window.current.table  # type: ignore[union-attr]
        hands.keys(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        hands.type("dumont pers\n")
        assert title not in hands.screen()
        hands.keys(Qt.Key.Key_Return)
        hands.said("Rétabli : DUMONT Claire")
        assert "DUMONT Claire" in [p.name for p in vault.ask(people_of)]
        hands.click("Annuler")
        assert "DUMONT Claire" not in [p.name for p in vault.ask(people_of)]
        hands.write("Chercher dans la corbeille", " ")
        hands.pick("Fiches supprimées", title)
        hands.click("Rétablir")
        assert small.meeting in [m.id for m in vault.ask(meetings_of)]
        assert [row.words for row in in_bin(vault)] == ["DUMONT Claire"]
        hands.keys(Qt.Key.Key_Return)
        assert "La corbeille est vide" in hands.screen()
        hands.click("Réglages")
        assert window.current is not None and window.current.name == "settings"


def test_each_line_says_what_it_is(vault: Vault, small: Small) -> None:
    detail = vault.ask(meeting_detail, small.meeting)
    assert detail is not None
    expected = next(row for row in detail.attendance if row.name == "DUMONT Claire")
    for gone in (expected.id, detail.agenda[0].id, vault.ask(observations_of)[0].id):
        vault.do(delete_record, gone)
    words = {row.kind: row for row in in_bin(vault)}
    assert words["attendance"].words == f"DUMONT Claire · {detail.title}"
    assert words["agenda_item"].words == f"{detail.agenda[0].title} · {detail.title}"
    assert (" · " in words["observation"].words
            and words["observation"].words != words["observation"].words.upper())


def test_each_line_says_how_many_days_are_left(vault: Vault, small: Small) -> None:
    now = wall_ms()
    purge(vault, now)
    vault.do(delete_record, vault.ask(organisations_of)[0].id)
    vault.do(delete_record, vault.ask(observations_of)[0].id)
    assert {row.days_left for row in in_bin(vault)} == {30}
    for days in range(0, 29):
        purge(vault, now + days * 86_400_000)
    left = {row.kind: row for row in in_bin(vault, timedelta(days=28, hours=12))}
    assert left["organisation"].days_left == 2
    assert (not left["observation"].day_known and left["observation"].by == ""
            and left["observation"].deleted_at.day == 1)
    assert purge(vault, now + 30 * 86_400_000) == 2
    assert in_bin(vault, timedelta(days=30)) == []


def test_erased_for_good_by_hand_after_a_question_in_the_page(qtbot: QtBot, vault: Vault,
                                                              home: Home, small: Small) -> None:
    title = next(m.title for m in vault.ask(meetings_of) if m.id == small.meeting)
    vault.do(delete_record, small.meeting)
    with shown(home, vault) as window:
        hands = Hands(window)
        window.go("bin")
        hands.pick("Fiches supprimées", title)
        assert "30 jours" in hands.screen()
        hands.keys(Qt.Key.Key_Delete)
        assert ("personne ne peut annuler" in hands.screen()
                and "sauvegardes déjà faites" in hands.screen())
        # The first button keeps.
        hands.keys(Qt.Key.Key_Space)
        assert ("personne ne peut annuler" not in hands.screen()
                and [row.id for row in in_bin(vault)] == [small.meeting])
        hands.click("Effacer définitivement…")
        hands.click("Effacer définitivement")
        hands.said(f"Effacé définitivement : {title}")
        assert in_bin(vault) == [] and vault.ask(meeting_detail, small.meeting) is None
        assert "La corbeille est vide" in hands.screen()
        hands.click("Journal de cet ordinateur")
        assert "1 × Réunion" in hands.screen() and "effacement demandé" in hands.screen()
        assert title not in str(vault.ask(journal_of))
        hands.click("Fiches supprimées")
        hands.keys(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert (vault.ask(meeting_detail, small.meeting) is None
                and vault.ask(search, "bilan permanences") == [])


def test_what_is_due_is_erased_behind_the_first_screen(qtbot: QtBot, vault: Vault, home: Home,
                                                       small: Small) -> None:
    vault.do(delete_record, small.meeting)
    for days in range(32, 0, -1):
        purge(vault, wall_ms() - days * 86_400_000)
    with shown(home, vault) as window:
        Hands(window).wait(lambda: [line.how for line in vault.ask(journal_of)] == ["age"])
        assert vault.ask(meeting_detail, small.meeting) is None


def test_a_stamp_of_a_year_that_no_calendar_has_is_shown_as_today(home: Home) -> None:
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST, now=lambda: 2**48 - 2)
    vault.do(delete_record,
             vault.do(add_record, "resource", {"kind": "outil", "title": "Jeu de cartes"}))
    (row,) = in_bin(vault)
    assert row.deleted_at.date() == datetime.now(UTC).date()
    vault.close()


def test_the_bin_names_who_deleted(tmp_path: Path) -> None:
    laptops = Laptops(tmp_path)
    made = laptops.founder.do(add_record, "resource", {"kind": "outil", "title": "Jeu de cartes"})
    laptops.sync(laptops.founder)
    other = laptops.join("two")
    laptops.sync(other)
    other.do(delete_record, made)
    assert [(row.words, row.by) for row in in_bin(other)] == [("Jeu de cartes", "TWO Jo")]
    laptops.sync(other)
    laptops.sync(laptops.founder)
    assert [(row.words, row.by) for row in in_bin(laptops.founder)] == [("Jeu de cartes", "TWO Jo")]
    laptops.close()


def test_the_bin_hears_of_deletions_while_it_is_shown(qtbot: QtBot, vault: Vault, home: Home,
                                                      small: Small) -> None:
    with shown(home, vault) as window:
        window.go("bin")
        name = vault.ask(organisations_of)[0].name
        vault.do(delete_record, vault.ask(organisations_of)[0].id)
        settle()
        assert name in Hands(window).screen()


def test_a_member_asks_for_what_only_the_coordination_erases(qtbot: QtBot, home: Home,
                                                             tmp_path: Path) -> None:
    laptops = Laptops(tmp_path)
    try:
        member = laptops.join("member")
        gone = laptops.founder.do(add_record, "resource", {"kind": "outil", "title": "Mallette"})
        laptops.founder.do(delete_record, gone)
        for vault in (laptops.founder, member):
            laptops.sync(vault)
        with shown(member.home, member) as window:
            hands = Hands(window)
            window.go("bin")
            hands.pick("Fiches supprimées", "Mallette")
            hands.click("Demander l’effacement…")
            assert "La coordination voit la demande" in hands.screen()
            hands.click("Le demander")
            assert ("effacement définitif" in hands.screen()
                    and [row.asked for row in in_bin(member)] == [True])
            window.go("plan")
            assert "Nouvel axe" not in hands.screen()
            hands.pick("Axes", "4. Mémoire et histoire du territoire")
            assert "Qui peut l’écrire : coordination" in hands.screen()
    finally:
        laptops.close()
