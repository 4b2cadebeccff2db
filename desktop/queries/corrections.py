"""What is to be corrected: records of others that break a rule here are kept, and say so."""

import uuid
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.rules.context import RuleContext
from desktop.models.rules.judge import violations
from desktop.queries.records import find_record


def corrections_of(session: Session, record_id: uuid.UUID, today: date) -> list[str]:
    """Say what a record breaks, a sentence each; nothing for one that is sound, in the bin, or not
    judged."""
    record = find_record(session, record_id)
    if record.deleted:
        return []
    return list(dict.fromkeys(v.message for v
                              in violations(type(record), record, RuleContext(session, today))))
