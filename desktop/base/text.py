"""Comparing French text, accents and case ignored, ligatures opened; and texts of others where they
could do harm."""

import re
import unicodedata
from functools import lru_cache

_NAMED = re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z]{1,2})(?: WITH .*)?")


def _letters() -> dict[int, str]:
    """Latin letters that Unicode does not take apart, as plain ones: those with a stroke or a hook,
    ligatures, and others."""
    plain = {"œ": "oe", "Œ": "oe", "ß": "ss", "ẞ": "ss", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
             "ı": "i", "ȷ": "j",
             "ŋ": "n", "Ŋ": "n", "ə": "e", "Ə": "e", "ɛ": "e", "Ɛ": "e", "ɔ": "o", "Ɔ": "o",
             "ĸ": "k", "’": "'", "ʼ": "'",
             "‘": "'", "ʻ": "'", "ʾ": "'", "ʿ": "'", "‐": "-", "‑": "-"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0x2C60, 0x2C80)):
        named = _NAMED.fullmatch(unicodedata.name(chr(code), ""))
        # What Unicode takes apart by itself is left to it: it may be two letters.
        if named is not None and not unicodedata.decomposition(chr(code)):
            plain.setdefault(chr(code), named[2].lower())
    # Characters that are not seen: a soft hyphen, marks of width none.
    return str.maketrans(plain | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""))


_LETTERS = _letters()
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
"""The combining accents of Latin letters: most texts have no other, and looking at each letter
takes long."""


def fold(text: str) -> str:
    """`text` without accents, case, ligatures or strokes, for matching: Łukasz is lukasz, Straße is
    strasse."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = decomposed.translate(_ACCENTS)
    if plain.isascii():
        return plain.casefold()
    # Each letter is looked at once; the text is gone through once, however many marks a hostile one
    # has.
    marks = {ord(letter): None for letter in set(plain) if unicodedata.combining(letter)}
    if marks:
        plain = plain.translate(marks)
    # Letters that are accented and stroked, like Ǿ, are taken apart by then.
    return plain.translate(_LETTERS).casefold()


@lru_cache(maxsize=50_000)
def name_key(*names: str | None) -> tuple[str, ...]:
    """Return the words of a name, for telling homonyms: BEN-ALI Sam and Sam Ben Ali are one, as are
    D’ARC and D'ARC."""
    return tuple(
        sorted(re.split(r"[\s'-]+", fold(" ".join(name for name in names if name)).strip(" '-"))))


def sort_key(text: str) -> tuple[str, str]:
    """Sorts as a French directory does: letters first, accents to break ties; hyphens and
    apostrophes as spaces."""
    return fold(text).replace("-", " ").replace("'", " "), text


_CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys instead of showing it, and what turns the order of the letters round; a new
line is none."""
_BARRED = re.compile(f'{_CONTROL.pattern}|[\n<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
LONGEST_NAME = 120


def shown(text: str) -> str:
    """Return a text with its control characters written out: \\u001b for the one that begins an
    order to a terminal."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def safe_name(name: str, otherwise: str = "fichier") -> str:
    """Return a name of others as that of a file here: no folder, no control character, none that a
    system keeps for itself."""
    base = _BARRED.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    if _RESERVED.fullmatch(base):
        base = f"_{base}"
    stem, dot, suffix = base.rpartition(".")
    if len(base) > LONGEST_NAME and stem and len(suffix) < 12:
        return f"{stem[:LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}"
    return base[:LONGEST_NAME] or otherwise
