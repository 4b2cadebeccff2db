"""The state of the exchange, for the trust strip: from receipts only, never from hopes."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from desktop.models.local import Enclosure, Pending
from desktop.models.sync import Outbox, Refusal, Seen, TrustFile, Unread
from desktop.vault.identity import read_value

CLOCKS = "sync.clocks"
TOLD = 120
"""Seconds by which two clocks may differ before somebody is told."""


def clocks(session: Session) -> dict[str, float]:
    """Address of a shared folder -> by how many seconds this computer's clock was ahead of its."""
    value = read_value(session, CLOCKS)
    return json.loads(value) if value else {}


def clock_is_off(ahead: float | None) -> bool:
    """Whether two clocks differ by so much that somebody should know."""
    return ahead is not None and abs(ahead) > TOLD


@dataclass(frozen=True)
class SyncState:
    """`to_send`: records whose last edits the shared folder does not have. `last_success`: end of
    the last round."""

    store: str | None
    to_send: int
    packages_waiting: int
    last_success: datetime | None
    unread: int
    refused: int
    devices: int
    held: int = 0
    """Packages that came from a computer after it was removed."""
    ahead: float | None = None
    """By how many seconds this computer's clock is ahead of the shared folder's, as last
    measured."""
    words: str = ""
    """The six words to read to the coordination, as long as it has not let this computer in."""
    alarms: tuple[str, ...] = ()
    """What is to be looked at, by its kind, the newest first."""

    @property
    def clock_is_off(self) -> bool:
        """Whether the clock is to be told of."""
        return clock_is_off(self.ahead)


@dataclass(frozen=True)
class RefusedRow:
    """A package that was not taken: the device that wrote it where it is known, its number, why (a
    code), for good or not."""

    device: str
    number: int
    reason: str
    final: bool


def refused_of(session: Session) -> list[RefusedRow]:
    """Return what was refused or is held, by writer and number."""
    trust = session.scalars(select(TrustFile).order_by(TrustFile.number.desc()).limit(1)).first()
    roster = json.loads(trust.roster) if trust else {"devices": []}
    names = {r["device"]["key"]: r["device"]["name"] for r in roster.get("removed", ())}
    names |= {device["key"]: device["name"] for device in roster["devices"]}
    writers = {row.writer.hex(): names.get(row.device, "") for row in session.scalars(select(Seen))}
    found = []
    for row in session.scalars(select(Refusal).order_by(Refusal.name)):
        parts = row.name.split("/")
        head = parts[-1].split("-")[0]
        found.append(RefusedRow(writers.get(parts[1], "") if len(parts) > 1 else "",
                                int(head) if head.isdigit() else 0,
                                row.reason, row.final))
    return found


def waits_to_leave(session: Session) -> bool:
    """Whether this device has something for a shared folder that it knows, and was let in."""
    if (read_value(session, "sync.store") is None
        or session.scalar(select(TrustFile.number).limit(1)) is None):
        return False
    return any(session.scalar(select(column).where(condition).limit(1)) is not None
               for column, condition in (
                   (Pending.record_id, true()), (Outbox.sequence, Outbox.pushed_at.is_(None)),
                   (Enclosure.record_id, Enclosure.sent.is_(False))))


def sync_state(session: Session) -> SyncState:
    """Return what waits and what was received."""
    def count(query: Select[Any]) -> int:
        return session.scalar(query) or 0

    last, store, alarms, joining = (read_value(session, f"sync.{name}")
                                    for name in ("last", "store", "alarms", "joining"))
    waiting = Outbox.pushed_at.is_(None)
    trust = session.scalars(select(TrustFile).order_by(TrustFile.number.desc()).limit(1)).first()
    told = (sorted(json.loads(alarms), key=lambda alarm: str(alarm["last"]), reverse=True) if alarms
            else [])
    return SyncState(
        store=store.decode() if store else None,
        to_send=count(select(func.count()).select_from(Pending))
        + count(select(func.coalesce(func.sum(Outbox.records), 0)).where(waiting)),
        packages_waiting=count(select(func.count()).select_from(Outbox).where(waiting)),
        last_success=datetime.fromisoformat(json.loads(last)["at"]) if last else None,
        unread=count(select(func.count()).select_from(Unread)),
        refused=count(select(func.count()).select_from(Refusal).where(Refusal.final.is_(False))),
        held=count(select(func.count()).select_from(Refusal).where(Refusal.final)),
        devices=len(json.loads(trust.roster)["devices"]) if trust else 0,
        ahead=clocks(session).get(store.decode()) if store else None,
        words=str(json.loads(joining).get("words", "")) if joining and not trust else "",
        alarms=tuple(str(alarm["kind"]) for alarm in told),
    )
