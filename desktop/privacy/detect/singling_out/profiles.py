"""Find an age, a trade and a place in one sentence."""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.lexicon import Lexicon
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
                r"cette|cet|ce)\s*|\b(?:chauffeur|agent|femme|homme|dame|"
                r"monsieur)\s+|age\s+de\s+)+$",
                flat[max(sentence.start(), best[0] - 24) : best[0]],
            )
            yield span_at(
                text,
                best[0] - (len(lead.group()) if lead else 0),
                best[1],
                "age_trade_place",
                N_("an age, a trade and a place together"),
                certain=False,
            )


def _places(
    text: str, flat: str, start: int, end: int, lexicon: Lexicon
) -> Iterator[tuple[int, int]]:
    cased = is_cased(text)
    for match in re.finditer(r"[^\W\d_](?:[\w-]*\w)?", flat[start:end]):
        at = start + match.start()
        word = match.group()
        before = flat[max(start, at - 12) : at]
        if (
            is_town(text, flat, at, word, lexicon)
            and (
                cased
                or re.search(
                    r"(?:\b(?:a|de|sur|vers|pres de|habite|d'|commune|ville)\s*|[,(-]\s*)$", before
                )
                or lexicon.status(word) == "T"
            )
        ) or (
            cased
            and is_capital(text, at)
            and re.search(
                r"(?:\b(?:a|sur|quartier|cite|au|du "
                r"quartier|de la cite|residence|"
                r"secteur|village de)\s+(?:la\s+|"
                r"le\s+|les\s+|du\s+|de\s+)?)$",
                before,
            )
            and lexicon.status(word) not in ("org", "thing", "sigle", "nation", "day", "month")
        ):
            yield at, at + len(word)
        elif word in ("quartier", "village", "cite", "hameau", "commune"):
            rest = re.match(
                rf"\s+(?:{OF}|d[u']\s?)?(?:la\s+|le\s+|les\s+|l')?[^\W\d_][\w-]*",
                flat[start + match.end() : end],
            )
            yield (
                at,
                start
                + match.end()
                + (
                    rest.end()
                    if rest
                    and any(
                        sign.isupper()
                        for sign in text[start + match.end() : start + match.end() + rest.end()]
                    )
                    else 0
                ),
            )
