"""Notes that were written before anything was tuned on them: what must be masked is, and innocent
notes stay in peace."""

import json

import pytest
from tagger import held, people, train

from desktop.base.paths import resource
from desktop.privacy.detect.tagger import WEIGHTS

WHOLE = ("date", "email", "file_number", "iban", "nir", "plate", "url")
"""Kinds of which each one of these notes must be found."""


@pytest.fixture(scope="module")
def measured() -> held.Held:
    return held.measure("held_notes.jsonl")


def test_numbers_and_days_of_held_notes_are_all_found(measured: held.Held) -> None:
    assert {kind: measured.found[kind] for kind in WHOLE
            if measured.found[kind][0] < measured.found[kind][1]} == {}
    for kind in ("birthdate", "phone", "address", "handle"):
        right, of = measured.found[kind]
        assert right >= of - 1, kind


def test_names_of_held_notes_are_found_as_reported(measured: held.Held) -> None:
    right, of = measured.found["name"]
    assert of >= 140 and right / of >= 0.96, measured.missed
    assert measured.alarms_per_100_words() <= 2 and measured.stops == 0


def test_what_singles_out_is_found_in_held_notes(measured: held.Held) -> None:
    for kind in ("unique_role", "organisation", "age_trade_place"):
        right, of = measured.found[kind]
        assert right / of >= 0.85, kind


def test_innocent_notes_are_left_in_peace() -> None:
    innocent = held.measure("innocent_notes.jsonl")
    questions = sorted(innocent.questions)
    assert innocent.stops == 0 and innocent.alarms_per_100_words() <= 2
    assert questions[len(questions) // 2] == 0 and questions[int(len(questions) * 0.95)] <= 1


MOST = {"written": 11, "no accents": 11, "lower": 14, "upper": 16, "sms": 30, "sms upper": 45}
"""Questions in 1,000 words of everyday sentences at most: a third of what they were at first."""


def test_everyday_sentences_are_hardly_asked_about() -> None:
    asked = held.measure_everyday()
    assert asked.keys() == MOST.keys()
    for way, (count, words, told) in asked.items():
        assert words > 250 and 1000 * count / words <= MOST[way], (way, told)
    assert not any(" date " in f" {line} " for _count, _words, told in asked.values()
                   for line in told), "a number in words is no day"


def test_names_that_are_checked_were_never_trained_on() -> None:
    folder = people.HERE / "names"
    trained, checked = (
        {name.lower() for sides in people.read_names(folder / file).values() for side in sides
         for name in side}
        for file in ("training.txt", "checking.txt"))
    words = {name.lower() for sides in people.read_names(folder / "words.txt").values()
             for side in sides for name in side}
    assert checked and (trained | words) & checked == set()


def test_weights_are_those_of_these_words() -> None:
    """What the weights were trained on is written beside them: who changes a list trains anew."""
    stamp = json.loads(train.TRAINED.read_text(encoding="utf-8"))
    assert stamp == train.stamp_of(resource("identities", WEIGHTS))
