"""The state of the exchange, for the trust strip: from receipts only, never from hopes."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.local import LocalValue, Pending
from desktop.models.sync import Outbox, Refusal, TrustFile, Unread


@dataclass(frozen=True)
class SyncState:
    """`to_send`: records whose last edits the shared folder does not have. `last_success`: end of the last round."""

    store: str | None
    to_send: int
    packages_waiting: int
    last_success: datetime | None
    unread: int
    refused: int
    devices: int
    held: int = 0
    """Packages that came from a computer after it was removed."""


def sync_state(session: Session) -> SyncState:
    """What waits and what was received."""
    def count(query: object) -> int:
        return int(session.scalar(query) or 0)  # type: ignore[call-overload]

    last = session.get(LocalValue, "sync.last")
    store = session.get(LocalValue, "sync.store")
    waiting = Outbox.pushed_at.is_(None)
    trust = session.scalars(select(TrustFile).order_by(TrustFile.number.desc()).limit(1)).first()
    return SyncState(
        store=store.value.decode() if store else None,
        to_send=count(select(func.count()).select_from(Pending))
        + count(select(func.coalesce(func.sum(Outbox.records), 0)).where(waiting)),
        packages_waiting=count(select(func.count()).select_from(Outbox).where(waiting)),
        last_success=datetime.fromisoformat(json.loads(last.value)["at"]) if last else None,
        unread=count(select(func.count()).select_from(Unread)),
        refused=count(select(func.count()).select_from(Refusal).where(Refusal.final.is_(False))),
        held=count(select(func.count()).select_from(Refusal).where(Refusal.final)),
        devices=len(json.loads(trust.roster)["devices"]) if trust else 0,
    )
