"""Who found a snapshot to be what it holds itself: this device, and those that say so in their
packages."""

import msgspec
from sqlalchemy.orm import Session

from desktop.models.record import is_channel
from desktop.models.sync import SnapshotMatch
from desktop.vault import sql


def matched_here(session: Session) -> dict[str, list[str]]:
    """Snapshot -> the channels in which it was found to be what is held here; to be told to the
    others."""
    found = {snapshot: msgspec.json.decode(judged, type=dict[str, bool])
             for snapshot, judged in sql.fetch(session, "SELECT id, judged FROM snapshot")}
    told = {snapshot: [channel for channel, agrees in sorted(judged.items()) if agrees]
            for snapshot, judged in sorted(found.items())}
    return {snapshot: channels for snapshot, channels in told.items() if channels}


def keep_matches(session: Session, device: str, matched: dict[str, list[str]]) -> None:
    """Return what another device says."""
    for snapshot, channels in matched.items():
        for channel in filter(is_channel, set(channels)):
            session.merge(SnapshotMatch(snapshot=snapshot, device=device, channel=channel))
