"""Lending a resource, and having it back."""

import uuid

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.changes import author_of
from desktop.models.resources import ResourceLoan


def bring_back(session: Session, loan_id: uuid.UUID) -> None:
    """Note that a resource is back today; AppError where it is noted already, or not lent yet."""
    loan = session.get(ResourceLoan, loan_id)
    if loan is None or loan.deleted:
        raise AppError(_("There is no such loan any more."))
    today = author_of(session).today().isoformat()
    if loan.back_on:
        raise AppError(_("It is back already."))
    if loan.lent_on and loan.lent_on > today:
        raise AppError(_("This loan has not begun yet."),
                       _("Take it away if it is not wanted any more."))
    loan.back_on = today
