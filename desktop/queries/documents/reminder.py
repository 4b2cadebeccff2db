"""The reminder of one organisation: its late actions, and what its charter and its actions still
lack."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.directory import Organisation
from desktop.models.states import Evidence, ReminderAbout
from desktop.queries.actions import ActionRow, actions_of
from desktop.queries.charter import CharterText, charter_in_force, charter_rows
from desktop.queries.charter_evidence import EvidenceFact
from desktop.queries.documents.parts import Heading, collective_heading
from desktop.queries.organisation_aliases import all_of_organisation, canonical_organisation_id

ASKED = (Evidence.HAS_VALIDATED, Evidence.INFORMS, Evidence.SHARES, Evidence.ADEQUACY,
         Evidence.TRAINED)
"""What can still be done, the most pressing first; what a meeting missed is past."""


@dataclass(frozen=True)
class ReminderPaper:
    """What one organisation is reminded of. `lacking`: for each kind of evidence, the facts that
    are missing."""

    heading: Heading
    organisation_id: uuid.UUID
    organisation: str
    charter: CharterText | None
    signed: bool
    confidential: bool
    late: tuple[ActionRow, ...]
    lacking: tuple[tuple[str, tuple[EvidenceFact, ...]], ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be reminded of."""
        return (not (self.late or self.lacking)
                and (self.charter is None or (self.signed and self.confidential)))

    @property
    def about(self) -> tuple[str, ...]:
        """What is asked for, as codes of `ReminderAbout`."""
        charter = self.charter is not None and not (self.signed and self.confidential)
        return (*((ReminderAbout.LATE,) if self.late else ()),
                *(ReminderAbout(kind) for kind, _lines in self.lacking),
                *((ReminderAbout.CHARTER,) if charter else ()))

    @property
    def action_ids(self) -> tuple[uuid.UUID, ...]:
        """The actions that it names, each once."""
        named = [one.id for one in self.late]
        named += [line.record_id for kind, lines in self.lacking if kind != Evidence.TRAINED
                  for line in lines if line.record_id is not None]
        return tuple(dict.fromkeys(named))


def reminder_of(session: Session, organisation_id: uuid.UUID,
                today: date) -> ReminderPaper:
    """Return the reminder of an organisation; AppError where there is none. What a confidential
    group does is not in it."""
    every = all_of_organisation(session, organisation_id)
    organisation = session.get(Organisation, canonical_organisation_id(session, organisation_id))
    if organisation is None or organisation.deleted:
        raise AppError(_("There is no record with the id {id}.").format(id=organisation_id))
    day = today
    row = next((one for one in charter_rows(session, day, False) if one.id == organisation.id),
               None)
    late = tuple(one for one in actions_of(session, open_only=True)
                 if one.owner_organisation_id in every
                 and not one.confidential and one.lateness(day) == "late")
    missing = ((str(kind), tuple(line for line in row.cells[kind].lines if not line.kept))
               for kind in ASKED) if row else ()
    return ReminderPaper(
        collective_heading(session, day), organisation.id, organisation.name or "",
        charter_in_force(session, day),
        row is not None and row.signed is not None,
        row is not None and row.cells[Evidence.CONFIDENTIALITY].count > 0, late,
        tuple(part for part in missing if part[1]))
