"""Find numbers of social security and bank accounts; a right key makes them bar the text.

`stdnum` is imported at the first candidate.
"""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.spans import BLOCK, GENERALISE, Span, span_at
from desktop.privacy.detect.tokens import words_of

_I = re.IGNORECASE
_NIR = re.compile(
    r"(?<![\w])[1-478](?:[\s.\-/]?\d){2}[\s.\-/]{0,2}(?:0[1-9]|1[0-2]|"
    r"[2-9]\d)[\s.\-/]{0,2}(?:\d[\s]?\d|2[\s]?[ABab])"
    r"(?:[\s.\-/]{0,2}\d){3}(?:[\s.\-/]{0,2}\d){3}(?:[\s.\-/(]{0,4}(?:cl[eé]\s*:?\s*)?\d[\s]?\d\)"
    r"?)?(?![\w])",
    _I,
)
_NIR_CUE = re.compile(
    r"(?:s[eé]cu(?:rit[eé]\s+sociale)?|\bnir\b|\bnss\b|num[eé]ro\s+de\s+ss|n°\s*ss|immatricul\w+|"
    r"assur[eé]e?\s+social\w*|vitale)"
    r"[^\d\n]{0,25}(?P<it>[1-478][\s.\-]?\d{2}[\s.\-]?\d{2}(?:[\s.\-]?[\dABab]{1,3}){0,5})(?!\w)",
    _I,
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}[\s-]?\d{2}(?:[\s-]?[A-Za-z0-9]{4}){2,7}(?:[\s-]?"
    r"[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])"
)
_IBAN_LOOSE = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}[\s.\-]?\d[\s.]?\d(?:[\s.\-]{0,2}\d){5}"
    r"(?:[\s.\-]{0,2}[A-Za-z0-9]){5,24}"
)
"""Groups of any length: what is right by its key alone counts."""
_RIB = re.compile(
    r"(?<!\w)(\d{5})[\s.\-/|]*(\d{5})[\s.\-/|]*([\dA-Za-z]{11})[\s.\-/|"
    r"]*(\d{2})(?!\w)"
)
_BANK_CUE = re.compile(
    r"(?:\brib\b|\biban\b|num[eé]ro\s+de\s+compte|compte\s+(?:bancaire|"
    r"courant|n[°o]?)|code\s+banque)"
    r"[^\d\n]{0,20}(?P<it>\d[\d\sA-Z.\-]{6,40}\d)",
    _I,
)
_IBAN_COUNTRIES = words_of(
    """FR BE DE ES PT IT LU NL CH GB IE PL RO BG GR CZ SK HU AT MC MA TN DZ TR MR SN CI MU RS XK AL
    BA MK ME HR SI LT LV EE FI SE DK NO IS MT CY GE AZ UA MD LB PS JO SA AE QA KW BH IL EG LY IR
    PK BR"""
)


def find_socials(text: str) -> Iterator[Span]:
    for match in _NIR.finditer(text):
        plain = re.sub(
            r"[^\dABab]", "", match.group().lower().replace("clé", "").replace("cle", "")
        ).upper()
        yield span_at(
            text,
            *match.span(),
            "nir",
            N_("a social security number"),
            BLOCK if _is_nir(plain) else GENERALISE,
        )
    for match in _NIR_CUE.finditer(text):
        if sum(sign.isdigit() for sign in match["it"]) >= 5:
            yield span_at(text, *match.span("it"), "nir", N_("a social security number"))


def _is_nir(plain: str) -> bool:
    from stdnum.fr import nir

    return len(plain) == 15 and nir.is_valid(plain)


def find_banks(text: str) -> Iterator[Span]:
    for match in _IBAN_LOOSE.finditer(text):
        end = _end_of_iban(match.group())
        if end:
            start = match.start()
            yield span_at(text, start, start + end, "iban", N_("a bank account"), BLOCK)
    for match in _IBAN.finditer(text):
        plain = re.sub(r"[\s-]", "", match.group()).upper()
        if not _country(plain) or sum(sign.isdigit() for sign in plain) < 10:
            continue
        end = match.end()
        valid = _is_iban(plain)
        # What follows may be a word of four letters: the longest beginning that is right counts.
        while not valid and " " in text[match.start() : end] and end - match.start() > 16:
            shorter = text[match.start() : end].rstrip().rfind(" ")
            plain = re.sub(r"[\s-]", "", text[match.start() : match.start() + shorter]).upper()
            if _is_iban(plain):
                valid, end = True, match.start() + shorter
                break
            if shorter <= 16:
                break
            end = match.start() + shorter
        yield span_at(
            text,
            match.start(),
            end if valid else match.end(),
            "iban",
            N_("a bank account"),
            BLOCK if valid else GENERALISE,
        )
    for match in _RIB.finditer(text):
        yield span_at(
            text,
            *match.span(),
            "iban",
            N_("a bank account"),
            BLOCK if _is_rib(match.groups()) else GENERALISE,
        )
    for match in _BANK_CUE.finditer(text):
        yield span_at(text, *match.span("it"), "iban", N_("a bank account"))


def _end_of_iban(written: str) -> int:
    """Return where the longest beginning ends whose key is right; 0 if none is."""
    signs = [(place, sign) for place, sign in enumerate(written) if sign.isalnum()]
    plain = "".join(sign for _place, sign in signs).upper()
    if not _country(plain):
        return 0
    for count in range(len(plain), 14, -1):
        if _is_iban(plain[:count]):
            return signs[count - 1][0] + 1
    return 0


def _country(plain: str) -> bool:
    return plain[:2] in _IBAN_COUNTRIES


def _is_iban(plain: str) -> bool:
    from stdnum import iban

    return iban.is_valid(plain, check_country=False)


def _is_rib(parts: tuple[str, ...]) -> bool:
    """Check the two figures at the end of a French bank account."""
    bank, desk, account, key = parts
    figures = "".join(_rib_figure(sign) for sign in account.upper())
    return (89 * int(bank) + 15 * int(desk) + 3 * int(figures) + int(key)) % 97 == 0


def _rib_figure(sign: str) -> str:
    """Read a letter of an account as its key does: A and J are 1, S is 2, Z is 9."""
    if sign.isdigit():
        return sign
    place = ord(sign) - ord("A")
    return str(place % 9 + 1 if place < 18 else place - 16)
