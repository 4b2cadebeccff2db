"""Find what singles somebody out without a name: a role held by one person in a place, a small organisation, age + trade + place.

The words are in `resources/identities/phrases.txt`. They are looked for in the text without accents and in lower case, of the
same length, so that offsets hold; whether a word has a capital is asked of the text itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from desktop.base.i18n import N_
from desktop.privacy.detect.lexicon import Lexicon
from desktop.privacy.detect.spans import Span, span_at
from desktop.privacy.detect.tokens import fold, words_of

_OF = r"(?:de\s+la\s+|de\s+l'\s?|du\s+|des\s+|de\s+|d'\s?|dla\s+)"
_WORD = r"[^\W\d_](?:[\w'-]*\w)?"
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
_NO_PLACE = words_of("""la le les un une des mon ma mes son sa ses leur leurs notre nos votre vos ce cette ces quoi qui que tout tous l
    chaque plein temps domicile cause partir cote pied mi nouveau""")
_PUBLIC = words_of("""caf cpam mdph ccas mairie prefecture rectorat tribunal police ville etat region departement pole emploi france travail
    mission education nationale urssaf justice defenseur droits republique conseil agglo metropole""")


@dataclass(frozen=True)
class _Patterns:
    role: re.Pattern[str]
    only: re.Pattern[str]
    organisation: re.Pattern[str]
    trade: re.Pattern[str]


@cache
def _patterns(
    heads: frozenset[str], places: frozenset[str], unique: frozenset[str], trades: frozenset[str]
) -> _Patterns:
    def any_of(words: frozenset[str]) -> str:
        return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"

    head, place = any_of(heads), any_of(places)
    bodies = (
        r"(?:mairie|commune|ville|ccas|mission\s+locale|mjc|piscine|mediatheque|creche|hopital|"
        r"gendarmerie|brigade|commissariat|caserne|poste|us|fc|as|rc|usm)"
    )
    return _Patterns(
        role=re.compile(
            rf"(?<!\w)(?:(?P<det>l'|l\s|le\s+|la\s+|les\s+|un\s+|une\s+|son\s+|sa\s+|notre\s+|"
            rf"leur\s+|du\s+|au\s+)\s*)?(?:(?:seule?|unique|ancienne?|nouveau|nouvelle|jeune|"
            rf"vieux|vieille|premiere?)\s+)?"
            rf"(?P<role>{any_of(unique)})(?!\w)(?:\s+(?:generale?s?|adjointe?s?|municipale?s?|"
            rf"liberale?s?|scolaire|en\s+chef|noire?|arabe|voilee?|technique|generaliste|"
            rf"de\s+garde))?"
            rf"\s+(?P<of>{_OF}|a\s+|au\s+|a\s+la\s+|a\s+l')(?:(?:petite?|seule?|vieux|vieille|"
            rf"grande?|nouvelle|nouveau)\s+)?"
            rf"(?:(?P<inner>{head}|{bodies})(?:\s+(?:maternelle|primaire|elementaire|publique|"
            rf"privee?|municipale?|local[e]?|social[e]?|sportif|culturel(?:le)?))*"
            rf"(?P<rest>\s+(?:{_OF})?(?:{_WORD})(?:[\s-]+{_WORD}){{0,3}})?"
            rf"|(?P<place>{place})(?P<name>\s+(?:{_OF})?(?:{_WORD}|"
            rf"\d+)(?:[\s-]+{_WORD}){{0,3}})?|(?P<town>{_WORD}(?:[\s-]+{_WORD}){{0,3}}))"
        ),
        only=re.compile(
            rf"(?<!\w)(?:l'|le\s+|la\s+|les\s+|mon\s+|notre\s+)?\s*(?:seule?s?|"
            rf"uniques?)\s+(?!(?:a|face|avec|dans|sur|chez|pour|et|qui|que|fois|raison|probleme|"
            rf"solution|reponse|question|chose|souci|"
            rf"condition|mot|jour|but|moyen|fait|espoir|possibilite|explication|trace|preuve|"
            rf"option|bonne|motif|revenu|place|date|salle)\b)(?:{_WORD}\s+){{0,5}}?"
            rf"(?:{_OF}|dans\s+(?:la\s+|le\s+|l'|cette\s+|ce\s+|tout\s+le\s+)?|a\s+(?:l'|la\s+)?|"
            rf"chez\s+|sur\s+(?:la\s+|le\s+)?)"
            rf"(?:{head}|{place}|classe|service|equipe|promotion|promo|etage|groupe|rayon|bureau|"
            rf"chaine|ligne|entrepot|depot|usine|conseil|etablissement|ecole|ville|{_WORD})"
            rf"(?!\w)(?:\s+(?:de\s+)?[a-z]\b(?!'))?"
        ),
        organisation=re.compile(
            rf"(?<![\w-])(?P<det>l'|l\s|le\s+|la\s+|les\s+|un\s+|une\s+|du\s+|au\s+|aux\s+|"
            rf"des\s+|mon\s+|son\s+|sa\s+|leur\s+|cette\s+|ce\s+|cet\s+|de\s+|d'|chez\s+|"
            rf"notre\s+)?\s*(?P<head>{head})(?![\w-])"
        ),
        trade=re.compile(rf"(?<![\w'-]){any_of(trades)}s?(?![\w-])"),
    )


def find_singling_out(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Find roles, small organisations, and ages with trade and place; where two overlap the first is right."""
    flat = flatten(text)
    words = lexicon.phrases
    patterns = _patterns(words["heads"], words["places"], words["unique"], words["trades"])
    yield from _profiles(text, flat, patterns, lexicon)
    for match in patterns.only.finditer(flat):
        yield span_at(
            text, *match.span(), "unique_role", N_("the only one in a place"), certain=False
        )
    yield from _roles(text, flat, patterns, lexicon)
    yield from _organisations(text, flat, patterns, lexicon)


def flatten(text: str) -> str:
    """Fold a text letter by letter: the same length, so that places in it are places in the text."""
    if text.isascii():
        return text.lower()
    out = []
    for sign in text:
        if sign in "’‘`´":
            out.append("'")
        elif sign in "\u00a0\u202f":
            out.append(" ")
        elif sign.isascii():
            out.append(sign.lower())
        else:
            plain = fold(sign)
            out.append(plain[0] if plain else " ")
    return "".join(out)


def _is_capital(text: str, at: int) -> bool:
    return at < len(text) and text[at].isupper()


def _cased(text: str) -> bool:
    return not text.isupper() and text != text.lower()


def _named(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Say where a name that begins here ends: words with capitals, or unknown ones; `start` if there is none."""
    last, cased = start, _cased(text)
    for match in re.finditer(r"[^\W\d_](?:[\w’'-]*\w)?|\d+|\S", text[start:end]):
        word = match.group()
        if not word[0].isalnum():
            break
        folded = fold(word)
        status = lexicon.status(re.split(r"[-'’]", folded)[-1])
        joint = folded in (
            "de",
            "du",
            "des",
            "la",
            "le",
            "les",
            "et",
            "d",
            "l",
            "en",
            "sur",
            "sous",
            "aux",
        )
        good = word[0].isupper() or word[0].isdigit() if cased else status in ("U", "T", "thing")
        if good and word[0].isdigit() and last == start:
            break
        if good and folded not in _PUBLIC:
            last = start + match.end()
        elif not joint or (not cased and last > start):
            break
    return last


def _roles(text: str, flat: str, patterns: _Patterns, lexicon: Lexicon) -> Iterator[Span]:
    for match in patterns.role.finditer(flat):
        strong = bool(re.search(r"(?<!\w)(?:seule?|unique)\s", match.group()[:24]))
        if match["inner"]:
            end = match.end("inner")
            rest = match.start("rest") if match["rest"] else -1
            named = _complement(text, flat, rest, match.end(), lexicon) if rest >= 0 else rest
            body = not re.match(
                r"ecole|creche|college|lycee|entreprise|societe|magasin|boite|"
                r"agence|cantine|restaurant|cabinet|bar\b|salon|salle|chantier|"
                r"atelier|"
                r"syndic|club|association|asso|journal|stade|institut|"
                r"bibliotheque|hotel|foyer|usine|garage|boutique|cafe|gymnase|"
                r"commune|ville|us|as|fc|rc",
                match["inner"],
            )
            chained = _chain(text, flat, match.end("inner"), lexicon)
            if named > rest >= 0 or chained > 0:
                end = max(named, chained)
            elif not (
                strong
                or (
                    body
                    and re.match(
                        r"direct|president|maire|imam|cure|tresor|"
                        r"gardien|chef|principal|responsable|gerant|"
                        r"patron|coordinat",
                        match["role"],
                    )
                )
            ):
                continue
        elif match["place"]:
            end = match.end("place")
            named = (
                _complement(text, flat, match.start("name"), match.end("name"), lexicon)
                if match["name"]
                else -1
            )
            if match["name"] and re.match(r"\s+(?:[a-z]|\d+)(?!\w|')", flat[match.start("name") :]):
                named = (
                    match.start("name")
                    + re.match(r"\s+(?:[a-z]|\d+)", flat[match.start("name") :]).end()
                )  # type: ignore[union-attr]
            end = max(end, named, _chain(text, flat, match.end("place"), lexicon))
            if end > match.end("place"):
                named = end
            if (
                match["place"] in ("place", "rue", "zone", "port", "gare", "ville")
                and named < 0
                and match["place"] != ("ville")
            ):
                continue
            if match["of"].startswith(("a", "au")) and named < 0:
                continue
            if (
                re.match(
                    r"(?:chef|responsable|adjoint|referent|apprenti|agent|mediat|secretaire|"
                    r"conseiller|delegue|animat|educat)",
                    match["role"],
                )
                and named < 0
                and not strong
            ):
                continue
        else:
            start = match.start("town")
            first = re.match(_WORD, flat[start:])
            word = first.group() if first else ""
            status = lexicon.status(re.split(r"[-']", word)[-1]) if word else "V"
            capital = _is_capital(text, start)
            if (
                not _is_town(text, flat, start, word, lexicon)
                or status in ("org", "thing", "nation", "month", "day")
                or (not capital and word in _NO_PLACE)
            ):
                continue
            end = max(_named(text, start, match.end(), lexicon), start + len(word))
        yield span_at(
            text,
            match.start(),
            end,
            "unique_role",
            N_("a role that one person holds there"),
            certain=False,
        )


def _is_town(text: str, flat: str, start: int, word: str, lexicon: Lexicon) -> bool:
    """Tell a commune from the rest: a name of one, or hyphened names of which the parts are."""
    parts = [part for part in re.split(r"[-']", word) if part]
    if not parts or (_cased(text) and not _is_capital(text, start)):
        return False
    if any(lexicon.is_town(part) for part in parts):
        return len(parts) > 1 or lexicon.is_town(word)
    return False


_QUALIFIES = re.compile(
    r".*(?:ique|al|ale|ales|aux|aire|aires|if|ive|ien|ienne|iens|el|elle|ain|"
    r"aine|eux|euse|ier|iere|ais|aise|ois|oise)$"
)
_LINKS = frozenset(
    (
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "en",
        "sur",
        "sous",
        "aux",
        "au",
        "saint",
        "sainte",
    )
)


def _chain(text: str, flat: str, at: int, lexicon: Lexicon) -> int:
    """Follow « du club de judo de Jeumont » from `at` to its proper name or place; -1 if none comes within eight words."""
    last, linked = -1, False
    places = lexicon.phrases["places"]
    cased = _cased(text)
    for count, match in enumerate(re.finditer(r"[^\W\d_][\w-]*|\d+|\S", flat[at : at + 90])):
        word = match.group()
        start, end = at + match.start(), at + match.end()
        if word in ("'",):
            continue
        if count > 11 or not word[0].isalnum():
            break
        if word in _LINKS:
            linked = True
            continue
        status = lexicon.status(re.split(r"[-']", word)[-1])
        capital = _is_capital(text, start) if cased else status in ("U", "T")
        if (
            (capital and status not in ("aux", "clit", "conj", "say"))
            or (
                re.fullmatch(r"[a-z]|\d{1,3}", word)
                and last < 0
                and cased
                and _is_capital(text, start)
            )
            or (
                linked
                and (
                    word in places
                    or word
                    in (
                        "galerie",
                        "galeries",
                        "zac",
                        "plage",
                        "centre",
                        "boulevard",
                        "pont",
                        "parc",
                        "mairie",
                    )
                )
            )
        ):
            last = end
        elif (
            status
            in ("aux", "clit", "conj", "prep", "neg", "say", "adv", "wh", "greet", "civ", "sms")
            or not (linked or _QUALIFIES.match(word))
            or last > 0
        ):
            break
        linked = False
    return last


def _complement(text: str, flat: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Say where the name ends that follows « de l'école »; -1 if it is none."""
    if start < 0:
        return -1
    lead = re.match(rf"\s+(?:{_OF})?(?:la\s+|le\s+|les\s+|l')?", flat[start:])
    begin = start + (lead.end() if lead else 0)
    last = _named(text, begin, end, lexicon)
    return last if last > begin else -1


def _organisations(text: str, flat: str, patterns: _Patterns, lexicon: Lexicon) -> Iterator[Span]:
    for match in patterns.organisation.finditer(flat):
        begin, at = match.start("head"), match.end("head")
        if match["det"] and re.match(
            r"l'|l\s|l[ae]s?\s|une?\s|cet|ce\s|notre|mon|son|sa|leur", match["det"]
        ):
            begin = match.start("det")
        quoted = re.match(r"\s+(?:\w+\s+)?[«\"“]\s?[^»\"”\n]{2,40}[»\"”]", text[at:])
        if quoted and match["det"]:
            yield span_at(
                text,
                begin,
                at + quoted.end(),
                "organisation",
                N_("a small organisation"),
                certain=False,
            )
            continue
        kind = re.match(
            r"(?:\s+(?:de\s+(?:quartier|village|coiffure|sport|foot(?:ball)?|boxe|"
            r"judo|danse|musique|formation|couture|fleurs|basket|handball|rugby|"
            r"natation|petanque|theatre)|"
            r"immobilieres?|familiale?|sportif|sportive|culturelle?|medical|dentaire|"
            r"solidaire|automobile|professionnel(?:le)?|prive[e]?|publi(?:c|que)|"
            r"primaire|maternelle|elementaire|turque?|portugais[e]?|marocaine?|"
            r"algerien(?:ne)?|chinois[e]?|italien(?:ne)?|halal|africain[e]?|bio|"
            r"d'interim|d'insertion|"
            r"artisanale?|social[e]?|generale?|de\s+beaute|de\s+nuit|d'avocats?|"
            r"d'infirmier[e]?s|veterinaire|notarial|comptable))*",
            flat[at:],
        )
        at += kind.end() if kind else 0
        local = re.match(
            rf"\s+(?:(?:{_OF}|dans\s+(?:la\s+|le\s+)?|sur\s+la\s+|"
            rf"en\s+face\s+(?:{_OF})?|pres\s+(?:{_OF})|a\s+cote\s+(?:{_OF})|"
            rf"au\s+coin\s+(?:{_OF})?|derriere\s+(?:la\s+|le\s+|l')?|"
            rf"face\s+a\s+(?:la\s+|l')?)"
            r"(?:rue|place|avenue|boulevard|quartier|cite|coin|village|bourg|gare|"
            r"tour|residence|mairie|eglise|ecole|college|lycee|poste|marche|"
            r"centre[- ]ville|zone|rond-point|pont|port|hameau|impasse)"
            rf"|d'en\s+(?:face|bas|haut)|d'a\s+cote|du\s+coin)(?!\w)",
            flat[at:],
        )
        if (
            local
            and match["head"]
            not in (
                "salon",
                "bar tabac",
                "stade",
                "gymnase",
                "piscine",
                "eglise",
                "chantier",
                "cantine",
                "atelier",
                "comite",
                "collectif",
            )
            and match["det"]
        ):
            end = at + local.end()
            named = _complement(text, flat, end, min(len(text), end + 40), lexicon)
            yield span_at(
                text,
                begin,
                max(end, named, _chain(text, flat, end, lexicon)),
                "organisation",
                N_("a small organisation"),
                certain=False,
            )
            continue
        end = _name_after(text, flat, at, lexicon, match["head"])
        if end > at and not (
            match["head"]
            in ("bar", "salon", "institut", "comite", "chantier", "syndic", "journal", "etude")
            and not match["det"]
        ):
            yield span_at(
                text, begin, end, "organisation", N_("a small organisation"), certain=False
            )


_BIG = re.compile(
    r"(?:magasin|entreprise|societe|agence|enseigne|supermarche|usine|boite|"
    r"chantier|transports?|radio|journal|hotel|syndicat|etablissements?|radio)$"
)


def _name_after(text: str, flat: str, at: int, lexicon: Lexicon, head: str) -> int:
    """Say where the proper name of an organisation ends; `at` if none follows."""
    lead = re.match(rf"\s+(?P<of>{_OF})?(?P<the>la\s+|le\s+|les\s+|l')?", flat[at:])
    if not lead:
        return at
    begin = at + lead.end()
    first = re.match(_WORD, flat[begin:])
    if not first:
        return at
    word = first.group()
    status = lexicon.status(
        re.split(r"[-']", fold(text[begin : begin + len(word)]).replace("’", "'"))[-1]
    )
    if word in _PUBLIC or status in (
        "org",
        "sigle",
        "nation",
        "month",
        "day",
        "country",
        "clit",
        "aux",
        "civ",
    ):
        return at
    capital = _is_capital(text, begin) or (
        bool(lead["the"]) and text[begin - len(lead["the"])].isupper()
    )
    if _cased(text):
        if not capital:
            return _quality(text, flat, at, lexicon)
        if _BIG.match(head) and status == "thing":
            return at
        if (
            lead["of"]
            and _is_town(text, flat, begin, word, lexicon)
            and (status == "T" or "-" in word)
            and not re.match(r"asso|club|amicale|collectif|comite|mosquee", head)
        ):
            return at
        end = max(_named(text, begin, min(len(text), begin + 50), lexicon), begin + len(word))
        family = re.match(
            r"\s+(?:et|&)\s+(?:fils|filles?|freres?|cie|associes|soeurs?)\b", flat[end:]
        )
        place = re.match(
            rf"\s+{_OF}(?:gare|plage|centre|galerie|rue|avenue|place|zone|"
            rf"port)(?!\w)|\s+de\s+(?=[^\W\d_])",
            flat[end:],
        )
        if place and place.group().strip() == "de":
            return (
                _named(text, end + place.end(), min(len(text), end + 40), lexicon)
                if _is_capital(text, end + place.end())
                else end
            )
        return end + (family.end() if family else 0) + (place.end() if place else 0)
    if status == "thing" and _BIG.match(head):
        return at
    if lead["of"] and lexicon.is_town(word):
        return at
    if (
        status in ("U", "W")
        or (lead["the"] and not lead["of"] and status in ("V",))
        or (status == "T" and not lead["of"])
    ):
        if status == "W" and (not lead["the"] or lead["of"]) and len(word) < 3:
            return at
        if status == "W" and lead["of"]:
            return at
        end = _named(text, begin, min(len(text), begin + 50), lexicon)
        return max(end, begin + len(word))
    return at


def _quality(text: str, flat: str, at: int, lexicon: Lexicon) -> int:
    """Take « association des parents d'élèves de Bavay »: a description that ends with a proper name."""
    match = re.match(rf"\s+{_OF}{_WORD}(?:\s+{_WORD}){{0,2}}?\s+{_OF}(?={_WORD})", flat[at:])
    if match and _is_capital(text, at + match.end()):
        return max(
            at, _named(text, at + match.end(), min(len(text), at + match.end() + 40), lexicon)
        )
    return at


def _profiles(text: str, flat: str, patterns: _Patterns, lexicon: Lexicon) -> Iterator[Span]:
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
    cased = _cased(text)
    for match in re.finditer(r"[^\W\d_](?:[\w-]*\w)?", flat[start:end]):
        at = start + match.start()
        word = match.group()
        before = flat[max(start, at - 12) : at]
        if (
            _is_town(text, flat, at, word, lexicon)
            and (
                cased
                or re.search(
                    r"(?:\b(?:a|de|sur|vers|pres de|habite|d'|commune|ville)\s*|[,(-]\s*)$", before
                )
                or lexicon.status(word) == "T"
            )
        ) or (
            cased
            and _is_capital(text, at)
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
                rf"\s+(?:{_OF}|d[u']\s?)?(?:la\s+|le\s+|les\s+|l')?[^\W\d_][\w-]*",
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
