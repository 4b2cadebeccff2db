"""One laptop of the simulation: a real vault, a clock of its own, and what its person did there."""

import shutil
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.models.record import RECORDS, STAMP, fields_of
from desktop.models.sync import Outbox, Version
from desktop.sync.merging.sealing import pending_count
from desktop.vault import Vault
from tests.conftest import PASSPHRASE

P = ParamSpec("P")
R = TypeVar("R")
Place = tuple[str, bytes, str]
"""(kind, id, field)."""
Spot = tuple[str, bytes]
"""(kind, id) of a record."""


@dataclass(eq=False)
class Edit:
    """One field given a value by somebody. `over`: what its author saw there and wrote over, as
    (moment, value).

    The moment is the stamp without its writer, which changes where two copies of a profile part.

    `safe`: when a whole exchange of its laptop ended well since. `mortal`: its laptop was put back
    to an older day before.
    """

    place: Place
    stamp: bytes
    value: Any
    over: frozenset[tuple[bytes, Any]]
    at: int
    by: int
    safe: int | None = None
    mortal: bool = False


@dataclass(eq=False)
class Typed:
    """One character typed in notes."""

    character: str
    meeting: uuid.UUID
    at: int
    by: int
    safe: int | None = None
    mortal: bool = False


@dataclass
class Book:
    """What really happened: the time in milliseconds since 1970, the step, every edit, every
    character."""

    ms: int = 1_795_000_000_000
    step: int = 0
    edits: dict[Place, list[Edit]] = field(default_factory=dict)
    typed: dict[str, Typed] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Laptop:
    """`ahead`: how far its clock is wrong, in milliseconds. `work`: what was done on it and on what
    it was copied from."""

    number: int
    home: Home
    book: Book
    role: str
    ahead: int = 0
    work: list[Edit | Typed] = field(default_factory=list)
    screens: dict[uuid.UUID, tuple[str, Any]] = field(default_factory=dict)
    """The notes as its person has them before the eyes: text, and what it stands on."""
    backups: list[tuple[int, Any]] = field(default_factory=list)
    """(at which step, file)."""
    heard: int = -1
    """When it had last read all that was on the folder."""
    vault: Vault = field(init=False)

    def __post_init__(self) -> None:
        self.vault = Vault(self.home, self.now)

    def now(self) -> int:
        """What its clock says."""
        return self.book.ms + self.ahead

    def open(self) -> Vault:
        """Its vault, unlocked."""
        if not self.vault.is_open:
            self.vault.unlock(PASSPHRASE)
        return self.vault

    def shut(self) -> None:
        """Carnet is closed: nothing of the screens is left."""
        self.screens.clear()
        self.vault.close()
        self.vault = Vault(self.home, self.now)

    def copy(self, number: int, home: Home, whole: bool) -> "Laptop":
        """A copy of the profile on another computer; not `whole`: the database without what lies
        beside it."""
        self.shut()
        shutil.copytree(self.home.folder, home.folder)
        if not whole:
            home.token.unlink()
        return Laptop(number, home, self.book, self.role, self.ahead, list(self.work))

    def do(self, spots: Iterable[Spot] | None, command: Callable[Concatenate[Session, P], R], /,
           *args: P.args, **kwargs: P.kwargs) -> R:
        """A command, and what it gave to which field. `spots`: the records it may touch; None where
        it makes one."""
        vault = self.open()
        if spots is not None:
            return self.watch(spots, lambda: vault.do(command, *args, **kwargs))
        result = vault.do(command, *args, **kwargs)
        for change in vault.history.done[-1].changes:
            self._note((change.kind, change.record_id), {})
        return result

    def watch(self, spots: Iterable[Spot], gesture: Callable[[], R]) -> R:
        """Something that may touch these records, and what it gave to which field."""
        known = list(spots)
        before = {spot: self.vault.ask(registers, spot) for spot in known}
        result = gesture()
        for spot in known:
            self._note(spot, before[spot])
        return result

    def _note(self, spot: Spot, before: dict[str, tuple[bytes, Any]]) -> None:
        for name, (stamp, value) in self.vault.ask(registers, spot).items():
            old, replaced = before.get(name, (b"", None))
            if stamp == old:
                continue
            assert stamp > old, f"an edit does not beat what it wrote over: {spot[0]}.{name}"
            seen = self.vault.ask(kept_versions, (*spot, name))
            over = {(one[:8], word) for one, word in [(old, replaced), *seen.items()]
                    if one not in (b"", stamp)}
            edit = Edit((*spot, name), stamp, value, frozenset(over), self.book.step, self.number)
            self.work.append(edit)
            self.book.edits.setdefault(edit.place, []).append(edit)

    def typed(self, character: str, meeting: uuid.UUID) -> None:
        """A character was typed in the notes of a meeting."""
        done = Typed(character, meeting, self.book.step, self.number)
        self.work.append(done)
        self.book.typed[character] = done

    def exchanged(self) -> None:
        """A whole exchange ended well: what was done here is on the folder now, if nothing waits
        any more."""
        if not self.vault.ask(waits):
            for done in self.work:
                done.safe = self.book.step if done.safe is None else done.safe

    def put_back(self, to: int) -> None:
        """It is as it was at that step: what it did since and gave nobody may be lost."""
        self.heard = min(self.heard, to)
        for done in self.work:
            if done.at > to and done.safe is None:
                done.mortal = True


def registers(session: Session, spot: Spot) -> dict[str, tuple[bytes, Any]]:
    """Field -> (stamp, value as it is kept) of one record."""
    kind, record_id = spot
    names = [f.name for f in fields_of(RECORDS[kind]) if f.travels]
    columns = ", ".join(f'"{name}{STAMP}", "{name}"' for name in names)
    row = session.connection().exec_driver_sql(f'SELECT {columns} FROM "{kind}" WHERE id = ?',
                                               (record_id,)).first()
    if row is None:
        return {}
    return {name: (bytes(row[2 * i]), row[2 * i + 1]) for i, name in enumerate(names)
            if row[2 * i] is not None}


def kept_versions(session: Session, place: Place) -> dict[bytes, str | None]:
    """Stamp -> value of what is kept beside a field."""
    kind, record_id, name = place
    rows = session.execute(select(Version.stamp, Version.value).where(
        Version.kind == kind, Version.record_id == record_id, Version.field == name))
    return {row[0]: row[1] for row in rows}


def waits(session: Session) -> bool:
    """Whether something of this laptop is not on the folder."""
    return bool(pending_count(session)) or session.scalar(
        select(Outbox.sequence).where(Outbox.pushed_at.is_(None)).limit(1)) is not None
