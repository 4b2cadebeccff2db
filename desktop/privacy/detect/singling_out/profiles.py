"""Find an age, a trade and a place in one sentence."""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.lexicon import PLACES, Lexicon
from desktop.privacy.detect.singling_out.patterns import OF, Patterns
from desktop.privacy.detect.singling_out.reach import is_capital, is_cased, is_town
from desktop.privacy.detect.spans import Span, span_at

_AGE = re.compile(
    r"(?<!\w)(?:(?:\d{1,2}|vingt|trente|quarante|cinquante|soixante)(?:[\s-](?:et[\s-])?(?:un|"
    r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|"
    r"quatorze|quinze|seize))?\s?(?:ans?\b(?!\s+(?:d'|de\s+)?(?:anciennete|service|mariage|"
    r"attente|metier|maison|travail|contrat|prison|galere|procedure|plus|apres|avant|que|loyer|"
    r"retard|france)\b)|a\b(?=\s*[,.)]))|(?:la\s+|une?\s+)?(?:vingtaine|trentaine|quarantaine|"
    r"cinquantaine|soixantaine)"
    r"(?:\s+d'annees)?|(?:quadra|quinqua|sexa)(?:genaire)?|age\s*:?\s*\d{2}|nee?\s+en\s+(?:19|"
    r"20)\d\d)"
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\w)[^.!?\n]+)*")


_BEFORE_TOWN = re.compile(
    r"(?:\b(?:a|de|sur|vers|pres de|habite|d'|commune|ville)\s*|[,(-]\s*|\bans\s+)$"
)
_BEFORE_PLACE = re.compile(
    r"\b(?:a|sur|quartier|cite|au|du quartier|de la cite|residence|secteur|village de)\s+"
    r"(?:la\s+|le\s+|les\s+|du\s+|de\s+|l')?$"
)
_QUARTER = re.compile(rf"\s+(?:{OF}|d[u']\s?)?(?:la\s+|le\s+|les\s+|l')?[^\W\d_][\w-]*")
_REST = re.compile(r"(?:[ -](?:(?:de|du|des|la|le|les|en|sur|sous|lès)[ -])*[A-ZÀ-Þ][\w’'-]*)+")
"""What goes on the name of a place: « Chasse Royale », « Dutemple Nord »."""
_NO_PLACES = ("org", "thing", "sigle", "nation", "day", "month")


def find_profiles(text: str, flat: str, patterns: Patterns, lexicon: Lexicon) -> Iterator[Span]:
    """Find sentences with an age, a trade and a place."""
    for sentence in _SENTENCE.finditer(flat):
        ages = [match.span() for match in _AGE.finditer(flat, *sentence.span())]
        if not ages:
            continue
        trades = [match.span() for match in patterns.trade.finditer(flat, *sentence.span())]
        if not trades:
            continue
        places = list(_places(text, flat, *sentence.span(), lexicon))
        best = min(
            (
                (min(age[0], trade[0], place[0]), max(age[1], trade[1], place[1]))
                for age in ages[:6]
                for trade in trades[:6]
                for place in places[:8]
            ),
            key=lambda span: span[1] - span[0],
            default=None,
        )
        if best and best[1] - best[0] <= 140:
            lead = re.search(
                r"(?:(?<!\w)(?:une?|l'|le|la|dans\s+le|dans\s+la|a|au|du|d'un|d'une|"
                r"cette|cet|ce)\s*|\b(?:chauffeur|agent|femme|homme|dame|monsieur|jeune|"
                r"garcon|fille|personne|mere|pere)\s+(?:de\s+)?|agee?\s+de\s+|(?<!\w)(?:il|elle)\s+|"
                r"(?<!\w)(?:dans\s+)?(?:quartier|cite|residence|secteur|village|commune)\s+"
                r"(?:de\s+|du\s+|des\s+|d')?(?:la\s+|le\s+|les\s+|l')?)+$",
                flat[max(sentence.start(), best[0] - 48) : best[0]],
            )
            rest = _REST.match(text, best[1], sentence.end()) if is_cased(text) else None
            yield span_at(
                text,
                best[0] - (len(lead.group()) if lead else 0),
                rest.end() if rest else best[1],
                "age_trade_place",
                N_("an age, a trade and a place together"),
                certain=False,
            )


def _places(
    text: str, flat: str, start: int, end: int, lexicon: Lexicon
) -> Iterator[tuple[int, int]]:
    cased = is_cased(text)
    for match in re.finditer(r"[^\W\d_](?:[\w-]*\w)?", flat[start:end]):
        at, stop = start + match.start(), start + match.end()
        word = match.group()
        before = flat[max(start, at - 24) : at]
        known = lexicon.status(word)
        closed = ("num", "det", "clit", "aux", "conj", "prep", "adv", "kin")
        if all(lexicon.status(part) in closed for part in word.split("-")):
            continue
        # The capital of a first word says nothing: « Jeune de 19 ans ».
        told = cased and (known in PLACES or bool(flat[start:at].strip()))
        placed = cased and is_capital(text, at) and known not in _NO_PLACES
        if word in ("quartier", "village", "cite", "hameau", "commune"):
            rest = _QUARTER.match(flat, stop, end)
            named = rest and (not cased or any(sign.isupper() for sign in text[stop : rest.end()]))
            yield at, rest.end() if rest and named else stop
        elif (placed and _BEFORE_PLACE.search(before)) or (
            is_town(text, flat, at, word, lexicon)
            and (told or known in PLACES or "-" in word or _BEFORE_TOWN.search(before))
        ):
            yield at, stop
