"""The parts of the engine, each by what it must refuse or find."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.privacy.disclosure.admission import Past, bar
from desktop.privacy.disclosure.cells import Cell, CountTable, Status, ToldCells, is_sum_of
from desktop.privacy.disclosure.counting import LATE, Counted, freeze
from desktop.privacy.disclosure.cubes import Cube, Structure
from desktop.privacy.disclosure.engine.layout import Layout, atoms_of
from desktop.privacy.disclosure.engine.suppress import (
    Protected,
    Refused,
    ReleaseRequest,
    Stopped,
    protect,
)
from desktop.privacy.disclosure.engine.thresholds import Truth, primary
from desktop.privacy.disclosure.engine.verify import claims_of, narrowest, verify
from desktop.privacy.disclosure.periods import closes_on, last_day, overlaps, quarters_of

STRUCTURE = Structure("test", {"a": ("A1", "A2", "A3"), "b": ("B1", "B2", "B3")}, (("a", "b"),))


def blocks_of(counts: list[list[int]], organisations: int = 4) -> dict[str, Cube]:
    """One quarter of these counts by a and b, from so many organisations in turn."""
    rows = []
    for i, line in enumerate(counts):
        for j, count in enumerate(line):
            rows += [((f"A{i + 1}", f"B{j + 1}"), f"o{n % organisations}") for n in range(count)]
    return {"2026-T1": Cube.of(rows)}


def tables(window: str) -> list[CountTable]:
    a, b = STRUCTURE.dimensions["a"], STRUCTURE.dimensions["b"]
    return [
        CountTable("a", window, (("a", a),)),
        CountTable("b", window, (("b", b),)),
        CountTable("ab", window, (("a", a), ("b", b))),
    ]


def release(counts: list[list[int]], organisations: int = 4, **more: object) -> Protected | Refused:
    request = ReleaseRequest(
        structure=STRUCTURE,
        blocks=blocks_of(counts, organisations),
        told=(),
        audience="partenaires",
        window="2026-T1",
        tables=tuple(tables("2026-T1")),
        expected=lambda cell: 90 / 3 ** len(cell.at),
        publishable=lambda _audience, window: tables(window),
    )
    return protect(replace(request, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("window", "last", "count"),
    [
        ("2026", "2026-12-31", 4),
        ("2026-S1", "2026-06-30", 2),
        ("2024-T1", "2024-03-31", 1),
        ("2025-2026", "2026-12-31", 8),
    ],
)
def test_windows_end_where_the_calendar_says(window: str, last: str, count: int) -> None:
    assert last_day(window) == date.fromisoformat(last)
    assert len(quarters_of(window)) == count
    assert (closes_on(window) - last_day(window)).days == 30


@pytest.mark.parametrize(
    "text", ["", "26", "2026-T5", "2026-S3", "2026-2028", "2026-2025", "2026-T1 ", "2026-13"]
)
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        quarters_of(text)


def test_windows_nest_or_overlap() -> None:
    assert overlaps("2025-2026", "2026-2027")
    assert not overlaps("2026", "2025-2026") and not overlaps("2026-T1", "2026-S2")


PAST = [Past("2025", "partenaires", "2026-02-03"), Past("2026-T1", "partenaires", "2026-05-02")]


@pytest.mark.parametrize(
    ("window", "audience", "today", "reason"),
    [
        ("2026-T2", "partenaires", "2026-07-29", "open"),
        ("2026-T2", "partenaires", "2026-07-30", None),
        ("2026-T2", "partenaires", "2026-05-01", "clock"),
        ("2025", "partenaires", "2026-08-01", "published"),
        ("2025", "public", "2026-08-01", None),
        ("2025-T3", "partenaires", "2026-08-01", "within"),
        ("2025-T3", "public", "2026-08-01", "within"),
        ("2025-2026", "partenaires", "2027-03-01", "pair"),
        ("2025-2026", "public", "2027-03-01", None),
    ],
)
def test_what_bars_a_window(window: str, audience: str, today: str, reason: str | None) -> None:
    barred = bar(window, audience, PAST, date.fromisoformat(today))
    assert (barred.reason if barred else None) == reason


def test_an_open_year_names_the_part_that_is_closed() -> None:
    barred = bar("2026", "partenaires", [], date(2026, 11, 30))
    assert barred is not None and barred.allowed == "2026-T3"
    assert (
        bar(
            "2026-2027", "public", [Past("2025-2026", "public", "2027-02-01")], date(2028, 3, 1)
        ).reason
        == "across"
    )


def test_each_record_counts_once_and_late_ones_in_the_block_that_is_open() -> None:
    records = [
        Counted(bytes([n]), quarter, ("A1",), "o")
        for n, quarter in enumerate(["2026-T1", "2026-T1", "2026-T2", "2025-T4", "2024-T1"])
    ]
    cubes, ids = freeze(records, ["2026-T1", "2026-T2"], ["2025-T4"], {bytes([0])})
    assert [cube.total for cube in cubes.values()] == [1, 2]
    assert ids == [bytes([1]), bytes([2]), bytes([3])]
    assert cubes["2026-T2"].counts[(("A1", LATE), "o")] == 1


def test_cliques_that_close_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        Structure(
            "circle", {"a": ("1",), "b": ("1",), "c": ("1",)}, (("a", "b"), ("b", "c"), ("c", "a"))
        )


def test_quarters_are_one_atom_until_a_release_tells_them_apart() -> None:
    year = frozenset(quarters_of("2026"))
    assert atoms_of(["2026"], year) == [year]
    assert len(atoms_of(["2026", "2026-T1"], year)) == 2


def test_a_sum_of_visible_cells_is_visible() -> None:
    seen = {Cell("2026-S1"): 9, Cell("2026-T3"): 5, Cell("2026-T4"): 5}
    assert is_sum_of(Cell("2026"), seen) and not is_sum_of(Cell("2026-T1"), seen)


def test_the_rules_of_a_cell() -> None:
    # Of one organisation; of two, of which one has nearly all; a row that is nearly of one
    # category.
    rows = [(("A1", "B1"), "o1")] * 9 + [(("A2", "B1"), "o1")] * 6 + [(("A2", "B1"), "o2")] * 2
    rows += [(("A3", f"B{b}"), f"o{n % 4}") for b, count in ((1, 30), (2, 1)) for n in range(count)]
    truth = Truth.of(Layout(STRUCTURE, [frozenset({"2026-T1"})], {"2026-T1": Cube.of(rows)}))
    cell = {
        (a, b): Cell("2026-T1", (("a", a), ("b", b)))
        for a in ("A1", "A2", "A3")
        for b in ("B1", "B2")
    }
    assert primary(truth, cell.values(), 5) == {
        cell["A1", "B1"]: Status.LARGE,
        cell["A1", "B2"]: Status.SMALL,
        cell["A2", "B1"]: Status.LARGE,
        cell["A2", "B2"]: Status.SMALL,
        cell["A3", "B1"]: Status.LARGE,
        cell["A3", "B2"]: Status.SMALL,
    }


def test_one_small_cell_takes_three_others_with_it_in_a_table_with_margins() -> None:
    outcome = release([[2, 20, 20], [20, 20, 20], [20, 20, 20]])
    assert isinstance(outcome, Protected)
    hidden = [cell for cell in outcome.told.hidden if len(cell.at) == 2]
    assert len(hidden) == 4
    assert Cell("2026-T1") in outcome.told.visible


def test_the_witnesses_prove_it_and_an_altered_one_does_not() -> None:
    outcome = release([[2, 20, 9], [20, 8, 20], [7, 20, 20]])
    assert isinstance(outcome, Protected)
    claims = claims_of("all", outcome.views["all"], [outcome.told])
    assert narrowest(claims) == (0, 4)
    outsider = claims[0]
    for place, cube in enumerate(outsider.witnesses):
        changed = [*cube]
        changed[place % len(changed)] += 1
        with pytest.raises(ValueError, match="agree"):
            verify(replace(outsider, witnesses=[changed]))
    with pytest.raises(ValueError, match="pinned"):
        verify(replace(outsider, witnesses=outsider.witnesses[:1]))
    with pytest.raises(ValueError, match="fewer"):
        verify(replace(outsider, least=[10_000] * len(outsider.least)))


def test_a_release_without_suppression_has_no_witnesses() -> None:
    outcome = release([[2, 20, 20], [20, 20, 20], [20, 20, 20]])
    assert isinstance(outcome, Protected)
    secondary = [cell for cell in outcome.told.hidden if outcome.told.hidden[cell] is Status.LARGE]
    shown = ToldCells(
        "partenaires",
        5,
        "2026-T1",
        outcome.told.visible | dict.fromkeys(secondary, 20),
        {cell: s for cell, s in outcome.told.hidden.items() if cell not in secondary},
    )
    claims = claims_of("all", outcome.views["all"], [shown])
    with pytest.raises(ValueError):
        narrowest(claims)


def test_too_few_records_are_refused_and_work_can_be_stopped() -> None:
    assert release([[1, 1, 1], [0, 0, 0], [0, 0, 0]]) == Refused("too-few", "2026-T1")

    def stop(_what: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        release([[2, 20, 20], [20, 20, 20], [20, 20, 20]], progress=stop)


def test_a_clique_that_is_too_wide_is_refused() -> None:
    wide = Structure(
        "wide",
        {"a": tuple(f"A{n}" for n in range(60)), "b": tuple(f"B{n}" for n in range(60))},
        (("a", "b"),),
    )
    outcome = release(
        [[20]], structure=wide, tables=(CountTable("a", "2026-T1", (("a", wide.dimensions["a"]),)),)
    )
    assert isinstance(outcome, Refused) and outcome.reason == "too-wide"


def test_the_same_counts_give_the_same_pattern_twice() -> None:
    counts = [[2, 20, 9], [20, 3, 20], [7, 20, 4]]
    first, second = release(counts), release(counts)
    assert isinstance(first, Protected) and isinstance(second, Protected)
    assert first.told == second.told
