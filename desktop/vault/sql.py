"""SQL as it stands, for what an exchange asks dozens of times: the mapper takes longer than these
questions do."""

from typing import Any

from sqlalchemy.orm import Session


def fetch(session: Session, statement: str, *given: object) -> list[tuple[Any, ...]]:
    """Return what a SELECT finds; `given` for its question marks."""
    if session.autoflush:
        session.flush()
    return [tuple(row) for row in session.connection().exec_driver_sql(statement, given)]


def run(session: Session, statement: str, *given: object) -> None:
    """Run a statement that finds nothing. It passes the mapper by: rows that are loaded in this
    session stay as they were."""
    if session.autoflush:
        session.flush()
    session.connection().exec_driver_sql(statement, given)
