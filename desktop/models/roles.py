"""Records that only the computers of some roles may write: the two validations, and the plan itself."""

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.choices import label
from desktop.models.record import Record

_COORDINATION = {"": frozenset({"coordination"})}

ROLE_BOUND: dict[str, dict[str, frozenset[str]]] = {
    "validation": {"etat": frozenset({"validation_etat"}), "agglo": frozenset({"validation_agglo"})},
    "plan": _COORDINATION, "axis": _COORDINATION, "objective": _COORDINATION, "indicator": _COORDINATION,
}
"""Kind -> the roles of who may write it, by the party that it stands for; of a kind without parties under an empty one."""


def roles_for(kind: str, party: object) -> frozenset[str] | None:
    """The roles of which a writer needs one; None for what everybody may write.

    Where the party is not known, that of any party will do.
    """
    bound = ROLE_BOUND.get(kind)
    if bound is None:
        return None
    return bound.get(party if isinstance(party, str) else "") or frozenset().union(*bound.values())


def may_write(roles: frozenset[str], kind: str) -> bool:
    """Whether a computer with these roles may write a kind of record, of some party at least."""
    needed = roles_for(kind, None)
    return needed is None or not roles or bool(roles & needed)


def refuse_without_role(record: Record, roles: frozenset[str]) -> None:
    """AppError where this computer's certificate lacks the role: the others would not take what it writes.

    A vault that belongs to no collective has no roles, and nobody to ask.
    """
    needed = roles_for(record.kind_name(), getattr(record, "party", None))
    if needed is not None and roles and not roles & needed:
        raise AppError(_("Only a computer with this role may write that: {roles}.").format(
            roles=", ".join(label("role", role).lower() for role in sorted(needed))),
            _("Ask the person who has it; the coordination gives the roles."))
