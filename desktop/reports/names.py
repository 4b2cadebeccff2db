"""What a paper is called as a file, and the names on it that no bundled font draws."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from desktop.base.text import fold
from desktop.queries.documents.parts import Participant
from desktop.reports.page.document import drawable, shortened

LONGEST_PART, LONGEST_NAME = 40, 60
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def file_name(label: str, content: Any, ending: str) -> str:
    """Name a file by the kind of the paper, the group or the person, and the day:
    "convocation-pleniere-2026-03-12.pdf"."""
    about = content.heading.group or getattr(content, "name", "")
    starts_at = getattr(content, "starts_at", None)
    day = starts_at.date() if isinstance(starts_at, datetime) else content.heading.as_of
    words = (re.sub(r"[^a-z0-9]+", "-", fold(part)).strip("-")[:LONGEST_PART].rstrip("-")
             for part in (label, about))
    return f"{'-'.join(filter(None, [*words, day.isoformat()]))}.{ending}"


def undrawn_names(content: Any) -> list[str]:
    """Return the texts of a paper that hold a letter no bundled font draws, each once; of a person,
    the whole name."""
    return list(dict.fromkeys(shortened(name, LONGEST_NAME) for name in _undrawn(content)))


def _undrawn(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not value.isascii() and UNKNOWN not in value and UNKNOWN in drawable(value):
            yield value
    elif isinstance(value, Participant):
        if any(True for field in fields(value) for _text in _undrawn(getattr(value, field.name))):
            yield value.name
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _undrawn(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _undrawn(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _undrawn(getattr(value, field.name))
