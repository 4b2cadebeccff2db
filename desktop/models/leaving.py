"""Which rows never leave the vault as rows: not copied, not listed by a program, not found by one.
Tables of counts do.

A month, a place, a ground and a field make most observations unique: whoever has the rows can
recognise somebody.
"""

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.authority import TEAM, Roles

ROWS_STAY = frozenset({"observation"})
"""The kinds whose rows stay. The observatory team may take some out, for a reason that is kept."""


def refuse_leaving_rows(kind: str, roles: Roles) -> None:
    """AppError where rows of a kind may not leave this computer's vault; a vault of nobody yet has
    no bar."""
    if kind in ROWS_STAY and roles and not roles & TEAM:
        raise AppError(
            _("Observations do not leave Carnet: neither copied, nor listed, nor exported."),
                       _("Figures are published by the observatory team."))


def needs_reason(kind: str, roles: Roles) -> bool:
    """Whether rows of a kind leave for a reason alone."""
    return kind in ROWS_STAY and bool(roles)
