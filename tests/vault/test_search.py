"""Narrowing a search by kind, people and day; the index follows what the records refer to."""

import json
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.paths import Home
from desktop.base.text import sort_key
from desktop.commands.meetings import add_agenda_item, create_meeting, expect_people
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.record import derived_id
from desktop.vault import Vault
from desktop.vault.search.facets import span_words
from desktop.vault.search.index import Only, search, titled
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops


def found(vault: Vault, words: str = "", **only: object) -> set[str]:
    return {hit.kind for hit in vault.ask(search, words, only=Only(**only))}  # type: ignore[arg-type]


def _person(vault: Vault, name: str) -> uuid.UUID:
    return vault.do(add_record, "person", {"family_name": name, "given_name": "Ada"})


def _meeting(vault: Vault, day: str = "2026-03-12") -> uuid.UUID:
    return vault.do(create_meeting, group_id=None, title="Logement", kind="pleniere",
                    starts_at=f"{day}T14:00")


def test_a_meeting_answers_for_those_expected_and_only_while_they_are(vault: Vault) -> None:
    ada, other = _person(vault, "BENALI"), _person(vault, "WÓJCIK")
    meeting = _meeting(vault)
    vault.do(expect_people, meeting, [ada])
    assert found(vault, "logement", people=((ada,),)) == {"meeting"}
    assert found(vault, "logement", people=((other,),)) == set()
    assert found(vault, "logement", people=((other, ada),)) == {"meeting"}
    assert found(vault, "logement", people=((other,), (ada,))) == set()
    assert found(vault, people=((ada,),)) == {"meeting", "person"}
    vault.do(delete_record, derived_id("attendance", meeting, ada))
    assert found(vault, "logement", people=((ada,),)) == set()


def test_owners_and_authors_are_found_and_another_owner_takes_their_place(vault: Vault) -> None:
    ada, other = _person(vault, "BENALI"), _person(vault, "WÓJCIK")
    action = vault.do(add_record, "action",
                      {"title": "Relancer", "owner_id": str(ada), "due_on": "2026-05-02"})
    vault.do(add_record, "resource",
             {"kind": "outil", "title": "Relancer par écrit", "created_by_id": str(other)})
    assert found(vault, "relancer", people=((ada,),)) == {"action"}
    assert found(vault, "relancer", people=((other,),)) == {"resource"}
    vault.do(edit_record, action, {"owner_id": str(other)})
    assert found(vault, "relancer", people=((ada,),)) == set()
    assert found(vault, "relancer", people=((other,),), kinds=("action",)) == {"action"}


def test_what_hangs_on_a_meeting_moves_with_its_day_and_its_title(vault: Vault) -> None:
    meeting = _meeting(vault)
    item = vault.do(add_agenda_item, meeting, title="Permanence", minutes=10, kind="echange")
    block = vault.do(ensure_block, meeting, item)
    vault.do(write_note, block, ["la permanence du jeudi"])
    held = {"agenda_item", "note_block"}
    assert found(vault, "permanence", since=date(2026, 3, 12), before=date(2026, 3, 13)) == held
    assert (found(vault, "permanence", since=date(2026, 3, 13)) == set()
            == found(vault, "permanence", before=date(2026, 3, 12)))
    vault.do(edit_record, meeting, {"starts_at": "2027-01-05T09:00", "title": "Santé"})
    assert found(vault, "permanence", since=date(2027, 1, 5), before=date(2027, 1, 6)) == held
    assert "Santé" in {hit.title
                       for hit in vault.ask(search, "sante jeudi")} | {
                           hit.title for hit in vault.ask(search, "jeudi")}


def test_a_month_alone_counts_wherever_a_day_of_it_is_asked_and_nobody_is_tied_to_it(
    vault: Vault) -> None:
    ada = _person(vault, "BENALI")
    vault.do(add_record, "observation", {
        "month": "2026-03", "domain": "EMPLOI_PRIVE", "principal_criterion": "ORIG",
        "account": "un refus",
        "created_by_id": str(ada)})
    assert (found(vault, "refus", since=date(2026, 3, 20)) == {"observation"}
            == found(vault, "refus", before=date(2026, 3, 2)))
    assert found(vault, "refus",
                 since=date(2026, 4, 1)) == set() == found(vault, "refus", before=date(2026, 3, 1))
    assert found(vault, "refus", people=((ada,),)) == set()


def test_words_are_cut_as_the_index_cuts_them(vault: Vault) -> None:
    vault.do(add_record, "person", {"family_name": "de l’Étang", "given_name": "Anne-Sophie"})
    for words in ("anne-sophie", "sophie", "l'etang", "l’e\u0301tang", "Anne_So"):
        assert found(vault, words) == {"person"}, words
    assert found(vault, "annesophie") == set()


def test_facets_are_no_words(vault: Vault) -> None:
    ada = _person(vault, "BENALI")
    assert vault.ask(search, ada.hex) == [] == vault.ask(search, "kperson")
    assert vault.ask(search, "\ue002kperson") == [] == vault.ask(search, "")
    assert [hit.id for hit in vault.ask(titled, "ada ben", "person", 5)] == [ada]
    assert vault.ask(titled, "outil", "person", 5) == []


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 9000), st.integers(-5, 9005))
def test_a_span_holds_its_days_and_no_other(since: date, length: int, asked: int) -> None:
    before, day = since + timedelta(days=length), since + timedelta(days=asked)
    words = {word[1:] for word in span_words(since, before)}
    forms = {f"d{day:%Y%m%d}", f"m{day:%Y%m}", f"y{day:%Y}", f"t{day.year // 10}"}
    assert bool(words & forms) == (since <= day < before)
    assert len(words) <= 100


def test_an_index_without_facets_is_made_again_in_its_order(home: Home, vault: Vault) -> None:
    ada = _person(vault, "BENALI")
    vault.do(add_record, "action", {"title": "Relancer", "owner_id": str(ada)})

    def older(session: object) -> None:
        connection = session.connection()  # type: ignore[attr-defined]
        connection.exec_driver_sql("DROP TABLE search")
        connection.exec_driver_sql("CREATE VIRTUAL TABLE search USING fts5(title, body)")

    vault.do(older)
    vault.close()
    vault.unlock(PASSPHRASE)
    assert ([hit.kind for hit in vault.ask(search, "", only=Only(people=((ada,),)))]
            == ["action", "person"])


@pytest.mark.parametrize("order", [0, 1])
def test_who_attends_comes_by_the_exchange_too(tmp_path: Path, order: int) -> None:
    laptops = Laptops(tmp_path)
    other = laptops.join("two")
    ada, meeting = _person(laptops.founder, "BENALI"), _meeting(laptops.founder)
    if order:
        laptops.sync(laptops.founder)
        laptops.sync(other)
    laptops.founder.do(expect_people, meeting, [ada])
    laptops.sync(laptops.founder)
    laptops.sync(other)
    assert found(other, "logement", people=((ada,),)) == {"meeting"}
    laptops.close()


def test_a_long_text_that_repeats_a_word_is_found_at_once(vault: Vault) -> None:
    # SQLite's snippet would take minutes here.
    vault.do(add_record, "organisation",
             {"name": "Maison", "notes": "début " + "mot " * 60_000 + "Élan final"})
    (hit,) = vault.ask(search, "mot")
    assert ("début «mot» mot" in hit.snippet and hit.snippet.endswith("mot…")
            and len(hit.snippet) < 160)
    (hit,) = vault.ask(search, "elan")
    assert hit.snippet.endswith("mot «Élan» final") and hit.snippet.startswith("…mot")


def test_a_page_pasted_as_a_search_is_answered(vault: Vault) -> None:
    vault.do(add_record, "organisation", {"name": "Maison", "notes": "a b c d e f g h i j k l m n"})
    assert len(vault.ask(search, "a b c d e f g h i j k l m n o p " * 2_000)) == 1


CASES = [json.loads(line) for line in
         (Path(__file__).parent / "cases" / "search.jsonl").read_text("utf-8").splitlines() if line]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["search"])
def test_a_name_is_found_as_it_is_typed_on_a_french_keyboard(vault: Vault,
                                                             case: dict[str, str]) -> None:
    _person(vault, "DUPONT")
    wanted = _person(vault, case["finds"])
    meeting = vault.do(create_meeting, group_id=None, title="Logement", kind="pleniere",
                       starts_at="2026-03-12T14:00")
    block = vault.do(ensure_block, meeting)
    vault.do(write_note, block, [f"La parole est à {case['finds']} pour la suite."])
    hits = vault.ask(search, case["search"])
    assert {(hit.kind, hit.id) for hit in hits} == {("person", wanted), ("note_block", block)}
    assert all("«" in hit.snippet for hit in hits)
    assert [hit.id for hit in vault.ask(titled, case["search"], "person", 8)] == [wanted]
    # The name as it is written finds it too, and a plain spelling found by its accents.
    assert wanted in {hit.id for hit in vault.ask(search, case["finds"])}


def test_names_sort_among_those_of_their_plain_letter() -> None:
    names = ["Marie", "Łukasz", "Zoé", "Øystein", "Luc", "Olga", "Œuvrard", "Đorđe", "Denis", "Éva"]
    assert sorted(names, key=sort_key) == ["Denis", "Đorđe", "Éva", "Luc", "Łukasz", "Marie",
                                           "Œuvrard", "Olga", "Øystein",
                                           "Zoé"]
