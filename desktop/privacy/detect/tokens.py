"""Cut a text into words, numbers and signs, and fold words so that spellings meet.

Offsets are code points of the text as given, composed or not. Apostrophes and hyphens cut:
`d'Ana-Maria` is five tokens.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+|\n|[^\w\s]|_")
_LETTERS = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ø": "o",
        "ı": "i",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "þ": "th",
        "ħ": "h",
        "ə": "e",
        "ŋ": "n",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ŀ": "l",
    }
)
_MARKS = re.compile(r"[\u0300-\u036f]")


def words_of(text: str) -> frozenset[str]:
    """Read a set of words that stand in one text, parted by blanks."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a sign or a line break; `folded` is lower case without accents."""

    start: int
    end: int
    text: str
    folded: str
    kind: str
    """`w` word, `d` digits, `p` sign, `n` line break."""


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Take accents off a word of any Latin letters and put it in lower case."""
    if word.isascii():
        return word.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", word.lower()))
    return plain.translate(_LETTERS)


def tokens_of(text: str) -> list[Token]:
    """Cut a text; blanks other than line breaks are no tokens."""
    cut = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        first = word[0]
        if first.isalpha():
            kind, folded = "w", fold(word)
        elif first.isdigit():
            kind, folded = "d", word
        elif first == "\n":
            kind, folded = "n", "\n"
        else:
            # Half of a pair that JSON can hold and UTF-8 cannot.
            word_or = "?" if "\ud800" <= word <= "\udfff" else word
            kind, folded = (
                "p",
                {"’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-"}.get(word_or, word_or),
            )
        cut.append(Token(match.start(), match.end(), word, folded, kind))
    return cut
