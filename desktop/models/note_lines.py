"""Notes as one writes them, line by line, and as they are kept: common text, and apart from it each
line that begins with a sign of its own (`~` restricted, `~~` for the observatory team, `?` open
point).

A line kept apart leaves an embed at its place in the common text, so that its words travel in its
own channel alone.
"""

import difflib
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.models.notes import Embed, Segment
from desktop.models.record import COMMON, INTERNAL, OBSERVATORY

BLOCK = "note_block"
"""The kind of the embed that stands for a line kept apart."""

_SIGN = re.compile(r"\s*(~~|~)?\s*(\?)?")
_AUDIENCES = {"~": INTERNAL, "~~": OBSERVATORY}
_SIGNS = {audience: sign for sign, audience in _AUDIENCES.items()}
Line = list[Segment]


@dataclass(frozen=True)
class Apart:
    """A line kept apart, its sign included. kind: texte or question."""

    id: uuid.UUID
    audience: str
    kind: str
    segments: tuple[Segment, ...]


def sign_of(line: Sequence[Segment]) -> tuple[str, str]:
    """Return the audience and the kind that the beginning of a line says."""
    first = line[0] if line and isinstance(line[0], str) else ""
    found = _SIGN.match(first)
    mark, question = found.groups() if found else (None, None)
    return _AUDIENCES.get(mark or "", COMMON), "question" if question else "texte"


def without_sign(text: str) -> str:
    """Return the words of a line after its sign."""
    found = _SIGN.match(text)
    return text[found.end():].strip() if found else text


def is_apart(line: Sequence[Segment]) -> bool:
    """Whether a line is kept apart from the common text."""
    return sign_of(line) != (COMMON, "texte")


def lines_of(segments: Iterable[Segment]) -> list[Line]:
    """Return the lines of a text, without what ends them."""
    lines: list[Line] = [[]]
    for part in segments:
        if not isinstance(part, str):
            lines[-1].append(part)
            continue
        for number, words in enumerate(part.split("\n")):
            if number:
                lines.append([])
            if words:
                lines[-1].append(words)
    return lines


def joined(lines: Iterable[Sequence[Segment]]) -> list[Segment]:
    """Return the text that these lines make; runs of words are one segment."""
    found: list[Segment] = []
    for number, line in enumerate(lines):
        for part in (["\n", *line] if number else line):
            if isinstance(part, str) and found and isinstance(found[-1], str):
                found[-1] += part
            elif part != "":
                found.append(part)
    return found


def taken_apart(whole: Iterable[Segment], known: Sequence[Apart],
                new_id: Callable[[str], uuid.UUID]) -> tuple[list[Segment], list[Apart]]:
    """Return the common text, and the lines kept apart in their order; a line that was there before
    (`known`) keeps its id.

    `new_id`: the id of a new line for an audience.
    """
    lines = lines_of(whole)
    apart = [(*sign_of(line), tuple(line)) for line in lines if is_apart(line)]
    ids = _matched([(a.audience, a.kind, a.segments) for a in known], apart)
    placed = [Apart(known[old].id if old is not None else new_id(line[0]), *line)
              for old, line in zip(ids, apart, strict=True)]
    waiting = iter(placed)
    common = joined([Embed(BLOCK, next(waiting).id)] if is_apart(line) else line for line in lines)
    return common, placed


def _matched(old: Sequence[tuple[str, str, tuple[Segment, ...]]],
             new: Sequence[tuple[str, str, tuple[Segment, ...]]]) -> list[int | None]:
    """For each new line the place of the old one that it is. Never across audiences: words must not
    change channel."""
    found: list[int | None] = [None] * len(new)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found[j1:j2] = range(i1, i2)
        elif tag == "replace":
            left = list(range(i1, i2))
            for place in range(j1, j2):
                same = next((i for i in left if old[i][:2] == new[place][:2]), None)
                if same is not None:
                    left.remove(same)
                    found[place] = same
    return found


def put_together(common: Iterable[Segment], apart: Mapping[uuid.UUID, Apart]) -> list[Segment]:
    """Return the text as one writes it. A line whose words are not here stays a card; one that has
    no place comes at the end."""
    lines: list[Line] = []
    shown: set[uuid.UUID] = set()
    for line in lines_of(common):
        embeds = [part for part in line
                  if isinstance(part, Embed) and part.kind == BLOCK and part.id in apart]
        rest = [part for part in line if part not in embeds]
        if rest or not embeds:
            lines.append(rest)
        for embed in embeds:
            if embed.id not in shown:
                shown.add(embed.id)
                lines += signed(apart[embed.id])
    for one in apart.values():
        if one.id not in shown and one.segments:
            # What comes after an empty text needs no line of its own before it.
            lines = [] if lines == [[]] else lines
            lines += signed(one)
    return joined(lines)


def signed(one: Apart) -> list[Line]:
    """Return the lines of a block, each with the sign of its audience."""
    found: list[Line] = []
    for line in lines_of(one.segments):
        if sign_of(line) == (one.audience, one.kind):
            found.append(line)
            continue
        words = [part for part in line if part != ""]
        sign = _SIGNS.get(one.audience, "") + ("?" if one.kind == "question" else "")
        if words and isinstance(words[0], str):
            words[0] = _SIGN.sub("", words[0], count=1)
        found.append([f"{sign} " if sign else "", *words])
    return found
