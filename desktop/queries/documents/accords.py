"""The list for a committee: the accords that each party is awaited for."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.choices import label
from desktop.models.states import Party
from desktop.queries.accords import Awaited, awaited_accords
from desktop.queries.documents.parts import Heading, collective_heading


@dataclass(frozen=True)
class AwaitedAccords:
    """What each party has to say, the soonest hoped for first."""

    heading: Heading
    parties: tuple[tuple[str, tuple[Awaited, ...]], ...]


def accords_paper(session: Session, _collective_id: uuid.UUID,
                  today: date) -> AwaitedAccords:
    """Return the accords that are awaited; what a confidential group does is not among them."""
    rows = [row for row in awaited_accords(session, tuple(Party)) if not row.confidential]
    return AwaitedAccords(collective_heading(session, today), tuple(
        (label("validation_party", party), tuple(row for row in rows if row.party == party))
        for party in Party))
