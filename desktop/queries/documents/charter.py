"""What the papers of the charter say: its text to be signed, and how each organisation stands with
it."""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.authority import READERS
from desktop.models.record import OBSERVATORY
from desktop.queries.charter import CharterRow, CharterText, charter_rows, charters_of
from desktop.queries.documents.parts import Heading, collective_heading
from desktop.queries.organisation_aliases import canonical_organisation_id
from desktop.vault.identity import read_identity


@dataclass(frozen=True)
class CharterPaper:
    """The charter to be read and signed. `signers`: who signed this version, by their names."""

    heading: Heading
    charter: CharterText
    signers: tuple[CharterRow, ...]


@dataclass(frozen=True)
class CommitmentsPaper:
    """How the organisations stand, all of them or one."""

    heading: Heading
    charter: CharterText
    rows: tuple[CharterRow, ...]


def charter_paper(session: Session, charter_id: uuid.UUID, today: date) -> CharterPaper:
    """Return the charter of this id as it is signed; AppError where there is none."""
    charter, rows = _charter(session, charter_id), _rows(session, today)
    signed = tuple(row for row in rows
                   if any(one.charter_id == charter.id for one in row.signatures))
    return CharterPaper(_heading(session, charter, today), charter, signed)


def commitments_paper(session: Session, charter_id: uuid.UUID,
                      today: date) -> CommitmentsPaper:
    """How every organisation stands with the charter of this id."""
    charter = _charter(session, charter_id)
    return CommitmentsPaper(_heading(session, charter, today), charter,
                            tuple(_rows(session, today)))


def organisation_paper(session: Session, organisation_id: uuid.UUID,
                       today: date) -> CommitmentsPaper:
    """How one organisation stands with the charter in force, with what shows it."""
    found = [row for row in _rows(session, today)
             if row.id == canonical_organisation_id(session, organisation_id)]
    charters = charters_of(session)
    if not found or not charters:
        raise AppError(_("There is nothing of the charter about this organisation."))
    return CommitmentsPaper(_heading(session, charters[0], today), charters[0], tuple(found))


def _charter(session: Session, charter_id: uuid.UUID) -> CharterText:
    found = next((one for one in charters_of(session) if one.id == charter_id), None)
    if found is None:
        raise AppError(_("This charter does not exist."))
    return found


def _rows(session: Session, today: date) -> list[CharterRow]:
    roles = read_identity(session).roles
    return charter_rows(session, today, not roles or bool(roles & READERS[OBSERVATORY]))


def _heading(session: Session, charter: CharterText, today: date) -> Heading:
    about = _("Charter, version {number}").format(number=charter.version)
    return replace(collective_heading(session, today), axis=about)
