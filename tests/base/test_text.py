"""Folding for matching, over Latin letters, the signs of French typography and marks of other
scripts."""

import json
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.text import LONGEST_NAME, fold, safe_name, shown

RESERVED = {"CON", "PRN", "AUX", "NUL",
            *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
"""What Windows takes for a device, whatever ending follows."""


def test_accents_case_and_ligatures_are_ignored() -> None:
    assert fold("Œuvrard ÉLOÏSE") == "oeuvrard eloise"
    assert fold("« L’ÉTÉ » – 3 €") == "« l'ete » – 3 €"
    # Points of Hebrew and of Arabic, alone and beside French accents.
    assert fold("שָׁלוֹם, à") == "שלום, a" and fold("مُحَمَّد") == "محمد"


@given(st.text())
def test_no_mark_is_left(text: str) -> None:
    assert not any(unicodedata.combining(letter) for letter in fold(text))


@pytest.mark.parametrize(("name", "kept"), [
    ("/etc/cron.d/x", "x"), ("..\\..\\Start\\a.exe", "a.exe"), ("C:\\Windows\\b", "b"),
    ("..", "fichier"), ("", "fichier"),
    ("con", "_con"), ("LPT1.txt", "_LPT1.txt"), ("a\x1b[2J\nb.pdf", "a_[2J_b.pdf"),
    ("photo\u202egpj.exe", "photo_gpj.exe"),
    ("a.pdf:flux", "a.pdf_flux"), (" .caché. ", "caché"),
    ("Compte rendu été.pdf", "Compte rendu été.pdf")])
def test_a_name_of_others_is_a_plain_name_here(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@given(st.text())
def test_whatever_they_are_called_files_lie_in_the_folder_that_was_chosen(name: str) -> None:
    kept = safe_name(name)
    assert 0 < len(kept) <= LONGEST_NAME and kept not in (".", "..") and shown(kept) == kept
    assert PurePosixPath(kept).name == PureWindowsPath(kept).name == kept
    assert kept.partition(".")[0].upper() not in RESERVED
    assert safe_name("x" * 500 + ".pdf").endswith("x.pdf")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_shown_orders_no_terminal_about(text: str) -> None:
    assert not any(unicodedata.category(letter) == "Cc" for letter in shown(text).replace("\n", ""))
    assert json.loads(shown(json.dumps(text, ensure_ascii=False))) == text
