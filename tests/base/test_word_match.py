"""Everyday words find what they mean: whole, begun, inflected, misspelt, in a sentence; something
is always offered."""

import random
import time
from datetime import date
from pathlib import Path

import pytest

from desktop.base.word_match import LEAST, WordMatcher, likeness_of, tokens_of
from desktop.commands.collective import found_records
from desktop.queries.answers import Question, question_of
from desktop.vault import Vault

CASES = [tuple(line.split("\t")) for line in
         (Path(__file__).parent / "cases" / "everyday_words.tsv").read_text("utf-8").splitlines()]
FIRST = 3


@pytest.fixture
def questions(vault: Vault) -> dict[str, Question]:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    return {name: vault.ask(question_of, name, "fr", date(2026, 11, 30))
            for name in ("criteria", "domains")}


def test_what_workers_say_is_among_the_first_three_answers(questions: dict[str, Question]) -> None:
    assert len(CASES) >= 120
    missed = []
    for vocabulary, word, right in CASES:
        offered = [answer.code for answer in questions[vocabulary].find(word)]
        assert offered, f"nothing is offered for {word}"
        if not set(right.split()) & set(offered[:FIRST]):
            missed.append((word, right, offered[:FIRST]))
    share = 1 - len(missed) / len(CASES)
    print(f"{len(CASES)} words, {share:.1%} right among the first three")
    assert share >= 0.98, missed


def test_a_slip_of_one_letter_still_finds_it(questions: dict[str, Question]) -> None:
    chance, tried, missed = random.Random(12), 0, []
    for vocabulary, word, right in CASES:
        if len(word) < 6 or " " in word:
            continue
        at = chance.randrange(1, len(word) - 1)
        before, letter, after = word[:at], word[at], word[at + 1:]
        for slip in (before + after, before + letter * 2 + after,
                     before + after[:1] + letter + after[1:]):
            tried += 1
            if not set(right.split()) & {answer.code
                                         for answer in questions[vocabulary].find(slip)[:FIRST]}:
                missed.append((slip, word))
    assert tried > 150 and len(missed) <= tried * 0.05, missed


def test_a_word_of_several_grounds_offers_them_as_equals(questions: dict[str, Question]) -> None:
    for word, codes in (("racisme", {"ORIG", "ETHN", "RACE"}), ("voile", {"RELI", "PHYS"}),
                        ("accent", {"ORIG", "LANG"})):
        found = questions["criteria"].find(word)
        assert {answer.code for answer in found if answer.score == found[0].score} == codes
        assert all(questions["criteria"].offer(code).tells for code in codes)  # type: ignore[union-attr]


def test_letters_that_are_no_word_offer_what_looks_most_like_them_and_mean_nothing(
    questions: dict[str, Question]) -> None:
    for letters in ("xqzwv", "ß", "12345", "zzz zzz"):
        found = questions["criteria"].find(letters)
        assert found and found[0].score < LEAST
    assert questions["criteria"].find("  ") == []


def test_every_answer_is_found_by_its_own_label(questions: dict[str, Question]) -> None:
    for question in questions.values():
        for offer in question.offers:
            assert question.find(offer.label)[0].code == offer.code


def test_a_key_waits_for_no_search(questions: dict[str, Question]) -> None:
    for word in ("antisémitisme", "handicapée", "logement"):
        for length in range(1, len(word) + 1):
            began = time.perf_counter()
            questions["criteria"].find(word[:length])
            assert time.perf_counter() - began < 0.25


def test_likeness_and_words() -> None:
    assert (likeness_of("voile", "voile") == 1 > likeness_of("voil", "voile")
            > likeness_of("voilee", "voile") > 0)
    assert likeness_of("chat", "loup") == 0
    assert (tokens_of("Elle porte l’écharpe") == ("porte", "echarpe")
            and tokens_of("de la") == ("de", "la"))
    assert WordMatcher([("A", "Âge", ["vieux"])]).find("vieu")[0].word == "vieux"
