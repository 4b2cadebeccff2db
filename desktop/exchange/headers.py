"""What the columns of a list of people hold, by their titles as offices write them, or by what
stands in them."""

import re
from collections.abc import Sequence

from desktop.base.i18n import N_
from desktop.base.text import fold

COLUMNS: dict[str, tuple[str, ...]] = {
    "whole_name": ("nom complet", "participant", "participante", "personne", "full name",
                   "prenom nom", "prenom et nom",
                   "given and family name"),
    "family_first": ("nom et prenom", "nom prenom", "noms et prenoms", "noms prenoms",
                     "nom et prenoms"),
    "family_name": ("nom", "noms", "nom de famille", "nom d'usage", "nom de naissance",
                    "nom patronymique", "name", "family name",
                    "last name", "surname"),
    "given_name": ("prenom", "prenoms", "prenom usuel", "given name", "first name"),
    "organisation": ("structure", "organisation", "organization", "organisme", "association",
                     "employeur", "etablissement",
                     "institution", "nom de la structure", "nom de l'organisme"),
    "short_name": ("sigle", "abrege", "acronyme", "short name"),
    "function": ("fonction", "poste", "metier", "qualite", "function", "job title"),
    "email": ("courriel", "e-mail", "email", "mail", "mel", "adresse mail", "adresse e-mail",
              "adresse electronique",
              "courriel professionnel", "e-mail professionnel", "adresse mail professionnelle"),
    "phone": ("telephone", "tel", "telephone portable", "telephone professionnel", "portable",
              "mobile", "phone",
              "n° de telephone"),
    "group": ("groupe", "groupes", "groupe de travail", "groupes de travail", "group", "groups"),
    "territory": ("commune", "ville", "territoire", "territory"),
}
TITLES = {"whole_name": N_("Name"), "family_first": N_("Name"), "family_name": N_("Family name"),
          "given_name": N_("Given name"), "organisation": N_("Organisation"),
          "short_name": N_("Short name"),
          "function": N_("Function"), "email": N_("E-mail"), "phone": N_("Phone"),
          "group": N_("Group"),
          "territory": N_("Territory")}
NAMING = frozenset({"whole_name", "family_first", "family_name", "organisation"})

_HINTS = (("email", {"mail", "mel", "courriel", "email", "electronique"}),
          ("phone", {"tel", "telephone", "portable", "mobile"}),
          ("given_name", {"prenom", "prenoms"}),
          ("organisation",
           {"structure", "organisme", "organisation", "employeur", "association", "etablissement"}),
          ("function", {"fonction", "poste", "metier"}), ("group", {"groupe", "groupes"}))
"""Words by which a longer title is understood: "Quelle est votre structure ?"."""
_MOBILE = {"portable", "mobile"}
_DEPTH = 20
"""How many lines may stand above the header: a title, a date, an empty line."""


def header_in(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, tuple[str, ...]] | None:
    """(place of the header among the rows, what its columns hold); None where no row is a
    header."""
    for place, (_number, cells) in enumerate(rows[:_DEPTH]):
        columns = _columns_of(cells)
        understood = [name for name in columns if name]
        if understood and (place == 0 or (len(understood) > 1 and NAMING & set(understood))):
            return place, columns
    return None


def _columns_of(cells: Sequence[str]) -> tuple[str, ...]:
    titles = [_title(cell) for cell in cells]
    exact = [_exact(title) for title in titles]
    found = [name or _hinted(title) for name, title in zip(exact, titles, strict=True)]
    # A line of people is no header: it holds an address, or words that name a column by chance.
    if any("@" in cell or sum(c.isdigit() for c in cell) > 5 for cell in cells) or (
            not any(exact) and sum(map(bool, found)) < 2):
        return ("",) * len(cells)
    return _each_once(found, titles)


def _title(cell: str) -> str:
    return " ".join(re.sub(r"\(.*?\)|[:*?!.]", " ", fold(cell)).split())


def _exact(title: str) -> str:
    for part in (title, *(part.strip() for part in title.split("/"))):
        for name, words in COLUMNS.items():
            if part in words:
                return name
    return ""


def _hinted(title: str) -> str:
    words = set(re.findall(r"[a-z]+", title))
    return next((name for name, hints in _HINTS if words & hints), "")


def _each_once(found: Sequence[str], titles: Sequence[str]) -> tuple[str, ...]:
    """Each column once, groups apart: of two telephones the mobile one, else the first."""
    kept = list(found)
    for name in set(found) - {"", "group"}:
        places = [place for place, other in enumerate(found) if other == name]
        best = next((place for place in places
                     if name == "phone" and _MOBILE & set(titles[place].split())), places[0])
        for place in places:
            kept[place] = name if place == best else ""
    return tuple(kept)


def guessed(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the columns of a table without a header: addresses and numbers are seen, the rest is
    taken in the usual order."""
    width = max(len(cells) for cells in rows)
    columns = [""] * width
    for position in range(width):
        cells = [cells[position] for cells in rows if position < len(cells) and cells[position]]
        if cells and all("@" in cell for cell in cells):
            columns[position] = "email"
        elif cells and all(sum(c.isdigit() for c in cell) >= 8 for cell in cells):
            columns[position] = "phone"
    left = [position for position in range(width) if not columns[position]]
    usual = (["whole_name"], ["whole_name", "organisation"],
             ["family_name", "given_name", "organisation"],
             ["family_name", "given_name", "organisation", "function"])[
                 min(max(len(left), 1), 4) - 1]
    for position, name in zip(left, usual, strict=False):
        columns[position] = name
    return tuple(columns)
