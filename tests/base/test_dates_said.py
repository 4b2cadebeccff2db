"""Dates as people say them, in a field: the whole text is a date or none is understood."""

import json
from datetime import date
from pathlib import Path

import pytest

from desktop.base.dates.said import date_in, date_of
from desktop.base.i18n import set_language

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(("words", "day"), [
    ("vend.", date(2026, 11, 27)), ("ven", date(2026, 11, 27)),
    ("Vendredi prochain", date(2026, 11, 27)),
    ("sous 15 j", date(2026, 12, 7)), ("sous 15j.", date(2026, 12, 7)),
    ("dans 3 sem", date(2026, 12, 13)),
    ("12/01", date(2027, 1, 12)), ("le 12/01", date(2027, 1, 12)), ("12-01-27", date(2027, 1, 12)),
    ("12.1.2025", date(2025, 1, 12)), ("2026-03-12", date(2026, 3, 12)),
    ("  2026-3-2 ", date(2026, 3, 2)),
    ("fin mars", date(2027, 3, 31)), ("fin fév.", date(2027, 2, 28)),
    ("mi-déc", date(2026, 12, 15)),
    ("1er mars", date(2027, 3, 1)), ("12 janv.", date(2027, 1, 12)),
    ("12 janvier 2025", date(2025, 1, 12)),
    ("29/02", date(2028, 2, 29)), ("le 31", date(2026, 12, 31)), ("le 22", TODAY),
    ("12", date(2026, 12, 12)),
    ("hier", date(2026, 11, 21)), ("avant-hier", date(2026, 11, 20)),
    ("il y a 15 jours", date(2026, 11, 7)),
    ("lundi dernier", date(2026, 11, 16)), ("dimanche dernier", date(2026, 11, 15)),
    ("aujourd’hui", TODAY),
    ("il y a 2 mois", date(2026, 9, 22)), ("22/11", TODAY),
    ("", None), ("mars", None), ("m", None), ("12 jui", None), ("31/02", None),
    ("31/02/2027", None), ("12/13", None),
    ("2026-13-01", None), ("0000-01-01", None), ("12/01/0027", None), ("12 chats", None),
    ("vend. ou lundi", None),
    ("fri", None), ("0", None), ("32", None), ("12/01 :", None), ("fin mars 0000", None),
])
def test_a_whole_text_in_french(words: str, day: date | None) -> None:
    assert date_of(words, TODAY) == day


@pytest.mark.parametrize(("words", "day"), [
    ("12/01", date(2026, 1, 12)), ("22/11", TODAY), ("23/11", date(2025, 11, 23)),
    ("29/02", date(2024, 2, 29)),
    ("lundi", date(2026, 11, 16)), ("vendredi prochain", date(2026, 11, 27)),
    ("le 31", date(2026, 10, 31)),
    ("fin mars", date(2026, 3, 31)), ("12 déc.", date(2025, 12, 12)),
    ("12/01/2030", date(2030, 1, 12)),
    ("début décembre", date(2025, 12, 5)),
])
def test_what_is_over_when_the_field_looks_back(words: str, day: date) -> None:
    assert date_of(words, TODAY, past=True) == day


@pytest.mark.parametrize(("words", "day"), [
    ("fri", date(2026, 11, 27)), ("next Friday", date(2026, 11, 27)),
    ("last mon.", date(2026, 11, 16)),
    ("in 15 days", date(2026, 12, 7)), ("in 2 weeks", date(2026, 12, 6)),
    ("2 w ago", date(2026, 11, 8)),
    ("12/01", date(2027, 1, 12)), ("end of March", date(2027, 3, 31)),
    ("mid-december", date(2026, 12, 15)),
    ("12 March", date(2027, 3, 12)), ("March 12th, 2028", date(2028, 3, 12)),
    ("by the 1st", date(2026, 12, 1)),
    ("tomorrow", date(2026, 11, 23)), ("yesterday", date(2026, 11, 21)),
    ("end of the month", date(2026, 11, 30)),
    ("in 2 months", date(2027, 1, 22)), ("2026-03-12", date(2026, 3, 12)),
    ("tue", date(2026, 11, 24)),
    # French is still spoken around the table.
    ("fin mars", date(2027, 3, 31)), ("vend.", date(2026, 11, 27)),
    ("t", None), ("march", None), ("ma 12", None), ("12 ju", None), ("someday", None),
])
def test_a_whole_text_in_english(words: str, day: date | None) -> None:
    set_language("en")
    assert date_of(words, TODAY) == day


def test_the_notes_take_no_beginning_of_a_word_for_a_day() -> None:
    for line in ("relancer le jeu", "dans 3 salles", "12 jeunes", "mar", "hier soir"):
        assert date_in(line, TODAY) == (None, line)


CASES = [json.loads(line) for line in
         (Path(__file__).parent / "cases" / "dates.jsonl").read_text("utf-8").splitlines() if line]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["typed"])
def test_what_a_secretary_typed(case: dict[str, str]) -> None:
    assert date_of(case["typed"],
                   date.fromisoformat(case["today"])) == date.fromisoformat(case["is"])


@pytest.mark.parametrize(("words", "day"), [
    ("lundi 23 novembre", date(2026, 11, 23)), ("mardi 23 novembre", None),
    ("vendredi 27/11/2026", date(2026, 11, 27)),
    ("jeudi 27/11/2026", None), ("dans quinze jours", date(2026, 12, 7)),
    ("il y a deux mois", date(2026, 9, 22)),
    ("dans une semaine", date(2026, 11, 29)), ("le mois prochain", date(2026, 12, 1)),
    ("03 13 2026", None),
    ("03 12", None), ("la semaine dernière", date(2026, 11, 9)), ("lundi 23", date(2026, 11, 23)),
    ("mardi 23", None),
])
def test_a_day_of_the_week_must_agree_and_numbers_may_be_words(words: str,
                                                               day: date | None) -> None:
    assert date_of(words, TODAY) == day
