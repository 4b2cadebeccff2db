"""Letting rows leave the vault: refused out of the observatory team, and kept with its reason in
the journal of this computer."""

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.journal import append
from desktop.models.changes import author_of
from desktop.models.leaving import needs_reason, refuse_leaving_rows
from desktop.models.rules.texts import no_identity
from desktop.models.states import JournalWhat

LONGEST_REASON = 200


def let_leave(session: Session, kind: str, count: int, how: str, reason: str) -> None:
    """Note that rows of a kind leave (`how`: copy, list, show, search); AppError where they may
    not, or without a reason."""
    roles = author_of(session).roles
    refuse_leaving_rows(kind, roles)
    if not needs_reason(kind, roles):
        return
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        raise AppError(_("Say why observations leave Carnet; the reason is kept."),
                       _("In the terminal: --reason “…”."))
    for wrong in no_identity("reason", said):
        raise AppError(wrong.message, wrong.hint)
    append(session, JournalWhat.LEFT, kind, how=how, count=count, reason=said)
