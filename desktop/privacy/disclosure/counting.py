"""Each record counted once: in the block of its quarter, or, come too late for that, in the one
that is open then."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from desktop.privacy.disclosure.cubes import Cube, Key

ON_TIME, LATE = "PERIODE", "APRES"
"""Codes of the dimension that says whether a record was collected in the block that counts it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One record as it is counted: its id, the quarter of its collection, its codes, who reports
    it.

    The codes are those of the structure's dimensions but the last, which says whether it came late.
    """

    id: bytes
    quarter: str
    codes: Key
    organisation: str


def freeze(
    records: Iterable[Counted],
    quarters: Collection[str],
    frozen: Collection[str],
    counted: Collection[bytes],
) -> tuple[dict[str, Cube], list[bytes]]:
    """Count the blocks of `quarters`; what was collected in a `frozen` one, and not counted, goes
    into the last.

    Returns the cubes by quarter, and the ids that they count.
    """
    rows: dict[str, list[tuple[Key, str]]] = {quarter: [] for quarter in sorted(quarters)}
    last = max(rows)
    ids = []
    for record in records:
        late = record.quarter in frozen
        if record.id in counted or not (late or record.quarter in rows):
            continue
        ids.append(record.id)
        rows[last if late else record.quarter].append(
            ((*record.codes, LATE if late else ON_TIME), record.organisation)
        )
    return {quarter: Cube.of(found) for quarter, found in rows.items()}, sorted(ids)
