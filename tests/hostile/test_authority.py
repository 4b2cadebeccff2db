"""Each role with a program of its own writes everything: what its certificate does not give is
taken by nobody.

The whole matrix of kind, channel, role and verb goes into a package each role and channel. What is
expected is written here a second time, by hand, beside `desktop.models.authority`.
"""

import random
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED, stamp_bytes
from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record
from desktop.models.record import (
    COMMON,
    INTERNAL,
    OBSERVATORY,
    RECORDS,
    beside,
    derived_id,
    fields_of,
    in_channel,
)
from desktop.queries.digest import digest_of
from desktop.sync.packages.package import Rows
from desktop.sync.packages.wire import to_wire
from desktop.sync.trust.links import own_key
from desktop.tasks import shared_folder
from desktop.tasks.groups import set_readers
from desktop.vault import Vault
from tests.length import AT_LENGTH
from tests.sync.forge import drop
from tests.sync.laptops import Laptops

BASE, LATE = (stamp_bytes(1_790_000_000_000 + n, 0, b"forgedby").hex() for n in range(1, 3))
MARK = ERASED.hex()
VERBS = ("create", "edit", "delete", "erase")
ROLES = ("coordination", "secretariat", "observatoire", "validation_etat", "validation_agglo",
         "membre", "lecture")
EVERYBODY = set(ROLES) - {"lecture"}

COORDINATION = {"plan", "axis", "objective", "indicator", "commitment", "term", "place",
                "collective", "dispositif",
                "charter", "clause"}
OFFICE = {"indicator_value", "group", "membership", "minutes_version"}
NOTES = {"note_block", "note_update"}
READ_BY = {COMMON: EVERYBODY, INTERNAL: {"coordination", "secretariat"},
           OBSERVATORY: {"coordination", "observatoire"}}
PROBES = {"note_update": "generation", "note_block": "order", "membership": "function",
          "feedback": "handle",
          "validation": "answer", "sheet": "code", "action_funding": "label",
          "erasure_request": "owner_kind",
          "attendance": "arrived_at", "commitment": "signed_by", "indicator_value": "value",
          "decision": "text",
          "internship_application": "answer"}
"""The field that is written, where it is not the first text of the kind."""
FINER = [*(("validation", name, EVERYBODY) for name in ("asked_on", "until_on", "committee")),
         ("decision", "number", {"coordination", "secretariat"}),
         ("observation", "qualification", {"observatoire"}),
         ("observation", "action_id", {"observatoire"}),
         ("observation", "discarded_reason", {"observatoire"}),
         ("observation", "state", {"observatoire"}),
         ("meeting", "state", {"coordination", "secretariat"})]
"""(kind, field, who may write it) of fields that are not as the rest of their kind."""
SAID = {("observation", "state"): "qualifiee", ("meeting", "state"): "valide"}


def expected(kind: str, channel: str, verb: str) -> set[str]:
    """Who may, by the design."""
    if verb == "erase":
        return {"coordination", "observatoire"} if channel == OBSERVATORY else {"coordination"}
    if kind in COORDINATION:
        return {"coordination"}
    if kind in OFFICE:
        return {"coordination", "secretariat"}
    if kind == "release" and verb == "delete":
        return set()
    if kind in ("feedback", "release"):
        return {"observatoire"}
    if kind == "validation":
        return {"validation_etat"}
    return READ_BY[channel] if kind in NOTES else EVERYBODY


@dataclass(frozen=True)
class Try:
    """One thing that one role does to one record."""

    kind: str
    channel: str
    role: str
    verb: str
    field: str
    value: Any
    base: Any
    may: bool
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> uuid.UUID:
        made = uuid.uuid5(uuid.NAMESPACE_OID,
                          f"{self.kind} {self.channel} {self.role} {self.verb} {self.field}")
        if self.kind == "minutes_version":
            # One made of the hour: another says what its row holds, whoever writes it.
            made = uuid.UUID(int=made.int & (1 << 127) - 1)
        keys = [uuid.UUID(hex=value) if len(value) == 32 else value for _name, value in self.keys]
        if self.kind == "validation":
            return beside(derived_id("validation", *keys), keys[0])
        if self.kind == "membership":
            return derived_id("membership", *keys)
        return in_channel(made, self.channel) if RECORDS[self.kind].__parent__ is not None else made

    def rows(self, stamp: str, values: dict[str, Any]) -> Rows:
        return Rows(self.kind, list(values), [[self.id.hex, stamp, *values.values()]])

    @property
    def before(self) -> Rows | None:
        """The record as the founder made it; validations are asked for, and answered by nobody
        yet."""
        if self.verb == "create":
            return None
        value = {} if self.kind == "validation" else {self.field: self.base}
        return self.rows(BASE, dict(self.keys) | value | {"created_by_id": None})

    @property
    def done(self) -> Rows:
        """What is tried."""
        if self.verb == "erase":
            names = [f.name for f in fields_of(RECORDS[self.kind]) if f.travels]
            return self.rows(MARK, {name: True if name == "deleted" else None for name in names})
        said = {"deleted": True} if self.verb == "delete" else {self.field: self.value}
        return self.rows(LATE, dict(self.keys) | said)

    def is_taken(self, session: Session) -> bool:
        found = session.connection().exec_driver_sql(
            f'SELECT "{self.field}", deleted, deleted_stamp FROM "{self.kind}" WHERE id = ?',
            (self.id.bytes,)).first()
        if found is None:
            return False
        if self.verb == "erase":
            return found[2] is not None and bytes(found[2]) == ERASED
        if self.verb == "delete":
            return bool(found[1])
        (field,) = (f for f in fields_of(RECORDS[self.kind]) if f.name == self.field)
        return to_wire(field.kind, found[0]) == self.value


def values_of(kind: str, name: str) -> tuple[Any, Any]:
    """(what is written, what stood there) for a field."""
    (field,) = (f for f in fields_of(RECORDS[kind]) if f.name == name)
    if (kind, name) in SAID:
        return SAID[kind, name], None
    return {"integer": (1, 0), "date": ("2026-11-23", "2026-11-22"),
            "reference": (uuid.UUID(int=7).hex, None)}.get(
                field.kind, ("écrit", "avant"))


def probe(kind: str) -> str:
    fields = [f.name for f in fields_of(RECORDS[kind]) if f.kind == "text"]
    return PROBES.get(kind) or fields[0]


def channels_of(kind: str) -> list[str]:
    return ([COMMON, INTERNAL, OBSERVATORY] if kind in NOTES | {"action", "decision"}
            else [RECORDS[kind].__channel__])


def tries() -> Iterator[Try]:
    for kind in sorted(RECORDS):
        for channel in channels_of(kind):
            for verb in VERBS:
                for role in ROLES:
                    yield one(kind, channel, role, verb, probe(kind),
                              role in expected(kind, channel, verb))
    for kind, field, who in FINER:
        for verb in ("create", "edit"):
            for role in ROLES:
                yield one(kind, RECORDS[kind].__channel__, role, verb, field, role in who)


def one(kind: str, channel: str, role: str, verb: str, field: str, may: bool) -> Try:
    own = uuid.uuid5(uuid.NAMESPACE_OID, f"{role} {verb} {field}").hex
    keys = {"validation": (("action_id", own), ("party", "etat")),
            "membership": (("group_id", own), ("person_id", uuid.UUID(int=9).hex))}.get(kind, ())
    return Try(kind, channel, role, verb, field, *values_of(kind, field), may, keys)


class World:
    """A collective with a computer for each role, and others that look on."""

    def __init__(self, folder: Path) -> None:
        self.laptops = Laptops(folder)
        self.founder = self.laptops.founder
        self.by_role = {role: self.laptops.join(role.replace("_", "-"), role) for role in ROLES}
        self.seen = [self.laptops.join(f"witness{n}", "coordination") for n in range(2)]
        for _time in range(2):
            for vault in (self.founder, *self.by_role.values(), *self.seen):
                self.laptops.sync(vault)

    def lay(self, folder: Path, vault: Vault, rows: list[tuple[str, Rows]]) -> list[Path]:
        """Packages of a computer, one a channel, in a folder of their own."""
        return [drop(vault, folder, *(one for own, one in rows if own == channel), channel=channel)
                for channel in sorted({channel for channel, _rows in rows})]

    def bring(self, folder: Path, packages: list[Path]) -> None:
        for package in packages:
            target = self.laptops.share / package.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(package, target)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("authority"))
    yield made
    made.laptops.close()


def test_what_the_table_refuses_is_taken_by_nobody_and_what_it_allows_by_everybody(
    world: World, tmp_path: Path) -> None:
    matrix = list(tries())
    assert {one.kind for one in matrix} == set(RECORDS) and len(matrix) > 1_000
    base = world.lay(tmp_path, world.founder,
                     [(one.channel, one.before) for one in matrix if one.before is not None])
    hostile = [package for role, vault in world.by_role.items() for package in world.lay(
        tmp_path, vault, [(one.channel, one.done) for one in matrix if one.role == role])]
    first, second = world.seen
    # One reads what is not to be believed before it knows the records, package by package.
    random.Random(2026).shuffle(hostile)
    for package in hostile if AT_LENGTH else [hostile[:3], hostile[3:]]:
        world.bring(tmp_path, package if isinstance(package, list) else [package])
        assert world.laptops.sync(second).refused == []
    world.bring(tmp_path, base)
    for vault in (world.founder, first, second):
        done = world.laptops.sync(vault)
        assert done.refused == []
        assert vault is second or done.kept_out > 300
    for vault in (first, second, world.founder):
        wrong = vault.ask(
            lambda session: [one for one in matrix if one.is_taken(session) != one.may])
        assert wrong == []
    assert first.ask(digest_of) == second.ask(digest_of)


def said(vault: Vault, kind: str, field: str) -> set[Any]:
    return {row[0] for row in vault.ask(lambda session: session.connection().exec_driver_sql(
        f'SELECT "{field}" FROM "{kind}" WHERE "{field}" IS NOT NULL').all())}


ACTION, GROUP, PERSON = (uuid.UUID(int=n << 64) for n in (3, 4, 5))
LIES = {
    "without the party": (["action_id", "answer"], [ACTION.hex, "menti"]),
    "without the action": (["party", "answer"], ["etat", "menti"]),
    "without either": (["answer"], ["menti"]),
    "of the other party": (["action_id", "party", "answer"], [ACTION.hex, "agglo", "menti"]),
    "of another action": (["action_id", "party", "answer"], [GROUP.hex, "agglo", "menti"]),
    "a field of a newer version": (["action_id", "party", "motif"], [ACTION.hex, "etat", "menti"]),
}


@pytest.mark.parametrize("lie", LIES)
def test_leaving_a_deciding_field_out_gains_nothing(world: World, lie: str) -> None:
    fields, values = LIES[lie]
    derived = beside(derived_id("validation", ACTION, "etat"), ACTION)
    for role in ("membre", "validation_agglo", "coordination"):
        drop(world.by_role[role], world.laptops.share,
             Rows("validation", fields, [[derived.hex, LATE, *values]]))
    done = world.laptops.sync(world.founder)
    assert (done.refused, done.kept_out) == ([], 3)
    assert "menti" not in said(world.founder, "validation",
                               "answer") | said(world.founder, "unknown", "value")


def test_a_secretary_writes_no_membership_of_a_group_that_it_does_not_read(world: World) -> None:
    founder, secretary = world.founder, world.by_role["secretariat"]
    open_group, secret = (founder.do(add_record, "group", {"name": name, "kind": "copil"})
                          for name in ("A", "B"))
    set_readers(founder, shared_folder.open_store(founder, None), secret, set())
    world.laptops.sync(founder)
    world.laptops.sync(secretary)
    mine, theirs = (derived_id("membership", group, PERSON) for group in (open_group, secret))
    for fields, values in ((["function"], []), (["group_id", "function"], [secret.hex]),
                           (["group_id", "person_id", "function"], [secret.hex, PERSON.hex]),
                           (["group_id", "person_id", "function"], [open_group.hex, PERSON.hex])):
        drop(secretary, world.laptops.share,
             Rows("membership", fields, [[theirs.hex, LATE, *values, "menti"]]))
    drop(secretary, world.laptops.share, Rows("group", ["name"], [[secret.hex, LATE, "menti"]]))
    drop(secretary, world.laptops.share, Rows("membership", ["group_id", "person_id", "function"], [
        [mine.hex, LATE, open_group.hex, PERSON.hex, "vrai"]]))
    done = world.laptops.sync(founder)
    assert (done.refused, done.kept_out) == ([], 5)
    assert "menti" not in said(founder, "membership", "function") | said(founder, "group", "name")
    assert "vrai" in said(founder, "membership", "function")


def test_a_member_lays_nothing_into_a_group_that_it_does_not_read(world: World) -> None:
    founder, member = world.founder, world.by_role["membre"]
    secret = founder.do(add_record, "group", {"name": "C", "kind": "copil"})
    set_readers(founder, shared_folder.open_store(founder, None), secret, set())
    world.laptops.sync(founder)
    world.laptops.sync(member)
    channel = f"groupe-{secret.hex}"
    meeting = in_channel(uuid.UUID(int=6 << 64), channel)
    drop(member, world.laptops.share,
         Rows("meeting", ["group_id", "title"], [[meeting.hex, LATE, secret.hex, "menti"]]),
         Rows("later", ["x"], [[meeting.hex, LATE, "menti"]]), channel=channel)
    done = world.laptops.sync(founder)
    assert (done.refused, done.kept_out) == ([], 2)
    assert "menti" not in said(founder, "meeting", "title") | said(founder, "unknown", "value")


def test_what_is_not_known_yet_is_erased_for_good_by_those_who_may_alone(world: World) -> None:
    row = [[uuid.uuid4().hex, MARK, None, True]]
    for role, kept_out in (("membre", 1), ("lecture", 1), ("coordination", 0)):
        drop(world.by_role[role], world.laptops.share, Rows("later", ["x", "deleted"], row))
        assert world.laptops.sync(world.founder).kept_out == kept_out


def test_a_group_that_was_open_when_it_was_written_about_stays_as_it_was_written(
    world: World) -> None:
    founder, secretary = world.founder, world.by_role["secretariat"]
    world.laptops.sync(secretary)
    group = secretary.do(add_record, "group", {"name": "Ouvert alors", "kind": "copil"})
    for vault in (secretary, founder):
        world.laptops.sync(vault)
    set_readers(founder, shared_folder.open_store(founder, None), group, set())
    newcomer = world.laptops.join("last", "membre")
    for vault in (founder, newcomer):
        world.laptops.sync(vault)
        assert "Ouvert alors" in said(vault, "group", "name")


def test_a_reader_who_was_let_out_of_a_group_keeps_what_it_had_said(world: World) -> None:
    founder, secretary = world.founder, world.by_role["secretariat"]
    group = founder.do(add_record, "group", {"name": "D", "kind": "copil"})
    storage = shared_folder.open_store(founder, None)
    set_readers(founder, storage, group, {own_key(secretary)})
    for vault in (founder, secretary):
        world.laptops.sync(vault)
    secretary.do(create_meeting, group_id=group, title="Dite à temps", kind="copil",
                 starts_at="2026-11-03T14:00")
    for vault in (secretary, founder):
        world.laptops.sync(vault)
    set_readers(founder, storage, group, set())
    newcomer = world.laptops.join("later", "secretariat")
    set_readers(founder, storage, group, {own_key(newcomer)})
    channel = f"groupe-{group.hex}"
    drop(secretary, world.laptops.share, Rows("meeting", ["group_id", "title"], [
        [in_channel(uuid.UUID(int=8 << 64), channel).hex, LATE, group.hex, "Dite après"]]),
         channel=channel)
    for vault in (founder, newcomer):
        world.laptops.sync(vault)
        assert ("Dite à temps" in said(vault, "meeting", "title")
                and "Dite après" not in said(vault, "meeting", "title"))
