"""What is asked of the coordination: to erase for good what the one who asks may not erase."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class ErasureRequest(Record):
    """Somebody asks that a record of the bin be erased for good; it goes with that record.

    It travels where the record does, and names nobody: what is in the bin may be an observation.
    """

    __area__ = "bin"
    __parent__ = "owner_id"
    __anonymous__ = True

    owner_kind: Mapped[str | None] = field.text("Kind of the record to erase", required=True)
    owner_id: Mapped[uuid.UUID | None] = field.reference("Record to erase", "record", required=True,
                                                         index=True)
