"""Find telephone numbers, in figures, in words, or half and half.

`phonenumbers` is imported at the first candidate: it costs time that a text without numbers does
not pay.
"""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.spans import BLOCK, GENERALISE, Span, span_at
from desktop.privacy.detect.tokens import fold

_I = re.IGNORECASE
_SEP = r"[\s.\-/_·•,|:]{0,3}"
_DIGIT = r"[0-9OoQlI]"
_CUT = r"0[67](?:[\s.-]{1,2}\d{2}){3}(?:[\s.-]{1,2}\d)?"
_PHONES = (
    re.compile(
        r"(?<![\w.,])(?:\(?\+|00|\(00)\s?\d{1,3}\)?(?:[\s.\-/]*\(?0\)?)?(?:[\s.\-/()]*"
        r"\d){6,12}(?!\d)"
    ),
    re.compile(rf"(?<![\w])\(?[0Oo]\)?{_SEP}[1-9lI]\)?(?:{_SEP}{_DIGIT}){{8}}(?![\w])"),
    re.compile(rf"(?<![\w])33{_SEP}[1-9](?:{_SEP}\d){{8}}(?!\w)"),
    re.compile(r"(?<![\w])0\d(?:\d{2})?[\s./-]{1,2}\d{2,3}(?:[\s./-]{0,2}\d{2}){2}(?!\w)"),
    re.compile(
        r"(?:t[eé]l(?:[eé]phone)?|portable|port|num(?:[eé]ro)?|fixe|mobile|gsm|06|appeler|"
        r"joindre|joignable)\W{0,3}(?:\w+\W){0,3}?"
        r"(?P<it>[1-9](?:[\s.\-/]?\d{2}){4}|\d(?:[\s.\-/]?\d){8,9})(?!\w)",
        _I,
    ),
    # Cut short, or its last figure apart.
    re.compile(rf"(?<![\w.,/-]){_CUT}(?![\w.,/-]?\d)(?!\w)"),
    re.compile(r"(?<![\w])0[67](?:[\s./-]{0,2}(?:\d{2}|[xX*.…?]{2})){3,4}(?![\wxX*])"),
)
_SHORT = re.compile(_CUT)
_PUBLIC = re.compile(r"^(?:0?8\d{8}|0969390000|3\d{3}|0033?8\d{8})$")
_UNITS = (
    "zero",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
)
_VALUES = {word: number for number, word in enumerate(_UNITS)} | {
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
    "une": 1,
    "o": 0,
    "oh": 0,
}
_SPELT = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def find_phones(text: str, digits: bool) -> Iterator[Span]:
    if not digits:
        return
    for pattern in _PHONES:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            written = match.group(group)
            plain = re.sub(r"[^\d+]", "", re.sub("[OoQ]", "0", re.sub("[lI]", "1", written)))
            if _PUBLIC.match(plain.lstrip("+")):
                continue
            count = len(plain.lstrip("+"))
            if re.match(r"^\s?(?:€|euros?\b)", text[match.end(group) :], _I) or "\n\n" in written:
                continue
            if sum(sign.isdigit() for sign in written) < 6:
                continue
            if "\n" in written and count != 10:
                continue
            if group and count == 10 and plain[0] != "0":
                continue
            valid = _is_phone(plain)
            short = bool(_SHORT.fullmatch(written))
            if (
                valid
                or short
                or count >= 9
                or (group and count >= 8)
                or re.search(r"[xX*…?]", written)
            ):
                yield span_at(
                    text,
                    *match.span(group),
                    "phone",
                    N_("a telephone number"),
                    BLOCK if valid else GENERALISE,
                )


def _is_phone(plain: str) -> bool:
    """Tell whether a number can exist, here or in a neighbouring country."""
    import phonenumbers

    tries = (
        [plain]
        + (["+" + plain] if plain.startswith("33") else [])
        + (["0" + plain] if len(plain) == 9 else [])
    )
    for number in tries:
        for region in ("FR", "BE"):
            try:
                if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                    return True
            except phonenumbers.NumberParseException:
                continue
    return False


def find_spelt_phones(text: str) -> Iterator[Span]:
    """Find telephone numbers that are told in words, or half in words (« zéro six douze
    trente-quatre ... »)."""
    run: list[re.Match[str]] = []
    matches = list(_SPELT.finditer(text))
    for match in [*matches, None]:
        word = fold(match.group()) if match else ""
        if match and (
            word in _VALUES
            or (word.isdigit() and len(word) <= 2)
            or (run and word in ("-", "et", ",", ".", "plus"))
        ):
            run.append(match)
            continue
        while run and fold(run[-1].group()) in ("-", "et", ",", ".", "plus"):
            run.pop()
        spelt = sum(fold(part.group()) in _VALUES for part in run)
        digits = _digits_of([fold(part.group()) for part in run]) if spelt else ""
        # « 06 vingt et un 40 52 13 »: with a few words among figures, the number must be whole.
        if spelt >= 3 or (len(digits) == 10 and _is_phone(digits)):
            told = digits and digits[0] == "0" and 9 <= len(digits) <= 11
            # « six douze trente-quatre ... »: the zero is often left out.
            if told or (spelt >= 5 and len(digits) == 9 and digits[0] in "67"):
                yield span_at(
                    text,
                    run[0].start(),
                    run[-1].end(),
                    "phone",
                    N_("a telephone number"),
                    BLOCK if len(digits) == 10 and _is_phone(digits) else GENERALISE,
                )
        run = []


def _digits_of(words: list[str]) -> str:
    """Read numbers told one after the other: `zero six soixante dix huit` is 0678."""
    digits, at = "", 0
    words = [word for word in words if word not in ("-", ",", ".", "plus")]
    while at < len(words):
        word = words[at]
        if word.isdigit():
            digits += word
            at += 1
            continue
        if word == "et":
            at += 1
            continue
        value = _VALUES[word]
        at += 1
        if value == 4 and at < len(words) and words[at] in ("vingt", "vingts"):
            value, at = 80, at + 1
        if (
            value in (60, 80)
            and at < len(words)
            and words[at] in _VALUES
            and 10 <= _VALUES[words[at]] <= 16
        ):
            value, at = value + _VALUES[words[at]], at + 1
            if value % 10 == 0 and at < len(words) and words[at] in ("sept", "huit", "neuf"):
                value, at = value + _VALUES[words[at]], at + 1
        elif value == 10 and at < len(words) and words[at] in ("sept", "huit", "neuf"):
            value, at = value + _VALUES[words[at]], at + 1
        elif value >= 20 and value % 10 == 0:
            after = at + 1 if at < len(words) and words[at] == "et" else at
            if after < len(words) and words[after] in _VALUES and 1 <= _VALUES[words[after]] <= 9:
                value, at = value + _VALUES[words[after]], after + 1
            elif after < len(words) and value == 60 and _VALUES.get(words[after]) == 11:
                value, at = 71, after + 1
        digits += str(value)
    return digits
