"""Folding for matching, over Latin letters, the signs of French typography and marks of other scripts."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desktop.base.text import fold


def test_accents_case_and_ligatures_are_ignored() -> None:
    assert fold("Œuvrard ÉLOÏSE") == "oeuvrard eloise"
    assert fold("« L’ÉTÉ » – 3 €") == "« l'ete » – 3 €"
    # Points of Hebrew and of Arabic, alone and beside French accents.
    assert fold("שָׁלוֹם, à") == "שלום, a" and fold("مُحَمَّد") == "محمد"


@given(st.text())
def test_no_mark_is_left(text: str) -> None:
    assert not any(unicodedata.combining(letter) for letter in fold(text))
