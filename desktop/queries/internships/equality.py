"""Whether two groups need as many applications for one place found: told as an interval, and only
when it can be told.

The figure is a ratio of two rates, each the applications of a group over the places it found.
Searches, not applications, are the units that were drawn: one search sends forty, another three,
and stops when it is accepted. So each rate is a ratio of two sums over searches (Cochran, Sampling
Techniques, 3rd edition, 1977, chapter 6), the variance of its logarithm is that of the jackknife
that leaves one search out (Efron and Stein, The jackknife estimate of variance, Annals of
Statistics 9, 1981: not too small on average), and the limits are those of Student's t (Abramowitz
and Stegun 26.7.5) at the degrees of freedom of Welch (The generalization of Student's problem,
Biometrika 34, 1947), for a small group beside a large one.

Two comparisons are told of each school year. Each interval is of 97.5 %, so that both hold together
at 95 % (Bonferroni).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

LEAST_BASE = 30
"""Searches of each group under which nothing is told."""
LEAST_FOUND = 5
"""Places found by each group under which nothing is told."""
CONFIDENCE = 0.975

Search = tuple[int, int]
"""(applications that have come to something, places found: 0 or 1) of one search."""


@dataclass(frozen=True, kw_only=True)
class GroupComparison:
    """Two groups. `low`, `high`: how many times as many applications the first needs for a place;
    None: not told.

    `missing`: how many searches, then how many places found, each group still lacks.
    """

    missing: tuple[int, int] = (0, 0)
    missing_found: tuple[int, int] = (0, 0)
    low: float | None = None
    high: float | None = None

    @property
    def is_told(self) -> bool:
        """Whether there are records enough to say anything."""
        return self.low is not None

    @property
    def is_different(self) -> bool:
        """Whether the two groups were treated differently, as far as one can tell: 1 lies outside
        the interval."""
        return self.low is not None and self.high is not None and (self.low > 1 or self.high < 1)


def compare(first: Sequence[Search], second: Sequence[Search]) -> GroupComparison:
    """Compare the applications for one place found of two groups of searches; a search that sent
    none is left out."""
    groups = [[one for one in group if one[0] > 0] for group in (first, second)]
    missing = [max(0, LEAST_BASE - len(group)) for group in groups]
    lacking = [max(0, LEAST_FOUND - sum(found for _sent, found in group)) for group in groups]
    if any(missing) or any(lacking):
        return GroupComparison(missing=(missing[0], missing[1]),
                               missing_found=(lacking[0], lacking[1]))
    rates = [_log_rate(group) for group in groups]
    centre, variance = rates[0][0] - rates[1][0], rates[0][1] + rates[1][1]
    # Where all searches of both groups went alike, there is nothing to divide by, and nothing to
    # widen.
    apart = sum(own ** 2 / (len(group) - 1)
                for (_rate, own), group in zip(rates, groups, strict=True))
    half = _student(variance ** 2 / apart) * sqrt(variance) if apart else 0.0
    return GroupComparison(low=exp(centre - half), high=exp(centre + half))


def _log_rate(group: Sequence[Search]) -> tuple[float, float]:
    """Return the logarithm of applications over places found, and the variance of it, each search
    left out once."""
    sent, found, count = sum(s for s, _f in group), sum(f for _s, f in group), len(group)
    without = [log((sent - s) / (found - f)) for s, f in group]
    mean = sum(without) / count
    return log(sent / found), (count - 1) / count * sum((one - mean) ** 2 for one in without)


def _student(freedom: float) -> float:
    """Return the limit of Student's t at the confidence of this module, for 29 degrees of freedom
    and more."""
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    return (z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z)
            / (96 * freedom ** 2))
