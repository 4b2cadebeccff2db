"""Where the words of a search stand in a long text: SQLite's own snippet takes the square of the
number of its matches."""

import re
from collections.abc import Sequence

from desktop.base.text import fold
from desktop.vault.search.letters import JOINED

LONG = 10_000
"""Characters from which a text is a long one."""

_WORD = re.compile(r"\w+")
_AROUND = 60


def excerpt(text: str, terms: Sequence[str], marks: tuple[str, str]) -> str:
    """Return the passage of the first word that begins as one of the terms does, that word between
    the marks."""
    wanted = tuple(fold(term) for term in terms)
    found = next((word for word in _WORD.finditer(text) if fold(word[0]).startswith(wanted)),
                 None) or next(
                     (word for word in JOINED.finditer(text)
                      if fold(word[0]).replace("'", "").startswith(wanted)), None)
    start, stop = found.span() if found else (0, 0)
    before = text[max(0, start - _AROUND):start]
    after = text[stop:stop + _AROUND]
    return "".join((
        "…" if start > _AROUND else "", before.partition(" ")[2] if start > _AROUND else before,
        f"{marks[0]}{text[start:stop]}{marks[1]}" if found else "",
        after.rpartition(" ")[0] + "…" if len(text) > stop + _AROUND else after))
