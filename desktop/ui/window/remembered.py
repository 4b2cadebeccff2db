"""Where a person was when the notebook was locked."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Remembered:
    """Where the person was when the vault was locked."""

    screen: str
    place: dict[str, Any]
