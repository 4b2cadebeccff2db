"""Forms that are not saved yet, where the person was, what lists are filtered by: in the vault of
this computer alone."""

import uuid
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from desktop.vault.identity import read_value, write_value

_DRAFTS = "drafts"
_PLACE = "place"
_FILTER = "filter."
_UUID = "uuid:"


def keep_drafts(session: Session, drafts: dict[str, Any]) -> None:
    """Remember the unsaved forms; an empty dict forgets them."""
    write_value(session, _DRAFTS, msgspec.json.encode(drafts))


def read_drafts(session: Session) -> dict[str, Any]:
    """Return the unsaved forms, by the name of their screen."""
    value = read_value(session, _DRAFTS)
    return {} if value is None else msgspec.json.decode(value, type=dict[str, Any])


def keep_place(session: Session, screen: str, place: dict[str, Any]) -> None:
    """Remember the screen and the place in it, for the process that unlocks next."""
    write_value(session, _PLACE, msgspec.json.encode([screen, _plain(place)]))


def take_place(session: Session) -> tuple[str, dict[str, Any]] | None:
    """Return the screen and the place that `keep_place` kept, once; None where there is nothing."""
    value = read_value(session, _PLACE)
    if not value:
        return None
    write_value(session, _PLACE, b"")
    screen, place = msgspec.json.decode(value, type=tuple[str, dict[str, Any]])
    return screen, {name: _full(part) for name, part in place.items()}


def _plain(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _plain(inner) for name, inner in part.items()}
    return f"{_UUID}{part}" if isinstance(part, uuid.UUID) else part


def _full(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _full(inner) for name, inner in part.items()}
    return (uuid.UUID(part.removeprefix(_UUID)) if isinstance(part, str) and part.startswith(_UUID)
            else part)


def keep_filter(session: Session, screen: str, wanted: dict[str, str]) -> None:
    """Remember what a screen is filtered by, until it is filtered otherwise."""
    write_value(session, f"{_FILTER}{screen}", msgspec.json.encode(wanted))


def read_filter(session: Session, screen: str) -> dict[str, str]:
    """Return what a screen was filtered by last; empty where by nothing."""
    value = read_value(session, f"{_FILTER}{screen}")
    return {} if value is None else msgspec.json.decode(value, type=dict[str, str])
