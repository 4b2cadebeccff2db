"""Find structured identities: addresses of mail and web, handles, telephones, social security, bank, plates, file numbers.

A span blocks only if its own check is right (key of a social security number, of an IBAN, a telephone number that can exist)
or if it can be nothing else (a mail address). `phonenumbers` and `stdnum` are imported at the first candidate: they cost
100 ms that a text without numbers does not pay.
"""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.spans import BLOCK, GENERALISE, Span, span_at
from desktop.privacy.detect.tokens import fold, words_of

_I = re.IGNORECASE
_DOT = r"(?:\s?\.\s?|\s*[\(\[]\s*(?:point|dot|\.)\s*[\)\]]\s*|\s+(?:point|dot|pt)\s+)"
_DASH = r"(?:\s?[-_]\s?|\s+(?:tiret(?:\s+du\s+(?:bas|6|8))?|underscore|undersc?or)\s+)"
_AT = (
    r"(?:\s?[@＠]\s?|\s*[\(\[\{<]\s*(?:at|a|@|arobase?s?|chez)\s*[\)\]\}>]\s*|\s+(?:ar+obas?e?s?|"
    r"at|arrobe|&#64;)\s+|&#64;|&commat;)"
)
_EMAILS = (
    re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(
        rf"[\w+-]+(?:(?:{_DOT}|{_DASH})[\w+-]+){{0,4}}{_AT}[\w-]+(?:{_DASH}\w+)?(?:{_DOT}"
        rf"\w{{2,20}}){{1,3}}",
        _I,
    ),
    re.compile(
        r"[\w.+%-]{2,}\s?[@＠]\s?(?:gmail|hotmail|outlook|yahoo|orange|wanadoo|free|sfr|"
        r"laposte|live|icloud|proton(?:mail)?|"
        r"gmx|bbox|neuf)\b",
        _I,
    ),
)
_TAKES_ONE_LETTER = re.compile(r"^[a-zà-ÿ]$", _I)
_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>«»\"]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,6}/[^\s<>«»\"]+|"
    r"\b(?:[a-z0-9-]+\.)+(?:fr|com|org|net|eu|be|info|me|io|gg|gouv\.fr|asso\.fr)"
    r"(?:/[^\s<>«»\"]*)?(?![\w@.-]*@)(?![\w-])",
    _I,
)
_PLATFORM = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik\s?tok|twitter|discord|telegram|facebook|fb|"
    r"messenger|linkedin|twitch|"
    r"youtube|yt|skype|signal|steam|psn|bluesky|mastodon|threads|vinted|leboncoin|"
    r"whats?app|x)"
)
_HANDLES = (
    re.compile(r"(?<![\w.@])@\s?(?=[\w.]*[^\W\d_])[\w][\w.-]{1,40}\w"),
    re.compile(
        rf"\b(?:(?:compte|profil|pseudo(?:nyme)?|identifiant|"
        rf"page)\s+)?(?<!\w){_PLATFORM}\s*(?:[:=]|\bc'?est\b|->|→)\s*"
        r"(?P<it>@?[\w][\w.#-]{2,40})",
        _I,
    ),
    re.compile(
        rf"\b(?:son|mon|le|un|ton|leur|du|au|compte|profil|sur)\s+(?:compte\s+|profil\s+|"
        rf"pseudo\s+)?{_PLATFORM}\s+"
        r"(?:c'?est\s+|est\s+|:\s*)?(?P<it>@?(?=[\w.#-]*(?:[\d_#]|"
        r"\w\.\w))[\w][\w.#-]{3,40})",
        _I,
    ),
    re.compile(
        r"\b(?:pseudo(?:nyme)?|login|identifiant|user(?:name)?|nom d.utilisateur|alias|"
        r"gamertag)\b"
        r"(?:\s+(?:sur\s+)?(?:" + _PLATFORM + r"))?\s*(?:[:=]|est|c'est|=|,)?\s*[«\"“]?\s*"
        r"(?P<it>@?(?=[\w.#-]*[\d_.#-])[\w][\w.#-]{2,40})",
        _I,
    ),
    re.compile(
        r"\b(?:pseudo(?:nyme)?|login|user(?:name)?|gamertag)\s*(?::|=|"
        r"\best\b)\s*[«\"“]?\s*(?P<it>@?[\w][\w.#-]{2,40})",
        _I,
    ),
    re.compile(
        rf"(?<!\w){_PLATFORM}\s+(?P<it>@?(?=[\w.#-]*[a-z])(?=[\w.#-]*[\d_])[\w][\w.#-]{{3,"
        rf"40}})",
        _I,
    ),
    re.compile(r"\b\w[\w.]{2,30}#\d{4}\b"),
    re.compile(
        rf"\b(?:page|profil|compte|groupe)\s+{_PLATFORM}\s+(?:«\s*)?(?P<it>@?(?=[\w.#-]*[."
        rf"_\d])[\w][\w.#-]{{3,40}})",
        _I,
    ),
)
_SEP = r"[\s.\-/_·•,|:]{0,3}"
_DIGIT = r"[0-9OoQ]"
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
    re.compile(r"(?<![\w])0[67](?:[\s./-]{0,2}(?:\d{2}|[xX*.…?]{2})){3,4}(?![\wxX*])"),
)
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
_PLATE_CUE = re.compile(
    r"(?:immatricul\w+|plaque\w*|\bimmat\b|v[eé]hicule|voiture|camion|scooter|moto|camionnette|"
    r"fourgon)"
    r"(?:\s+[^\W\d_]+\b){0,3}[\s:,(n°]*(?P<it>(?<![\w-])(?=[A-Z0-9\s-]{0,12}\d)(?=[A-Z0-9\s-]{0,1"
    r"2}[A-Z])[A-Z0-9]{1,4}[\s-]?[A-Z0-9]{2,4}(?:[\s-]?[A-Z0-9]{1,4})?)(?![\w])",
    _I,
)
_SMALL_WORDS = words_of("""de le en et la ce se ne me te je des les un du sa ta ma ha km eur tva ans nb par sur est pas par dans que
    ans max min an mg kg ht ttc pm am gb mb go mo cm mm kw kv bac bat men jan fev mar dec fr rc pts rdv sec m a nc""")
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
    r"(?:[\s'’]+(?:de|d|du|des|la|le|l|n[°ºo]|num[eé]ro|no|caf|cpam|mdph|est|sous|allocataire|"
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


def find_numbers(text: str) -> Iterator[Span]:
    """Find structured identities; where two overlap the first is right."""
    folded_has_digit = any(sign.isdigit() for sign in text)
    yield from _mails(text)
    yield from _links(text)
    if folded_has_digit:
        yield from _banks(text)
        yield from _socials(text)
    yield from _phones(text, folded_has_digit)
    yield from _spelt_phones(text)
    yield from _handles(text)
    if folded_has_digit:
        yield from _plates(text)


def find_files(text: str) -> Iterator[Span]:
    """Find numbers of files and papers, and any long number; to be asked after dates and addresses."""
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


def _mails(text: str) -> Iterator[Span]:
    folded = text.lower()
    if not any(
        sign in folded for sign in ("@", "＠", "aro", "arr", "at", "chez", "&#64", "&commat")
    ):
        return
    for pattern in _EMAILS:
        for match in pattern.finditer(text):
            if " at " in match.group().lower() and not re.search(
                r"(?:\.|point|dot)\s?(?:fr|com|org|net|eu|be)\b", match.group(), _I
            ):
                continue
            yield span_at(text, *_leading_words_off(match), "email", N_("a mail address"), BLOCK)


def _leading_words_off(match: re.Match[str]) -> tuple[int, int]:
    """Leave out the words of the sentence that a spelt address began to swallow (« son mail est a point dupont »)."""
    return match.start(), match.end() - (1 if match.group()[-1] in ".,;" else 0)


def _links(text: str) -> Iterator[Span]:
    for match in _URL.finditer(text):
        end = match.end()
        while text[end - 1] in ".,;:!?)]'’»":
            end -= 1
        yield span_at(text, match.start(), end, "url", N_("a link"))


def _handles(text: str) -> Iterator[Span]:
    for pattern in _HANDLES:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            word = match.group(group)
            if fold(word.strip("@.")) in _SMALL_WORDS or (
                group and _PLAIN.match(word) and ":" not in match.group()
            ):
                continue
            yield span_at(text, *match.span(group), "handle", N_("the name of an account"))


_PLAIN = re.compile(
    r"^(?:groupe|live|story|avec|pour|mais|dans|elle|qui|que|les|des|une|est|ete|"
    r"aussi|il|on|nous|par|chez)$",
    _I,
)


def _phones(text: str, digits: bool) -> Iterator[Span]:
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
            if "\n" in written and count != 10:
                continue
            valid = _is_phone(plain)
            if valid or count >= 9 or (group and count >= 8) or re.search(r"[xX*…?]", written):
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


def _spelt_phones(text: str) -> Iterator[Span]:
    """Find telephone numbers that are told in words, or half in words (« zéro six douze trente-quatre ... »)."""
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
        if spelt >= 3:
            digits = _digits_of([fold(part.group()) for part in run])
            if digits and digits[0] == "0" and 9 <= len(digits) <= 11:
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


def _socials(text: str) -> Iterator[Span]:
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


def _banks(text: str) -> Iterator[Span]:
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


def _country(plain: str) -> bool:
    return plain[:2] in _IBAN_COUNTRIES


_IBAN_COUNTRIES = words_of("""FR BE DE ES PT IT LU NL CH GB IE PL RO BG GR CZ SK HU AT MC MA TN DZ TR MR SN CI MU RS XK AL BA MK ME
    HR SI LT LV EE FI SE DK NO IS MT CY GE AZ UA MD LB PS JO SA AE QA KW BH IL EG LY IR PK BR""")


def _is_iban(plain: str) -> bool:
    from stdnum import iban

    return iban.is_valid(plain, check_country=False)


def _is_rib(parts: tuple[str, ...]) -> bool:
    """Check the two figures at the end of a French bank account."""
    bank, desk, account, key = parts
    figures = "".join(
        str((int(sign, 36) - 9 - (int(sign, 36) >= 28)) % 9 or 9) if sign.isalpha() else sign
        for sign in account.upper()
    )
    return (89 * int(bank) + 15 * int(desk) + 3 * int(figures) + int(key)) % 97 == 0


def _plates(text: str) -> Iterator[Span]:
    for match in _PLATE_NEW.finditer(text):
        first, gap, _figures, gap2, second = match.groups()
        if (
            fold(first) in _SMALL_WORDS
            and fold(second) in _SMALL_WORDS
            and not (first.isupper() and gap in ("-", ""))
        ):
            continue
        if (gap and not gap2) or (gap2 and not gap) or first.isupper() != second.isupper():
            continue
        if (
            gap == " "
            and first.islower()
            and (fold(first) in _SMALL_WORDS or fold(second) in _SMALL_WORDS)
        ):
            continue
        yield span_at(text, *match.span(), "plate", N_("the plate of a vehicle"))
    for match in _PLATE_OLD.finditer(text):
        if fold(match[3]) not in _SMALL_WORDS and bool(match[2]) == bool(match[4]):
            yield span_at(text, *match.span(), "plate", N_("the plate of a vehicle"))
    for match in _PLATE_BELGIAN.finditer(text):
        if fold(re.sub(r"[^A-Za-z]", "", match.group())) not in _SMALL_WORDS:
            yield span_at(text, *match.span(), "plate", N_("the plate of a vehicle"))
    for match in _PLATE_CUE.finditer(text):
        letters = re.findall(r"[A-Za-z]+", match["it"])
        if not any(fold(part) in _SMALL_WORDS for part in letters) and all(
            len(part) <= 4 for part in letters
        ):
            yield span_at(text, *match.span("it"), "plate", N_("the plate of a vehicle"))
