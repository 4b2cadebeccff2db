"""Codes that stand for a person who is never named: drawn at random, easily said aloud."""

import re
from random import Random, SystemRandom

_CONSONANTS, _VOWELS = "bdfglmnprtv", "aeiou"
_CHANCE = SystemRandom()
_FORM = re.compile(rf"((?:[{_CONSONANTS}][{_VOWELS}]){{3}})-(\d)(\d)")


def make_case_code(chance: Random = _CHANCE) -> str:
    """Draw a case code: three syllables, one random figure and one that checks them. `chance`: for the sample alone."""
    word = "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _unused in range(3))
    figure = chance.randrange(10)
    return f"{word}-{figure}{_check(word, figure)}"


def is_case_code(text: str) -> bool:
    """Whether a text is a code of this form, rightly typed (case and spaces aside)."""
    match = _FORM.fullmatch(text.strip().lower())
    return match is not None and _check(match[1], int(match[2])) == int(match[3])


def _check(word: str, figure: int) -> int:
    return (sum(position * ord(letter) for position, letter in enumerate(word, 1)) + 7 * figure) % 10
