"""Codes that stand for a person who is never named: drawn at random, easily said aloud."""

import secrets

_CONSONANTS, _VOWELS = "bdfglmnprtv", "aeiou"


def make_case_code() -> str:
    """Draw a case code: three syllables, one random figure and one that checks them."""
    word = "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _unused in range(3))
    figure = secrets.randbelow(10)
    return f"{word}-{figure}{_check(word, figure)}"


def _check(word: str, figure: int) -> int:
    return (sum(position * ord(letter) for position, letter in enumerate(word, 1)) + 7 * figure) % 10
