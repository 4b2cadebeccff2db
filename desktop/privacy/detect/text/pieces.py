"""Cut a very long text where nothing is cut in two, so that each rule looks at a bounded part: the
time grows with the length.

Some rules look ahead of each word that may begin something: on a text without end they would take
minutes.
"""

import re
from collections.abc import Iterator

PIECE = 5000
"""Code points of a piece at most; a note is shorter."""
_LEAST = 3000
_BREAK = re.compile(r"\n|(?<=[a-zà-ÿ]{4}[.!?;])\s")
_BLANK = re.compile(r"(?<=[^\s\d])\s(?=[^\s\d])")


def pieces_of(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text at ends of lines or sentences, else at blanks between words; each piece with the
    place where it begins.
    """
    start = 0
    while len(text) - start > PIECE:
        end = _end(text, start + _LEAST, start + PIECE)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _end(text: str, least: int, most: int) -> int:
    for pattern in (_BREAK, _BLANK):
        ends = [match.end() for match in pattern.finditer(text, least, most)]
        if ends:
            return ends[-1]
    return most
