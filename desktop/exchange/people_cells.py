"""What stands in one cell of a list of people: a whole name, an address, a telephone; pure."""

import re

from desktop.base.text import fold

_TITLES = re.compile(
    r"^(?:(?:m|mr|mme|mlle|mmes|dr|pr|me|mgr|monsieur|madame|mademoiselle|docteur|professeur|maitre)\b\.?\s+)+",
                     re.IGNORECASE)
_RELIGIOUS = {"soeur", "frere", "pere", "abbe"}
_PARTICLES = {"de", "du", "des", "la", "le", "les", "van", "von", "der", "den", "ten", "ter", "da",
              "do", "dos", "das", "di",
              "della", "del", "el", "al", "ben", "bin", "ibn", "ould", "st", "saint", "zu", "af"}
_ATTACHED = re.compile(r"(?:d|l)['’](?=\w)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![^\s<>,;:\"@])[^\s<>,;:\"@]++@[^\s<>,;:\"]+")


def split_name(whole: str, family_first: bool = False) -> tuple[str, str]:
    """(family, given). Words in capitals are the family name, with the particle before them; so is
    what stands before a comma, and what follows a particle. Else the last word is, or the first one
    with `family_first`.
    """
    words_of_title = whole.strip()
    stripped = _TITLES.sub("", words_of_title).strip()
    whole = stripped or words_of_title
    if "," in whole:
        family, _comma, given = whole.partition(",")
        return family.strip(), given.strip()
    words = whole.split()
    if len(words) < 2:
        return whole, ""
    capitals = [place for place, word in enumerate(words) if _is_capital(word)]
    if capitals and len(capitals) < len(words):
        kept = set(capitals)
        first = capitals[0]
        while first and _is_particle(words[first - 1]) and words[first - 1].islower():
            first -= 1
            kept.add(first)
        return (" ".join(word for place, word in enumerate(words) if place in kept),
                " ".join(word for place, word in enumerate(words) if place not in kept))
    return _by_particles(words, family_first)


def _by_particles(words: list[str], family_first: bool) -> tuple[str, str]:
    place = next(
        (at for at, word in enumerate(words) if _is_particle(word) or _ATTACHED.match(word)), None)
    if place:
        return " ".join(words[place:]), " ".join(words[:place])
    if place == 0:
        end = 0
        while end < len(words) - 1 and _is_particle(words[end]):
            end += 1
        return " ".join(words[:end + 1]), " ".join(words[end + 1:])
    if family_first:
        return words[0], " ".join(words[1:])
    return words[-1], " ".join(words[:-1])


def is_order_told(whole: str) -> bool:
    """Whether capitals, a comma or a particle tell the family name from the given one."""
    words = _TITLES.sub("", whole.strip()).split()
    capitals = sum(_is_capital(word) for word in words)
    return len(words) < 2 or "," in whole or 0 < capitals < len(words) or any(
        _is_particle(word) or _ATTACHED.match(word) for word in words)


def is_no_name(whole: str) -> bool:
    """Whether a cell holds more than a name, "Martin (Mairie) Paul", or a given name alone, "Sœur
    Marie-Jeanne"."""
    words = fold(whole).split()
    return bool(re.search(r"[()\[\]\d/]", whole)) or (len(words) == 2 and words[0] in _RELIGIOUS)


def _is_capital(word: str) -> bool:
    plain = re.sub("^(?:Mc|Mac|Fitz|[dDlLoO]['’])(?=[^\\W\\d_])", "", word)
    return len(plain) > 1 and plain == plain.upper() and any(c.isalpha() for c in plain)


def _is_particle(word: str) -> bool:
    return fold(word) in _PARTICLES


def addresses_in(cell: str) -> list[str]:
    """Return the addresses of mail of a cell: "Noé Petit <noe@exemple.fr>", "mailto:a@b.fr;
    c@d.fr"."""
    return [found.strip(".'")
            for found in _ADDRESS.findall(re.sub("mailto:", "", cell, flags=re.IGNORECASE))]


def phone_of(cell: str) -> str | None:
    """Return a French number by twos, another as it is written; None where a spreadsheet has lost
    figures of it."""
    if re.fullmatch(r"\d+[.,]\d+E\+?\d+", cell.replace(" ", ""), re.IGNORECASE):
        return None
    number = re.sub(r"[\s.\-/\u00a0\u202f]", "",
                    re.sub(r"^(?:\+|00)33\s*(?:\(0\))?\s*", "0", cell.strip()))
    if re.fullmatch(r"[1-9]\d{8}", number):
        # A spreadsheet takes the zero off what it holds for a number.
        number = f"0{number}"
    return " ".join(re.findall("..", number)) if re.fullmatch(r"0[1-9]\d{8}", number) else cell
