"""What a French text is about: its words without endings, accents and the small ones, those of one
concept made one."""

from functools import cache, lru_cache
from typing import Any

from desktop.base.paths import resource
from desktop.base.text import fold

LEAST = 3
"""Letters that a word has, to say something."""


def words_of_text(text: str) -> list[str]:
    """Part a text into its words, folded, without figures alone and the small ones, in their
    order."""
    parts = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    return [word for word in parts
            if len(word) >= LEAST and not word.isdecimal() and word not in _small()]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Take the ending off a folded French word, and give the concept that it says where one is
    known."""
    bare = _bare(word)
    return _concepts().get(bare, bare)


def stems(text: str) -> frozenset[str]:
    """Say what a text is about, as stems and concepts."""
    return frozenset(stem(word) for word in words_of_text(text))


def _bare(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    # Late: nobody who types no title needs it, and the library loads thirty languages.
    from snowballstemmer import stemmer

    return stemmer("french")


def _lines(name: str) -> list[str]:
    return [line for line in resource("words", name).read_text("utf-8").splitlines()
            if line and not line.startswith("#")]


@cache
def _small() -> frozenset[str]:
    return frozenset(" ".join(_lines("small-fr.txt")).split())


@cache
def _concepts() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines("concepts-fr.txt"):
        first, *others = fold(line).split()
        for word in (first, *others):
            found.setdefault(_bare(word), f"={first}")
    return found
