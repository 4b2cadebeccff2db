"""What is decided before a block is seen: tables of each window, families, what is never shown,
the public order.

All of it comes from the last published year, which everybody has read; nothing from the counts that
are to be published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.privacy.disclosure.cells import JOIN, Cell, CountTable, ToldCells
from desktop.privacy.disclosure.cubes import Structure
from desktop.privacy.disclosure.periods import quarters_of
from desktop.privacy.disclosure.rules import PARTNERS, PUBLIC

LEAST_EXPECTED = 12
"""A category that is expected less often in a window shorter than a year is never shown there."""
TWO_WAY_PUBLIC = 300
"""Records of a year from which the public is shown tables of two dimensions of one year."""
SMALL_COLLECTIVE = 200
"""Records of the last published year under which tables of two dimensions are of merged
families."""
QUARTER = "quarter"


@dataclass(frozen=True)
class TableForm:
    """A table by its name and its dimensions."""

    name: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class Population:
    """What is counted apart: its structure, its tables (the least wanted last), its merged
    families.

    `usual`: how often categories occur, roughly and everywhere: it orders what is hidden before a
    year
    was published. `reported`: whether it is known which organisation each record comes from.
    """

    structure: Structure
    forms: tuple[TableForm, ...]
    merged: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    usual: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    reported: bool = True


@dataclass(frozen=True)
class ReleasePlan:
    """The plan of one population's releases.

    `last`: what the last published year told, if any was. `merge`: whether tables of two dimensions
    are of merged families; None: by the size of the last published year.
    """

    population: Population
    last: ToldCells | None = None
    merge: bool | None = None

    def tables(self, audience: str, window: str, total: int) -> list[CountTable]:
        """Return the tables of a window, of `total` records, for an audience."""
        quarters = quarters_of(window)
        whole_years = len(quarters) >= 4
        two_way = (
            whole_years
            if audience == PARTNERS
            else len(quarters) == 8 or (whole_years and total >= TWO_WAY_PUBLIC)
        )
        if audience == PARTNERS and len(quarters) > 4:
            return []
        tables = []
        for form in self.population.forms:
            if form.dimensions == (QUARTER,):
                if 1 < len(quarters) <= 4:
                    tables.append(CountTable(form.name, window, ((QUARTER, quarters),)))
            elif len(form.dimensions) == 1 or two_way:
                tables.append(
                    CountTable(
                        form.name,
                        window,
                        tuple(
                            (d, self._codes(d, len(form.dimensions) > 1)) for d in form.dimensions
                        ),
                    )
                )
        return tables

    def _codes(self, dimension: str, of_two: bool) -> tuple[str, ...]:
        codes = self.population.structure.dimensions[dimension]
        groups = self.population.merged.get(dimension)
        if not of_two or groups is None or not self.is_merged:
            return codes
        listed = {code for group in groups for code in group}
        present = [tuple(code for code in group if code in codes) for group in groups]
        return tuple(
            JOIN.join(group)
            for group in (*present, *((c,) for c in codes if c not in listed))
            if group
        )

    @property
    def is_merged(self) -> bool:
        """Whether tables of two dimensions are of merged families."""
        if self.merge is not None:
            return self.merge
        return self.last is None or self.last.visible[Cell(self.last.window)] < SMALL_COLLECTIVE

    def never(self, tables: list[CountTable]) -> frozenset[Cell]:
        """Return the cells of tables of less than a year that are hidden whatever they count."""
        if self.last is None:
            return frozenset()
        return frozenset(
            cell
            for table in tables
            if len(quarters_of(table.window)) < 4
            for cell in table.cells()
            if cell.at and self.expected(cell) < LEAST_EXPECTED
        )

    def expected(self, cell: Cell) -> float:
        """How many records a cell is expected to count; without a published year, out of 100 as
        usual."""
        total = 100.0 if self.last is None else float(self.last.visible[Cell(self.last.window)])
        count = total * len(quarters_of(cell.window)) / 4
        for dimension, codes in cell.at:
            count *= sum(self._share(dimension, code, total) for code in codes.split(JOIN))
        return count

    def _share(self, dimension: str, code: str, total: float) -> float:
        codes = self.population.structure.dimensions.get(dimension, ())
        if self.last is None:
            usual = self.population.usual.get(dimension) or dict.fromkeys(codes, 1.0)
            return usual.get(code, min(usual.values())) / sum(usual.values())
        shown = {c: self.last.visible.get(Cell(self.last.window, ((dimension, c),))) for c in codes}
        if (value := shown.get(code)) is not None:
            return value / total
        rest = total - sum(value for value in shown.values() if value is not None)
        return max(0.0, rest) / total / max(1, sum(value is None for value in shown.values()))


def last_year(told: list[ToldCells], before: str) -> ToldCells | None:
    """Return what was told of the last year that ended before a window began, to partners or else
    to the public."""
    first = quarters_of(before)[0]
    years = [
        t
        for t in told
        if len(quarters_of(t.window)) == 4
        and quarters_of(t.window)[-1] < first
        and Cell(t.window) in t.visible
    ]
    return max(years, key=lambda t: (t.window, t.audience != PUBLIC), default=None)
