"""What each organisation is told of its own reports, once a year, beside the published report.

A return is a paper, and papers lie about: it is made so that whoever holds the report and one or
two returns computes no figure under k that the report does not show. An organisation's figure of a
category is shown where

- the report shows the category, and the figure is k at least;
- what is left of the category without it, and without any one other figure that is shown, is k at
  least;
- of what is hidden in the same return, two categories at least are left, with k - 1 records or
  more between them: each may still be none, and may still be k - 1.

Returns say nothing of two dimensions at once, so that they add nothing to what an organisation
could find out of the cells of such tables, against which the report itself is proved.
"""

from collections.abc import Mapping

Own = Mapping[str, int]
"""Category -> how many records of one organisation."""


def shown_figures(published: Mapping[str, int | None], own: Mapping[str, Own], k: int
                  ) -> dict[str, dict[str, int]]:
    """Return the figures that each organisation may be told.

    Args:
        published: Category -> the figure of the report; None where it is protected.
        own: Organisation -> its records by category; those of all organisations.
        k: The threshold of the report.
    """
    shown = {organisation: {category: count for category, count in of.items()
                            if count >= k and _leaves(published.get(category), count, k)}
             for organisation, of in own.items()}
    for category, whole in published.items():
        if whole is not None:
            _part_pairs(shown, category, whole, k)
    for organisation, of in own.items():
        _hide_more(shown[organisation], {category: of.get(category, 0) for category in published},
                   k)
    return shown


def _leaves(whole: int | None, count: int, k: int) -> bool:
    return whole is not None and whole - count >= k


def _part_pairs(shown: dict[str, dict[str, int]], category: str, whole: int, k: int) -> None:
    """Hide the smallest figures of a category until no two leave under k of it."""
    while True:
        ranked = sorted(((of[category], name) for name, of in shown.items() if category in of),
                        reverse=True)
        if len(ranked) < 2 or whole - ranked[0][0] - ranked[1][0] >= k:
            return
        # The second: without it the first stands beside a smaller one, and leaves more.
        del shown[ranked[1][1]][category]


def _hide_more(shown: dict[str, int], of: Own, k: int) -> None:
    """Hide the smallest shown figures until what is hidden may be anything."""
    while shown:
        hidden = [count for category, count in of.items() if category not in shown]
        if not hidden or (len(hidden) >= 2 and sum(hidden) >= k - 1):
            return
        del shown[min(shown, key=lambda category: (shown[category], category))]
