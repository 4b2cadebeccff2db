"""Words as people type them where SQLite folds otherwise: "lukasz" for Łukasz, "strasse" for
Straße, "lhote" for L'Hôte."""

import re
import unicodedata
from collections.abc import Iterator

from desktop.base.text import fold

_WORD = re.compile(r"\w+")
JOINED = re.compile(r"(?<!\w)\w++(?:['’ʼ‘\u00ad\u200b-\u200d\u2060]\w++)+")
"""Words that a sign cuts, and that people type whole. From the beginning of a word, and never back:
a word may be endless."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060]")


def folded_words(title: str, body: str) -> list[str]:
    """Return the words that the index would not find as they are folded, each once, in the order of
    the alphabet."""
    if title.isascii() and body.isascii() and "'" not in title and "'" not in body:
        return []
    return sorted({word for text in (title, body) for word in (*_otherwise(text), *_joined(text))})


def _otherwise(text: str) -> Iterator[str]:
    """Words with letters that `unicode61` keeps as they are: it takes accents off, and opens no
    ligature."""
    for word in () if text.isascii() else set(_WORD.findall(text)):
        folded = fold(word)
        if not word.isascii() and folded != _as_indexed(word):
            yield folded


def _joined(text: str) -> Iterator[str]:
    """Names that an apostrophe cuts, and words that a hyphen nobody sees cuts, whole."""
    for found in JOINED.finditer(text):
        # An ordinary elision, "l'accueil", is no name: its second word is written small.
        if (_UNSEEN.search(found[0])
            or any(part[:1].isupper() for part in _WORD.findall(found[0])[1:])):
            yield fold(found[0]).replace("'", "")


def _as_indexed(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word)
                   if not unicodedata.combining(c)).lower()
