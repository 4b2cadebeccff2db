"""Codes that stand for a person: drawn, said aloud, typed again; never a name, never one letter
off."""

from random import Random

import pytest

from desktop.base.paths import resource
from desktop.base.text import fold
from desktop.privacy.case_codes import (
    is_case_code,
    make_case_code,
    normal_case_code,
    shown_case_code,
)

WORDS = resource("words", "case-codes.txt").read_text(encoding="utf-8").split()
CODE = make_case_code(Random(7))


def test_a_code_is_read_however_it_is_typed() -> None:
    for typed in (CODE, CODE.upper(), fold(CODE), CODE.replace("-", " "),
                  f"  {shown_case_code(CODE)} "):
        assert normal_case_code(typed) == CODE


def test_no_two_words_sound_alike_once_folded() -> None:
    assert len({fold(word) for word in WORDS}) == len(WORDS) >= 600


@pytest.mark.parametrize("seed", range(40))
def test_one_sign_off_is_told(seed: int) -> None:
    rng = Random(seed)
    code = make_case_code(rng)
    place = rng.randrange(len(code))
    others = "0123456789" if code[place].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    for sign in others:
        typed = code[:place] + sign + code[place + 1:]
        assert fold(typed) == fold(code) or not is_case_code(typed), typed


def test_drawn_twenty_thousand_times_few_are_alike() -> None:
    rng = Random(2026)
    codes = {make_case_code(rng) for _unused in range(20_000)}
    assert len(codes) >= 20_000 - 3
