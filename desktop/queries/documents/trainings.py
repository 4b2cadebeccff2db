"""The paper of trainings: by organisation, who is trained, who is to be trained or trained anew."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.queries.documents.parts import Heading, collective_heading
from desktop.queries.trainings import OrganisationTrained, organisations_trained


@dataclass(frozen=True)
class TrainingsPaper:
    """What the paper says, on the day of its heading."""

    heading: Heading
    organisations: tuple[OrganisationTrained, ...]


def trainings_paper(session: Session, _collective_id: uuid.UUID,
                    today: date) -> TrainingsPaper:
    """Read who was trained, organisation by organisation."""
    day = today
    return TrainingsPaper(collective_heading(session, day),
                          tuple(organisations_trained(session, day)))
