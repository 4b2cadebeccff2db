"""A small grammar of French that writes notes, accounts and titles, varied enough for honest
compression figures."""

import re
from random import Random

from desktop.sample.phrases import WORDS

_SLOT = re.compile(r"<([^<>]+)>")
_RANGE = re.compile(r"(\d+)-(\d+)")


def write(rng: Random, symbol: str, places: tuple[str, ...]) -> str:
    """One sentence or title of this kind; `<lieu>` is one of `places`, `<3-9>` a number."""
    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "lieu":
            return places[int(rng.random() * len(places))]
        bounds = _RANGE.fullmatch(name)
        if bounds:
            return str(rng.randint(int(bounds.group(1)), int(bounds.group(2))))
        found = WORDS.get(name)
        if found is None:
            lower = WORDS[name[0].lower() + name[1:]]
            text = _SLOT.sub(replace, lower[int(rng.random() * len(lower))])
            return text[:1].upper() + text[1:]
        return _SLOT.sub(replace, found[int(rng.random() * len(found))])

    text = _SLOT.sub(replace, f"<{symbol}>")
    for wrong, right in _CONTRACTIONS:
        text = text.replace(wrong, right)
    return _PUNCTUATION.sub("\N{NARROW NO-BREAK SPACE}\\1", _sentences(text))


_PUNCTUATION = re.compile(r" ([;:?!%])")
_CONTRACTIONS = (
    (" de le ", " du "), (" de les ", " des "), (" à le ", " au "), (" à les ", " aux "),
    (" que un", " qu’un"),
    (" que il", " qu’il"), (" que une", " qu’une"), (" que a", " qu’a"), (" si il", " s’il"),
    (" de un", " d’un"),
    (" de é", " d’é"), (" de É", " d’É"), (" de a", " d’a"), (" de A", " d’A"), (" de i", " d’i"),
    (" de o", " d’o"),
    (" de e", " d’e"),
)


def _sentences(text: str) -> str:
    """Return a capital at the start, and after each full stop."""
    parts = text.split(". ")
    return ". ".join(part[:1].upper() + part[1:] for part in parts)
