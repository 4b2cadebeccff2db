"""A block's cube of counts, frozen when it is first published, and the cliques in which it is
looked at."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Key = tuple[str, ...]


@dataclass(frozen=True)
class Structure:
    """The dimensions of a population, each with its codes, and the cliques of a junction tree of
    its tables.

    Each clique shares with those before it no more than one of them holds: then cubes of the
    cliques
    that agree where they meet are the same as cubes of all dimensions, and the attack is exact.
    """

    name: str
    dimensions: Mapping[str, tuple[str, ...]]
    cliques: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for place, clique in enumerate(self.cliques):
            self.separator(place)
            if unknown := set(clique) - set(self.dimensions):
                raise ValueError(f"no such dimension: {unknown}")

    def separator(self, place: int) -> tuple[tuple[str, ...], int]:
        """Return what a clique shares with those before it, and the place of one that holds all of
        it."""
        shared = {d for d in self.cliques[place] for before in self.cliques[:place] if d in before}
        for other, before in enumerate(self.cliques[:place]):
            if shared <= set(before):
                return tuple(d for d in self.cliques[place] if d in shared), other
        if place:
            raise ValueError(f"{self.cliques[place]} closes a circle: no junction tree")
        return (), 0


@dataclass(frozen=True)
class Cube:
    """The counts of one block: (code of each dimension, in the order of the structure) and
    organisation -> how many."""

    counts: dict[tuple[Key, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[Key, str]]) -> "Cube":
        """Count rows: the codes of one record, and the organisation that reports it."""
        return cls(dict(sorted(Counter(rows).items())))

    @property
    def total(self) -> int:
        """How many records."""
        return sum(self.counts.values())

    def as_rows(self) -> list[list[str | int]]:
        """Return a form that JSON can hold, in a fixed order."""
        return [
            [*key, organisation, count]
            for (key, organisation), count in sorted(self.counts.items())
        ]

    @classmethod
    def from_rows(cls, rows: Iterable[list[str | int]]) -> "Cube":
        """Read what `as_rows` wrote."""
        return cls(
            {(tuple(str(code) for code in row[:-2]), str(row[-2])): int(row[-1]) for row in rows}
        )


Blocks = Mapping[str, Cube]
"""Quarter -> its frozen cube, of one population."""
