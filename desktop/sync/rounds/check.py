"""Verifies what the vault and a store hold, says what is wrong, and puts it right on request; it
never takes anything away."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.i18n import _, ngettext
from desktop.models.sync import HeldPackage, Outbox, SnapshotFile, TrustCopy
from desktop.queries.documents.signed import Doubtful, doubtful_minutes
from desktop.sync.merging.authors import Authors, GapError, hash_in
from desktop.sync.merging.sealing import package_hash, package_name
from desktop.sync.packages.package import DamagedError, RefusedError, read_header
from desktop.sync.snapshots.catalogue import kept
from desktop.sync.snapshots.catalogue import put_back as put_snapshots_back
from desktop.sync.snapshots.manifest import FOLDER, ID, WRITER, folder_of
from desktop.sync.stores.format import check_format, new_format
from desktop.sync.stores.hints import Heads, ask_for, ask_for_trust, read_heads
from desktop.sync.stores.storage import (
    FORMAT,
    Storage,
    StoreError,
    StoreProblem,
    all_names,
    number_in,
)
from desktop.sync.trust import state
from desktop.sync.trust.links import is_known, put_back, whole
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault
from desktop.vault.search import index as search

Looked = Callable[[int, int], None]
Package = tuple[bytes, int, str]
"""(writer, number, SHA-256)."""


def _not_looked(_done: int, _whole: int) -> None:
    pass


@dataclass
class StoreCheck:
    """What a check found. `problems`: in words; `packages`: how many were read; what can be put
    right is named apart."""

    packages: int = 0
    problems: list[str] = field(default_factory=list)
    index: int = 0
    """Entries of the search that are not what the records say."""
    missing: list[Package] = field(default_factory=list)
    """Held here; the store has them not, or spoilt."""
    wanted: list[tuple[str, int]] = field(default_factory=list)
    """Spoilt on the store, and held by others alone: (writer in hexadecimal, number)."""
    trust: list[str] = field(default_factory=list)
    """Hashes of files of the trust that are missing or spoilt."""
    snapshots: list[str] = field(default_factory=list)
    """Snapshots of which a file is missing or spoilt."""
    format: bool = False
    """The file that says whose folder it is cannot be read; the rest says that it is ours."""

    @property
    def can_mend(self) -> bool:
        """Whether something can be put right."""
        return bool(self.index or self.missing or self.wanted or self.trust or self.snapshots
                    or self.format)


def check_vault(vault: Vault, looked: Looked = _not_looked) -> StoreCheck:
    """Return the file itself, every package that it holds, the index of the search. `looked` may
    end it by an exception."""
    found = StoreCheck(problems=list(vault.damage()))
    held = vault.ask(_held)
    for number, (writer, sequence, sha256) in enumerate(held, 1):
        looked(number, len(held))
        data = vault.ask(_bytes_of, writer, sequence, sha256)
        found.packages += 1
        try:
            header, _signer, _rest = read_header(data, sha256)
            if (header.writer, header.sequence) != (writer.hex(), sequence):
                raise RefusedError("the name and the header differ")
        except RefusedError as error:
            found.problems.append(_("A package in this vault is spoilt ({name}): {error}").format(
                name=package_name(writer, sequence, sha256), error=error))
    found.problems += map(_told_of, vault.ask(doubtful_minutes))
    found.index = vault.do(search.wrong_entries)
    if found.index:
        found.problems.append(
            ngettext("The search misses {count} record.", "The search misses {count} records.",
                     found.index).format(count=found.index))
    return found


def _told_of(minutes: Doubtful) -> str:
    if minutes.again:
        said = _("The minutes of “{title}” were validated twice under the same number ({number}): "
                 "a correction settles which text stands.")
    else:
        said = _("Version {number} of the minutes of “{title}” is not what was validated: "
                 "do not circulate it.")
    return said.format(title=minutes.title, number=minutes.number)


def check_server(vault: Vault, storage: Storage, looked: Looked = _not_looked) -> StoreCheck:
    """All that lies on the collective's store, and what this vault holds that should. `looked` as
    above."""
    roster = vault.ask(state.roster_in_force)
    found = StoreCheck()
    _check_format(vault, storage, roster, found)
    there = _check_packages(vault, storage, roster, found, looked)
    held = [one for one in vault.ask(_held) if vault.ask(_is_sent, one)]
    missing = [one for one in held if one not in there and one not in found.missing]
    found.missing += missing
    if missing:
        found.problems.append(
            ngettext("{count} package that this computer holds is not on the shared folder.",
                     "{count} packages that this computer holds are not on the shared folder.",
                     len(missing)).format(count=len(missing)))
    _check_trust(vault, storage, found)
    _check_snapshots(vault, storage, roster, found, looked)
    found.problems += [_("Something that is none of Carnet's lies on the shared folder, and is "
                         "passed over: {name}").format(
                             name=name) for name in sorted(storage.strange)]
    return found


def _check_format(vault: Vault, storage: Storage, roster: Roster, found: StoreCheck) -> None:
    try:
        check_format(storage, roster.collective)
    except StoreError as error:
        if (error.code not in (StoreProblem.SPOILT, StoreProblem.MISSING)
            or not is_known(vault, storage)):
            raise
        found.format = True
        found.problems.append(error.message)


def _put_format_back(vault: Vault, storage: Storage, collective: str) -> None:
    kept = vault.ask(state.kept_format)
    # One that was never read here gets another name of its own: its receipts are made again.
    data = kept if kept is not None else new_format(collective, secrets.token_hex(8))
    storage.remove(FORMAT)
    storage.put(FORMAT, data)


def check_store(vault: Vault, storage: Storage) -> tuple[int, list[str]]:
    """Return (packages read, what is wrong with which): the packages of a store alone."""
    roster = vault.ask(state.roster_in_force)
    check_format(storage, roster.collective)
    found = StoreCheck()
    _check_packages(vault, storage, roster, found, _not_looked)
    return found.packages, found.problems


def mend(vault: Vault, storage: Storage | None, found: StoreCheck,
         looked: Looked = _not_looked) -> list[str]:
    """Put right what can be; what was done, in words. What nobody here holds is asked of the
    others."""
    done: list[str] = []
    if found.index:
        count = vault.do(search.mend)
        done.append(ngettext("{count} record is found by the search again.",
                             "{count} records are found by the search again.",
                             count).format(count=count))
    if storage is None:
        return done
    if found.format:
        _put_format_back(vault, storage, vault.ask(state.roster_in_force).collective)
        done.append(_("The format.json of the shared folder is whole again."))
    heads = read_heads(storage)
    for number, (writer, sequence, sha256) in enumerate(found.missing, 1):
        looked(number, len(found.missing))
        storage.put(package_name(writer, sequence, sha256),
                    vault.ask(_bytes_of, writer, sequence, sha256))
    if found.missing:
        done.append(ngettext("{count} package was put back on the shared folder.",
                             "{count} packages were put back on the shared folder.",
                             len(found.missing)).format(
                             count=len(found.missing)))
    for writer_name, sequence in found.wanted:
        ask_for(storage, heads, writer_name, sequence)
    held = {hash_in_name(name) for name in vault.ask(_trust_held)}
    for sha256 in found.trust:
        if sha256 not in held:
            ask_for_trust(storage, heads, sha256)
    if found.wanted or set(found.trust) - held:
        asked = len(found.wanted) + len(set(found.trust) - held)
        done.append(ngettext("{count} file was asked of the other computers: it comes back with "
                             "their next exchange.",
                             "{count} files were asked of the other computers: they come back with "
                             "their next exchange.",
                             asked).format(count=asked))
    if set(found.trust) & held:
        put_back(vault, storage, [sha256 for sha256 in found.trust if sha256 in held])
        done.append(_("The list of devices and its keys are whole again."))
    if found.snapshots:
        roster = vault.ask(state.roster_in_force)
        there = {name: storage.names(folder_of(name)) for name in storage.names(FOLDER)
                 if ID.fullmatch(name)}
        put_snapshots_back(vault, storage, roster, Heads(wanted_snapshots=found.snapshots), there,
                           lambda: looked(0, 0))
        done.append(_("The snapshots are whole again."))
    return done


def hash_in_name(name: str) -> str:
    """Return the hash that the name of a file of the trust bears."""
    return name.rsplit("-", 1)[-1].removesuffix(".age")


def _check_packages(vault: Vault, storage: Storage, roster: Roster, found: StoreCheck,
                    looked: Looked) -> set[Package]:
    # Who left is known too, up to what anybody who remains had read.
    authors = Authors(vault, roster)
    ours = set(vault.ask(_held))
    there: set[Package] = set()
    writers = filter(WRITER.fullmatch, storage.names("w"))
    names = [name for writer in writers for name in sorted(all_names(storage, f"w/{writer}"))]
    expected: dict[str, tuple[int, str]] = {}
    for done, name in enumerate(names, 1):
        looked(done, len(names))
        found.packages += 1
        writer, name_hash = name.split("/")[1], hash_in(name)
        data = storage.get(name)
        try:
            if data is None:
                raise RefusedError("it is not there any more")
            number = number_in(name.rsplit("/", 1)[-1].partition("-")[0])
            if number is None:
                raise RefusedError("the name has no number")
            header, signer, _rest = read_header(data, name_hash)
            if name != package_name(bytes.fromhex(writer), number, name_hash):
                raise RefusedError("the name is not of the form that Carnet gives")
            authors.judge(name, header, signer.hex())
            if (header.sequence,
                header.previous) != expected.get(writer, (1, "")) and not vault.ask(
                        _was_held, bytes.fromhex(writer), header.sequence - 1, header.previous):
                raise GapError(header)
        except DamagedError as error:
            found.problems.append(f"{name}: {error}")
            _note_damaged(found, name, ours)
            continue
        except RefusedError as error:
            found.problems.append(f"{name}: {error}")
            continue
        expected[writer] = (header.sequence + 1, name_hash)
        there.add((bytes.fromhex(writer), header.sequence, name_hash))
    return there


def _note_damaged(found: StoreCheck, name: str, ours: set[Package]) -> None:
    number = number_in(name.rsplit("/", 1)[-1].partition("-")[0])
    try:
        writer = bytes.fromhex(name.split("/")[1])
    except ValueError:
        return
    if number is None:
        return
    package = (writer, number, hash_in(name))
    if package in ours:
        found.missing.append(package)
    else:
        found.wanted.append((writer.hex(), number))


def _check_trust(vault: Vault, storage: Storage, found: StoreCheck) -> None:
    there = [f"trust/{name}" for name in storage.names("trust") if name.endswith(".age")]
    there += [f"trust/keys/{name}" for name in storage.names("trust/keys") if name.endswith(".age")]
    spoilt = [name for name in there if whole(storage, name) is None]
    missing = sorted(vault.ask(_trust_held) - set(there))
    for name in spoilt:
        found.problems.append(_("A file of the list of devices is spoilt: {name}")
                              .format(name=name))
    for name in missing:
        found.problems.append(_("A file of the list of devices is missing: {name}")
                              .format(name=name))
    found.trust += [hash_in_name(name) for name in spoilt + missing]


def _check_snapshots(vault: Vault, storage: Storage, roster: Roster, found: StoreCheck,
                     looked: Looked) -> None:
    held = vault.ask(_snapshots_held)
    known = {one.manifest.id: one.manifest for one in vault.ask(kept, roster)}
    listed = {snapshot: storage.names(folder_of(snapshot)) for snapshot in storage.names(FOLDER)
              if ID.fullmatch(snapshot)}
    # One that another replaces may have been taken away by its maker.
    needed = {one for one in known
              if one in held and not any(other.replaces(known[one]) for other in known.values())}
    for snapshot in sorted({one for one, names in listed.items() if names} | needed):
        names = listed.get(snapshot, [])
        wrong = sorted(held.get(snapshot, set()) - set(names))
        for name in names:
            looked(0, 0)
            data = storage.get(f"{folder_of(snapshot)}/{name}")
            if data is None or package_hash(data) not in name:
                wrong.append(name)
        if wrong:
            found.snapshots.append(snapshot)
            found.problems.append(_("A snapshot of the collective is not whole: {name}").format(
                name=f"{folder_of(snapshot)}/{wrong[0]}"))


def _held(session: Session) -> list[Package]:
    return sorted((row[0], row[1], row[2]) for table in (Outbox, HeldPackage)
                  for row in session.execute(
                      select(table.writer, table.sequence, table.sha256)
                      .where(table.data.is_not(None))))


def _is_sent(session: Session, package: Package) -> bool:
    ours = session.execute(select(Outbox.pushed_at).where(
        Outbox.writer == package[0], Outbox.sequence == package[1],
        Outbox.sha256 == package[2])).first()
    return ours is None or ours[0] is not None


def _bytes_of(session: Session, writer: bytes, sequence: int, sha256: str) -> bytes:
    for table in (Outbox, HeldPackage):
        data = session.scalar(select(table.data)
                              .where(table.writer == writer, table.sequence == sequence,
                                     table.sha256 == sha256))
        if data is not None:
            return data
    raise LookupError(sequence)


def _was_held(session: Session, writer: bytes, sequence: int, sha256: str) -> bool:
    """Whether a package was known here: a snapshot may have taken its place since."""
    return any(
        session.scalar(select(table.sequence)
                       .where(table.writer == writer, table.sequence == sequence,
                              table.sha256 == sha256)) is not None
               for table in (Outbox, HeldPackage))


def _trust_held(session: Session) -> set[str]:
    return set(session.scalars(select(TrustCopy.name)))


def _snapshots_held(session: Session) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for snapshot, name in session.execute(select(SnapshotFile.snapshot, SnapshotFile.name)):
        found.setdefault(snapshot, set()).add(name)
    return found
