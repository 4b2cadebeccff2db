"""How the screens say where a resource is and what it is worth."""

from datetime import date

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import _, language, ngettext
from desktop.models.states import ResourceKind
from desktop.queries.resources import LoanRow, ResourceRow


def day_words(text: str) -> str:
    """Return a stored day as a sentence writes it; nothing for none."""
    return long_date(date.fromisoformat(text), weekday=False) if text else ""


def short_day(text: str) -> str:
    """Return a stored day as a column writes it; nothing for none."""
    return short_date(date.fromisoformat(text)) if text else ""


def availability(row: ResourceRow) -> tuple[str, str]:
    """Say whether a resource can be had today, with the tone of its chip; nothing of a speaker, who
    is not lent."""
    if row.kind == ResourceKind.SPEAKER:
        return "", ""
    if row.loan is None:
        return _("available"), "ok"
    day = short_day(row.loan.due_on)
    if row.loan.is_late:
        return _("expected back on {day}").format(day=day), "bad"
    return _("lent until {day}").format(day=day), "warn"


def state_words(row: ResourceRow) -> str:
    """Say the same in the width of a column."""
    if row.kind == ResourceKind.SPEAKER:
        return ""
    if row.loan is None:
        return _("available")
    return (_("late") if row.loan.is_late
            else _("until {day}").format(day=short_day(row.loan.due_on)[:5]))


def loan_words(loan: LoanRow) -> tuple[str, str]:
    """Say where a loan stands, with its tone; its days stand beside it."""
    if loan.clashes:
        return _("overlaps another loan"), "bad"
    if loan.back_on:
        return _("back on {day}").format(day=short_day(loan.back_on)), "neutral"
    if loan.is_late:
        return _("late"), "bad"
    return (_("under way"), "warn") if loan.is_now else (_("promised"), "accent")


def mean_words(mean: float, uses: int) -> str:
    """Say a mean rating with the number of ratings that it stands on: never alone. Nothing where
    there is none."""
    if not uses:
        return ""
    said = f"{mean:.1f}".removesuffix(".0")
    said = said.replace(".", ",") if language() == "fr" else said
    return ngettext("{mean} of 5 ({count} rating)", "{mean} of 5 ({count} ratings)",
                    uses).format(mean=said, count=uses)
