"""Finds what somebody means by a word: whole, begun, inflected, misspelt or in a sentence, among
lists of everyday words.

Pure functions on text; every list is folded (no accents, no case). The best answer comes first, and
something is always
offered: where no word fits, the answers whose words look most alike.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from desktop.base.text import fold

LEAST = 0.42
"""The score under which an answer is not meant."""
ALSO = 0.7
"""What share of the best score another answer needs to be offered beside it."""
AS_GOOD = 0.97
"""What share of the best score makes an answer as good as the best."""
_WORD = re.compile(r"[a-z0-9+]+")
_EMPTY = frozenset(re.findall(r"\w+", (
    "le la les l un une des de du d au aux a en et ou son sa ses mon ma mes leur leurs ce cette "
    "ces qui que qu on il elle je sur dans pour par avec chez est etre ai ete car se s n y the of "
    "to in on at an and or my his her with for is was")))
_ENDINGS = ("issements", "issement", "isations", "isation", "ements", "ement", "ations", "ation",
            "iennes", "ienne", "iens",
            "ien", "iques", "ique", "istes", "iste", "ismes", "isme", "euses", "euse", "teurs",
            "teur", "trices", "trice",
            "ments", "ment", "ives", "ive", "ites", "ite", "eurs", "eur", "ages", "age", "ants",
            "ante", "ant", "ees", "ee",
            "ers", "er", "ies", "ie", "ifs", "if", "aux", "al", "es", "e", "s", "x", "t")
_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"ph", "f"), (r"eau|au", "o"), (r"ai|ei|ay|ey", "e"), (r"qu|ck|k|c(?![eiyh])", "k"),
    (r"c(?=[eiy])|ss|sc(?=[eiy])|ti(?=on)", "s"),
    (r"ge(?=[ao])|g(?=[eiy])|j", "j"), (r"gu(?=[eiy])", "g"), (r"oe|eu", "e"), (r"h", ""),
    (r"y", "i"), (r"en|em|am", "an"),
    (r"in|im|ein|ain", "in"), (r"z", "s"), (r"(.)\1+", r"\1"), (r"(?<=.{2})(ent|e|s|t|x|d)+$", "")))


@dataclass(frozen=True)
class WordMatch:
    """One answer that may be meant. `word`: the everyday word that led to it, as the list writes
    it; empty for its own label. `score`: 1 for the very word, less for what only looks like it."""

    code: str
    word: str
    score: float


@dataclass(frozen=True)
class _Phrasing:
    """One way to say one answer: its place among the answers, its words, how it is written."""

    answer: int
    tokens: tuple[str, ...]
    written: str
    is_label: bool


class WordMatcher:
    """The answers of one question with the words that people use for them."""

    def __init__(self, answers: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        """`answers`: code, label and everyday words of each, in the order in which equals are
        offered."""
        self._codes: list[str] = []
        self._entries: list[_Phrasing] = []
        for number, (code, label, words) in enumerate(answers):
            self._codes.append(code)
            self._entries += [_Phrasing(number, tokens, written, written == label)
                              for written in (label, *words) if (tokens := tokens_of(written))]
        by_token: dict[str, set[int]] = {}
        for entry in self._entries:
            for token in entry.tokens:
                by_token.setdefault(token, set()).add(entry.answer)
        self._weights = {token: 1 / (1 + log(len(answers))) for token, answers in by_token.items()}
        self._alike: dict[str, dict[str, float]] = {}

    def find(self, typed: str) -> list[WordMatch]:
        """Every answer that may be meant, the best first; the most alike where none is, and none
        for no word at all."""
        words = tokens_of(typed)
        if not words:
            return []
        best: dict[int, tuple[float, _Phrasing]] = {}
        # "mal voyant" is also tried as one word.
        for said in {words, ("".join(words),)} if len(words) < 4 else {words}:
            likeness = [self._like(word) for word in said]
            for entry in self._entries:
                score = self._score(entry, likeness)
                if score > best.get(entry.answer, (0.0, entry))[0]:
                    best[entry.answer] = score, entry
        # Of two as good, the one that is called so comes first.
        ranked = sorted(((score, -number, entry) for number, (score, entry) in best.items()),
                        key=lambda one: (one[0] + (0.005 if one[2].is_label else 0), one[1]),
                        reverse=True)
        meant = ([one for one in ranked if one[0] >= LEAST and one[0] >= ranked[0][0] * ALSO]
                 or ranked[:3])
        return [WordMatch(self._codes[-number], "" if entry.is_label else entry.written, score)
                for score, number, entry in meant]

    def _score(self, entry: _Phrasing, likeness: list[dict[str, float]]) -> float:
        """How well an entry says what was typed: how much of what was typed it holds, and how much
        else it holds."""
        said = whole = 0.0
        used: set[str] = set()
        for like in likeness:
            token, alike = max(((token, like.get(token, 0.0)) for token in entry.tokens),
                               key=lambda pair: pair[1])
            weight = self._weights[token] if alike else 1.0
            said += alike * weight
            whole += weight
            if alike:
                used.add(token)
        if not said:
            return 0.0
        score = said / whole * (0.75 + 0.25 * len(used) / len(entry.tokens))
        if len(likeness) > len(entry.tokens):
            # A whole entry within a sentence, whatever else the sentence says.
            alike = min(max(like.get(token, 0.0) for like in likeness) for token in entry.tokens)
            score = max(score, alike * min(0.9, 0.62 + 0.1 * len(entry.tokens)) if alike > 0.8
                        else 0.0)
        return score

    def _like(self, word: str) -> dict[str, float]:
        known = self._alike.get(word)
        if known is None:
            found = {token: alike for token in self._weights if (alike := likeness_of(word, token))}
            # Letters that fit nothing else: whatever looks most like them.
            known = self._alike[word] = found or {token: 0.3 * _overlap(word, token)
                                                  for token in self._weights}
            if len(self._alike) > 400:
                self._alike.pop(next(iter(self._alike)))
        return known


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something, folded; all of them where none does."""
    words = tuple(_WORD.findall(fold(text)))
    return tuple(word for word in words if word not in _EMPTY) or words


def likeness_of(typed: str, word: str) -> float:
    """How much a typed word may be this one: 1 for the same, 0 for another."""
    if typed == word:
        return 1.0
    if word.startswith(typed):
        return 0.86 + 0.1 * len(typed) / len(word) if len(typed) > 1 else 0.7
    if len(typed) > 3 and len(word) > 3:
        if _stem(typed) == _stem(word):
            return 0.9
        if _sound(typed) == _sound(word):
            return 0.84
        slips = _slips(typed, word)
        if slips is not None:
            return 0.8 - 0.12 * (slips - 1)
        if (len(typed) > 4 and len(word) > len(typed)
            and _slips(typed, word[:len(typed)], most=1) is not None):
            return 0.66
        if typed.startswith(word) and len(word) > 4:
            return 0.62
        stem = _stem(typed)
        if len(stem) > 4 and word.startswith(stem):
            return 0.72
    return 0.0


@lru_cache(maxsize=8_000)
def _stem(word: str) -> str:
    for _twice in range(2):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word.removesuffix(ending)
                break
    return word


@lru_cache(maxsize=8_000)
def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _slips(one: str, other: str, most: int = 0) -> int | None:
    """How many letters were missed, doubled, changed or turned round; None for more than a word of
    this length may hold."""
    most = most or (1 if min(len(one), len(other)) < 7 else 2)
    if abs(len(one) - len(other)) > most or (one[0] != other[0] and one[1:2] != other[1:2]):
        return None
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        before, last = last, row
    return last[-1] if last[-1] <= most else None


def _overlap(one: str, other: str) -> float:
    """Return the share of letter pairs that two words have in common."""
    pairs = [{word[i:i + 2] for i in range(len(word) - 1)} or {word}
             for word in (f"^{one}", f"^{other}")]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))
