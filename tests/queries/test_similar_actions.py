"""What looks like a title: sixty pairs written by hand among ninety titles, places, endings, and
what is never shown."""

import json
import uuid
from pathlib import Path

import pytest

from desktop.base.stems import stems
from desktop.commands.actions import create_action
from desktop.commands.records import add_record, delete_record
from desktop.queries.similar_actions import Candidate, SimilarIndex, similar_index
from desktop.vault import Vault

CASES = json.loads((Path(__file__).parent / "cases" / "similar_titles.json").read_text("utf-8"))


def _index(titles: list[str], places: tuple[str, ...] = ()) -> SimilarIndex:
    return SimilarIndex([Candidate("action", uuid.uuid4(), title) for title in titles], places)


def test_sixty_pairs_are_found_and_little_else_is_shown() -> None:
    pairs = CASES["pairs"]
    assert len(pairs) == 60
    index = _index([there for _typed, there in pairs] + CASES["others"])
    found = {typed: [one.title for one in index.like(typed)] for typed, _there in pairs}
    right = sum(there in found[typed] for typed, there in pairs)
    assert right / len(pairs) >= 0.9
    assert right / sum(map(len, found.values())) >= 0.7


def test_nothing_is_said_of_what_nothing_looks_like() -> None:
    index = _index([there for _typed, there in CASES["pairs"]])
    shown = [title for title in CASES["others"] if index.like(title)]
    assert len(shown) <= len(CASES["others"]) * 0.25, shown


@pytest.mark.parametrize("typed",
                         ["", "a", "for", "   ", "le la les", "2026", "🙂🙂🙂🙂", "\x00\x00\x00\x00",
                          "x" * 20_000])
def test_what_says_nothing_finds_nothing(typed: str) -> None:
    assert _index(["Former les agents", "2026"]).like(typed) == []


def test_a_place_orders_and_makes_nothing_alike() -> None:
    index = _index(
        ["Permanence juridique à Feignies", "Permanence juridique à Jeumont", "Fête de Jeumont"],
                   ("Feignies", "Jeumont"))
    assert [one.title for one in index.like("Permanences juridiques de Jeumont")] == [
        "Permanence juridique à Jeumont", "Permanence juridique à Feignies"]


def test_accents_capitals_and_endings_do_not_matter() -> None:
    assert stems("ÉCOUTER les TÉMOIGNAGES") == stems("Écoute du témoignage")
    assert stems("Cœur d’école") == stems("COEURS D'ECOLES")


def test_the_index_holds_actions_and_schemes_that_are_there(vault: Vault) -> None:
    kept = vault.do(create_action, "Former les agents d’accueil")
    gone = vault.do(create_action, "Formation des agents d’accueil")
    vault.do(delete_record, gone)
    scheme = vault.do(add_record, "dispositif",
                      {"name": "Plan de formation des agents", "holder": "CNFPT"})
    index = vault.ask(similar_index)
    assert {one.id for one in index.like("Formation agents")} == {kept, scheme}
    assert index.like("Formation agents", leaving_out=kept)[0].organisation == "CNFPT"
