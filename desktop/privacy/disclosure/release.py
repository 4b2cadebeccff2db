"""A release as it is kept: the blocks that it froze, what it told of each, its proof; which of
several stand.

What is kept is read again and never computed again: the same release twice is the same bytes, on
any
computer, with any version of the solver.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.privacy.disclosure.cells import Cell, CountTable, Status, ToldCells
from desktop.privacy.disclosure.cubes import Cube

FORM = "carnet release 1"
MAIN = "observations"
"""The population without which nothing is released."""


@dataclass(frozen=True, kw_only=True)
class PopulationPart:
    """What a release holds of one population.

    `blocks`: the cubes that it froze itself. `counted`: ids that those count. `told`: what it told;
    None where nothing of the population is released, for the reason `refused`.
    """

    dimensions: Mapping[str, tuple[str, ...]]
    blocks: dict[str, Cube] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    told: ToldCells | None = None
    tables: tuple[CountTable, ...] = ()
    dropped: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the attack of a release came to, as it may be told to anyone.

    `narrowest`: the interval of the hidden cell that is known best. `together`: releases that were
    attacked together. `witnesses`: the SHA-256 of the cubes that prove it, which the vault's
    computer
    verified without a solver.
    """

    k: int
    hidden: int
    narrowest: tuple[int, int] | None
    organisations: int
    together: int
    witnesses: str


@dataclass(frozen=True, kw_only=True)
class FrozenRelease:
    """One release, as it is kept. `bases`: the hashes of the releases that it stands on, the
    oldest first.

    `words`: labels by « dimension:code » and of tables, as they were on that day.
    """

    window: str
    audience: str
    made_on: str
    language: str
    parts: dict[str, PopulationPart]
    proof: Proof
    bases: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hash of all that is kept: the name of the release."""
        return hashlib.sha256(encode(self).encode()).hexdigest()


# Keeping


def encode(release: FrozenRelease) -> str:
    """Return the one text of a release."""
    return json.dumps(
        {
            "form": FORM,
            "window": release.window,
            "audience": release.audience,
            "made_on": release.made_on,
            "language": release.language,
            "bases": list(release.bases),
            "words": release.words,
            "proof": vars(release.proof),
            "parts": [[name, _part_out(part)] for name, part in release.parts.items()],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def _part_out(part: PopulationPart) -> dict[str, Any]:
    told = part.told
    return {
        "dimensions": {name: list(codes) for name, codes in part.dimensions.items()},
        "order": list(part.dimensions),
        "blocks": {quarter: cube.as_rows() for quarter, cube in part.blocks.items()},
        "counted": list(part.counted),
        "dropped": list(part.dropped),
        "refused": part.refused,
        "tables": [
            [t.name, t.window, [[name, list(codes)] for name, codes in t.axes]] for t in part.tables
        ],
        "told": None
        if told is None
        else {
            "k": told.k,
            "visible": [
                [c.window, [list(at) for at in c.at], value]
                for c, value in sorted(told.visible.items())
            ],
            "hidden": [
                [c.window, [list(at) for at in c.at], str(status)]
                for c, status in sorted(told.hidden.items())
            ],
        },
    }


def decode(text: str) -> FrozenRelease:
    """Read a release; ValueError for anything else."""
    try:
        raw = json.loads(text)
        if raw["form"] != FORM:
            raise ValueError(raw["form"])
        proof = dict(raw["proof"])
        proof["narrowest"] = None if proof["narrowest"] is None else tuple(proof["narrowest"])
        return FrozenRelease(
            window=raw["window"],
            audience=raw["audience"],
            made_on=raw["made_on"],
            language=raw["language"],
            bases=tuple(raw["bases"]),
            words=raw["words"],
            proof=Proof(**proof),
            parts={
                name: _part_in(part, raw["audience"], raw["window"]) for name, part in raw["parts"]
            },
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no release") from error


def _part_in(raw: dict[str, Any], audience: str, window: str) -> PopulationPart:
    def cell(row: list[Any]) -> Cell:
        return Cell(row[0], tuple((name, code) for name, code in row[1]))

    told = raw["told"]
    return PopulationPart(
        dimensions={name: tuple(raw["dimensions"][name]) for name in raw["order"]},
        blocks={quarter: Cube.from_rows(rows) for quarter, rows in raw["blocks"].items()},
        counted=tuple(raw["counted"]),
        dropped=tuple(raw["dropped"]),
        refused=raw["refused"],
        tables=tuple(
            CountTable(name, of, tuple((axis, tuple(codes)) for axis, codes in axes))
            for name, of, axes in raw["tables"]
        ),
        told=None
        if told is None
        else ToldCells(
            audience,
            told["k"],
            window,
            {cell(row): row[2] for row in told["visible"]},
            {cell(row): Status(row[2]) for row in told["hidden"]},
        ),
    )


# Standing


def standing(releases: Sequence[FrozenRelease]) -> tuple[list[FrozenRelease], list[FrozenRelease]]:
    """Of releases in the order of their stamps, those that stand and those that came second.

    Two computers may have released at once. The earlier one stands; a later one that was made
    without
    it falls, whatever its window: what came late would be counted in both.
    """
    stand: list[FrozenRelease] = []
    fallen: list[FrozenRelease] = []
    for release in releases:
        # What it stands on must stand itself: blocks were frozen there.
        (stand if set(release.bases) == {other.sha256 for other in stand} else fallen).append(
            release
        )
    return stand, fallen
