"""Find addresses with a number or a floor, buildings and flats, post codes, coordinates."""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.lexicon import PLACES, shipped_lexicon
from desktop.privacy.detect.places_dates.dates import DAY_WORDS
from desktop.privacy.detect.spans import Span, span_at
from desktop.privacy.detect.tokens import fold, words_of

_I = re.IGNORECASE
_WAY = (
    r"(?:rue|r\.|avenue|av\.?|ave\.?|boulevard|bd\.?|bld|blvd|place|pl\.|all[eé]es?|impasse|"
    r"imp\.|chemin|ch\.|route|rte\.?|square|sq\.|quai|cours|passage|"
    r"ruelle|sentier|venelle|esplanade|faubourg|fbg?|chauss[eé]e|r[eé]sidence|r[eé]s\.?|"
    r"cit[eé]|rond[\s-]point|villa|clos|hameau|lotissement|lot\.|voie|"
    r"cour|mail|promenade|corniche|c[oô]te|mont[eé]e|rang[eé]e|coron|drève|traverse|parvis|"
    r"lieu[\s-]dit|straat|steenweg)"
)
_NUMBER = (
    r"(?:n[°ºo]\s?)?\d{1,4}(?:\s?(?:bis|ter|quater|[a-dA-D])(?!\w))?(?:\s?[-/à]\s?\d{1,4}(?!\d))?"
)
_END = r"(?=\s*(?:$|[\n;:!?)»\"]|\.(?:\s|$)|,|\s-\s))"
_NAME_WORD = r"(?:[^\W\d_][\w'’.-]*|\d{1,2}(?=\s(?:[A-Za-zé]+\s)(?:19|20)\d\d)|(?:19|20)\d\d)"
_LINK = (
    r"(?:de|du|des|la|le|les|l['’]|d['’]|aux?|et|saint|sainte|st|ste|g[eé]n[eé]ral|mar[eé]chal|"
    r"docteur|dr|colonel|abb[eé]|fr[eè]res?|pr[eé]sident|commandant|capitaine|professeur|notre|"
    r"dame|vieux|vieille|grand|grande|petit|petite|haut|bas|pont)"
)
_FLOOR = (
    r"(?:\d{1,2}\s?(?:er|[eè]me|i[eè]me|e|ème)\s+(?:[eé]tage|gauche|droite|[eé]t\.?)|"
    r"(?:premier|deuxi[eè]me|troisi[eè]me|quatri[eè]me|cinqui[eè]me|sixi[eè]me|"
    r"septi[eè]me|huiti[eè]me|neuvi[eè]me|dixi[eè]me|dernier|1er)\s+[eé]tage|"
    r"[eé]tage\s+\d{1,2}|rdc|rez[\s-]de[\s-]chauss[eé]e|"
    r"\d{1,2}\s?(?:e|er|[eè]me)(?=\s*(?:$|[,;.)\n])))"
)
_UNIT = (
    r"(?:porte\s+(?:de\s+)?(?:gauche|droite)(?!\w)|"
    r"(?:b[aâ]t(?:iment|\.)?|appartement|appart?|appt?\.?|apt\.?|porte|escalier|esc\.?|"
    r"entr[eé]e|hall|bloc|tour|logement|lgt|chambre|ch\.?|"
    r"bo[iî]te(?:\s+aux\s+lettres)?|pavillon|studio|villa|emplacement|caravane|"
    r"lot)\s*(?:n[°ºo]?\s?)?(?:[A-Z]?\d{1,4}[A-Za-z]?|(?-i:[A-Z])\d?|[a-h](?=\s*(?:$|[,;"
    r".\n)]|porte|app|esc|[eé]tage)))(?![\w'’]))"
)
_ADDRESS = re.compile(
    rf"(?<![\w/.-])(?P<number>{_NUMBER}),?\s+(?P<way>{_WAY})\s+(?:{_LINK}[\s-]*)*(?P<name>"
    rf"{_NAME_WORD}(?:[\s-]{_NAME_WORD}){{0,5}})",
    _I,
)
_BEFORE_UNIT = re.compile(
    rf"(?<!\w)(?:{_WAY}|tour|foyer|h[oô]tel|immeuble|camp|camping|aire|"
    rf"caserne)\s+(?:{_LINK}[\s-]*)*[^\W\d_][\w'’.-]*(?:[\s-][^\W\d_][\w'’.-]*){{0,2}}?\s*,?\s+"
    rf"(?=(?:au\s+)?(?:{_FLOOR}|{_UNIT}))",
    _I,
)
_NUMBER_TOLD = re.compile(
    rf"(?<!\w)(?:{DAY_WORDS})(?:\s(?:bis|ter))?,?\s+(?:de\s+la\s+|du\s+|de\s+l['’]\s?)?"
    rf"(?P<way>rue|avenue|boulevard|impasse|all[eé]e|chemin|quai|square|route)\s+(?:{_LINK}[\s-]*)*"
    rf"(?P<name>{_NAME_WORD}(?:[\s-]{_NAME_WORD}){{0,4}})",
    _I,
)
_NUMBER_OF = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,4}}(?:\s?(?:bis|ter))?)\s+(?:de\s+la|de\s+l['’]|"
    rf"du|des|de)\s*(?P<way>{_WAY})\s+(?:{_LINK}[\s-]*)*(?P<name>{_NAME_WORD}"
    rf"(?:[\s-]{_NAME_WORD}){{0,4}})",
    _I,
)
_NUMBER_AFTER = re.compile(
    rf"(?<!\w)(?P<way>{_WAY})\s+(?:{_LINK}[\s-]*)*(?:[^\W\d_][\w'’-]*)(?:["
    rf"\s-][^\W\d_][\w'’-]*){{0,4}}?\s*,?\s+(?:au\s+|num[eé]ro\s+|"
    rf"n[°º]\s?|no\s)\s?\d{{1,4}}"
    rf"(?:\s?(?:bis|ter))?(?![\w/:%€])",
    _I,
)
_LIVES = re.compile(
    rf"(?:\b(?:habit\w*|demeur\w*|r[eé]sid\w*|domicili\w*|log[eé]e?s?|loge|vit|vivent|vivant|"
    rf"h[eé]berg[eé]e?s?|adresse|visite(?:\s+à\s+domicile)?|relog[eé]e?s?)\b[^\n.;!?]{{0,28}}?\s|"
    rf"^)"
    rf"(?P<it>{_WAY}\s+(?:{_LINK}[\s-]*)*{_NAME_WORD}(?:[\s-]{_NAME_WORD}){{0,3}})",
    _I | re.MULTILINE,
)
_PARTS = re.compile(rf"(?<![\w-])(?:{_FLOOR}|{_UNIT})", _I)
_PLACE_UNIT = re.compile(rf"(?<![\w-]){_UNIT}", _I)
_POSTCODE = re.compile(
    r"(?<![\w.,/-])(?:F-|B-)?\d{2}\s?\d{3}\s+(?:cedex\s+)?(?P<town>[A-ZÀ-Þ][\w"
    r"'’-]+(?:[\s-](?:[A-ZÀ-Þ][\w'’-]+|en|sur|sous|le|la|les|du|de|l['’]\w+|"
    r"lès|lez))*)"
)
_BOX = re.compile(
    r"(?<!\w)(?:bp|b\.p\.|bo[iî]te\s+postale|cs|lieu[\s-]dit|"
    r"lieudit)\s+(?:n[°o]\s?)?(?:\d{2,6}|(?:les?|la|l['’])?\s?[A-ZÀ-Þ][\w'’-]+(?:["
    r"\s-][A-ZÀ-Þ][\w'’-]+)*)",
    _I,
)
_GPS = re.compile(
    r"(?<![\w.])[-+]?\d{1,2}[.,]\d{3,8}\s?[°NS]?\s?[,;"
    r"/\s]\s?[-+]?\d{1,3}[.,]\d{3,8}(?:\s?[°EWO])?|\d{1,2}°\s?\d{1,2}['’′]\s?(?:\d{"
    r"1,2}(?:[.,]\d+)?[\"”″]\s?)?[NS]"
    r"[\s,]*\d{1,3}°\s?\d{1,2}['’′]\s?(?:\d{1,2}(?:[.,]\d+)?[\"”″]\s?)?[EWO]"
)
_STOP = words_of(
    """et a est ou qui que depuis avec dans pour sans mais car elle il on ils elles nous je chez
    pas au aux en ont sont etait vers demande demandent veut refuse signale dit explique tel
    contre ne n le la les un une son sa ses ou j c s y apres avant hier ce cette jusqu pres lors
    par sur puis tout tres rdv ya j'ai suite rappelle attend vient selon quand si comme deux
    trois toute habite vit"""
)


def find_places(text: str) -> Iterator[Span]:
    """Find addresses: number and way, with town and floor; buildings and flats; post codes;
    coordinates."""
    for match in _GPS.finditer(text):
        yield span_at(text, *match.span(), "address", N_("a place on the map"))
    for match in _ADDRESS.finditer(text):
        end = _end_of_name(text, match.start("name"), match.end("name"))
        if end > match.start("name"):
            yield span_at(text, match.start(), _with_parts(text, end), "address", N_("an address"))
    for pattern in (_NUMBER_OF, _NUMBER_TOLD):
        for match in pattern.finditer(text):
            end = _end_of_name(text, match.start("name"), match.end("name"))
            if end > match.start("name"):
                end = _with_parts(text, end)
                yield span_at(text, match.start(), end, "address", N_("an address"))
    for match in _BEFORE_UNIT.finditer(text):
        if not any(_stops(word) for word in match.group().split()[1:]):
            yield span_at(
                text,
                match.start(),
                _with_parts(
                    text, match.end() - (len(match.group()) - len(match.group().rstrip(" ,")))
                ),
                "address",
                N_("an address"),
            )
    for match in _NUMBER_AFTER.finditer(text):
        if not any(_stops(word) for word in match.group().split()[1:-1] if word != "au"):
            yield span_at(
                text, match.start(), _with_parts(text, match.end()), "address", N_("an address")
            )
    for match in _LIVES.finditer(text):
        end = _end_of_name(text, match.start("it"), match.end("it"))
        if len(text[match.start("it") : end].split()) > 1 and (
            match.start("it") > match.start() or re.search(r"\d", text[end : end + 20])
        ):
            yield span_at(
                text,
                match.start("it"),
                _with_parts(text, end),
                "address",
                N_("an address"),
                certain=False,
            )
    for pattern in (_BOX, _POSTCODE):
        for match in pattern.finditer(text):
            yield span_at(
                text,
                match.start(),
                _with_parts(text, match.end()),
                "address",
                N_("an address"),
                certain=False,
            )


def find_units(text: str) -> Iterator[Span]:
    """Find buildings, doors and floors; a role that names one is asked before."""
    for match in _PLACE_UNIT.finditer(text):
        if re.search(r"\d|\b[A-Z]\b", match.group()) or match.group().split()[-1].islower():
            yield span_at(
                text,
                match.start(),
                _with_parts(text, match.end()),
                "address",
                N_("a building, a door or a floor"),
                certain=False,
            )


def _stops(word: str) -> bool:
    return word.lower().strip("'’") in _STOP


def _end_of_name(text: str, start: int, end: int) -> int:
    """Cut the name of a way where the sentence goes on, or where the small words say that it
    does."""
    cased = text[start:end] != text[start:end].lower() and not text.isupper()
    last = start
    for match in re.finditer(r"[^\s]+", text[start:end]):
        word = match.group()
        plain = word.lower().strip("'’.,")
        if last > start and (
            (plain in _STOP and plain not in ("le", "la", "les", "en", "sur"))
            or re.match(r"^(?:n'|s'|j'|l'a|d'apr|c'|qu')", plain)
        ):
            break
        if (
            cased
            and last > start
            and word[0].islower()
            and not re.fullmatch(
                rf"{_LINK}|en|sur|sous|lès|lez|mai|novembre|juin|septembre|juillet|août|mars",
                plain,
                _I,
            )
        ):
            break
        last = start + match.end()
    while (
        last > start
        and text[start:last].split()[-1:]
        and text[start:last].split()[-1].lower() in _STOP | {"de", "du", "des", "à", "sur"}
    ):
        last = start + len(text[start:last].rstrip()) - len(text[start:last].split()[-1])
    return start + len(text[start:last].rstrip(" .,"))


def _with_parts(text: str, end: int) -> int:
    """Take in what goes on after an address: post code and town, building, floor."""
    while True:
        rest = text[end : end + 70]
        gap = re.match(r"(?:\s*[,;\-–(]\s*|\s+|\s*\n\s*)(?:au\s+|dans\s+le\s+|à\s+)?", rest)
        if not gap:
            return end
        after = end + gap.end()
        town = (
            re.match(r"(?:[àa]\s+)?(?P<town>[^\W\d_][\w’'-]*)", text[after:])
            if "\n" not in gap.group()
            else None
        )
        if (
            town
            and (re.match(r"[àa]\s", town.group()) or gap.group().strip() in (",", "-", "à"))
            and _is_town(town["town"])
        ):
            end = after + town.end()
            continue
        part = (
            _PARTS.match(text, after)
            or _POSTCODE.match(text, after)
            or _POSTCODE_LOWER.match(text, after)
            or _BOX.match(text, after)
            or (_TOWN.match(text, after) if "\n" not in gap.group() else None)
        )
        if not part:
            return end
        end = part.end()


def _is_town(word: str) -> bool:
    """Tell a commune; a word that is French too must have its capital."""
    lexicon = shipped_lexicon()
    parts = [part for part in re.split(r"[-'’]", fold(word)) if part]
    if not any(lexicon.is_town(part) for part in parts):
        return False
    return word[0].isupper() or lexicon.status(parts[-1]) in PLACES or len(parts) > 1


_TOWN = re.compile(
    r"(?<=[,\sà(-])(?=[A-ZÀ-Þ])(?:[A-ZÀ-Þ][\w'’]*[a-zà-ÿ][\w'’]*)(?:-(?:[\w'’]+))*"
    r"(?=\s*(?:$|[,.;\n)!?]))"
)
_POSTCODE_LOWER = re.compile(r"\d{2}\s?\d{3}(?:\s+[^\W\d_][\w'’-]+)?", _I)
