"""Dates and times as French writes them (and English, where the screens speak it)."""

from datetime import date, datetime

from desktop.base.i18n import language

MONTHS_FR = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
             "novembre", "décembre")
MONTHS_SHORT_FR = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
DAYS_FR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def day_month(day: date) -> str:
    """"1er mars", "12 mars"."""
    if language() == "en":
        return f"{day.day} {day:%B}"
    return f"{'1er' if day.day == 1 else day.day} {MONTHS_FR[day.month - 1]}"


def long_date(day: date, weekday: bool = True) -> str:
    """"jeudi 12 mars 2026"."""
    name = f"{day:%A}" if language() == "en" else DAYS_FR[day.weekday()]
    return f"{name} {day_month(day)} {day.year}" if weekday else f"{day_month(day)} {day.year}"


def short_date(day: date) -> str:
    """"12/03/2026"."""
    return f"{day:%d/%m/%Y}"


def short_day_month(day: date) -> tuple[str, str]:
    """The day and the abbreviated month, as calendars show them: ("12", "mars")."""
    return str(day.day), f"{day:%b}" if language() == "en" else MONTHS_SHORT_FR[day.month - 1]


def time_of(moment: datetime) -> str:
    """"14 h 30", with no-break spaces."""
    if language() == "en":
        return f"{moment:%H:%M}"
    return f"{moment.hour}\u00a0h\u00a0{moment.minute:02d}"


def month_label(month: str) -> str:
    """"mars 2026" from "2026-03"."""
    day = date.fromisoformat(f"{month}-01")
    return f"{day:%B} {day.year}" if language() == "en" else f"{MONTHS_FR[day.month - 1]} {day.year}"
