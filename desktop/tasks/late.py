"""What a computer wrote that nobody had read when it was taken out: the coordination takes it by a
new list, or leaves it."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.sync import Refusal, Seen
from desktop.sync.merging.authors import hash_in
from desktop.sync.packages.package import RefusedError, read_header
from desktop.sync.stores.storage import Storage, number_in
from desktop.sync.trust import state
from desktop.sync.trust.links import add_link, refresh_trust
from desktop.sync.trust.roster import Roster
from desktop.tasks.enrol import root_in_hand
from desktop.vault import Vault


def late_packages(session: Session, roster: Roster) -> dict[str, int]:
    """Count, by the key of the computer, the packages held here of which the coordination has said
    nothing yet."""
    device_of = {row.writer.hex(): row.device
                 for row in session.scalars(select(Seen))} | state.late_writers(session)
    found: dict[str, int] = {}
    for name in session.scalars(select(Refusal.name).where(Refusal.final)):
        writer, number = _place(name)
        key = device_of.get(writer, "")
        removal = roster.out(key)
        if removal is not None and number > removal.left.get(writer, 0):
            found[key] = found.get(key, 0) + 1
    return found


def settle_late(vault: Vault, storage: Storage, key: str, *, take: bool) -> Roster:
    """Take what a computer had written by now, or leave it outside for good: a new list tells
    everybody.

    AppError where this computer does not hold the root key, or that one takes part. What comes
    later still is held again.
    """
    refresh_trust(vault, storage)
    roster = vault.ask(state.roster_in_force)
    root, last = root_in_hand(vault)
    removal = roster.out(key)
    if removal is None:
        raise AppError(_("This computer was not taken out of the collective."))
    until = dict(_written(vault, storage, key))
    changed = msgspec.structs.replace(removal, **{
        "cut" if take else "left": _farther(removal.cut if take else removal.left, until)})
    grown = msgspec.structs.replace(
        roster, number=last[0] + 1, previous=last[1],
        removed=[changed if one == removal else one for one in roster.removed])
    return add_link(vault, storage, grown, root, {})


def _written(vault: Vault, storage: Storage, key: str) -> Iterator[tuple[str, int]]:
    """Yield each writer of a computer of which something is held, with the last number that lies on
    the store."""
    held = {_place(name)[0] for name in vault.ask(
        lambda session: list(session.scalars(select(Refusal.name).where(Refusal.final))))}
    for writer in sorted(held):
        numbers = [number for number, signer in _signed(storage, writer) if signer == key]
        if numbers:
            yield writer, max(numbers)


def _signed(storage: Storage, writer: str) -> Iterator[tuple[int, str]]:
    for shard in storage.names(f"w/{writer}"):
        for name in storage.names(f"w/{writer}/{shard}"):
            data = storage.get(f"w/{writer}/{shard}/{name}")
            try:
                header, signer, _rest = read_header(data or b"", hash_in(name))
            except RefusedError:
                continue
            yield header.sequence, signer.hex()


def _farther(before: dict[str, int], until: dict[str, int]) -> dict[str, int]:
    return {writer: max(before.get(writer, 0), until.get(writer, 0))
            for writer in before.keys() | until.keys()}


def _place(name: str) -> tuple[str, int]:
    """(writer in hexadecimal, number) of a package's name."""
    parts = name.split("/")
    return parts[1], number_in(parts[-1].partition("-")[0]) or 0

