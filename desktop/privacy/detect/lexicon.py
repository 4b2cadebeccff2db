"""The words that the identity check knows: the closed vocabulary, its closed classes, places, and
words that are also names.

The vocabulary is kept as sorted CRC-32 of the folded words: a word that is not French is taken for
French once in 15,000. Everything is read once, at the first question, from `resources/identities`.
"""

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from zlib import crc32

from desktop.base.paths import resource

CLASSES = "classes.txt"
PHRASES = "phrases.txt"
WORDS = ("vocabulary.bin", "communes.bin", "also_names.bin", "towns.bin")
PLACES = ("T", "local")
"""Status of communes: any, and those that are written of most, which name somebody hardly ever."""
_LOADING = Lock()


@dataclass(frozen=True)
class Lexicon:
    """What is known of words; `shipped_lexicon` is the one of the program or `read`."""

    vocabulary: "array[int]"
    communes: "array[int]"
    also_names: "array[int]"
    towns: "array[int]"
    classes: dict[str, tuple[str, ...]]
    """A folded word and its closed classes, in the order of the file."""
    phrases: dict[str, frozenset[str]]
    """Words of the rules that look for roles, organisations and places."""
    _known: dict[str, str] = field(default_factory=dict, compare=False)

    def status(self, word: str) -> str:
        """Say what a folded word is: its first closed class, `W` also a name, `V` vocabulary, `T`
        commune, `U` unknown."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 30_000:
                self._known.clear()
            known = self._known[word] = self._status(word)
        return known

    def _status(self, word: str) -> str:
        classes = self.classes.get(word)
        if classes:
            return classes[0]
        if _holds(self.vocabulary, word):
            return "W" if _holds(self.also_names, word) else "V"
        return "T" if _holds(self.communes, word) else "U"

    def fixed(self, word: str) -> list[tuple[str, ...]]:
        """Return the expressions that begin with a folded word and name nobody, the longest first:
        « Banque de France », « Rosa Parks »."""
        return self._fixed.get(word, [])

    @cached_property
    def _fixed(self) -> dict[str, list[tuple[str, ...]]]:
        # Whole before it is kept: several threads look texts through.
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases["public"] | self.phrases["expressions"]:
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append(words)
        for phrases in found.values():
            phrases.sort(key=len, reverse=True)
        return found

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is French."""
        return _holds(self.vocabulary, word)

    def is_town(self, word: str) -> bool:
        """Tell whether a folded word is a commune, or a part of its name; some are French words
        too."""
        return _holds(self.towns, word)

    def is_also_name(self, word: str) -> bool:
        """Tell whether a folded word is a word and a name: a flag, never enough to hold it."""
        return _holds(self.also_names, word)


def _holds(sums: "array[int]", word: str) -> bool:
    value = crc32(word.encode())
    place = bisect_left(sums, value)
    return place < len(sums) and sums[place] == value


def sums_of(words: set[str]) -> bytes:
    """Write words as `read` reads them: sorted, four bytes each, the least first."""
    sums = array("I", sorted({crc32(word.encode()) for word in words}))
    return b"".join(value.to_bytes(4, "little") for value in sums)


def read_lists(text: str) -> dict[str, list[str]]:
    """Read lines `name: word word`, or `name: a phrase; another`; `#` begins a comment."""
    lists: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            lists.setdefault(name.strip(), []).extend(
                [word.strip() for word in words.split(";")] if ";" in words else words.split()
            )
    return lists


def read(folder: Path) -> Lexicon:
    """Read the lists of a folder. Raise OSError if one is missing."""
    classes: dict[str, list[str]] = {}
    for name, words in read_lists((folder / CLASSES).read_text(encoding="utf-8")).items():
        for word in words:
            classes.setdefault(word, []).append(name)
    phrases = read_lists((folder / PHRASES).read_text(encoding="utf-8"))
    sums = [array("I") for _name in WORDS]
    for name, part in zip(WORDS, sums, strict=True):
        part.frombytes((folder / name).read_bytes())
    return Lexicon(
        vocabulary=sums[0],
        communes=sums[1],
        also_names=sums[2],
        towns=sums[3],
        classes={word: tuple(dict.fromkeys(names)) for word, names in classes.items()},
        phrases={name: frozenset(words) for name, words in phrases.items()},
    )


@cache
def _shipped() -> Lexicon:
    return read(resource("identities"))


def shipped_lexicon() -> Lexicon:
    """Return the lexicon that is shipped, read at the first call, whichever thread asks."""
    with _LOADING:
        return _shipped()
