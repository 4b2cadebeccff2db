"""Lines of the notes that become actions, and what is typed in the roll-call field."""

import json
import uuid
from datetime import date
from pathlib import Path

import pytest

from desktop.base.dates.said import date_in
from desktop.ui.meetings.notes.capture import Someone, capture, completions
from desktop.ui.meetings.roll_call.panel import Everyone, Paper, Tick, WalkIn, understand

TODAY = date(2026, 11, 22)  # a Sunday
FATIMA = Someone(uuid.uuid4(), "Fatima", "Benali", True)
OTHER = Someone(uuid.uuid4(), "Fatima", "Bouzid", False)


@pytest.mark.parametrize(("words", "day"), [
    ("vend.", date(2026, 11, 27)), ("vendredi", date(2026, 11, 27)), ("mar.", date(2026, 11, 24)),
    ("dimanche", date(2026, 11, 29)), ("sous 15 j", date(2026, 12, 7)),
    ("fin mars", date(2027, 3, 31)),
    ("le 12/01", date(2027, 1, 12)), ("avant le 1er mars", date(2027, 3, 1)),
    ("demain", date(2026, 11, 23)),
    ("après-demain", date(2026, 11, 24)), ("fin février", date(2027, 2, 28)),
    ("mi-décembre", date(2026, 12, 15)),
    ("sous 2 mois", date(2027, 1, 22)), ("12/01/2028", date(2028, 1, 12)),
    ("fin du mois", date(2026, 11, 30)),
    ("dans 3 semaines", date(2026, 12, 13)), ("le 31/02", None), ("marron", None),
])
def test_french_dates(words: str, day: date | None) -> None:
    assert date_in(words, TODAY)[0] == day


CASES = [json.loads(line) for line in
         (Path(__file__).parent / "cases" / "capture.jsonl").read_text("utf-8").splitlines()
         if line]
ZOE, DUPONT = Someone(uuid.uuid4(), "Zoé", "Petit",
                      True), Someone(uuid.uuid4(), "Marie", "Dupont", True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["line"])
def test_only_a_deadline_is_taken_out_of_the_words(case: dict[str, str | None]) -> None:
    line, title = str(case["line"]), str(case["title"])
    found = capture(line, [ZOE, DUPONT], date.fromisoformat(str(case["today"])))
    assert found is not None
    assert found.title == title[:1].upper() + title[1:]
    assert found.due_on == (date.fromisoformat(case["due_on"]) if case["due_on"] else None)
    assert found.owner is (ZOE if "Zoé" in line else DUPONT if "dupont" in line else None)


@pytest.mark.parametrize("words",
                         ["depuis lundi", "les jeudis de mars, chaque lundi",
                          "la charte signée le 12/03/2024",
                          "le procès-verbal du mardi 8 décembre", "un accord d'avril",
                          "la fête de fin mars"])
def test_a_date_that_tells_of_something_is_no_deadline(words: str) -> None:
    assert date_in(words, date(2026, 11, 30)) == (None, words)


def test_an_action_gets_its_owner_and_its_date() -> None:
    found = capture("> Fatima B. vend. : relancer la CPAM", [OTHER, FATIMA], TODAY)
    assert found is not None
    assert (found.kind, found.title, found.owner, found.due_on) == (
        "action", "Relancer la CPAM", FATIMA, date(2026, 11, 27))


def test_a_date_can_be_left_in_the_words() -> None:
    for line, title, owner in (
            ("> dupont : rappeler la fermeture avant le 15/12",
             "Rappeler la fermeture avant le 15/12", DUPONT),
            ("> Relire la charte avant le 12/01", "Relire la charte avant le 12/01", None)):
        found = capture(line, [DUPONT], TODAY)
        assert found is not None and found.due_on is not None and found.title != title
        assert (found.without_date.title, found.without_date.due_on,
                found.without_date.owner) == (title, None, owner)
    beside = capture("> dupont vend. : relancer la CPAM", [DUPONT], TODAY)
    assert beside is not None and beside.without_date == beside, "a date beside the name is no word of the action"


def test_an_action_without_owner_keeps_its_words() -> None:
    found = capture("> Envoyer le compte rendu avant le 12/01", [FATIMA], TODAY)
    assert found is not None
    assert (found.title, found.owner,
            found.due_on) == ("Envoyer le compte rendu", None, date(2027, 1, 12))
    colon = capture("> Bailleurs : écrire à tous", [FATIMA], TODAY)
    assert colon is not None
    assert (colon.title, colon.owner) == ("Bailleurs : écrire à tous", None)


def test_nobody_is_guessed_between_two() -> None:
    twin = Someone(uuid.uuid4(), "Fatima", "Benali", True, "CPAM du Hainaut")
    other = Someone(uuid.uuid4(), "Fatima", "Benali", True, "CCAS")
    found = capture("> Fatima B. vend. : relancer la CPAM", [twin, other], TODAY)
    assert found is not None and found.owner is None and set(found.between) == {twin, other}
    assert found.title == "Fatima B. : relancer la CPAM" and found.due_on == date(2026, 11, 27)
    told = capture("> Fatima B. ccas vend. : relancer la CPAM", [twin, other], TODAY)
    assert told is not None and told.owner is other and told.title == "Relancer la CPAM"


def test_tab_offers_people_then_dates() -> None:
    twin = Someone(uuid.uuid4(), "Fatima", "Benali", False, "CCAS")
    assert completions("> fat", [OTHER, FATIMA], TODAY) == ["> Fatima BENALI", "> Fatima BOUZID"]
    assert completions("~> fat b", [FATIMA, twin],
                       TODAY) == ["~> Fatima BENALI", "~> Fatima BENALI CCAS"]
    assert completions("> Fatima BENALI ", [FATIMA],
                       TODAY)[:2] == ["> Fatima BENALI vend.", "> Fatima BENALI sous 8 j"]
    assert completions("> Fatima BENALI vend.", [FATIMA], TODAY)[3] == "> Fatima BENALI fin du mois"
    assert completions("> Fatima BENALI : relancer", [FATIMA],
                       TODAY) == completions("fat", [FATIMA], TODAY) == []


def test_a_restricted_line_may_hold_an_action() -> None:
    found = capture("~> Fatima B. : voir la personne", [FATIMA], TODAY)
    assert found is not None and found.restricted and found.owner is FATIMA


def test_a_decision_and_an_ordinary_line() -> None:
    found = capture("! la charte est adoptée", [], TODAY)
    assert found is not None
    assert (found.kind, found.title) == ("decision", "La charte est adoptée")
    assert capture("La charte est lue.", [], TODAY) is None
    assert capture(">", [], TODAY) is None


@pytest.mark.parametrize(("typed", "meaning"), [
    ("fat", Tick(("fat",))), ("Éric", Tick(("eric",))), ("fat e", Tick(("fat",), "excuse")),
    ("fat v", Tick(("fat",), "distance")),
    ("fat r kar", Tick(("fat",), "represente", "", ("kar",))),
    ("fat r", Tick(("fat",), "represente")), ("fat 14:20", Tick(("fat",), "present", "14:20")),
    ("fat 14h20", Tick(("fat",), "present", "14:20")),
    ("fat 9h", Tick(("fat",), "present", "09:00")),
    ("e", Tick(("e",))), ("*", Everyone()),
    ("+ Dupont Marie, CCAS", WalkIn("Dupont", "Marie", "CCAS")),
    ("+ Marie DUPONT", WalkIn("DUPONT", "Marie", "")), ("", None),
    ("1-3 9 12x",
     Paper(((1, "present"), (2, "present"), (3, "present"), (9, "present"), (12, "absent")))),
])
def test_the_roll_call_field(typed: str, meaning: object) -> None:
    assert understand(typed) == meaning
