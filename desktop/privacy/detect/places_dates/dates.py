"""Find days and dates of birth, in figures and in words.

A month or a year alone is what an observation keeps: neither is found, except the year of a birth.
"""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.spans import Span, span_at

_I = re.IGNORECASE
_MONTH = (
    r"(?:janv(?:ier)?|f[eé]v(?:r(?:ier)?)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|jui|"
    r"ao[uû]t|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|"
    r"d[eé]c(?:embre)?|january|february|march|april|june|july|august|september|october|"
    r"november|december)\b\.?"
)
DAY_WORDS = (
    r"(?:premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|"
    r"quatorze|quinze|seize|dix[\s-]sept|dix[\s-]huit|"
    r"dix[\s-]neuf|vingt(?:[\s-](?:et[\s-])?(?:un|deux|trois|quatre|cinq|six|sept|huit|"
    r"neuf))?|trente(?:[\s-]et[\s-]un)?)"
)
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)\.?"
_DAY = r"(?:1\s?er|0?[1-9]|[12]\d|3[01])"
_YEAR_WORDS = (
    r"(?:deux[\s-]mille(?:[\s-][^\W\d_]+){0,3}|mil(?:le)?[\s-]neuf[\s-]cent(?:[\s-][^\W\d_]+){1,4"
    r"}|dix[\s-]neuf[\s-]cent(?:[\s-][^\W\d_]+){1,4})"
)
_YEAR = (
    r"(?:(?:19|20)\d{2}|'?\d{2}(?!\d|\s?(?:h|ans|€|euros|%|personnes|:))|" + _YEAR_WORDS + (r")")
)
_LATER = (
    r"(?:\s+(?:dernier|prochain|courant|de\s+cette\s+ann[eé]e|de\s+l['’]ann[eé]e\s+derni[eè]re))?"
)
_MONTH_WHOLE = (
    r"(?:janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    r"d[eé]cembre)\b"
)
_DATES = (
    re.compile(
        rf"(?<![\w/.-])(?:{_WEEKDAY}\s+)?{_DAY}\s?[-/.]\s?(?:0?[1-9]|"
        rf"1[0-2])\s?[-/.]\s?(?:(?:19|20)\d{{2}}|\d{{2}})(?![\w/-])",
        _I,
    ),
    re.compile(
        r"(?<![\w/.-])(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|"
        r"3[01])(?![\w/-])"
    ),
    re.compile(
        rf"(?<!\w)(?:{_WEEKDAY}\s+)?(?:le\s+)?{_DAY}\s?(?:er\s)?[-\s]?"
        rf"{_MONTH}(?:[\s-]*{_YEAR}|{_LATER})(?!\w)",
        _I,
    ),
    # A day in words has its month whole: « vingt-sept » is a number.
    re.compile(
        rf"(?<!\w)(?:{_WEEKDAY}\s+)?(?:le\s+)?{DAY_WORDS}[-\s]"
        rf"{_MONTH_WHOLE}(?:[\s-]*{_YEAR}|{_LATER})(?!\w)",
        _I,
    ),
    re.compile(
        rf"(?<![\w/.-])(?:{_WEEKDAY}\s+)?(?:0[1-9]|[12]\d|3[01])\s(?:0[1-9]|"
        rf"1[0-2])\s(?:(?:19|20)\d{{2}}|\d{{2}})(?![\w/-])(?!\s\d\d)",
        _I,
    ),
    re.compile(
        rf"(?<![\w/.-]){_DAY}\s+d[eu]\s+(?:{_MONTH_WHOLE}|0?[1-9]|1[0-2])\s+"
        rf"(?:(?:19|20)\d{{2}}|\d{{2}})(?![\w/-])",
        _I,
    ),
    re.compile(rf"(?<!\w){_WEEKDAY}\s+{_DAY}[/.](?:0?[1-9]|1[0-2])(?![\w/])", _I),
    re.compile(r"(?<![\w/.,:-])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\w/])(?!\s?(?:€|%))"),
    re.compile(
        r"(?:\b(?:le|du|au|d[eè]s le|avant le|ce)\s+)(?P<it>(?:0?[1-9]|[12]\d|"
        r"3[01])[.-](?:0[1-9]|1[0-2]))(?![\w.,-])",
        _I,
    ),
    re.compile(
        rf"(?<!\w)(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|"
        rf"dimanche)\s+(?:le\s+)?{_DAY}(?!\s?(?:h|ans|:|€|personnes|[-/.]?\d)|\w)",
        _I,
    ),
    re.compile(
        rf"(?<!\w)(?:january|february|march|april|may|june|july|august|september|october|"
        rf"november|december)\s+{_DAY}(?:st|nd|rd|th)?"
        rf"(?:,?\s+(?:19|20)\d\d)?(?!\w)",
        _I,
    ),
)
_HOLIDAY = re.compile(
    r"^(?:le\s+)?(?:1\s?er|premier)\s+mai$|^(?:le\s+)?8\s+mai(?:\s+1945)?$|"
    r"^(?:le\s+)?14\s+juillet$|^(?:le\s+)?11\s+novembre(?:\s+1918)?$"
    r"|^(?:le\s+)?8\s+mars$|^(?:le\s+)?21\s+mars$|^(?:le\s+)?25\s+d[eé]cembre$|"
    r"^(?:le\s+)?17\s+mai$|^(?:le\s+)?25\s+novembre$|^(?:le\s+)?10\s+mai$",
    _I,
)
_BIRTH_WORD = (
    r"(?:(?<!\w)n[eé](?:\.?e|\(e\)|·e)?s?(?!\w)|naissance|naiss\b|ddn\b|d\.d\.n|"
    r"(?<!\w)born\b|anniversaire|dob\b|date\s+de\s+n\b|nee?\s+le)"
)
_BIRTH_CUE = re.compile(_BIRTH_WORD, _I)
_BIRTH_YEAR = re.compile(
    rf"{_BIRTH_WORD}[^\n.;!?\d]{{0,40}}?(?P<it>(?:{_MONTH}\s+)?(?:19[2-9]\d|"
    rf"20[0-2]\d)|(?:en\s+)?(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d)(?![\w/])",
    _I,
)
_BIRTH_COMPACT = re.compile(
    rf"{_BIRTH_WORD}[^\n\d]{{0,12}}(?P<it>(?:0[1-9]|[12]\d|"
    rf"3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)?\d{{2}}))(?!\d)",
    _I,
)
_BIRTH_SHORT = re.compile(
    rf"{_BIRTH_WORD}[^\n\d]{{0,12}}?(?P<it>(?:en|"
    rf"ann[eé]e)?\s?(?:{_MONTH}\s+)?'?[3-9]\d)(?![\w]|\s?(?:ans|kg|%|€|km|semaines|jours|"
    rf"mois))",
    _I,
)


def find_dates(text: str) -> Iterator[Span]:
    """Find days and dates of birth."""
    for pattern in (_BIRTH_COMPACT, _BIRTH_YEAR, _BIRTH_SHORT):
        for match in pattern.finditer(text):
            between = text[match.start() : match.start("it")]
            if not _other_day(between):
                yield span_at(
                    text, *_wider(text, *match.span("it")), "birthdate", N_("a date of birth")
                )
    for pattern in _DATES:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            start, end = match.span(group)
            written = match.group(group).strip()
            if written.endswith("."):
                written, end = written[:-1], start + len(match.group(group).rstrip()) - 1
            cue = list(_BIRTH_CUE.finditer(text, max(0, start - 45), start))
            if (
                cue
                and "\n" not in text[cue[-1].end() : start]
                and not re.search(r"[;!?]|\.\s", text[cue[-1].end() : start])
            ) or re.match(r"\s*,?\s*n[eé]e?s?\s+(?:[àa]|au|aux|en)\b", text[end:]):
                yield span_at(text, start, end, "birthdate", N_("a date of birth"))
            elif not _HOLIDAY.match(written) and not re.fullmatch(
                r"(?:24|7)/(?:24|7)|1/[2-9]|[23]/[345]|1/10", written
            ):
                yield span_at(text, start, end, "date", N_("a day"))


def _wider(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the day and month that stand before a year of birth."""
    before = re.search(
        rf"(?:{_DAY}|{DAY_WORDS})\s?[-/.\s]\s?(?:{_MONTH}|0?[1-9]|"
        rf"1[0-2])?\s?[-/.\s]?\s?$",
        text[max(0, start - 28) : start],
        _I,
    )
    return (max(0, start - 28) + before.start(), end) if before else (start, end)


def _other_day(between: str) -> bool:
    return bool(re.search(r"(?:arriv|depuis|contrat|embauch|mari)", between, _I))
