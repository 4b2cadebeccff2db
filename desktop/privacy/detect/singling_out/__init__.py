"""Find what singles somebody out without a name: a role held by one person in a place, a small
organisation, age + trade + place.

The words are in `resources/identities/phrases.txt`. They are looked for in the text without accents
and in lower case, of the same length, so that offsets hold; whether a word has a capital is asked
of the text itself.
"""

from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.lexicon import Lexicon
from desktop.privacy.detect.singling_out.organisations import find_organisations
from desktop.privacy.detect.singling_out.patterns import patterns_of
from desktop.privacy.detect.singling_out.profiles import find_profiles
from desktop.privacy.detect.singling_out.reach import flatten
from desktop.privacy.detect.singling_out.roles import find_roles
from desktop.privacy.detect.spans import Span, span_at

__all__ = ["find_singling_out", "flatten"]


def find_singling_out(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Find roles, small organisations, and ages with trade and place; where two overlap the first
    is right."""
    flat = flatten(text)
    words = lexicon.phrases
    patterns = patterns_of(words["heads"], words["places"], words["unique"], words["trades"])
    yield from find_profiles(text, flat, patterns, lexicon)
    for match in patterns.only.finditer(flat):
        yield span_at(
            text, *match.span(), "unique_role", N_("the only one in a place"), certain=False
        )
    yield from find_roles(text, flat, patterns, lexicon)
    yield from find_organisations(text, flat, patterns, lexicon)
