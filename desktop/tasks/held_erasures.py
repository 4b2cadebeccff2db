"""The coordination's answer to a package that erases many records at once: erase them, or keep
them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.purge import erase_rows, note
from desktop.models import authority
from desktop.models.changes import author_of
from desktop.models.record import RECORDS
from desktop.models.sync import HeldPackage
from desktop.queries.purge import Row
from desktop.sync.merging.held_erasures import HeldErasure, erased_in, held_erasures, let_go
from desktop.sync.packages.package import open_rest, read_header
from desktop.sync.trust import state
from desktop.vault import Vault


def answer_erasures(vault: Vault, one: HeldErasure, *, erase: bool) -> int:
    """Erase for good what a held package asks for, or keep it all; return how many records were
    erased.

    AppError where this computer is not the coordination's, or the package is not here any more.
    """
    return vault.do(_answer, one, erase)


def _answer(session: Session, one: HeldErasure, erase: bool) -> int:
    roles = author_of(session).roles
    if roles and not roles & authority.COORDINATION:
        raise AppError(_("Only a computer with this role may write that: {roles}.").format(
            roles=authority.names_of(authority.COORDINATION)))
    if one not in held_erasures(session):
        return 0
    rows = _rows_of(session, one) if erase else []
    if rows:
        erase_rows(session, rows)
        for kind in sorted({kind for kind, _id in rows}):
            note(session, "exchange", kind, count=sum(other == kind for other, _id in rows))
    let_go(session, one)
    return len(rows)


def _rows_of(session: Session, one: HeldErasure) -> list[Row]:
    data = session.scalar(select(HeldPackage.data).where(
        HeldPackage.writer == bytes.fromhex(one.writer), HeldPackage.sequence == one.sequence,
        HeldPackage.sha256 == one.sha256))
    header, _signer, rest = read_header(data, one.sha256) if data is not None else (None, b"", b"")
    identity = (state.channel_keys(session).get((header.channel, header.epoch))
                if header is not None
                else None)
    if header is None or identity is None:
        raise AppError(_("What was asked to be erased is not here any more."),
                       _("Erase these records from the bin, or keep them."))
    _opening, body = open_rest(header, rest, identity)
    return sorted({(batch.table, bytes.fromhex(found)) for batch in body if batch.table in RECORDS
                   for found in erased_in(batch)})
