"""How hard a passphrase is to guess, honestly: an estimate that never counts a word for more than a
word."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log10

from desktop.base.paths import resource
from desktop.base.text import fold

WORDS_OF_A_LANGUAGE = 20_000
KNOWN_WORDS = 100
LONGEST = 72
AZERTY = ("motdepasse", "azertyuiop", "qsdfghjklm", "wxcvbn")
WEAK, FAIR, GOOD = 8.0, 11.0, 14.0
"""Powers of ten of guesses. One guess costs about a second of a computer (Argon2id), a thousandth
on rented ones: 10^8 guesses are hours for who really wants, 10^11 years, 10^14 out of reach."""


@dataclass(frozen=True)
class Strength:
    """`guesses`: the power of ten of the guesses needed. `level`: 0 too easy, 1 fair, 2 good, 3
    very good."""

    guesses: float

    @property
    def level(self) -> int:
        """0 to 3."""
        return sum(self.guesses >= limit for limit in (WEAK, FAIR, GOOD))


@cache
def _learn_french() -> None:
    from zxcvbn.matching import add_frequency_lists

    listed = resource("words", "guessed-first-fr.txt").read_text("utf-8").split()
    # As they are written and as they are typed in a hurry, the most frequent first; a rank is what
    # a guess costs.
    words = dict.fromkeys(form for word in (*AZERTY, *listed) for form in (word, fold(word)))
    add_frequency_lists({"french": list(words)})


def strength_of(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """Return the strength of a passphrase; `known`: words that anyone would try first (the
    collective, the person, the territory).

    zxcvbn (Wheeler, USENIX Security 2016) knows common passwords, keyboards and dates, but of
    languages mostly English: it is given the French words and names that are tried first, and a
    phrase of ordinary words is never counted for more than the words of a dictionary.
    """
    if not passphrase:
        return Strength(0.0)
    # Imported here: its lists are not needed to open the window.
    from zxcvbn import zxcvbn

    _learn_french()
    common = [part for text in known for part in text.lower().replace("-", " ").split()
              if len(part) > 2]
    estimate = float(
        zxcvbn(passphrase[:LONGEST], user_inputs=[*common, "carnet", "collectif"])["guesses_log10"])
    words = passphrase.replace("-", " ").split()
    if len(words) > 1 and all(word.isalpha() for word in words):
        estimate = min(estimate,
                       sum(log10(KNOWN_WORDS if word.lower() in common
                                 else min(WORDS_OF_A_LANGUAGE, 26 ** min(
                                     len(word), 8))) for word in words))
    return Strength(estimate)
