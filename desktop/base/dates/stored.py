"""Days and moments as the vault keeps them: ISO text without a zone, as it is said where the
meeting is."""

from datetime import date, datetime


def stored_moment(text: str | None) -> datetime | None:
    """Read a stored moment; None if it is missing or unreadable."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        return None


def stored_day(text: str | None) -> date | None:
    """Read a stored day, or the day of a stored moment; None if it is missing or unreadable."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
