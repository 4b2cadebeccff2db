"""People and organisations from a spreadsheet: first what would be done, line by line, then all of
it in one transaction."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError, StoppedError
from desktop.base.i18n import _
from desktop.base.text import fold, name_key
from desktop.commands.records import add_record, add_records
from desktop.exchange.directory_columns import (
    _key,
    columns_in,
    filled_columns,
    remembered_columns,
    values_of,
    words_of_header,
)
from desktop.exchange.headers import NAMING, TITLES
from desktop.exchange.tables import rows_of
from desktop.models.directory import Group, Membership, Organisation, Person
from desktop.models.record import derived_id
from desktop.queries.organisation_aliases import (
    organisation_aliases,
    organisations_with,
    words_key,
)
from desktop.vault.identity import write_value

LONGEST = 300
STEP = 250
"""Lines between two looks at whether the import was stopped."""
Progress = Callable[[int, int], None]
NEW, COMPLETED, SAME, HOMONYM, REFUSED = "new", "completed", "same", "homonym", "refused"


@dataclass(frozen=True)
class DirectoryLine:
    """What one line of the table means. `state`: new, completed, same, homonym or refused, `reason`
    saying why."""

    number: int
    name: str
    organisation: str
    state: str
    reason: str = ""
    values: dict[str, str] = field(default_factory=dict)
    person_id: uuid.UUID | None = None
    """The person that it completes."""


@dataclass(frozen=True)
class DirectoryPlan:
    """All lines; how the columns were understood; the organisations and groups that are not known
    yet."""

    lines: tuple[DirectoryLine, ...]
    columns: tuple[str, ...]
    new_organisations: tuple[str, ...]
    unknown_groups: tuple[str, ...]
    told: tuple[str, ...] = ()
    """Sentences on how the table was read."""
    titles: tuple[str, ...] = ()
    """What stands above each column, or in its first line where no line is a header."""

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
    people: dict[tuple[str, ...], list[Person]]
    organisations: dict[str, Organisation]
    groups: dict[str, Group]
    doubtful: set[str]
    """Names that several organisations bear."""
    members: set[uuid.UUID]
    alike: dict[tuple[str, ...], str]
    """The words of the name of an organisation -> that name."""
    alike_groups: dict[tuple[str, ...], str]


def _known(session: Session) -> _Known:
    people: dict[tuple[str, ...], list[Person]] = {}
    for person in session.scalars(select(Person).where(Person.deleted.is_not(True))):
        people.setdefault(name_key(person.family_name, person.given_name), []).append(person)
    organisations: dict[str, Organisation] = {}
    doubtful = set()
    stands = organisations_with(session, organisation_aliases(session))
    for organisation in session.scalars(select(Organisation)
                                        .where(Organisation.deleted.is_not(True))):
        # The names of an entry for which another one stands lead to that one.
        standing = stands.get(organisation.id, organisation)
        for name in (organisation.short_name, organisation.name):
            if name and organisations.setdefault(fold(name), standing) is not standing:
                doubtful.add(fold(name))
    groups = {fold(group.name or ""): group
              for group in session.scalars(select(Group).where(Group.deleted.is_not(True)))}
    members = set(session.scalars(select(Membership.id).where(Membership.deleted.is_not(True))))
    # A name of small words alone is like no other.
    alike = {key: standing.name or name for name, standing in organisations.items()
             if (key := words_key(name))}
    return _Known(people, organisations, groups, doubtful, members, alike,
                  {key: group.name or "" for name, group in groups.items()
                   if (key := words_key(name))})


def plan_import(session: Session, text: str,
                chosen: tuple[str, ...] | None = None) -> DirectoryPlan:
    """Return what importing `text` would do; nothing is written. AppError where it is no table or
    names nobody.

    `chosen`: what each column holds (a name of `COLUMNS`, or "" for nothing), as a person said it;
    None takes what was said of a table with the same header before, else what the titles say.
    """
    rows = rows_of(text)
    if not rows:
        raise AppError(_("There is nothing to import."),
                       _("Copy the lines in the spreadsheet, then paste them here."))
    titles, columns, place = columns_in(rows)
    told: list[str] = []
    remembered = (remembered_columns(session, titles) if place is not None and chosen is None
                  else None)
    if remembered is not None:
        told.append(_("The columns are those that were chosen for such a table before."))
    said = chosen if chosen is not None else remembered
    if said is not None and len(said) == len(columns):
        columns = said
    if place is not None:
        told += words_of_header(rows, place, columns)
        rows = rows[place + 1:]
    if not NAMING & set(columns):
        raise AppError(_("No column holds names."),
                       _("Name the columns in the first line: Nom, Prénom, Structure…"))
    known = _known(session)
    seen: dict[tuple[tuple[str, ...], str], int] = {}
    if rows:
        rows, filled = filled_columns(columns, rows)
        if filled:
            told.append(_("A structure said once was taken for the lines below it."))
    lines = [_line(number, *values_of(columns, cells), known, seen) for number, cells in rows]
    usable = [line for line in lines if line.state != REFUSED]
    new = {fold(line.organisation): line.organisation for line in usable
           if line.organisation and fold(line.organisation) not in known.organisations}
    groups = {fold(name): name for line in usable for name in _groups(line)}
    told += [_("“{name}” is not known: is it the group “{known}”? Then write it so.").format(
        name=name[:60], known=meant)
        for key, name in groups.items()
        if key not in known.groups and (meant := _group_meant(name, known.alike_groups))]
    return DirectoryPlan(tuple(lines), columns, tuple(new.values()),
                tuple(name for key, name in groups.items() if key not in known.groups), tuple(told),
                titles)


def _line(number: int, values: dict[str, str], told: list[str], known: _Known,
          seen: dict[tuple[tuple[str, ...], str], int]) -> DirectoryLine:
    family, given = values.get("family_name", ""), values.get("given_name", "")
    organisation = values.get("organisation", "")
    name = f"{family.upper()} {given}".strip() or values.get("whole_name", "")
    line = DirectoryLine(number, name, organisation, NEW, ", ".join(told), values=values)
    wrong = _wrong(values)
    if wrong:
        return replace(line, state=REFUSED, reason=wrong)
    if fold(organisation) in known.doubtful:
        return replace(line, state=REFUSED, reason=_("Several organisations have this name."))
    # BEN-ALI Sam and Sam Ben Ali of one structure are most likely one person: told, not guessed.
    key = (name_key(family, given), fold(organisation))
    if key in seen:
        return replace(line, state=REFUSED,
                       reason=_("Line {number} names the same person.").format(number=seen[key])
                       if family else _("The same line stands above."))
    seen[key] = number
    found = known.organisations.get(fold(organisation))
    read = _person(line, known) if family else replace(line, state=SAME if found else NEW)
    near = known.alike.get(words_key(organisation)) if found is None else None
    if near is None or read.state not in (NEW, COMPLETED):
        return read
    # As of people: told, not guessed.
    return replace(read, state=HOMONYM, reason=_(
        "“{name}” is known, which is written otherwise: the same organisation?").format(name=near))


def _wrong(values: dict[str, str]) -> str:
    if "whole_name" in values:
        return _("“{text}” is not a name alone: write the family name and the given name.").format(
            text=values["whole_name"][:60])
    if not any(c.isalpha() for c in values.get("family_name") or values.get("organisation", "")):
        return _("It names neither a person nor an organisation.")
    long = next((name for name, value in values.items() if len(value) > LONGEST), None)
    if long is not None:
        return _("“{field}” is longer than {count} characters.").format(field=_(TITLES[long]),
                                                                        count=LONGEST)
    address = values.get("email", "")
    if address and ("@" not in address[1:-1] or " " in address):
        return _("“{text}” is not an e-mail address.").format(text=address[:60])
    return ""


def _person(line: DirectoryLine, known: _Known) -> DirectoryLine:
    family, given = line.values["family_name"], line.values.get("given_name", "")
    same = known.people.get(name_key(family, given), [])
    if not same:
        return line
    spelt = [person for person in same
             if (fold(person.family_name or ""), fold(person.given_name or ""))
             == (fold(family), fold(given))]
    if not spelt:
        return replace(line, state=HOMONYM,
                       reason=_(
                           "{name} is known, whose name is written otherwise: the same person?")
                       .format(
                           name=f"{(same[0].family_name or '').upper()} "
                                f"{same[0].given_name or ''}".strip()))
    same = spelt
    found = known.organisations.get(fold(line.organisation)) if line.organisation else None
    wanted = found.id if found is not None else None
    here = [person for person in same if wanted is not None and person.organisation_id == wanted]
    if not here and len(same) == 1 and (not line.organisation or same[0].organisation_id is None):
        here = same
    if len(here) != 1:
        return replace(line, state=HOMONYM, reason=_(
            "Someone of this name is known in another organisation: the same person, or a "
            "homonym?"))
    person = here[0]
    missing = {name: line.values[name] for name in ("function", "email", "phone")
               if line.values.get(name) and not getattr(person, name)}
    adds = bool(missing) or (bool(line.organisation) and person.organisation_id is None) or bool(
        _joined(line, person.id, known))
    told = ", ".join(
        [*(_(TITLES[name]) for name in missing), *([line.reason] if line.reason else [])])
    return replace(line, state=COMPLETED if adds else SAME, person_id=person.id, reason=told)


def _groups(line: DirectoryLine) -> list[str]:
    return [name.strip() for name in line.values.get("group", "").replace(";", ",").split(",")
            if name.strip()]


def _group_meant(name: str, known: dict[tuple[str, ...], str]) -> str:
    """Return the group that a name most likely means: of the same words, else the only one that has
    all of its words and more; "" for none."""
    words = words_key(name)
    longer = [group for key, group in known.items() if words and set(words) < set(key)]
    return known.get(words) or (longer[0] if len(longer) == 1 else "")


def _joined(line: DirectoryLine, person_id: uuid.UUID, known: _Known) -> list[uuid.UUID]:
    """Return the known groups that the line makes this person a member of; who is one already keeps
    the role."""
    groups = {known.groups[fold(name)].id: None for name in _groups(line)
              if fold(name) in known.groups}
    return [group_id for group_id in groups
            if derived_id("membership", group_id, person_id) not in known.members]


def import_text(session: Session, text: str, homonyms: bool = False,
                chosen: tuple[str, ...] | None = None,
                progress: Progress = lambda _done, _whole: None,
                cancelled: Callable[[], bool] = lambda: False) -> Done:
    """Plan and apply in one transaction: what an exchange brought since the dry run is taken into
    account.

    What was chosen for the columns is remembered for the next table with this header. `progress`
    and `cancelled`: as
    `apply_import` has them.
    """
    plan = plan_import(session, text, chosen)
    rows = rows_of(text)
    if chosen is not None and columns_in(rows)[2] is not None:
        write_value(session, _key(plan.titles), ",".join(plan.columns).encode())
    return apply_import(session, plan, homonyms, progress, cancelled)


def apply_import(session: Session, plan: DirectoryPlan, homonyms: bool = False,
                 progress: Progress = lambda _done, _whole: None,
                 cancelled: Callable[[], bool] = lambda: False) -> Done:
    """Do what the plan says, whole or not at all; `homonyms`: add those too, as other people.

    Nothing that is known is overwritten. Groups that are not known are left out: they are made with
    care, not by a file.

    Args:
        progress: hears how many lines are done, of how many, in the thread that imports.
        cancelled: asked between steps of some tenths of a second; StoppedError where it says yes,
        and nothing is written.
    """
    known = _known(session)
    wanted = [line for line in plan.lines
              if line.state in (NEW, COMPLETED) or (homonyms and line.state == HOMONYM)]
    names: dict[str, tuple[str, dict[str, str]]] = {}
    for line in wanted:
        if line.organisation and fold(line.organisation) not in known.organisations:
            names.setdefault(fold(line.organisation), (line.organisation, line.values))
    made = add_records(session,
                       [(Organisation, {"name": name, "short_name": values.get("short_name"),
                                        "territory": values.get("territory")})
                        for name, values in names.values()])
    ids = ({key: organisation.id for key, organisation in known.organisations.items()}
           | dict(zip(names, made, strict=True)))
    fresh = [line for line in wanted if line.values.get("family_name") and line.person_id is None]
    completed = [line for line in wanted if line.person_id is not None]
    whole = 2 * (len(fresh) + len(completed))
    people: list[uuid.UUID] = []
    for start in range(0, len(fresh), STEP):
        _go_on(progress, cancelled, start, whole)
        people += add_records(session, [(Person, {
            "family_name": line.values["family_name"], "given_name": line.values.get("given_name"),
            "function": line.values.get("function"), "email": line.values.get("email"),
            "phone": line.values.get("phone"),
            "organisation_id": ids.get(fold(line.organisation)) if line.organisation else None})
            for line in fresh[start:start + STEP]])
    for number, line in enumerate(completed, len(fresh)):
        if number % STEP == 0:
            _go_on(progress, cancelled, number, whole)
        _complete(session, line, ids)
    members = [*zip(fresh, people, strict=True),
               *((line, line.person_id) for line in completed if line.person_id)]
    joined = 0
    for number, (line, person_id) in enumerate(members, len(members)):
        if number % STEP == 0:
            _go_on(progress, cancelled, number, whole)
        for group_id in _joined(line, person_id, known):
            known.members.add(add_record(session, "membership", {
                "group_id": str(group_id), "person_id": str(person_id), "role": "membre"}))
            joined += 1
    return Done(len(people), len(made), len(completed), joined)


def _go_on(progress: Progress, cancelled: Callable[[], bool], done: int, whole: int) -> None:
    if cancelled():
        raise StoppedError(_("The import was stopped; nothing was written."))
    progress(done, whole)


def _complete(session: Session, line: DirectoryLine, ids: dict[str, uuid.UUID]) -> None:
    person = session.get(Person, line.person_id)
    if person is None:
        return
    for name in ("function", "email", "phone"):
        if line.values.get(name) and not getattr(person, name):
            setattr(person, name, line.values[name])
    if line.organisation and person.organisation_id is None:
        person.organisation_id = ids.get(fold(line.organisation))
