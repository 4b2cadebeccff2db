"""Comparing French text: accents and case ignored, ligatures opened."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"})


_ACCENTS = dict.fromkeys(range(0x300, 0x370))
"""The combining accents of Latin letters: most texts have no other, and looking at each letter takes long."""


def fold(text: str) -> str:
    """`text` without accents, case or ligatures, for matching."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = decomposed.translate(_ACCENTS)
    if plain.isascii():
        return plain.casefold()
    # Each letter once: a page has few that are not of the alphabet, quotation marks and dashes most often.
    for letter in set(plain):
        if unicodedata.combining(letter):
            plain = plain.replace(letter, "")
    return plain.casefold()


def sort_key(text: str) -> tuple[str, str]:
    """Sorts as a French directory does: letters first, accents to break ties; hyphens and apostrophes as spaces."""
    return fold(text).replace("-", " ").replace("'", " "), text
