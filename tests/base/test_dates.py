"""Dates as people type them."""

from datetime import date

import pytest

from desktop.base.dates.french import day_words, first_day
from desktop.base.i18n import set_language

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(("words", "day"), [
    ("mars", date(2026, 3, 1)), ("Décembre", date(2025, 12, 1)), ("novembre", date(2026, 11, 1)),
    ("mars 2024", date(2024, 3, 1)), ("mars-2024", date(2024, 3, 1)),
    ("1er mars", date(2026, 3, 1)),
    ("12-janvier-2025", date(2025, 1, 12)), ("24 nov.", date(2025, 11, 24)),
    ("sept.", date(2026, 9, 1)),
    ("12/01/2026", date(2026, 1, 12)), ("12/1/26", date(2026, 1, 12)),
    ("24/11", date(2025, 11, 24)),
    ("03/2025", date(2025, 3, 1)), ("2025-03-12", date(2025, 3, 12)), ("2025-03", date(2025, 3, 1)),
    ("2025", date(2025, 1, 1)),
    ("lundi", TODAY), ("mardi", date(2026, 11, 17)), ("hier", date(2026, 11, 22)),
    ("aujourd’hui", TODAY),
    ("aujourdhui", TODAY), ("semaine", TODAY), ("mois", date(2026, 11, 1)),
    ("année", date(2026, 1, 1)),
    ("march", date(2026, 3, 1)), ("tuesday", date(2026, 11, 17)), ("year", date(2026, 1, 1)),
    ("29/02", date(2024, 2, 29)),
])
def test_what_is_meant_is_the_last_that_is_not_to_come(words: str, day: date) -> None:
    assert first_day(words, TODAY) == day


@pytest.mark.parametrize("words",
                         ["", "ju", "jui", "31/02", "31/02/2026", "99/99", "mars mars", "12 lundi",
                          "13", "0000-00",
                          "demain", "12/01/2026 et plus"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert first_day(words, TODAY) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_that_is_offered_is_understood(language: str) -> None:
    set_language(language)
    assert len(day_words()) == 24
    assert all(first_day(word, TODAY) is not None for word in day_words())
