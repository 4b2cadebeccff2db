"""Money as French writes and types it: whole numbers of cents inside, « 1 250,50 € » outside."""

import re

from desktop.base.errors import AppError
from desktop.base.i18n import _

MOST = 10**12
"""Cents: ten thousand million euros."""
_SPACES = str.maketrans("", "", " \u00a0\u202f'’€")
_AMOUNT = re.compile(r"(-?[0-9]+)(?:[,.]([0-9]{1,2}))?")


def euros(cents: int) -> str:
    """Return an amount in words of figures: 1 250 €, or 1 250,50 € where there are cents."""
    sign, (whole, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", "\u202f") + (f",{rest:02d}" if rest else "")
    return f"{sign}{text}\u00a0€"


def typed_euros(cents: int | None) -> str:
    """Return an amount as a field shows it, to be typed again."""
    return "" if cents is None else euros(cents).replace("\u00a0€", "").replace("\u202f", " ")


def cents_of(text: str | None, field: str = "") -> int | None:
    """Read an amount that was typed; None for nothing. AppError, naming the field, for what is no
    amount.

    A comma or a point with one or two figures after it begins the cents; spaces part the thousands.
    """
    if not (text or "").strip():
        return None
    said = _AMOUNT.fullmatch(str(text).translate(_SPACES))
    if said is None:
        raise AppError(_("“{text}” is not an amount.").format(text=text),
                       _("Type it as 1250,50 for example."), field=field)
    whole, cents = int(said[1]), (said[2] or "").ljust(2, "0")
    amount = abs(whole) * 100 + int(cents)
    if amount > MOST:
        raise AppError(_("“{text}” is too large an amount.").format(text=text), field=field)
    return -amount if said[1].startswith("-") else amount
