"""Attached files on the shared folder: sealed in parts for the readers of their channel, fetched
when they are opened.

`blob/<2>/<record id, hashed>.<part>-<sha256>.age`: the folder learns sizes and times, and nothing
of what a file is about.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from itertools import islice, product

import pyrage
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.attachments import keep_bytes
from desktop.models.local import Enclosure
from desktop.models.meetings import Attachment
from desktop.sync.packages import age
from desktop.sync.stores.storage import CancelledError, Storage
from desktop.sync.trust import state
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault, sql

PART = 900 * 1024
"""Bytes of a file in one part: below what careful servers refuse."""
MOST_TRIED = 64
"""Ways in which copies of parts are put together."""


def _stem(record_id: bytes) -> str:
    return hashlib.sha256(b"carnet-enclosure\0" + record_id).hexdigest()[:32]


def _folder(record_id: bytes) -> str:
    return f"blob/{_stem(record_id)[:2]}"


def send_enclosures(vault: Vault, storage: Storage, roster: Roster,
                    cancelled: Callable[[], bool]) -> int:
    """Send the files that the folder has not got, and take away those that were erased for good;
    how many were sent.

    Cut short, it goes on after the parts that lie there whole. Where this device cannot read them
    again, they are sealed anew, and the folder may keep both. What a server kept of a part by half
    goes.
    """
    for record_id in vault.ask(_erased):
        _take_away(storage, record_id)
        crash_point("enclosure.taken-away")
        vault.do(_forget, record_id)
    sent = 0
    for record_id, channel in vault.ask(_waiting):
        key = roster.channels.get(channel)
        if key is None:
            continue
        recipient = pyrage.x25519.Recipient.from_str(key.recipient)
        data = vault.ask(_data, record_id) or b""
        there, identities = storage.names(_folder(record_id)), _identities(vault)
        for number, start in enumerate(range(0, len(data), PART)):
            if cancelled():
                raise CancelledError(_("The exchange was stopped; it will go on from here."))
            copies = list(_copies(storage, record_id, number, there, identities))
            for name, copy in copies:
                if copy is None:
                    storage.remove(name)
            if any(copy == data[start:start + PART] for _name, copy in copies):
                continue
            sealed = age.encrypt(data[start:start + PART], [recipient])
            name = f"{_folder(record_id)}/{_stem(record_id)}.{number:04d}-{hashlib.sha256(sealed).hexdigest()}.age"
            storage.put(name, sealed)
            crash_point("enclosure.part")
        vault.do(_mark_sent, record_id)
        crash_point("enclosure.sent")
        sent += 1
    return sent


def fetch_enclosure(vault: Vault, storage: Storage, attachment_id: uuid.UUID) -> None:
    """Bring the bytes of a file from the folder into the vault; AppError where they are not all
    there, or not readable.

    Of several copies of a part those are taken that make the file which its record names: whoever
    had the keys of the channel once can lay others beside them.
    """
    size, sha256 = vault.ask(_named, attachment_id)
    there, identities = storage.names(_folder(attachment_id.bytes)), _identities(vault)
    parts = [_openings(storage, attachment_id.bytes, number, min(PART, size - number * PART), there,
                       identities)
             for number in range(-(-size // PART))]
    whole = b"".join(copies[0] for copies in parts)
    for copies in islice(product(*parts), MOST_TRIED):
        joined = b"".join(copies)
        if hashlib.sha256(joined).hexdigest() == sha256:
            whole = joined
            break
    crash_point("enclosure.fetched")
    vault.do(keep_bytes, attachment_id, whole)


def _identities(vault: Vault) -> list[pyrage.x25519.Identity]:
    return [pyrage.x25519.Identity.from_str(one) for text in vault.ask(state.channel_keys).values()
            for one in text.split()]


def _openings(storage: Storage, record_id: bytes, number: int, size: int, there: list[str],
              identities: list[pyrage.x25519.Identity]) -> list[bytes]:
    """Return the different contents of one part that are whole, and as long as it is."""
    found = [opened for _name, opened in _copies(storage, record_id, number, there, identities)
             if opened is not None and len(opened) == size]
    if not found:
        raise AppError(_("This file has not arrived on the shared folder yet."),
                       _("It comes with the next exchange of the person who joined it."))
    return list(dict.fromkeys(found))


def _copies(storage: Storage, record_id: bytes, number: int, there: list[str],
            identities: list[pyrage.x25519.Identity]) -> Iterator[tuple[str, bytes | None]]:
    """(name, content) of the copies of one part that open; None for one that is not whole. `there`:
    the names in its folder."""
    for name in there:
        if not name.startswith(f"{_stem(record_id)}.{number:04d}-"):
            continue
        path = f"{_folder(record_id)}/{name}"
        sealed = storage.get(path)
        if sealed is None:
            continue
        if hashlib.sha256(sealed).hexdigest() not in name:
            yield path, None
            continue
        try:
            opened = age.decrypt(sealed, identities)
        except pyrage.DecryptError:
            continue
        yield path, opened


def send_again(session: Session) -> None:
    """Let the next exchange look for every file held here, and send what the folder lacks."""
    sql.run(session, "UPDATE enclosure SET sent = 0 WHERE data IS NOT NULL")


def _waiting(session: Session) -> list[tuple[bytes, str]]:
    return [(record_id, channel) for record_id, channel in sql.fetch(
        session, "SELECT e.record_id, a.channel FROM enclosure e JOIN attachment a ON a.id = "
        "e.record_id WHERE e.sent = 0 AND e.data IS NOT NULL AND a.deleted IS NOT 1")]


def _erased(session: Session) -> list[bytes]:
    return [row[0]
            for row in sql.fetch(session, "SELECT record_id FROM enclosure WHERE data IS NULL")]


def _data(session: Session, record_id: bytes) -> bytes | None:
    return session.scalar(select(Enclosure.data).where(Enclosure.record_id == record_id))


def _named(session: Session, attachment_id: uuid.UUID) -> tuple[int, str]:
    """Return the size and the hash of a file, as its record has them."""
    row = session.execute(select(Attachment.size, Attachment.sha256)
                          .where(Attachment.id == attachment_id)).first()
    return (row[0] or 0, row[1] or "") if row is not None else (0, "")


def _mark_sent(session: Session, record_id: bytes) -> None:
    row = session.get(Enclosure, record_id)
    if row is not None:
        row.sent = True


def _take_away(storage: Storage, record_id: bytes) -> None:
    folder = _folder(record_id)
    for name in storage.names(folder):
        if name.startswith(_stem(record_id) + "."):
            storage.remove(f"{folder}/{name}")


def _forget(session: Session, record_id: bytes) -> None:
    row = session.get(Enclosure, record_id)
    if row is not None:
        session.delete(row)
