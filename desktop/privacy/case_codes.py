"""Codes that stand for a person who is never named: two plain words and figures, drawn at random,
easily said aloud.

`tambour-verger-4071-62`: the words are things, none of them a given name nor one that could hurt;
the last two figures check the rest (ISO 7064, MOD 97-10), so that a word or a figure mistyped is
told. Four thousand million codes: of 2,000 drawn on computers that do not see one another two are
alike once in 2,000 times, of 20,000 once in 20; within a vault none is drawn twice, and what two
records bear by chance is still two records.
"""

import re
from functools import cache
from random import Random, SystemRandom

from desktop.base.paths import resource
from desktop.base.text import fold

FIGURES = 10_000
_CHANCE = SystemRandom()
_FORM = re.compile(r"([a-z]+)[- ]+([a-z]+)[- ]+([0-9]{4})[- ]*([0-9]{2})")


@cache
def _words() -> tuple[str, ...]:
    return tuple(resource("words", "case-codes.txt").read_text(encoding="utf-8").split())


@cache
def _places() -> dict[str, int]:
    return {fold(word): place for place, word in enumerate(_words())}


def make_case_code(chance: Random = _CHANCE) -> str:
    """Draw a case code. `chance`: for the sample alone, whose codes are the same each time."""
    first, second = (chance.randrange(len(_words())) for _unused in range(2))
    figures = chance.randrange(FIGURES)
    return f"{_words()[first]}-{_words()[second]}-{figures:04d}-{_check(first, second, figures):02d}"


def normal_case_code(text: str) -> str | None:
    """Return a code as it was drawn, from what was typed (case, accents, spaces for hyphens); None
    if it is none."""
    match = _FORM.fullmatch(fold(text.strip()))
    if match is None:
        return None
    places = [_places().get(match[number]) for number in (1, 2)]
    if places[0] is None or places[1] is None:
        return None
    figures = int(match[3])
    if _check(places[0], places[1], figures) != int(match[4]):
        return None
    return f"{_words()[places[0]]}-{_words()[places[1]]}-{figures:04d}-{match[4]}"


def shown_case_code(code: str) -> str:
    """Return a code as it is read: tambour-verger 4071-62; anything else as it is."""
    match = _FORM.fullmatch(fold(code))
    return re.sub(r"[- ]([0-9]{4}-[0-9]{2})$", r" \1", code) if match is not None else code


def is_case_code(text: str) -> bool:
    """Whether a text is a code of this form, rightly typed (case, accents and spaces aside)."""
    return normal_case_code(text) is not None


def _check(first: int, second: int, figures: int) -> int:
    """Return the two figures that make the whole a number that leaves 1 when it is divided by
    97."""
    number = (first * 1_000 + second) * FIGURES + figures
    return 98 - number * 100 % 97
