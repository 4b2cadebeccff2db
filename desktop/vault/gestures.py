"""What the person did since the vault was opened, so that it can be taken back: values before and
after, in memory only."""

import uuid
from collections import deque
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from desktop.base.clock import ERASED
from desktop.models.changes import Change
from desktop.models.record import RECORDS

KEPT = 200
LARGEST = 20_000
_NOTES = frozenset({"note_block", "note_update"})
_FINAL = "minutes_version"
"""What is signed is never taken back; a correction is begun and given up by gestures of its own."""


@dataclass(frozen=True)
class Gesture:
    """One transaction of records, by a number that rises."""

    number: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class TakenBack:
    """What undoing or redoing did: the words of the first record, how many fields another edit had
    changed meanwhile."""

    words: str
    kept: int


class History:
    """Two stacks, for undo and redo; lives as long as the key is in memory."""

    def __init__(self) -> None:
        self._number = 0
        self.done: deque[Gesture] = deque(maxlen=KEPT)
        self.undone: deque[Gesture] = deque(maxlen=KEPT)

    def note(self, changes: list[Change]) -> None:
        """Remember a transaction. Notes have the editor's own undo.

        An import too large to hold cannot be taken back; nor can a validation: what was signed is
        never deleted.
        """
        if any(change.kind == _FINAL for change in changes):
            self.undone.clear()
            return
        kept = tuple(change for change in changes if change.kind not in _NOTES)
        if kept and len(kept) <= LARGEST:
            self._number += 1
            self.done.append(Gesture(self._number, kept))
            self.undone.clear()

    def took_back(self, gesture: Gesture, before: int, waiting: list[Gesture]) -> None:
        """`gesture` was undone; a transaction noted after number `before` is what redo takes back
        in its turn."""
        inverse = self.done.pop() if self.last > before else None
        if gesture in self.done:
            self.done.remove(gesture)
        self.undone = deque(waiting, KEPT)
        if inverse is not None:
            self.undone.append(inverse)

    def forget(self, ids: set[bytes]) -> None:
        """Erased for good: no value before is kept either."""
        for stack in (self.done, self.undone):
            kept = [
                replace(gesture,
                        changes=tuple(c for c in gesture.changes if c.record_id not in ids))
                for gesture in stack]
            stack.clear()
            stack.extend(gesture for gesture in kept if gesture.changes)

    @property
    def last(self) -> int:
        """The number of the last gesture; 0 where there is none."""
        return self.done[-1].number if self.done else 0

    def find(self, number: int | None) -> Gesture | None:
        """Return the gesture of that number, or the last one."""
        if number is None:
            return self.done[-1] if self.done else None
        return next((gesture for gesture in self.done if gesture.number == number), None)


def take_back(session: Session, gesture: Gesture) -> TakenBack:
    """Give every field its value before, unless it was edited again since (here or elsewhere)."""
    kept = 0
    words = ""
    for change in reversed(gesture.changes):
        cls = RECORDS[change.kind]
        record = session.get(cls, uuid.UUID(bytes=change.record_id))
        if record is None or record.deleted_stamp == ERASED:
            continue
        if cls.__search__:
            words = str(getattr(record, cls.__search__[0]) or "") or words
        if change.created:
            record.deleted = True
            continue
        for name, (old, new) in change.fields.items():
            if getattr(record, name) == new:
                setattr(record, name, old)
            else:
                kept += 1
        session.flush()
    return TakenBack(words, kept)
