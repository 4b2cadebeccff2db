"""Records: what is kept, and the rules of one record. Importing this package registers every
kind."""

from desktop.models import (
    actions,
    charter,
    directory,
    internships,
    local,
    meetings,
    observations,
    plan,
    referrals,
    releases,
    reminders,
    requests,
    resources,
    sync,
    trainings,
    vocabularies,
)
from desktop.models.record import RECORDS, Base, Field, Record, derived_id, fields_of

__all__ = [
    "RECORDS", "Base", "Field", "Record", "actions", "charter", "derived_id", "directory",
    "fields_of", "internships", "local",
    "meetings", "observations", "plan", "referrals", "releases", "reminders", "requests",
    "resources", "sync", "trainings",
    "vocabularies",
]
