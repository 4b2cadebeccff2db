"""Where a record's last words of ours are: here alone, on the shared folder, with so many
colleagues. Never a hope."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED, stamp_writer
from desktop.base.i18n import _, ngettext
from desktop.models.local import Pending
from desktop.models.meetings import Meeting
from desktop.models.record import RECORDS, STAMP, fields_of
from desktop.models.sync import Outbox, Seen
from desktop.sync.stores import receipts
from desktop.sync.trust import state

HERE, TO_SEND, SENT, RECEIVED = "here", "to_send", "sent", "received"
_PARTS = {"agenda_item": "meeting_id", "attendance": "meeting_id", "decision": "meeting_id",
          "note_block": "meeting_id"}
"""What belongs to a meeting, and by which field."""


@dataclass(frozen=True)
class Whereabouts:
    """`place`: here (there is nowhere to send it), to_send, sent, received (nothing of it is ours).

    `readers`: colleagues who are known to have read what is sent, of `others` who may read it.
    """

    place: str
    readers: int = 0
    others: int = 0

    def words(self) -> str:
        """As a person reads it; nothing of what came from others."""
        if self.place == SENT and self.readers:
            return ngettext("With {count} colleague of {others}",
                            "With {count} colleagues of {others}", self.readers).format(
                                count=self.readers, others=self.others)
        sent = _("Sent, not read by anybody yet") if self.others else _("Sent to the shared folder")
        return {HERE: _("On this computer only"), TO_SEND: _("To be sent"), SENT: sent,
                RECEIVED: ""}[self.place]


def whereabouts(session: Session, device: str, kind: str, record_id: uuid.UUID) -> Whereabouts:
    """Where one record is, a meeting with all that belongs to it. `device`: the public key of this
    computer."""
    roster = state.current_roster(session)
    if roster is None or state.store_url(session) is None:
        return Whereabouts(HERE)
    rows = [(kind, record_id.bytes),
            *(_parts(session, record_id) if kind == Meeting.kind_name() else [])]
    if _is_pending(session, rows):
        return Whereabouts(TO_SEND)
    ours = {row[0] for row in session.execute(select(Outbox.writer).distinct())}
    found = list(_stamps(session, rows))
    stamps = {stamp for _channel, some in found for stamp in some
              if stamp_writer(stamp) in ours and stamp != ERASED}
    if not stamps:
        return Whereabouts(RECEIVED)
    needed: dict[str, int] = {}
    for writer in {stamp_writer(stamp) for stamp in stamps}:
        package = _package(session, kind, writer,
                           max(stamp for stamp in stamps if stamp_writer(stamp) == writer))
        if package is None or package[1] is None:
            return Whereabouts(TO_SEND)
        needed[writer.hex()] = package[0]
    channel = found[0][0]
    others = {d.key: d.person_id or d.key for d in roster.devices
              if d.key != device and roster.reads(d, channel)}
    devices = {row.writer.hex(): row.device for row in session.scalars(select(Seen))}
    readers = {others[devices[writer]] for writer, read in receipts.peers(session).items()
               if devices.get(writer) in others
               and all(read.get(one, 0) >= number for one, number in needed.items())}
    return Whereabouts(SENT, len(readers), len(set(others.values())))


def _parts(session: Session, meeting: uuid.UUID) -> list[tuple[str, bytes]]:
    connection = session.connection()
    found = [(kind, bytes(row[0])) for kind, column in _PARTS.items()
             for row in connection.exec_driver_sql(
                 f'SELECT id FROM "{kind}" WHERE "{column}" = ?', (meeting.bytes,))]
    blocks = [row for kind, row in found if kind == "note_block"]
    for start in range(0, len(blocks), 500):
        part = blocks[start:start + 500]
        found += [("note_update", bytes(row[0])) for row in connection.exec_driver_sql(
            f'SELECT id FROM note_update WHERE block_id IN ({",".join("?" * len(part))})',
            tuple(part))]
    return found


def _in_parts(rows: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, list[bytes]]]:
    """(kind, ids) of a few hundred at most, those of the first kind first."""
    by_kind: dict[str, list[bytes]] = {}
    for kind, row in rows:
        by_kind.setdefault(kind, []).append(row)
    return [(kind, ids[start:start + 500]) for kind, ids in by_kind.items()
            for start in range(0, len(ids), 500)]


def _is_pending(session: Session, rows: Iterable[tuple[str, bytes]]) -> bool:
    return any(
        session.scalar(select(Pending.kind).where(Pending.kind == kind, Pending.record_id.in_(part))
                       .limit(1)) is not None
               for kind, part in _in_parts(rows))


def _stamps(session: Session,
            rows: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, list[bytes]]]:
    """(channel, the stamps) of each row, those of the first kind first."""
    for kind, part in _in_parts(rows):
        columns = ", ".join(f'"{f.name}{STAMP}"' for f in fields_of(RECORDS[kind]) if f.travels)
        for channel, *stamps in session.connection().exec_driver_sql(
                f'SELECT channel, {columns} FROM "{kind}" WHERE id IN '
                f'({",".join("?" * len(part))})', tuple(part)):
            yield channel, [bytes(stamp) for stamp in stamps if stamp is not None]


def _package(session: Session, kind: str, writer: bytes,
             stamp: bytes) -> tuple[int, str | None] | None:
    """Return (number, when it was sent) of the first package of ours up to which a stamp is
    sealed."""
    packages = select(Outbox.sequence, Outbox.pushed_at).where(Outbox.writer == writer).limit(1)
    if RECORDS[kind].__anonymous__:
        # The stamps of what names nobody tell the month alone: only the last package is sure to be
        # late enough.
        row = (session.execute(packages.where(Outbox.records > 0).order_by(Outbox.sequence.desc()))
               .first())
    else:
        row = (session.execute(packages.where(Outbox.last_stamp >= stamp).order_by(Outbox.sequence))
               .first())
    return None if row is None else (row[0], row[1])
