"""Find small organisations: « l'association Les Colombes », « la boulangerie de la rue Gambetta
»."""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.features import morphology
from desktop.privacy.detect.lexicon import PLACES, Lexicon
from desktop.privacy.detect.singling_out.patterns import OF, PUBLIC, WORD, Patterns
from desktop.privacy.detect.singling_out.reach import (
    end_of_chain,
    end_of_complement,
    end_of_name,
    is_capital,
    is_cased,
    is_town,
)
from desktop.privacy.detect.spans import Span, span_at
from desktop.privacy.detect.tokens import fold

_FAMILY = re.compile(r"\s+(?:et|&)\s+(?:fils|filles?|freres?|cie|associes|soeurs?)\b")
_HOUSE = re.compile(
    r"brasserie|bar|camping|hotel|restaurant|resto|cafe|clinique|polyclinique|pharmacie|garage|auto|boulangerie|patisserie|boucherie|"
    r"creche|residence|epicerie|superette|friterie|pizzeria|kebab|snack|tabac|librairie|fleuriste|onglerie|salon|coiffeur|barbier|"
    r"pressing|laverie|opticien|cinema|ferme|gite|discotheque|imprimerie|bistrot|foyer|ehpad|institut|station|poissonnerie|fromagerie"
)
"""What is often named after what lies near: « la pharmacie du marché »."""
_INVERSION = re.compile(r"-(?:la|ci|elles?|ils?|on|vous|nous|je|tu|moi|lui|leur|ce|t|y|en)$")
_BIG = re.compile(
    r"(?:magasin|entreprise|societe|agence|enseigne|supermarche|usine|boite|"
    r"chantier|transports?|radio|journal|hotel|syndicat|etablissements?|radio)$"
)


def find_organisations(
    text: str, flat: str, patterns: Patterns, lexicon: Lexicon
) -> Iterator[Span]:
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
            rf"\s+(?:(?:{OF}|dans\s+(?:la\s+|le\s+)?|sur\s+la\s+|"
            rf"en\s+face\s+(?:{OF})?|pres\s+(?:{OF})|a\s+cote\s+(?:{OF})|"
            rf"au\s+coin\s+(?:{OF})?|derriere\s+(?:la\s+|le\s+|l')?|"
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
            named = end_of_complement(text, flat, end, min(len(text), end + 40), lexicon)
            yield span_at(
                text,
                begin,
                max(end, named, end_of_chain(text, flat, end, lexicon)),
                "organisation",
                N_("a small organisation"),
                certain=False,
            )
            continue
        end = _name_after(text, flat, at, lexicon, match["head"])
        if end <= at:
            end = _described(text, flat, at, lexicon, match["head"])
        if end > at and not (
            match["head"]
            in ("bar", "salon", "institut", "comite", "chantier", "syndic", "journal", "etude")
            and not match["det"]
        ):
            yield span_at(
                text, begin, end, "organisation", N_("a small organisation"), certain=False
            )


def _name_after(text: str, flat: str, at: int, lexicon: Lexicon, head: str) -> int:
    """Say where the proper name of an organisation ends; `at` if none follows."""
    lead = re.match(rf"\s+(?P<of>{OF})?(?P<the>la\s+|le\s+|les\s+|l')?", flat[at:])
    if not lead:
        return at
    begin = at + lead.end()
    first = re.match(WORD, flat[begin:])
    if not first:
        return at
    word = first.group()
    status = lexicon.status(
        re.split(r"[-']", fold(text[begin : begin + len(word)]).replace("’", "'"))[-1]
    )
    letter = len(word) == 1 and is_capital(text, begin) and not lead["of"]
    if word in PUBLIC or (
        not letter
        and status
        in (
            "org",
            "sigle",
            "nation",
            "month",
            "day",
            "country",
            "clit",
            "aux",
            "civ",
        )
    ):
        return at
    capital = is_capital(text, begin) or (
        bool(lead["the"]) and text[begin - len(lead["the"])].isupper()
    )
    if (
        lexicon.phrases["named_after"] & {word}
        and lead["of"]
        and not capital
        and _HOUSE.match(head)
    ):
        return begin + len(word)
    chez = re.match(r"chez\s+(?=[^\W\d_])", flat[begin:])
    if chez and re.match(
        r"restaurant|resto|bar|cafe|salon|snack|kebab|pizzeria|friterie|bistrot|brasserie|traiteur",
        head,
    ):
        named = begin + chez.end()
        follows = re.match(WORD, flat[named:])
        return max(
            end_of_name(text, named, min(len(text), named + 40), lexicon),
            named + (follows.end() if follows else 0),
        )
    plural = (lead["the"] or "").strip() == "les" and word[-1] in "sx" and status in ("V", "W")
    if is_cased(text) and not (not capital and (status == "U" or (plural and not lead["of"]))):
        if not capital:
            return _quality(text, flat, at, lexicon)
        if _BIG.match(head) and status == "thing":
            return at
        if (
            lead["of"]
            and is_town(text, flat, begin, word, lexicon)
            and (status in PLACES or "-" in word)
            and not re.match(r"asso|club|amicale|collectif|comite|mosquee", head)
        ):
            return at
        end = max(end_of_name(text, begin, min(len(text), begin + 50), lexicon), begin + len(word))
        family = _FAMILY.match(flat, end)
        place = re.match(
            rf"\s+{OF}(?:gare|plage|centre|galerie|rue|avenue|place|zone|"
            rf"port)(?!\w)|\s+de\s+(?=[^\W\d_])",
            flat[end:],
        )
        if place and place.group().strip() == "de":
            return (
                end_of_name(text, end + place.end(), min(len(text), end + 40), lexicon)
                if is_capital(text, end + place.end())
                else end
            )
        return (family.end() if family else end) + (place.end() if place else 0)
    if status == "thing" and _BIG.match(head):
        return at
    if lead["of"] and lexicon.is_town(word):
        return at
    if (
        status in ("U", "W")
        or (
            lead["the"]
            and not lead["of"]
            and status == "V"
            and (plural or (lexicon.knows(word + "s") and morphology(word, lexicon)[0] != "v"))
        )
        or (status in PLACES and not lead["of"])
    ):
        if status == "W" and (not lead["the"] or lead["of"]) and len(word) < 3:
            return at
        if status == "W" and lead["of"]:
            return at
        end = max(end_of_name(text, begin, min(len(text), begin + 50), lexicon), begin + len(word))
        family = _FAMILY.match(flat, end)
        return family.end() if family else end
    # « l'école jules-ferry », « le club de boxe de sous-le-bois » in small letters.
    if "-" in word and not _INVERSION.search(word):
        return begin + len(word)
    return at


def _described(text: str, flat: str, at: int, lexicon: Lexicon, head: str) -> int:
    """Follow « de nettoyage Propnet », « des Portugais de Louvroil »; `at` if only a town ends
    it."""
    if not is_cased(text):
        return at
    end = end_of_chain(text, flat, at, lexicon)
    if end < 0 or not text[at:end].strip():
        return at
    words = list(re.finditer(r"[^\W\d_][\w’'-]*", text[at:end]))
    first, last = words[0].group(), words[-1]
    if not last.group()[0].isupper() or len(words) < 2 or fold(first) in PUBLIC:
        return at
    begin = at + last.start()
    linked = bool(re.search(rf"\s{OF}$", flat[at:begin]))
    social = re.match(
        r"asso|club|amicale|collectif|comite|mosquee|chorale|harmonie|fanfare|compagnie|troupe",
        head,
    )
    return end if not linked or social else at


def _quality(text: str, flat: str, at: int, lexicon: Lexicon) -> int:
    """Take « association des parents d'élèves de Bavay »: a description that ends with a proper
    name."""
    match = re.match(rf"\s+{OF}{WORD}(?:\s+{WORD}){{0,2}}?\s+{OF}(?={WORD})", flat[at:])
    if match and is_capital(text, at + match.end()):
        return max(
            at, end_of_name(text, at + match.end(), min(len(text), at + match.end() + 40), lexicon)
        )
    return at
