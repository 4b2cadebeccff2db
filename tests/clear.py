"""Words that must never lie on a disk where anyone can read them."""

from collections.abc import Iterable
from pathlib import Path


def in_clear(words: Iterable[str], *places: Path) -> list[tuple[Path, str]]:
    """The files (and names of files) at or under `places` that hold one of these words, in UTF-8 or
    UTF-16."""
    written = {form for word in words
               for form in (word, word.upper(), word.lower(), word.capitalize())}
    forms = {form.encode(code): form for form in written
             for code in ("utf-8", "utf-16-le", "utf-16-be")}
    found = []
    for file in (path for place in places for path in (place, *place.rglob("*"))):
        data = file.name.encode() + b"\n" + (file.read_bytes() if file.is_file() else b"")
        found += [(file, form) for sought, form in forms.items() if sought in data]
    return found
