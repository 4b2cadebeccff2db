"""Notes for training and checking: carrier sentences filled with persons, in the registers that
people write in."""

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from desktop.privacy.detect.tokens import fold
from tagger import slots
from tagger.people import FORMS, Crowd, Person

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{([A-Z])\}")
_WORD = re.compile(r"[^\W\d_]+")
_DETERMINERS = frozenset(
    [
        "le",
        "la",
        "les",
        "un",
        "une",
        "du",
        "des",
        "au",
        "aux",
        "ce",
        "cette",
        "mon",
        "ma",
        "sa",
        "son",
        "leur",
    ]
)
REGISTERS = ("cased", "lower", "upper", "plain", "lower_plain", "sms", "title", "names_lower")
_SHARES = (32, 20, 8, 6, 15, 10, 2, 8)
Piece = tuple[str, bool]


@dataclass(frozen=True)
class Note:
    """A text, and where its names stand, with the person of each."""

    text: str
    names: tuple[tuple[int, int], ...]
    persons: tuple[Person | None, ...]
    register: str


def carriers(kind: str) -> list[str]:
    """The carrier sentences with persons (`1`) or without (`0`)."""
    lines: list[str] = []
    for file in sorted((HERE / "carriers").glob(f"carriers{kind}*.txt")):
        lines += [
            line.rstrip("\n").replace("\\n", "\n")
            for line in file.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith("#")
        ]
    return list(dict.fromkeys(lines))


def part_of(line: str) -> str:
    """Say what a carrier or a name serves for: `train`, `tune` or `report`; by its letters alone,
    for ever."""
    number = crc32(fold_all(line).encode()) % 10
    return {0: "tune", 5: "report"}.get(number, "train")


def fold_all(text: str) -> str:
    """Fold each word of a text."""
    return _WORD.sub(lambda match: fold(match.group()), text)


CASED_BY_PLACE = frozenset("NMYJ")
"""Slots that have a capital at the head of a sentence; inside, numbers and months have none."""


def _cased(words: str, slot: str, first: bool) -> str:
    """Write what a slot holds as its place asks; « VIH » and « Noël » stay as they are."""
    if first:
        return words[0].upper() + words[1:]
    return words if slot == "Y" or words.isupper() else words[0].lower() + words[1:]


class Writer:
    """Writes notes. The same seed writes the same notes."""

    def __init__(
        self,
        with_persons: list[str],
        without: list[str],
        crowd: Crowd,
        communes: list[str],
        vocabulary: list[str],
        also_names: list[str],
    ) -> None:
        self.with_persons, self.without, self.crowd = with_persons, without, crowd
        self.communes, self.vocabulary, self.also_names = communes, vocabulary, also_names
        self.by_ending: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if 4 < len(word) < 12:
                self.by_ending[word[-3:]].append(word)

    def note(
        self,
        chance: random.Random,
        register: str | None = None,
        altered: bool = True,
        empty: float = 0.42,
        lines: int | None = None,
    ) -> Note:
        """Write a note of one to five sentences, in a register that is drawn if none is given."""
        register = register or chance.choices(REGISTERS, _SHARES)[0]
        people = [self.crowd.draw(chance) for _each in range(chance.choice((1, 2, 2, 3)))]
        pieces: list[tuple[str, Person | None]] = []
        for _line in range(lines or chance.choice((1, 1, 1, 2, 2, 3, 4, 5))):
            source = self.without if chance.random() < empty else self.with_persons
            if pieces:
                pieces.append((chance.choice(("\n", "\n", " ", " ", "\n- ")), None))
            pieces += self._filled(chance.choice(source), people, chance, altered)
        return self._written(pieces, register, chance)

    def _filled(
        self, line: str, people: list[Person], chance: random.Random, altered: bool
    ) -> list[tuple[str, Person | None]]:
        pieces: list[tuple[str, Person | None]] = []
        place = 0
        for match in _SLOT.finditer(line):
            pieces.append(
                (
                    self._alter(line[place : match.start()], chance)
                    if altered
                    else line[place : match.start()],
                    None,
                )
            )
            slot = match.group(1)
            if slot in FORMS:
                person = chance.choice(people) if chance.random() < 0.6 else self.crowd.draw(chance)
                if person not in people:
                    people.append(person)
                pieces += [
                    (text, person if named else None) for text, named in FORMS[slot](person, chance)
                ]
            else:
                drawn = slots.fill(slot, chance, self.communes)
                if slot in CASED_BY_PLACE:
                    drawn = _cased(drawn, slot, match.start() == 0)
                pieces.append((drawn, None))
            place = match.end()
        pieces.append((self._alter(line[place:], chance) if altered else line[place:], None))
        return pieces

    def _alter(self, text: str, chance: random.Random) -> str:
        """Put other words in the place of some: of the same ending, or also names after a
        determiner."""
        if chance.random() < 0.45:
            return text
        before, earlier = "", ""

        def other(match: re.Match[str]) -> str:
            nonlocal before, earlier
            word = match.group()
            determined = earlier in _DETERMINERS and len(before) > 3
            previous, earlier, before = before, before, word.lower()
            if len(word) < 5 or word.isupper():
                return word
            draw = chance.random()
            if previous in _DETERMINERS and word.islower() and draw < 0.10:
                return chance.choice(self.also_names)
            if determined and word.islower() and draw < 0.03:
                return chance.choice(self.also_names)
            if draw < 0.26:
                choices = self.by_ending.get(word[-3:].lower())
                if choices:
                    drawn = chance.choice(choices)
                    return drawn.capitalize() if word[0].isupper() else drawn
            elif draw < 0.275:
                return _typo(word, chance)
            return word

        return _WORD.sub(other, text)

    def _written(
        self, pieces: list[tuple[str, Person | None]], register: str, chance: random.Random
    ) -> Note:
        text, names, persons = "", [], []
        for piece, person in pieces:
            written = _in_register(piece, person is not None, register, chance)
            if person is not None:
                if chance.random() < 0.012:
                    written = written.replace(" ", "\n", 1)
                names.append((len(text), len(text) + len(written)))
                persons.append(person)
            text += written
        return Note(text, tuple(names), tuple(persons), register)


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


_SMS = (
    ("qu", "k"),
    ("ph", "f"),
    ("eau", "o"),
    ("ai", "é"),
    ("tt", "t"),
    ("ss", "s"),
    ("ll", "l"),
    ("'", ""),
    ("c'est", "c"),
    ("pour", "pr"),
    ("dans", "ds"),
    ("vous", "vs"),
    ("pas ", "pa "),
    ("beaucoup", "bcp"),
    ("ne ", ""),
    ("toujours", "tjs"),
    ("est ", "é "),
    ("elle", "el"),
    ("il ", "i "),
    ("er ", "é "),
    ("que ", "ke "),
    ("avec", "avc"),
    ("rendez-vous", "rdv"),
    ("aujourd'hui", "ajd"),
    ("parce que", "pcq"),
    ("on ", "on "),
    ("ent ", "e "),
    ("demain", "2main"),
)


def _in_register(text: str, named: bool, register: str, chance: random.Random) -> str:
    if register == "lower":
        return text.lower()
    if register == "upper":
        return text.upper()
    if register == "plain":
        return without_accents(text)
    if register == "lower_plain":
        return without_accents(text).lower()
    if register == "title":
        return text.title() if named else _WORD.sub(lambda match: match.group().capitalize(), text)
    if register == "names_lower":
        return text.lower() if named else text
    if register == "sms":
        plain = without_accents(text).lower()
        if not named:
            for long, short in _SMS:
                if chance.random() < 0.35:
                    plain = re.sub(_edge(long), short, plain)
        return plain
    return text


def _edge(long: str) -> str:
    """Let whole words be whole: « ne » is not the end of « une »."""
    return (
        rf"\b{re.escape(long)}"
        if long in ("ne ", "il ", "que ", "est ", "pas ")
        else re.escape(long)
    )


def without_accents(text: str) -> str:
    """Write a text as a keyboard without accents does."""
    return _WORD.sub(lambda match: _plain(match.group()), text)


def _plain(word: str) -> str:
    folded = fold(word)
    if word.isupper() and len(word) > 1:
        return folded.upper()
    return folded.capitalize() if word[0].isupper() else folded
