"""The unknowns of an attack: one column for each cell of each clique of each atom of time.

An atom is a set of quarters that no release tells apart but by its total: of a year that was
published whole, the year; where a quarter was published, the quarters.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from desktop.privacy.disclosure.cells import JOIN, Cell
from desktop.privacy.disclosure.cubes import Blocks, Structure
from desktop.privacy.disclosure.periods import quarters_of

Ints = npt.NDArray[np.int64]
QUARTER = "quarter"


def atoms_of(windows: Iterable[str], quarters: frozenset[str]) -> list[frozenset[str]]:
    """Return the coarsest parts of these quarters of which each window is a union."""
    sets = [frozenset(quarters_of(window)) for window in windows]
    by_pattern: dict[tuple[bool, ...], set[str]] = {}
    for quarter in sorted(quarters):
        by_pattern.setdefault(tuple(quarter in window for window in sets), set()).add(quarter)
    return [frozenset(part) for part in by_pattern.values()]


class Layout:
    """Columns for a structure over atoms; what a cell is in columns; true counts and those of
    organisations."""

    def __init__(self, structure: Structure, atoms: list[frozenset[str]], blocks: Blocks) -> None:
        self.structure = structure
        self.atoms = atoms
        self._places: list[list[dict[tuple[str, ...], int]]] = []
        self.width = 0
        for atom in atoms:
            cliques = []
            for clique in self._cliques(atom):
                codes = product(*(self._codes(dimension, atom) for dimension in clique))
                cliques.append({code: self.width + place for place, code in enumerate(codes)})
                self.width += len(cliques[-1])
            self._places.append(cliques)
        self._blocks = blocks
        self._known: dict[Cell, Ints] = {}

    def _cliques(self, atom: frozenset[str]) -> tuple[tuple[str, ...], ...]:
        return self.structure.cliques + (((QUARTER,),) if len(atom) > 1 else ())

    def _codes(self, dimension: str, atom: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(atom)) if dimension == QUARTER else self.structure.dimensions[dimension]

    def columns(self, cell: Cell) -> Ints:
        """Return the columns of which a cell is the sum; KeyError where no clique holds its
        dimensions."""
        if cell not in self._known:
            self._known[cell] = np.array(sorted(self._columns(cell)), dtype=np.int64)
        return self._known[cell]

    def _columns(self, cell: Cell) -> Iterable[int]:
        window = frozenset(quarters_of(cell.window))
        wanted = {dimension: frozenset(code.split(JOIN)) for dimension, code in cell.at}
        for atom, cliques in zip(self.atoms, self._places, strict=True):
            if not atom & window:
                continue
            if not atom <= window:
                if wanted:
                    raise KeyError(f"{cell} tells apart what is one atom")
                yield from (place for (code,), place in cliques[-1].items() if code in window)
                continue
            names = self._cliques(atom)
            place = next((p for p, clique in enumerate(names) if set(wanted) <= set(clique)), None)
            if place is None:
                raise KeyError(f"no clique holds {cell}")
            tests = [wanted.get(dimension) for dimension in names[place]]
            yield from (
                column
                for codes, column in cliques[place].items()
                if all(
                    test is None or code in test for code, test in zip(codes, tests, strict=True)
                )
            )

    def links(self) -> list[tuple[Ints, Ints]]:
        """Pairs of sets of columns whose sums are equal: cliques agree where they meet."""
        pairs = []
        for atom, cliques in zip(self.atoms, self._places, strict=True):
            names = self._cliques(atom)
            for place in range(1, len(names)):
                shared, other = (
                    self.structure.separator(place)
                    if place < len(self.structure.cliques)
                    else ((), 0)
                )
                every = list(product(*(self._codes(dimension, atom) for dimension in shared)))
                here: dict[tuple[str, ...], list[int]] = {code: [] for code in every}
                there: dict[tuple[str, ...], list[int]] = {code: [] for code in every}
                for side, clique in ((here, place), (there, other)):
                    at = [names[clique].index(dimension) for dimension in shared]
                    for codes, column in cliques[clique].items():
                        side[tuple(codes[i] for i in at)].append(column)
                pairs += [(np.array(here[code]), np.array(there[code])) for code in here]
        return pairs

    def counts(self, organisation: str | None = None) -> Ints:
        """Return the true value of each column, of all records or of one organisation's."""
        values = np.zeros(self.width, dtype=np.int64)
        order = {dimension: place for place, dimension in enumerate(self.structure.dimensions)}
        for atom, cliques in zip(self.atoms, self._places, strict=True):
            for quarter in atom:
                for (key, reporter), count in self._blocks[quarter].counts.items():
                    if organisation is not None and reporter != organisation:
                        continue
                    for names, columns in zip(self._cliques(atom), cliques, strict=True):
                        code = tuple(quarter if d == QUARTER else key[order[d]] for d in names)
                        values[columns[code]] += count
        return values

    @property
    def total(self) -> int:
        """How many records there are in all atoms."""
        return sum(self._blocks[quarter].total for atom in self.atoms for quarter in atom)

    @cached_property
    def organisations(self) -> list[str]:
        """Who reports, the largest first, then by name."""
        sizes: dict[str, int] = {}
        for atom in self.atoms:
            for quarter in atom:
                for (_key, reporter), count in self._blocks[quarter].counts.items():
                    sizes[reporter] = sizes.get(reporter, 0) + count
        return sorted(sizes, key=lambda reporter: (-sizes[reporter], reporter))
