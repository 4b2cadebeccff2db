"""Forms that are not saved yet, by screen: local to this computer, inside the vault, never in a package."""

from typing import Any

import msgspec
from sqlalchemy.orm import Session

from desktop.vault.identity import read_value, write_value

_DRAFTS = "drafts"


def keep_drafts(session: Session, drafts: dict[str, Any]) -> None:
    """Remember the unsaved forms; an empty dict forgets them."""
    write_value(session, _DRAFTS, msgspec.json.encode(drafts))


def read_drafts(session: Session) -> dict[str, Any]:
    """The unsaved forms, by the name of their screen."""
    value = read_value(session, _DRAFTS)
    return {} if value is None else msgspec.json.decode(value, type=dict[str, Any])
