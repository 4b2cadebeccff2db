"""Searching texts of any length."""

from desktop.commands.records import add_record
from desktop.vault import Vault
from desktop.vault.search import search


def test_a_long_text_that_repeats_a_word_is_found_at_once(vault: Vault) -> None:
    # SQLite's snippet would take minutes here.
    vault.do(add_record, "organisation", {"name": "Maison", "notes": "début " + "mot " * 60_000 + "Élan final"})
    (hit,) = vault.ask(search, "mot")
    assert hit.snippet.startswith("début «mot» mot") and hit.snippet.endswith("mot…") and len(hit.snippet) < 150
    (hit,) = vault.ask(search, "elan")
    assert hit.snippet.endswith("mot «Élan» final") and hit.snippet.startswith("…mot")


def test_a_page_pasted_as_a_search_is_answered(vault: Vault) -> None:
    vault.do(add_record, "organisation", {"name": "Maison", "notes": "a b c d e f g h i j k l m n"})
    assert len(vault.ask(search, "a b c d e f g h i j k l m n o p " * 2_000)) == 1
