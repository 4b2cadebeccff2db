"""What the identity check answers with: spans of a text, and how overlapping ones are settled."""

from dataclasses import dataclass, replace

CATEGORIES = (
    "name",
    "phone",
    "email",
    "nir",
    "iban",
    "plate",
    "file_number",
    "address",
    "date",
    "birthdate",
    "handle",
    "organisation",
    "unique_role",
    "age_trade_place",
    "url",
)
BLOCK, GENERALISE = "block", "generalise"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Code points `start` to `end` (excluded) of the text, and what they say of somebody.

    `severity` is "block" if nothing else than an identity can be meant (a number whose check is
    right), so that the text must not leave; else "generalise": reword, or keep with a reason.
    `suggestions` are French wordings, the best first.
    """

    start: int
    end: int
    text: str
    category: str
    severity: str = GENERALISE
    reason: str = ""
    suggestions: tuple[str, ...] = ()
    certain: bool = True
    """False for what a text says of nobody now and then: the tagger alone thinks so, or words that
    may be common."""
    replace_from: int = -1
    """Where a suggestion begins to stand in for the text: before « Mme », which it takes in; -1 for
    `start`."""

    def moved(self, by: int) -> "Span":
        """Return the same words in a text where they stand so many code points later."""
        if not by:
            return self
        begin = self.replace_from + by if self.replace_from >= 0 else -1
        return replace(self, start=self.start + by, end=self.end + by, replace_from=begin)


def span_at(
    text: str,
    start: int,
    end: int,
    category: str,
    reason: str,
    severity: str = GENERALISE,
    certain: bool = True,
) -> Span:
    """Make a span of a part of the text, without the blanks and commas around it."""
    while start < end and text[start] in " \t\n\r,;:\u00a0\u202f":
        start += 1
    while end > start and text[end - 1] in " \t\n\r,;:\u00a0\u202f":
        end -= 1
    return Span(
        start=start,
        end=end,
        text=text[start:end],
        category=category,
        severity=severity,
        reason=reason,
        certain=certain,
    )


def settle(found: list[Span], text: str) -> list[Span]:
    """Order spans by place; of those that overlap the earlier of the list stays, and takes in what
    juts out of its own kind."""
    kept: list[Span] = []
    for span in found:
        rivals = [other for other in kept if span.start < other.end and other.start < span.end]
        if not rivals:
            kept.append(span)
        elif len(rivals) == 1 and rivals[0].category == span.category:
            first = rivals[0]
            start, end = min(first.start, span.start), max(first.end, span.end)
            kept[kept.index(first)] = replace(first, start=start, end=end, text=text[start:end])
    return sorted(kept, key=lambda span: span.start)
