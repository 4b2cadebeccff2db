"""People and organisations from a spreadsheet: first what would be done, line by line, then all of it in one transaction."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _
from desktop.base.text import fold
from desktop.commands.records import add_record, add_records
from desktop.exchange.tables import rows_of
from desktop.models.directory import Group, Membership, Organisation, Person
from desktop.models.record import derived_id

LONGEST = 300

COLUMNS: dict[str, tuple[str, ...]] = {
    "whole_name": ("nom et prenom", "nom prenom", "nom complet", "prenom nom", "prenom et nom", "participant", "personne",
                   "full name"),
    "family_name": ("nom", "nom de famille", "nom d'usage", "name", "family name", "last name", "surname"),
    "given_name": ("prenom", "prenoms", "given name", "first name"),
    "organisation": ("structure", "organisation", "organization", "organisme", "association", "employeur", "etablissement",
                     "institution", "nom de la structure", "nom de l'organisme"),
    "short_name": ("sigle", "abrege", "acronyme", "short name"),
    "function": ("fonction", "poste", "metier", "qualite", "function", "job title"),
    "email": ("courriel", "e-mail", "email", "mail", "mel", "adresse mail", "adresse e-mail", "adresse electronique",
              "courriel professionnel", "e-mail professionnel", "adresse mail professionnelle"),
    "phone": ("telephone", "tel", "tel.", "telephone portable", "telephone professionnel", "portable",
              "mobile", "phone", "n° de telephone"),
    "group": ("groupe", "groupes", "groupe de travail", "groupes de travail", "group", "groups"),
    "territory": ("commune", "ville", "territoire", "territory"),
}
TITLES = {"whole_name": N_("Name"), "family_name": N_("Family name"), "given_name": N_("Given name"),
          "organisation": N_("Organisation"), "short_name": N_("Short name"), "function": N_("Function"),
          "email": N_("E-mail"), "phone": N_("Phone"), "group": N_("Group"), "territory": N_("Territory")}

NEW, COMPLETED, SAME, HOMONYM, REFUSED = "new", "completed", "same", "homonym", "refused"


@dataclass(frozen=True)
class Line:
    """What one line of the table means. `state`: new, completed, same, homonym or refused, `reason` saying why."""

    number: int
    name: str
    organisation: str
    state: str
    reason: str = ""
    values: dict[str, str] = field(default_factory=dict)
    person_id: uuid.UUID | None = None
    """The person that it completes."""


@dataclass(frozen=True)
class Plan:
    """All lines; how the columns were understood; the organisations and groups that are not known yet."""

    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    new_organisations: tuple[str, ...]
    unknown_groups: tuple[str, ...]

    def count(self, state: str) -> int:
        """How many lines are in a state."""
        return sum(line.state == state for line in self.lines)


@dataclass(frozen=True)
class Done:
    """What an import made."""

    people: int
    organisations: int
    completed: int
    memberships: int


@dataclass
class _Known:
    people: dict[tuple[str, str], list[Person]]
    organisations: dict[str, Organisation]
    groups: dict[str, Group]
    doubtful: set[str]
    """Names that several organisations bear."""
    members: set[uuid.UUID]


def _known(session: Session) -> _Known:
    people: dict[tuple[str, str], list[Person]] = {}
    for person in session.scalars(select(Person).where(Person.deleted.is_not(True))):
        people.setdefault((fold(person.family_name or ""), fold(person.given_name or "")), []).append(person)
    organisations: dict[str, Organisation] = {}
    doubtful = set()
    for organisation in session.scalars(select(Organisation).where(Organisation.deleted.is_not(True))):
        for name in (organisation.short_name, organisation.name):
            if name and organisations.setdefault(fold(name), organisation) is not organisation:
                doubtful.add(fold(name))
    groups = {fold(group.name or ""): group
              for group in session.scalars(select(Group).where(Group.deleted.is_not(True)))}
    members = set(session.scalars(select(Membership.id).where(Membership.deleted.is_not(True))))
    return _Known(people, organisations, groups, doubtful, members)


def plan_import(session: Session, text: str) -> Plan:
    """What importing `text` would do; nothing is written. AppError where it is no table or names nobody."""
    rows = rows_of(text)
    if not rows:
        raise AppError(_("There is nothing to import."), _("Copy the lines in the spreadsheet, then paste them here."))
    columns = _header(rows[0][1])
    if columns is None:
        columns = _guessed([cells for _number, cells in rows])
    else:
        rows = rows[1:]
    if not {"whole_name", "family_name", "organisation"} & set(columns):
        raise AppError(_("No column holds names."), _("Name the columns in the first line: Nom, Prénom, Structure…"))
    known = _known(session)
    seen: set[tuple[str, ...]] = set()
    lines = [_line(number, _values(columns, cells), known, seen) for number, cells in rows]
    usable = [line for line in lines if line.state != REFUSED]
    new = {fold(line.organisation): line.organisation for line in usable
           if line.organisation and fold(line.organisation) not in known.organisations}
    groups = {fold(name): name for line in usable for name in _groups(line)}
    return Plan(tuple(lines), columns, tuple(new.values()),
                tuple(name for key, name in groups.items() if key not in known.groups))


def _header(cells: Sequence[str]) -> tuple[str, ...] | None:
    found = []
    for cell in cells:
        wanted = re.sub(r"\(.*?\)", "", fold(cell)).strip(" :*")
        found.append(next((name for name, words in COLUMNS.items() if wanted in words), ""))
    return tuple(found) if any(found) else None


def _guessed(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns of a table without a header: addresses and numbers are seen, the rest is taken in the usual order."""
    width = max(len(cells) for cells in rows)
    columns = [""] * width
    for position in range(width):
        cells = [cells[position] for cells in rows if position < len(cells) and cells[position]]
        if cells and all("@" in cell for cell in cells):
            columns[position] = "email"
        elif cells and all(sum(c.isdigit() for c in cell) >= 8 for cell in cells):
            columns[position] = "phone"
    left = [position for position in range(width) if not columns[position]]
    usual = (["whole_name"], ["whole_name", "organisation"], ["family_name", "given_name", "organisation"],
             ["family_name", "given_name", "organisation", "function"])[min(max(len(left), 1), 4) - 1]
    for position, name in zip(left, usual, strict=False):
        columns[position] = name
    return tuple(columns)


def _values(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if name and cell:
            values[name] = f"{values[name]}, {cell}" if name in values else cell
    whole = values.pop("whole_name", "")
    if whole and "family_name" not in values:
        values["family_name"], values["given_name"] = split_name(whole)
    return values


def split_name(whole: str) -> tuple[str, str]:
    """(family, given): the words in capitals are the family name; else the last word, or what stands before a comma."""
    if "," in whole:
        family, _comma, given = whole.partition(",")
        return family.strip(), given.strip()
    words = whole.split()
    capitals = [word for word in words if len(word) > 1 and word == word.upper() and any(c.isalpha() for c in word)]
    if capitals and len(capitals) < len(words):
        return " ".join(capitals), " ".join(word for word in words if word not in capitals)
    return (words[-1], " ".join(words[:-1])) if len(words) > 1 else (whole, "")


def _line(number: int, values: dict[str, str], known: _Known, seen: set[tuple[str, ...]]) -> Line:
    family, given = values.get("family_name", ""), values.get("given_name", "")
    organisation = values.get("organisation", "")
    line = Line(number, f"{family.upper()} {given}".strip(), organisation, NEW, values=values)
    wrong = _wrong(values)
    if wrong:
        return replace(line, state=REFUSED, reason=wrong)
    if fold(organisation) in known.doubtful:
        return replace(line, state=REFUSED, reason=_("Several organisations have this name."))
    key = (fold(family), fold(given), fold(organisation))
    if key in seen:
        return replace(line, state=REFUSED, reason=_("The same line stands above."))
    seen.add(key)
    if not family:
        found = known.organisations.get(fold(organisation))
        return replace(line, state=SAME if found else NEW)
    return _person(line, known)


def _wrong(values: dict[str, str]) -> str:
    if not any(c.isalpha() for c in values.get("family_name") or values.get("organisation", "")):
        return _("It names neither a person nor an organisation.")
    long = next((name for name, value in values.items() if len(value) > LONGEST), None)
    if long is not None:
        return _("“{field}” is longer than {count} characters.").format(field=_(TITLES[long]), count=LONGEST)
    address = values.get("email", "")
    if address and ("@" not in address[1:-1] or " " in address):
        return _("“{text}” is not an e-mail address.").format(text=address[:60])
    return ""


def _person(line: Line, known: _Known) -> Line:
    same = known.people.get((fold(line.values["family_name"]), fold(line.values.get("given_name", ""))), [])
    if not same:
        return line
    found = known.organisations.get(fold(line.organisation)) if line.organisation else None
    wanted = found.id if found is not None else None
    here = [person for person in same if wanted is not None and person.organisation_id == wanted]
    if not here and len(same) == 1 and (not line.organisation or same[0].organisation_id is None):
        here = same
    if len(here) != 1:
        return replace(line, state=HOMONYM, reason=_(
            "Someone of this name is known in another organisation: the same person, or a homonym?"))
    person = here[0]
    missing = {name: line.values[name] for name in ("function", "email", "phone")
               if line.values.get(name) and not getattr(person, name)}
    adds = bool(missing) or (bool(line.organisation) and person.organisation_id is None) or bool(
        _joined(line, person.id, known))
    told = ", ".join(_(TITLES[name]) for name in missing)
    return replace(line, state=COMPLETED if adds else SAME, person_id=person.id, reason=told)


def _groups(line: Line) -> list[str]:
    return [name.strip() for name in line.values.get("group", "").replace(";", ",").split(",") if name.strip()]


def _joined(line: Line, person_id: uuid.UUID, known: _Known) -> list[uuid.UUID]:
    """The known groups that the line makes this person a member of; who is one already keeps the role."""
    groups = {known.groups[fold(name)].id: None for name in _groups(line) if fold(name) in known.groups}
    return [group_id for group_id in groups if derived_id("membership", group_id, person_id) not in known.members]


def import_text(session: Session, text: str, homonyms: bool = False) -> Done:
    """Plan and apply in one transaction: what an exchange brought since the dry run is taken into account."""
    return apply_import(session, plan_import(session, text), homonyms)


def apply_import(session: Session, plan: Plan, homonyms: bool = False) -> Done:
    """Do what the plan says, whole or not at all; `homonyms`: add those too, as other people.

    Nothing that is known is overwritten. Groups that are not known are left out: they are made with care, not by a file.
    """
    known = _known(session)
    wanted = [line for line in plan.lines if line.state in (NEW, COMPLETED) or (homonyms and line.state == HOMONYM)]
    names: dict[str, tuple[str, dict[str, str]]] = {}
    for line in wanted:
        if line.organisation and fold(line.organisation) not in known.organisations:
            names.setdefault(fold(line.organisation), (line.organisation, line.values))
    made = add_records(session, [(Organisation, {"name": name, "short_name": values.get("short_name"),
                                                 "territory": values.get("territory")})
                                 for name, values in names.values()])
    ids = {key: organisation.id for key, organisation in known.organisations.items()} | dict(zip(names, made, strict=True))
    fresh = [line for line in wanted if line.values.get("family_name") and line.person_id is None]
    people = add_records(session, [(Person, {
        "family_name": line.values["family_name"], "given_name": line.values.get("given_name"),
        "function": line.values.get("function"), "email": line.values.get("email"), "phone": line.values.get("phone"),
        "organisation_id": ids.get(fold(line.organisation)) if line.organisation else None}) for line in fresh])
    completed = [line for line in wanted if line.person_id is not None]
    for line in completed:
        _complete(session, line, ids)
    members = [*zip(fresh, people, strict=True), *((line, line.person_id) for line in completed if line.person_id)]
    joined = 0
    for line, person_id in members:
        for group_id in _joined(line, person_id, known):
            known.members.add(add_record(session, "membership", {
                "group_id": str(group_id), "person_id": str(person_id), "role": "membre"}))
            joined += 1
    return Done(len(people), len(made), len(completed), joined)


def _complete(session: Session, line: Line, ids: dict[str, uuid.UUID]) -> None:
    person = session.get(Person, line.person_id)
    if person is None:
        return
    for name in ("function", "email", "phone"):
        if line.values.get(name) and not getattr(person, name):
            setattr(person, name, line.values[name])
    if line.organisation and person.organisation_id is None:
        person.organisation_id = ids.get(fold(line.organisation))
