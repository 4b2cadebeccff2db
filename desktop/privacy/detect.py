"""Finds identities in French free text. This version finds the obvious: addresses, numbers, civilities and kinship."""

import re
from dataclasses import dataclass

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s+(?:de\s+|el\s+|ben\s+)?[A-ZÀ-ÖØ-Þ][\w’'-]+){0,2}"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("url", re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b")),
    ("nir", re.compile(r"\b[1278][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}"
                       r"(?:[ .]?\d{2})?\b")),
    ("phone", re.compile(r"(?<!\d)(?:\+33[ .]?[1-9]|0[1-9])(?:[ ./-]?\d{2}){4}(?!\d)")),
    ("date", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b(?:1er|\d{1,2})\s+(?:janvier|février|mars|"
                        r"avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s+\d{4}\b", re.IGNORECASE)),
    ("address", re.compile(r"\b\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|place|allée|impasse|chemin|"
                           r"route|square|résidence)\s+[^\n,.;]{2,40}", re.IGNORECASE)),
    ("name", re.compile(rf"\b(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr|Maître|Me)\s+({_NAME})")),
    ("name", re.compile(rf"\b(?:prénommée?|nommée?|s’appelle|s'appelle|appelée?|fils de|fille de)\s+({_NAME})")),
)


@dataclass(frozen=True)
class Span:
    """Characters `start` to `stop` (excluded) of the text, and what they look like."""

    start: int
    stop: int
    category: str
    text: str


def find_identities(text: str) -> list[Span]:
    """The identities found, in their order, without overlaps (the first pattern that claims a character keeps it)."""
    found: list[Span] = []
    for category, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, stop = match.span(match.lastindex or 0)
            if all(stop <= span.start or start >= span.stop for span in found):
                found.append(Span(start, stop, category, text[start:stop]))
    return sorted(found, key=lambda span: span.start)
