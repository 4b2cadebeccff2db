"""Six words for all that the collective shares: computers that hold the same say the same, and a
glance compares them."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.i18n import _, ngettext
from desktop.base.paths import resource
from desktop.models.local import Pending
from desktop.models.record import COMMON
from desktop.models.sync import Unread
from desktop.queries.digest import channel_digests


@dataclass(frozen=True)
class Fingerprint:
    """`words`: of the channel that everybody reads, with its `records` fields. `waiting`: records
    of ours not sealed yet.

    `unread`: packages of that channel that are held and could not be read.
    """

    words: str
    records: int
    waiting: int
    unread: int

    def said(self) -> str:
        """Return what the words prove at this moment."""
        if self.waiting:
            return ngettext("{count} record of this computer waits to be sent: exchange first, "
                            "then compare.",
                            "{count} records of this computer wait to be sent: exchange first, "
                            "then compare.",
                            self.waiting).format(count=self.waiting)
        if self.unread:
            return _("Something of the others could not be read here yet: the words will differ.")
        return _("After an exchange on both sides, whoever reads the same six words holds exactly "
                 "the same.")


def fingerprint_of(session: Session) -> Fingerprint:
    """Return the fingerprint of what is held now; a few seconds for a hundred thousand records."""
    digest = channel_digests(session).get(COMMON)
    number = int.from_bytes(
        hashlib.sha256(f"carnet fingerprint {digest.sha256 if digest else ''}".encode()).digest(),
        "big")
    words = resource("words", "french.txt").read_text(encoding="utf-8").split()
    return Fingerprint(" ".join(words[(number >> (11 * rank)) % 2048] for rank in range(6)),
                       digest.records if digest else 0,
                       session.scalar(select(func.count()).select_from(Pending)) or 0,
                       session.scalar(select(func.count()).select_from(Unread)
                                      .where(Unread.channel == COMMON)) or 0)
