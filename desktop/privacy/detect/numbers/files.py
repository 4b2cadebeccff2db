"""Find plates of vehicles, numbers of files and papers, and any long number."""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.numbers.small_words import SMALL_WORDS
from desktop.privacy.detect.spans import Span, span_at
from desktop.privacy.detect.tokens import fold

_I = re.IGNORECASE
_CARD = re.compile(r"(?<!\d)\d{4}(?:[\s-]?\d{4}){3}(?!\d)")
_PLATE_NEW = re.compile(
    r"(?<![\w-])([A-HJ-NP-TV-Z]{2})([\s.\-–_]{0,3})(\d{3})([\s.\-–_]{0,3})([A"
    r"-HJ-NP-TV-Z]{2})(?![\w])",
    _I,
)
_PLATE_OLD = re.compile(
    r"(?<![\w-])(\d{2,4})([\s-]?)([A-HJ-NP-TV-Z]{2,3})([\s-]?)(0[1-9]|"
    r"[1-8]\d|9[0-5]|2[AB]|97[1-6])(?![\w])",
    _I,
)
_PLATE_BELGIAN = re.compile(r"(?<![\w-])[1-9][\s-]?[A-Z]{3}[\s-]?\d{3}(?![\w-])", _I)
_PLATE_SPACED = re.compile(
    r"(?<![\w-])[A-HJ-NP-TV-Z]\s?[A-HJ-NP-TV-Z][\s.\-]{1,3}\d\s?\d\s?\d[\s.\-]{1,3}"
    r"[A-HJ-NP-TV-Z]\s?[A-HJ-NP-TV-Z](?![\w-])"
)
_PLATE_CUE = re.compile(
    r"(?:immatricul\w+|plaque\w*|\bimmat\b|v[eé]hicule|voiture|camion|scooter|moto|camionnette|"
    r"fourgon)"
    r"(?:\s+[^\W\d_]+\b){0,3}[\s:,(n°]*(?P<it>(?<![\w-])(?=[A-Z0-9\s-]{0,12}\d)(?=[A-Z0-9\s-]{0,1"
    r"2}[A-Z])[A-Z0-9]{1,4}[\s-]?[A-Z0-9]{2,4}(?:[\s-]?[A-Z0-9]{1,4})?)(?![\w])",
    _I,
)
_FILE_CUE = re.compile(
    r"(?:n[°ºo]\.?|num(?:[eé]ro)?|r[eé]f(?:[eé]rence|\.)?|dossier|allocataire|matricule|agdref|"
    r"[eé]tranger|\bine\b|\bina\b|identifiant|"
    r"passeport|r[eé]c[eé]piss[eé]|titre\s+de\s+s[eé]jour|carte\s+(?:de\s+s[eé]jour|"
    r"d.identit[eé]|nationale\s+d.identit[eé]|"
    r"vitale|d.invalidit[eé]|de\s+r[eé]sident|mobilit[eé])|\bcni\b|contrat|plainte|"
    r"proc[eè]s[\s-]verbal|\bpv\b|client|bail|badge|agent|nur\b|"
    r"demande|requ[eê]te|affaire|\brg\b|parquet|caf|mdph|cpam|france\s+travail|p[oô]le\s+emploi|"
    r"ofpra|cnda|visa|permis|"
    r"adh[eé]rent|abonn[eé]|candidature|[eé]cole|[eé]tudiant|patient|\bipp\b|siret|siren|rcs|"
    r"licence|code)"
    r"(?:[\s'’]+(?:de|d|du|des|la|le|l|n[°ºo]|num[eé]ro|no|caf|cpam|mdph|est|sous|allocataire|locataire|"
    r"dossier|client|demande|unique|logement|social|"
    r"r[eé]gional|pôle|emploi|[eé]tranger|s[eé]jour|enregistr[eé]e?s?|au|parquet|plainte|titre|"
    r"identit[eé]|[eé]l[eè]ve|national)){0,5}[\s:.,#=(°ºn]{0,5}"
    r"(?P<it>(?=[^\n]{0,6}\d)(?:[A-Z]{1,5}[\s/.\-]?)?\d(?:[\s/.\-]?(?:\d|"
    r"[A-Z](?![a-zà-ÿ]))){3,20}|[A-Z0-9]*\d[A-Z0-9]*(?:[/.\-][A-Z0-9]+)+)(?!\w)",
    _I,
)
_BARE = (
    re.compile(r"(?<![\w.,/-])\d{10}(?![\w])"),
    re.compile(r"(?<![\w])\d{9,10}[A-Za-z]{1,2}(?![\w])"),
    re.compile(r"(?<![\w])\d{2}[A-Z]{2}\d{5}(?![\w])", _I),
    re.compile(r"(?<![\w])\d{2,3}(?:\s\d{3}){3,4}(?:\s\d{5})?(?![\w])"),
    re.compile(r"(?<![\w.,/-])\d{6,20}(?![\w])"),
    re.compile(r"(?<![\w])\d{7}\s?[A-Z](?![\w'’])"),
    re.compile(
        r"(?<![\w])(?=[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{7,20}(?"
        r"![\w])"
    ),
    re.compile(r"(?<![\w])(?:19|20)?\d{2}[/-]\d{4,8}(?![\w/-])"),
    re.compile(r"(?<![\w])[A-Z]{2,5}[-/]\d{2,4}[-/]\d{2,8}(?![\w])"),
    re.compile(
        r"(?<![\w.,/-])\d{5}(?![\w])(?!\s?(?:€|euros?|eur\b|km|m²|habitants|personnes|"
        r"exemplaires|signatures|voix|\s?%|[A-ZÀ-Þ]))"
    ),
)
_MONEY = re.compile(
    r"^\s?(?:€|euros?\b|eur\b|k€|km\b|m²|habitants|personnes|%|fcfa|dinars?|"
    r"dirhams?)",
    _I,
)


def find_plates(text: str) -> Iterator[Span]:
    for match in _PLATE_NEW.finditer(text):
        first, gap, _figures, gap2, second = match.groups()
        if (
            fold(first) in SMALL_WORDS
            and fold(second) in SMALL_WORDS
            and not (first.isupper() and gap in ("-", ""))
        ):
            continue
        if (gap and not gap2) or (gap2 and not gap) or first.isupper() != second.isupper():
            continue
        if (
            gap == " "
            and first.islower()
            and (fold(first) in SMALL_WORDS or fold(second) in SMALL_WORDS)
        ):
            continue
        yield span_at(text, *match.span(), "plate", N_("the plate of a vehicle"))
    for match in _PLATE_SPACED.finditer(text):
        yield span_at(text, *match.span(), "plate", N_("the plate of a vehicle"))
    for match in _PLATE_OLD.finditer(text):
        if fold(match[3]) not in SMALL_WORDS and bool(match[2]) == bool(match[4]):
            yield span_at(text, *match.span(), "plate", N_("the plate of a vehicle"))
    for match in _PLATE_BELGIAN.finditer(text):
        if fold(re.sub(r"[^A-Za-z]", "", match.group())) not in SMALL_WORDS:
            yield span_at(text, *match.span(), "plate", N_("the plate of a vehicle"))
    for match in _PLATE_CUE.finditer(text):
        letters = re.findall(r"[A-Za-z]+", match["it"])
        if not any(fold(part) in SMALL_WORDS for part in letters) and all(
            len(part) <= 4 for part in letters
        ):
            yield span_at(text, *match.span("it"), "plate", N_("the plate of a vehicle"))


def find_files(text: str) -> Iterator[Span]:
    """Find numbers of files and papers, and any long number; to be asked after dates and
    addresses."""
    if not any(sign.isdigit() for sign in text):
        return
    for match in _CARD.finditer(text):
        yield span_at(text, *match.span(), "file_number", N_("a card number"))
    for match in _FILE_CUE.finditer(text):
        digits = sum(sign.isdigit() for sign in match["it"])
        if (
            digits >= 3
            and not _MONEY.match(text[match.end() :])
            and not re.fullmatch(r"(?:19|20)\d\d", match["it"].strip())
        ):
            yield span_at(
                text, *match.span("it"), "file_number", N_("the number of a file or paper")
            )
    for pattern in _BARE:
        for match in pattern.finditer(text):
            if not _MONEY.match(text[match.end() :]):
                yield span_at(
                    text, *match.span(), "file_number", N_("a long number"), certain=False
                )
