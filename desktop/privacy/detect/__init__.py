"""Find identities in French free text, without network, model to download or knowledge of persons.

`find_identities` is the one door. Numbers that check themselves come first (`numbers`), then dates
and places (`places_dates`), what singles out without a name (`singling_out`), and names (`names`,
by a small tagger of our own). Lists and weights are read from `resources/identities` at the first
text.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from desktop.base.i18n import N_
from desktop.privacy.detect.generalise import with_suggestions
from desktop.privacy.detect.lexicon import shipped_lexicon
from desktop.privacy.detect.names import find_names
from desktop.privacy.detect.numbers import find_files, find_numbers
from desktop.privacy.detect.places_dates import find_dates, find_places, find_units
from desktop.privacy.detect.singling_out import find_singling_out
from desktop.privacy.detect.spans import BLOCK, CATEGORIES, GENERALISE, Span, settle, span_at
from desktop.privacy.detect.spelt_out import find_spelt_names
from desktop.privacy.detect.tagger import shipped_weights
from desktop.privacy.detect.text import Plain, pieces_of, plain_of
from desktop.privacy.detect.tokens import Token, tokens_of

__all__ = [
    "BLOCK",
    "CATEGORIES",
    "GENERALISE",
    "Span",
    "find_identities",
    "may_be_dismissed",
    "preload",
]

_SURE = re.compile(
    r"(?:\b(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr|Maître|Me)\s+|"
    r"\b(?:prénommée?|nommée?|s[’']appelle|appelée?|fils de|fille de)\s+)$"
)


_ENDLESS = re.compile(r"\s{20,}|\S{200,}")


def preload() -> None:
    """Read lists and weights, so that the first text does not wait for them; from any thread."""
    shipped_lexicon()
    shipped_weights()


def find_identities(text: str, is_dismissed: Callable[[str], bool] | None = None) -> list[Span]:
    """Find what can tell who somebody is, in the order of the text, without overlaps.

    `is_dismissed` (see `dismissed.asking`) is asked for the words of each name, role and
    organisation; those of which it
    says yes are left out. Numbers are never left out.
    """
    found: list[Span] = []
    plain = plain_of(text)
    for start, piece in pieces_of(plain.text):
        found += [span.moved(start) for span in _found_in(piece)]
    if plain.starts is not None:
        found = [_as_given(span, plain, text) for span in found]
    if is_dismissed is not None:
        found = [
            span for span in found if not may_be_dismissed(span) or not is_dismissed(span.text)
        ]
    return found


def _as_given(span: Span, plain: Plain, text: str) -> Span:
    """Return a span of a text that was written plainly as a span of the text as given."""
    start, end = plain.at(span.start, span.end)
    begin = span.replace_from
    return replace(
        span,
        start=start,
        end=end,
        text=text[start:end],
        replace_from=plain.at(begin, begin + 1)[0] if begin >= 0 else begin,
    )


def _found_in(text: str) -> list[Span]:
    """Find what stands in a text of bounded length."""
    whole, text = text, _bounded(text)
    tokens = tokens_of(text)
    words = shipped_lexicon()
    numbers = settle(
        [*find_numbers(text), *find_dates(text), *find_places(text), *find_files(text)], text
    )
    single = list(find_singling_out(text, words))
    numbers = [span for span in numbers if not _is_age_of(span, single)]
    singled = settle([*numbers, *single], text)
    places = settle([*singled, *find_units(text)], text)
    taken = _taken(
        tokens,
        [
            span
            for span in places
            if span.category not in ("unique_role", "organisation", "age_trade_place")
        ],
    )
    named = find_names(text, tokens, words, shipped_weights(), taken)
    names = [_named(text, start, end) for start, end in [*named, *find_spelt_names(text, words)]]
    return [
        with_suggestions(replace(span, text=whole[span.start : span.end]), whole)
        for span in _joined(places, names, text)
    ]


def _is_age_of(span: Span, single: list[Span]) -> bool:
    """Tell a year of birth that is the age of a profile, which takes it in."""
    return span.category == "birthdate" and any(
        other.category == "age_trade_place" and other.start <= span.start and span.end <= other.end
        for other in single
    )


def _bounded(text: str) -> str:
    """Put signs into endless blanks and endless words, at the same length: the rules would take
    minutes for them.
    """
    if _ENDLESS.search(text):
        text = _ENDLESS.sub(
            lambda match: match.group()[: _kept(match)] + "•" * (len(match.group()) - _kept(match)),
            text,
        )
    return text


def _kept(match: re.Match[str]) -> int:
    return 10 if match.group()[0].isspace() else 160


def may_be_dismissed(span: Span) -> bool:
    """Tell whether somebody may say that these words tell who nobody is; of numbers and days nobody
    may.
    """
    return span.severity != BLOCK and span.category in (
        "name",
        "unique_role",
        "organisation",
        "age_trade_place",
        "address",
        "handle",
    )


def _named(text: str, start: int, end: int) -> Span:
    sure = text[start].isupper() and bool(_SURE.search(text[max(0, start - 20) : start]))
    return span_at(text, start, end, "name", N_("a name"), certain=sure)


def _joined(places: list[Span], names: list[Span], text: str) -> list[Span]:
    """Let roles and organisations take in the names inside them; a name that juts out is masked
    whole beside them.
    """
    joined = list(places)
    for name in names:
        rivals = [span for span in joined if span.start < name.end and name.start < span.end]
        if not rivals:
            joined.append(name)
            continue
        # The whole of both is masked: under the category that was there, unless the name
        # is the greater part.
        start, end = (
            min(name.start, *(span.start for span in rivals)),
            max(name.end, *(span.end for span in rivals)),
        )
        joined = [span for span in joined if span not in rivals]
        first = rivals[0]
        joined.append(replace(first, start=start, end=end, text=text[start:end]))
    return sorted(joined, key=lambda span: span.start)


def _taken(tokens: list[Token], spans: list[Span]) -> list[bool]:
    """Tell which tokens lie in spans; both are in order."""
    taken, at = [], 0
    for token in tokens:
        while at < len(spans) and spans[at].end <= token.start:
            at += 1
        taken.append(at < len(spans) and spans[at].start < token.end)
    return taken
