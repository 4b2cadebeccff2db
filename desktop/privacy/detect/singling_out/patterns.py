"""The patterns of roles, organisations and trades, put together once from the words of the
lexicon."""

import re
from dataclasses import dataclass
from functools import cache

from desktop.privacy.detect.tokens import words_of

OF = r"(?:de\s+la\s+|de\s+l['\s]\s?|du\s+|des\s+|de\s+|d'\s?|dla\s+)"
WORD = r"[^\W\d_](?:[\w'-]*\w)?"
PUBLIC = words_of(
    """caf cpam mdph ccas mairie prefecture rectorat tribunal police ville etat region departement
    pole emploi france travail mission education nationale urssaf justice defenseur droits
    republique conseil agglo metropole"""
)


@dataclass(frozen=True)
class Patterns:
    role: re.Pattern[str]
    only: re.Pattern[str]
    organisation: re.Pattern[str]
    trade: re.Pattern[str]


@cache
def patterns_of(
    heads: frozenset[str], places: frozenset[str], unique: frozenset[str], trades: frozenset[str]
) -> Patterns:
    def any_of(words: frozenset[str]) -> str:
        return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"

    head, place = any_of(heads), any_of(places)
    bodies = (
        r"(?:mairie|commune|ville|ccas|mission\s+locale|mjc|piscine|mediatheque|creche|hopital|"
        r"gendarmerie|brigade|commissariat|caserne|poste|us|fc|as|rc|usm)"
    )
    return Patterns(
        role=re.compile(
            rf"(?<!\w)(?:(?P<det>l'|l\s|le\s+|la\s+|les\s+|un\s+|une\s+|son\s+|sa\s+|notre\s+|"
            rf"leur\s+|du\s+|au\s+)\s*)?(?:(?:seule?|unique|ancienne?|nouveau|nouvelle|jeune|"
            rf"vieux|vieille|premiere?)\s+)?"
            rf"(?P<role>{any_of(unique)})(?!\w)(?:\s+(?:generale?s?|adjointe?s?|municipale?s?|"
            rf"liberale?s?|scolaire|en\s+chef|noire?|arabe|voilee?|technique|generaliste|"
            rf"de\s+garde|[a-z]+(?:ique|iste|aire|ale?|ive?|ante?|elle)))?"
            rf"\s+(?P<of>{OF}|a\s+|au\s+|a\s+la\s+|a\s+l')(?:(?:petite?|seule?|vieux|vieille|"
            rf"grande?|nouvelle|nouveau|mon|ma|notre|votre|son|sa|leur|ce|cette)\s+)?"
            rf"(?:(?P<inner>{head}|{bodies})(?:\s+(?:maternelle|primaire|elementaire|publique|"
            rf"privee?|municipale?|local[e]?|social[e]?|sportif|culturel(?:le)?))*"
            rf"(?P<rest>\s+(?:{OF})?(?:{WORD})(?:[\s-]+{WORD}){{0,3}})?"
            rf"|(?P<place>{place})(?P<name>\s+(?:{OF})?(?:{WORD}|"
            rf"\d+)(?:[\s-]+{WORD}){{0,3}})?|(?P<town>{WORD}(?:[\s-]+{WORD}){{0,3}}))"
        ),
        only=re.compile(
            rf"(?<!\w)(?:l'|le\s+|la\s+|les\s+|mon\s+|notre\s+)\s*(?:seule?s?|"
            rf"uniques?)\s+(?!(?:a|face|avec|dans|sur|chez|pour|et|qui|que|fois|raison|probleme|"
            rf"solution|reponse|question|chose|souci|"
            rf"condition|mot|jour|but|moyen|fait|espoir|possibilite|explication|trace|preuve|"
            rf"option|bonne|motif|revenu|place|date|salle)\b)(?:{WORD}\s+){{0,5}}?"
            rf"(?:{OF}|dans\s+(?:la\s+|le\s+|l'|cette\s+|ce\s+|tout\s+le\s+)?|a\s+(?:l'|la\s+)?|"
            rf"chez\s+|sur\s+(?:la\s+|le\s+)?)"
            rf"(?:{head}|{place}|classe|service|equipe|promotion|promo|etage|groupe|rayon|bureau|"
            rf"chaine|ligne|entrepot|depot|usine|conseil|etablissement|ecole|ville|{WORD})"
            rf"(?!\w)(?:\s+{OF}(?:{place})(?!\w)|\s+(?:de\s+)?[a-z]\b(?!'))?"
        ),
        organisation=re.compile(
            rf"(?<![\w-])(?P<det>l'|l\s|le\s+|la\s+|les\s+|un\s+|une\s+|du\s+|au\s+|aux\s+|"
            rf"des\s+|mon\s+|son\s+|sa\s+|leur\s+|cette\s+|ce\s+|cet\s+|de\s+|d'|chez\s+|"
            rf"notre\s+)?\s*(?P<head>{head})(?![\w-])"
        ),
        trade=re.compile(rf"(?<![\w'-]){any_of(trades)}s?(?![\w-])"),
    )
