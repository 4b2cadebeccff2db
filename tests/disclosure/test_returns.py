"""The return to each organisation: the report with any one or two of them opens nothing."""

import itertools
import random

from desktop.privacy.disclosure.returns import shown_figures

K = 5


def collective(seed: int) -> tuple[dict[str, int | None], dict[str, dict[str, int]]]:
    """A report with what it protects, and the records of every organisation behind it."""
    chance = random.Random(seed)
    categories = [f"c{number}" for number in range(chance.randint(2, 7))]
    own = {f"o{number}": {category: chance.choice([0, 0, 1, 2, 3, 4, 6, 9, 14, 30])
                          for category in categories} for number in range(chance.randint(1, 9))}
    whole = {category: sum(of[category] for of in own.values()) for category in categories}
    hidden = {category for category, count in whole.items() if count < K}
    hidden |= {category for category in categories if chance.random() < 0.1}
    return {category: None if category in hidden else count
            for category, count in whole.items()}, own


def test_nothing_that_is_computed_of_a_report_and_two_returns_is_under_the_threshold() -> None:
    shown_at_all = 0
    for seed in range(2_000):
        published, own = collective(seed)
        shown = shown_figures(published, own, K)
        for category, whole in published.items():
            told = [of[category] for of in shown.values() if category in of]
            shown_at_all += len(told)
            assert all(count >= K for count in told)
            assert not told or whole is not None, "what the report protects stays protected"
            for one in told:
                assert whole is not None and whole - one >= K, (seed, category)
            for one, other in itertools.combinations(told, 2):
                assert whole is not None and whole - one - other >= K, (seed, category)
    assert shown_at_all > 2_000, "it shows what it may"


def test_what_a_return_hides_may_be_none_and_may_be_as_much_as_a_small_figure() -> None:
    for seed in range(2_000):
        published, own = collective(seed)
        for organisation, figures in shown_figures(published, own, K).items():
            hidden = [own[organisation][category] for category in published
                      if category not in figures]
            if figures and hidden:
                assert len(hidden) >= 2, (seed, organisation)
                # One of them may hold all that is hidden, and then each other holds none.
                assert sum(hidden) >= K - 1, (seed, organisation)


def test_figures_are_those_of_the_organisation() -> None:
    published: dict[str, int | None] = {"a": 40, "b": 30, "c": None}
    own = {"one": {"a": 12, "b": 6, "c": 4}, "two": {"a": 9, "b": 4, "c": 1}}
    assert shown_figures(published, own, K) == {"one": {"a": 12}, "two": {"a": 9}}
