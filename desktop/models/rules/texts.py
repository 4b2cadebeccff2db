"""Rules on free text: what may not stand in the fields of records that name nobody."""

from collections.abc import Iterator

from desktop.base.i18n import _
from desktop.models.rules.context import Violation
from desktop.privacy.detect import BLOCK, find_identities

HARD = frozenset({"email", "phone", "nir", "iban", "name", "address"})
"""What tells who somebody is by itself, if it is certain; the rest is for the identity check to ask
about."""


def no_identity(name: str, text: str | None) -> Iterator[Violation]:
    """Refuse a text in which somebody can be recognised at once. The message never repeats what was
    found."""
    found = sorted({span.category for span in find_identities(text or "")
                    if span.severity == BLOCK or (span.category in HARD and span.certain)})
    if found:
        kinds = {"email": _("an e-mail address"), "phone": _("a telephone number"),
                 "nir": _("a social security number"),
                 "iban": _("a bank account"), "name": _("a name"), "address": _("an address")}
        what = ", ".join(kinds.get(kind) or _("a number that tells who it is") for kind in found)
        yield Violation(name, _("This text must name nobody, and it seems to hold {what}.")
                        .format(what=what),
                        _("Write “a mother”, “the employer”, “a neighbour”."))


def not_longer(name: str, text: str | None, limit: int) -> Iterator[Violation]:
    """Refuse a text of more characters than the limit."""
    if text and len(text) > limit:
        yield Violation(name, _("This text has {count} characters; {limit} is the limit.").format(
            count=len(text), limit=limit))
