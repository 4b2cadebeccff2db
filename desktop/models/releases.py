"""Releases of figures: what was told to whom, and the counts that were frozen for it. They never
change.

The id is made of the content: a row that says something else under it is no release (`is_whole`). A
release that is in the bin, or that somebody edited, was published all the same.
"""

import hashlib
import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import OBSERVATORY, Record, derived_id


class Release(Record):
    """One publication of the observatory's figures."""

    __area__ = "observatory"
    __channel__ = OBSERVATORY

    period: Mapped[str | None] = field.text("Period", required=True)
    audience: Mapped[str | None] = field.code("Audience", "release_audience", required=True)
    made_on: Mapped[str | None] = field.day("Made on", required=True)
    content: Mapped[str | None] = field.text("Frozen counts and pattern", required=True)


def release_id(content: str) -> uuid.UUID:
    """Return the id of a release with this content."""
    return derived_id("release", hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest())


def is_whole(record_id: uuid.UUID, content: str | None) -> bool:
    """Whether a row is the release that its id says."""
    return content is not None and release_id(content) == record_id
