"""The text of notes as a Yjs document: updates in, segments out, an edit as the smallest update.

A fresh document means a fresh client id for each edit: a reused id would make two devices diverge
without a word.
"""

import difflib
import hashlib
import uuid
from dataclasses import dataclass

from pycrdt import Doc, Text

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.note_updates import is_sound

_KEY = "text"
_MARK = "\ufffc"


@dataclass(frozen=True)
class Embed:
    """A record that stands in the notes: an action, a decision, an open point."""

    kind: str
    id: uuid.UUID


Segment = str | Embed


def _document(updates: list[bytes]) -> tuple[Doc[Text], Text]:
    document, _readable = _applied(updates, [])
    return document, document.get(_KEY, type=Text)


def _applied(updates: list[bytes], before: list[bytes]) -> tuple[Doc[Text], list[bytes]]:
    """Return a document of `before`, which can be read, and of these updates; all that could be
    read.

    What the library must not see is left out, wherever it came from: from the exchange it does not
    come as far, but a backup may hold it. One update that another device spoilt must not hide the
    others.
    """
    document, readable = _whole(before), list(before)
    for update in filter(is_sound, updates):
        try:
            document.apply_update(update)
        except BaseException as error:
            if not _is_refusal(error):
                raise
            # It may have been applied in part.
            document = _whole(readable)
        else:
            readable.append(update)
    return document, readable


def _whole(updates: list[bytes]) -> Doc[Text]:
    document: Doc[Text] = Doc()
    # Said before anything is applied: otherwise the text has no type.
    document.get(_KEY, type=Text)
    for update in updates:
        document.apply_update(update)
    return document


def _is_refusal(error: BaseException) -> bool:
    # A panic of the library derives from BaseException and has no name to import.
    return isinstance(error, ValueError | RuntimeError) or type(error).__module__ == "pyo3_runtime"


def _segments(body: Text) -> list[Segment]:
    found: list[Segment] = []
    for value, _attributes in body.diff():
        if isinstance(value, str):
            if found and isinstance(found[-1], str):
                found[-1] += value
            else:
                found.append(value)
        elif isinstance(value, dict) and "kind" in value and "id" in value:
            # An embed that is none of ours keeps its place, or an edit after it would go astray.
            found.append(Embed(str(value["kind"]), _id(value["id"])))
        else:
            found.append(Embed("", uuid.UUID(int=0)))
    return found


def _id(value: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return uuid.UUID(int=0)


def mark(update: bytes) -> uuid.UUID:
    """By which what stands on an update knows it again, under whatever id it lies: its content."""
    return uuid.UUID(bytes=hashlib.blake2b(update, digest_size=16).digest())


def segments_of(updates: list[bytes]) -> list[Segment]:
    """Return the notes that these updates make, in any order."""
    return _segments(_document(updates)[1])


def read(updates: list[bytes]) -> tuple[list[Segment], int]:
    """Return the same, and how many of these are no updates."""
    document, readable = _applied(updates, [])
    return _segments(document.get(_KEY, type=Text)), len(updates) - len(readable)


def text_of_updates(updates: list[bytes]) -> str:
    """Return the same as plain text, embeds left out."""
    return "".join(part for part in segments_of(updates) if isinstance(part, str))


def edit(sealed: list[bytes], unsealed: list[bytes], wanted: list[Segment]) -> bytes | None:
    """One update that turns the notes into `wanted` and stands for all of `unsealed` too; None when
    nothing changes.

    What was typed and removed since the last seal is not in it: it never leaves the device.
    """
    document, readable = _applied(sealed, [])
    before = document.get_state()
    if unsealed:
        document, _all = _applied(unsealed, readable)
    body = document.get(_KEY, type=Text)
    # The mark is kept in what is there, where it counts in the offsets.
    old, new = _atoms(_segments(body)), [atom for atom in _atoms(wanted) if atom != _MARK]
    if old == new:
        return None
    try:
        _rewrite(body, old, new)
        made = document.get_update(before)
        kept = _segments(_applied([made], readable)[0].get(_KEY, type=Text))
    except BaseException as error:
        if not _is_refusal(error):
            raise
        raise _spoilt() from error
    # Updates that no Carnet made can be such that what is written on them is not to be seen: it
    # must not seem to be kept.
    if _text(new) not in _text(kept):
        raise _spoilt()
    return made


def _spoilt() -> AppError:
    return AppError(_("These notes hold something spoilt: they can be read, but not written on."),
                    _("Write under another point of the agenda, and speak to the coordination."))


def _text(segments: list[Segment]) -> str:
    return "".join(part for part in segments if isinstance(part, str)).replace(_MARK, "")


def _rewrite(body: Text, old: list[Segment], new: list[Segment]) -> None:
    for tag, i1, i2, j1, j2 in reversed(_changes(old, new)):
        start, stop = _bytes(old[:i1]), _bytes(old[:i2])
        if tag != "insert":
            del body[start:stop]
        if tag != "delete":
            _insert(body, start, new[j1:j2])


def _atoms(segments: list[Segment]) -> list[Segment]:
    """Characters and embeds, one an element."""
    atoms: list[Segment] = []
    for part in segments:
        if isinstance(part, str):
            atoms.extend(part)
        else:
            atoms.append(part)
    return atoms


def _changes(old: list[Segment], new: list[Segment]) -> list[tuple[str, int, int, int, int]]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle_old, middle_new = old[start:len(old) - end], new[start:len(new) - end]
    if len(middle_old) * len(middle_new) > 250_000:
        # A whole passage was replaced: comparing letter by letter would take seconds and tell
        # nothing.
        return [("replace", start, len(old) - end, start, len(new) - end)]
    matcher = difflib.SequenceMatcher(None, middle_old, middle_new, autojunk=False)
    return [(tag, a + start, b + start, c + start, d + start)
            for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _bytes(atoms: list[Segment]) -> int:
    # pycrdt counts in UTF-8 bytes; an embed counts for one.
    return sum(len(atom.encode()) if isinstance(atom, str) else 1 for atom in atoms)


def _insert(body: Text, index: int, atoms: list[Segment]) -> None:
    for atom in _joined(atoms):
        if isinstance(atom, str):
            body.insert(index, atom)
            index += len(atom.encode())
        else:
            body.insert_embed(index, {"kind": atom.kind, "id": str(atom.id)})
            index += 1


def _joined(atoms: list[Segment]) -> list[Segment]:
    joined: list[Segment] = []
    for atom in atoms:
        if isinstance(atom, str) and joined and isinstance(joined[-1], str):
            joined[-1] += atom
        else:
            joined.append(atom)
    return joined
