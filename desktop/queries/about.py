"""What the vault can say of itself, for the page that says what Carnet is made of."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def cipher_version(session: Session) -> str:
    """Return the version of SQLCipher that reads this vault."""
    return str(session.scalar(text("PRAGMA cipher_version")) or "").split(" ")[0]


def sqlite_version(session: Session) -> str:
    """Return the version of SQLite inside it."""
    return str(session.scalar(text("SELECT sqlite_version()")))
