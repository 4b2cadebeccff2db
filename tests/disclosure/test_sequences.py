"""Two hundred generated sequences: nobody finds out a hidden cell, and naive ways are seen to
fail on the same."""

import pytest

from tests.disclosure.runs import SMALL, Figures, run, shapes, simulate
from tests.disclosure.sequences import Shape

GROUP = 50


@pytest.mark.parametrize("first", range(1, 201, GROUP))
def test_nothing_is_found_out(first: int) -> None:
    figures = Figures()
    for shape in shapes(first, GROUP, whole=False):
        run(shape, figures, judged=0.25, naive=False)
    print("\n".join(figures.lines()))
    assert figures.sequences == GROUP
    assert figures.verdict.looked_at > 500
    assert figures.verdict.recovered == []
    assert figures.verdict.unsafe == []


def test_naive_ways_fail_on_the_same_sequences() -> None:
    figures = simulate(1, 8, whole=False, judged=1.0)
    assert figures.verdict.unsafe == []
    assert len(figures.naive.recovered) > 50
    assert figures.isolated > 50


def test_a_sequence_of_full_size_holds_and_shows_enough() -> None:
    figures = Figures()
    for seed in range(3):
        run(
            Shape(seed, 150, 12, False, years=2, quarterly=False, merge=False),
            figures,
            judged=0,
            naive=False,
        )
    assert figures.verified > 80
    for name, goal in (
        ("criterion_family", 0.75),
        ("criterion_family_by_domain_family", 0.40),
        ("domain_family_by_zone", 0.40),
    ):
        values = [
            value
            for (size, table), found in figures.shares.items()
            if table == name and "k=5" in size
            for value in found
        ]
        assert sum(values) / len(values) >= goal, (name, values)


def test_small_shapes_hold_quarters_and_specialised_organisations() -> None:
    wanted = list(shapes(1, 200, whole=False))
    assert (
        {shape.quarterly for shape in wanted}
        == {True, False}
        == {shape.specialised for shape in wanted}
    )
    assert {shape.sizes for shape in wanted} == {SMALL}


def test_what_is_told_of_no_cell_any_more_protects_as_much_as_before() -> None:
    # Two tables were dropped, and the status of their cells with them: o0 then knew more than it
    # may.
    figures = simulate(347, 1, whole=False, judged=1.0)
    assert figures.verdict.looked_at > 100
    assert figures.verdict.unsafe == []
