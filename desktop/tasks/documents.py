"""Making a document from the vault: the query of its report, then the drawing."""

import uuid

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.reports import REPORTS
from desktop.vault import Vault


def check_kind(kind: str) -> None:
    """AppError for a document that does not exist, with the list of those that do."""
    if kind not in REPORTS:
        raise AppError(_("There is no document called {kind}.").format(kind=kind),
                       _("Choose one of: {kinds}.").format(kinds=", ".join(sorted(REPORTS))))
