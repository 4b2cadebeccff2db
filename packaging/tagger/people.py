"""Persons for notes: names of many origins, and the ways in which a note writes them."""

import random
from dataclasses import dataclass
from pathlib import Path

from desktop.privacy.detect.tokens import fold

HERE = Path(__file__).parent
NICKNAMES = [
    "Momo",
    "Titi",
    "Nono",
    "Fifi",
    "Lulu",
    "Zaza",
    "Jojo",
    "Kiki",
    "Dédé",
    "Mimi",
    "Nanou",
    "Loulou",
    "Sam",
    "Abdel",
    "Mous",
    "Moh",
    "Nico",
    "Seb",
    "Fred",
    "Isa",
    "Val",
    "Cri-Cri",
    "Doudou",
    "Bibi",
    "Tutu",
    "Riri",
    "Soso",
    "Zizou",
    "Babs",
    "Ibra",
    "Mehd",
    "Kader",
    "Steph",
    "Flo",
    "Dom",
    "Jeff",
    "Greg",
    "Vivi",
    "Mémé",
    "Pépé",
    "Gégé",
    "Nénette",
    "Zouzou",
    "Titou",
    "Yaya",
    "Chouchou",
    "Pat",
    "Tof",
    "Manu",
    "Phil",
    "Alex",
    "Max",
    "Théo",
    "Lolo",
    "Roro",
    "Caro",
    "Fati",
    "Aïch",
    "Mama_Fatou",
    "Tonton_Djo",
    "Didi",
    "Nana",
    "Lili",
]
CIVILITIES = (
    "Mme",
    "Mme",
    "Mme",
    "M.",
    "M.",
    "M.",
    "Madame",
    "Monsieur",
    "Mlle",
    "Mr",
    "M",
    "Dr",
    "Me",
)


@dataclass(frozen=True)
class Person:
    """Somebody of a note."""

    given: str
    family: str
    origin: str


def read_names(file: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Read `origin | given names | family names`, `_` for a blank."""
    names = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            origin, given, family = (part.strip() for part in line.split("|"))
            names[origin] = (
                [word.replace("_", " ") for word in given.split()],
                [word.replace("_", " ") for word in family.split()],
            )
    return names


def folded_names(file: Path) -> frozenset[str]:
    """Read all names of a file, folded, each part of those of several words too."""
    names = set()
    for sides in read_names(file).values():
        for name in (name for side in sides for name in side):
            parts = [fold(part) for part in name.replace("-", " ").replace("'", " ").split()]
            names |= {*parts, "".join(parts)}
    return frozenset(names)


def forms_full(person: Person, chance: random.Random) -> list[tuple[str, bool]]:
    """Write a person by a civility or a full name; each piece says whether it is a name."""
    given, family = person.given, person.family
    civility = chance.choice(CIVILITIES) + " "
    draw = chance.random()
    if draw < 0.26:
        return [(civility, False), (family, True)]
    if draw < 0.60:
        return [(f"{given} {family}", True)]
    if draw < 0.70:
        return [(f"{given} {family.upper()}", True)]
    if draw < 0.77:
        return [(f"{family.upper()} {given}", True)]
    if draw < 0.82:
        return [(f"{family} {given}", True)]
    if draw < 0.92:
        return [(civility, False), (f"{given} {family}", True)]
    if draw < 0.95:
        return [(f"{given[0]}. {family}", True)]
    if draw < 0.97:
        return [(civility, False), (family.upper(), True)]
    return [(civility, False), (given, True)]


def forms_any(person: Person, chance: random.Random) -> list[tuple[str, bool]]:
    """Write a person in any way."""
    draw = chance.random()
    if draw < 0.62:
        return [(person.given, True)]
    if draw < 0.76:
        return [(f"{person.given} {person.family}", True)]
    if draw < 0.80:
        return [(person.family, True)]
    if draw < 0.83:
        return [(f"{person.given} {person.family[0]}.", True)]
    if draw < 0.85:
        return [(f"{person.given[0]}.{person.family[0]}.", True)]
    if draw < 0.87:
        return [(f"{person.given[0]}.", True)]
    if draw < 0.92:
        return [(chance.choice(NICKNAMES).replace("_", " "), True)]
    if draw < 0.94:
        return [(chance.choice(CIVILITIES) + " ", False), (person.family[0] + ".", True)]
    return forms_full(person, chance)


def forms_family(person: Person, chance: random.Random) -> list[tuple[str, bool]]:
    """Write a family name."""
    return [(person.family.upper() if chance.random() < 0.12 else person.family, True)]


FORMS = {"F": forms_full, "P": forms_any, "L": forms_family}


HARD = {
    "wordfr": 4,
    "words": 4,
    "vietnamese": 3,
    "chinese": 3,
    "english": 2,
    "french": 2,
    "italian": 2,
    "eritrean": 2,
    "somali": 2,
    "khmer": 2,
    "korean": 2,
    "haitian": 2,
    "roma": 2,
}
"""Origins whose names are words or syllables of French: drawn more often, so that none is found
less than others."""


SYLLABLES = {
    "chinese": (
        [
            "b",
            "c",
            "ch",
            "d",
            "f",
            "g",
            "h",
            "j",
            "k",
            "l",
            "m",
            "n",
            "p",
            "q",
            "r",
            "s",
            "sh",
            "t",
            "w",
            "x",
            "y",
            "z",
            "zh",
        ],
        [
            "a",
            "ai",
            "an",
            "ang",
            "ao",
            "e",
            "ei",
            "en",
            "eng",
            "i",
            "ia",
            "ian",
            "iang",
            "iao",
            "ie",
            "in",
            "ing",
            "iu",
            "o",
            "ong",
            "ou",
            "u",
            "ua",
            "uan",
            "uang",
            "ui",
            "un",
            "uo",
        ],
        ("",),
    ),
    "vietnamese": (
        [
            "b",
            "c",
            "ch",
            "d",
            "g",
            "gi",
            "h",
            "k",
            "kh",
            "l",
            "m",
            "n",
            "ng",
            "ngh",
            "nh",
            "ph",
            "qu",
            "s",
            "t",
            "th",
            "tr",
            "v",
            "x",
        ],
        [
            "a",
            "e",
            "i",
            "o",
            "u",
            "ai",
            "ao",
            "au",
            "eu",
            "ia",
            "ie",
            "oa",
            "oi",
            "ua",
            "ue",
            "ui",
            "uo",
            "uy",
            "uye",
            "ye",
            "uong",
        ],
        ("", "", "c", "ch", "m", "n", "ng", "nh", "p", "t"),
    ),
}
"""Beginnings, middles and ends of the syllables of names that are one syllable: lists would hold
too few."""


def _of_syllables(origin: str, chance: random.Random, count: int) -> str:
    parts = ["".join(chance.choice(side) for side in SYLLABLES[origin]) for _each in range(count)]
    return (
        "".join(parts).capitalize()
        if origin == "chinese" or chance.random() < 0.2
        else " ".join(part.capitalize() for part in parts)
    )


class Crowd:
    """Draws persons: some of written lists, some of the names given in France, some of odd
    words."""

    def __init__(
        self,
        lists: dict[str, tuple[list[str], list[str]]],
        given: list[str],
        words: list[str],
        towns: list[str] | None = None,
    ) -> None:
        self.lists = lists
        self.origins = sorted(lists)
        self.weights = [HARD.get(origin, 1) for origin in self.origins]
        self.given = given
        self.words = words
        self.short = [word for word in words if len(word) <= 3] or ["An"]
        self.towns = towns or []

    def draw(self, chance: random.Random) -> Person:
        """Draw somebody; one time in twelve the name is any word."""
        origin = chance.choices(self.origins, self.weights)[0]
        given, family = (chance.choice(part) for part in self.lists[origin])
        draw = chance.random()
        if draw < 0.22:
            given = chance.choice(self.given)
        elif draw < 0.36:
            given = chance.choice(self.words).capitalize()
        elif draw < 0.42:
            given = self._mixed(chance, 0)
        elif draw < 0.45:
            given = chance.choice(self.short).capitalize()
        elif origin in SYLLABLES and draw < 0.75:
            given = _of_syllables(origin, chance, chance.choice((1, 1, 2)))
        draw = chance.random()
        if draw < 0.10:
            family = chance.choice(self.words).capitalize()
        elif draw < 0.13 and self.towns:
            family = chance.choice(self.towns)
        elif draw < 0.22:
            family = self._mixed(chance, 1)
        elif draw < 0.26:
            family = chance.choice(self.given)
        elif draw < 0.30:
            family += chance.choice((" ", "-", "-")) + chance.choice(self.lists[origin][1])
        elif draw < 0.34:
            family = (
                chance.choice(
                    (
                        "Ben ",
                        "El ",
                        "De ",
                        "Le ",
                        "Da ",
                        "Abou ",
                        "Van ",
                        "Al ",
                        "N'",
                        "M'",
                        "O'",
                        "D'",
                    )
                )
                + family
            )
        elif draw < 0.36:
            family = chance.choice(self.short).capitalize()
        elif origin in SYLLABLES and draw < 0.70:
            family = _of_syllables(origin, chance, 1)
        return Person(given, family, origin)

    def _mixed(self, chance: random.Random, part: int) -> str:
        """Join the beginning of a name and the end of another of the same origin: a name that
        nobody bears yet."""
        names = self.lists[chance.choice(self.origins)][part]
        first, second = chance.choice(names), chance.choice(names)
        joined = first[: max(2, len(first) // 2)] + second[len(second) // 2 :].lower()
        return joined if joined[-1].isalpha() else first
