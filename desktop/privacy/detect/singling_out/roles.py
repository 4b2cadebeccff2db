"""Find roles that one person holds in a place: « la maire de », « le gardien de la tour B »."""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.lexicon import Lexicon
from desktop.privacy.detect.singling_out.patterns import WORD, Patterns
from desktop.privacy.detect.singling_out.reach import (
    end_of_chain,
    end_of_complement,
    end_of_name,
    is_capital,
    is_town,
)
from desktop.privacy.detect.spans import Span, span_at
from desktop.privacy.detect.tokens import words_of

_NO_PLACE = words_of(
    """la le les un une des mon ma mes son sa ses leur leurs notre nos votre vos ce cette ces quoi
    qui que tout tous l chaque plein temps domicile cause partir cote pied mi nouveau"""
)


_LETTER = re.compile(r"\s+(?:[a-z]|\d+)(?!\w|')")
"""« la tour B », « le bloc 4 »."""


_OFFICES = re.compile(
    r"(?:maire|imam|cure|pasteur|rabbin|pretre|abbe|pope|sous-prefet|prefet|commissaire|depute|doyen)"
)
"""Offices of a place: what follows « de » is the place."""


def _end_of_office(text: str, flat: str, match: re.Match[str], lexicon: Lexicon) -> int:
    """Follow « de la PMI d'Hautmont », « du conseil citoyen de Dutemple »; -1 for « de Fatou »."""
    after = match.end("role")
    end = end_of_chain(text, flat, after, lexicon)
    if end < 0:
        return -1
    words = [found.span() for found in re.finditer(r"[^\W\d_][\w-]*", flat[after:end])]
    nouns = [
        flat[after + a : after + b] for a, b in words if b - a > 2 and not text[after + a].isupper()
    ]
    if any(noun not in _NO_PLACE and noun not in ("des", "aux", "sur") for noun in nouns):
        return end
    placed = any(
        "-" in flat[after + a : after + b] or lexicon.status(flat[after + a : after + b]) == "org"
        for a, b in words
    )
    return end if placed or _OFFICES.match(match["role"]) else -1


def find_roles(text: str, flat: str, patterns: Patterns, lexicon: Lexicon) -> Iterator[Span]:
    for match in patterns.role.finditer(flat):
        strong = bool(re.search(r"(?<!\w)(?:seule?|unique)\s", match.group()[:24]))
        if match["inner"]:
            end = match.end("inner")
            rest = match.start("rest") if match["rest"] else -1
            named = end_of_complement(text, flat, rest, match.end(), lexicon) if rest >= 0 else rest
            body = not re.match(
                r"ecole|creche|college|lycee|entreprise|societe|magasin|boite|"
                r"agence|cantine|restaurant|cabinet|bar\b|salon|salle|chantier|"
                r"atelier|"
                r"syndic|club|association|asso|journal|stade|institut|"
                r"bibliotheque|hotel|foyer|usine|garage|boutique|cafe|gymnase|"
                r"commune|ville|us|as|fc|rc",
                match["inner"],
            )
            chained = end_of_chain(text, flat, match.end("inner"), lexicon)
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
                end_of_complement(text, flat, match.start("name"), match.end("name"), lexicon)
                if match["name"]
                else -1
            )
            letter = _LETTER.match(flat, match.start("name")) if match["name"] else None
            if letter:
                named = letter.end()
            end = max(end, named, end_of_chain(text, flat, match.end("place"), lexicon))
            if end > match.end("place"):
                named = end
            if match["place"] in ("place", "zone", "port", "gare") and named < 0:
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
            if not match["det"] and match["of"].startswith("a"):
                continue
            first = re.match(WORD, flat[start:])
            word = first.group() if first else ""
            status = lexicon.status(re.split(r"[-']", word)[-1]) if word else "V"
            capital = is_capital(text, start)
            if (
                not is_town(text, flat, start, word, lexicon)
                or status in ("org", "thing", "nation", "month", "day")
                or (not capital and word in _NO_PLACE)
            ):
                end = _end_of_office(text, flat, match, lexicon)
                if end < 0:
                    continue
            else:
                end = max(end_of_name(text, start, match.end(), lexicon), start + len(word))
        yield span_at(
            text,
            match.start(),
            end,
            "unique_role",
            N_("a role that one person holds there"),
            certain=False,
        )
