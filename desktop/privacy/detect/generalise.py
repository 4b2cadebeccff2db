"""Word an identity so that nobody can be recognised: « une mère », « l'employeur », « en mars 2024
».

Suggestions are French whatever the language of the screens: they stand in the text. The first fits
the words around best.
"""

import re
from dataclasses import replace

from desktop.privacy.detect.spans import Span
from desktop.privacy.detect.tokens import fold

_BEFORE = re.compile(
    r"(?P<civility>\b(?:M\.|M|Mr|Mrs?|MM\.|Monsieur|Messieurs|Mmes?|Mme\.|Mlle|Madame|Mesdames|"
    r"Mademoiselle|Dr\.?|Docteur|Me|Ma[iî]tre|Pr\.?)\s+)$",
    re.IGNORECASE,
)
_KIN = {
    "mere": "une mère",
    "maman": "une mère",
    "pere": "un père",
    "papa": "un père",
    "fils": "un enfant",
    "fille": "un enfant",
    "enfant": "un enfant",
    "petit": "un enfant",
    "petite": "un enfant",
    "frere": "un proche",
    "soeur": "une proche",
    "oncle": "un proche",
    "tante": "une proche",
    "cousin": "un proche",
    "cousine": "une proche",
    "neveu": "un proche",
    "niece": "une proche",
    "mari": "le conjoint",
    "femme": "la conjointe",
    "epoux": "le conjoint",
    "epouse": "la conjointe",
    "compagnon": "le conjoint",
    "compagne": "la conjointe",
    "conjoint": "le conjoint",
    "conjointe": "la conjointe",
    "ami": "un ami",
    "amie": "une amie",
    "voisin": "un voisin",
    "voisine": "une voisine",
    "collegue": "un collègue",
    "bebe": "un enfant",
    "grand": "un proche",
    "famille": "une famille",
    "epoux_": "un couple",
    "couple": "un couple",
    "chez": "une famille",
}
_ROLES = {
    "directeur": "le directeur",
    "directrice": "la directrice",
    "chef": "un responsable",
    "cheffe": "une responsable",
    "patron": "l'employeur",
    "patronne": "l'employeuse",
    "employeur": "l'employeur",
    "gerant": "l'employeur",
    "gerante": "l'employeuse",
    "bailleur": "le bailleur",
    "proprietaire": "le bailleur",
    "proprio": "le bailleur",
    "medecin": "un médecin",
    "docteur": "un médecin",
    "avocat": "un avocat",
    "avocate": "une avocate",
    "professeur": "un enseignant",
    "prof": "un enseignant",
    "instituteur": "un enseignant",
    "institutrice": "une enseignante",
    "maitresse": "une enseignante",
    "eleve": "un élève",
    "stagiaire": "un stagiaire",
    "apprenti": "un apprenti",
    "conseiller": "un conseiller",
    "conseillere": "une conseillère",
    "assistante": "une travailleuse sociale",
    "assistant": "un travailleur social",
    "educateur": "un éducateur",
    "educatrice": "une éducatrice",
    "policier": "un policier",
    "agent": "un agent",
    "agente": "une agente",
    "gardien": "le gardien",
    "gardienne": "la gardienne",
    "temoin": "un témoin",
    "interprete": "un interprète",
    "benevole": "un bénévole",
    "mediatrice": "une médiatrice",
    "mediateur": "un médiateur",
    "vigile": "un agent de sécurité",
    "infirmiere": "une soignante",
    "infirmier": "un soignant",
    "juge": "un magistrat",
    "maire": "un élu",
    "elu": "un élu",
    "elue": "une élue",
    "responsable": "un responsable",
    "secretaire": "une secrétaire",
    "salarie": "un salarié",
    "salariee": "une salariée",
    "coach": "un entraîneur",
    "client": "un client",
    "cliente": "une cliente",
    "locataire": "un locataire",
}
_FEMININE = re.compile(
    r"^\s*(?:,\s*)?(?:\w+\s+){0,3}?(?:est|était|a\s+été|avait\s+été|s'est|"
    r"s’est)\s+(?:\w+\s+)?\w+(?:ée|ie|ue|ise|ite)\b|^\s*\(?(?:elle|née|âgée|domiciliée|salariée|"
    r"veuve|enceinte|accompagnée)\b|"
    r"\b(?:elle|une\s+dame|sa\s+mère\s+elle)\b",
    re.IGNORECASE,
)
_MASCULINE = re.compile(
    r"^\s*(?:,\s*)?(?:\w+\s+){0,2}?(?:est|était|a\s+été|"
    r"s'est)\s+(?:\w+\s+)?\w+(?:é|i|u|is|it)\b|^\s*\(?(?:il|né|âgé|domicilié|"
    r"veuf|accompagné)\b|\bil\b",
    re.IGNORECASE,
)
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_PLAIN = {
    "phone": ("[téléphone]",),
    "email": ("[adresse mail]",),
    "nir": ("[numéro de sécurité sociale]",),
    "iban": ("[compte bancaire]",),
    "plate": ("un véhicule",),
    "file_number": ("[numéro de dossier]",),
    "handle": ("[compte]",),
    "url": ("[lien]",),
    "address": ("dans le quartier", "dans la commune", "à son domicile"),
    "age_trade_place": ("une salariée du territoire", "un salarié du territoire"),
}
_ORGANISATIONS = (
    (
        r"asso|amicale|collectif|club|comite|federation|chorale|fanfare|harmonie|troupe|compagnie",
        "une association",
    ),
    (r"ecole|maternelle|groupe scolaire", "une école"),
    (r"college", "un collège"),
    (r"lycee", "un lycée"),
    (r"creche|halte|micro", "une crèche"),
    (r"cfa|centre de formation|auto", "un organisme de formation"),
    (r"cabinet|clinique|polyclinique|labo|pharmacie|opticien", "un professionnel de santé"),
    (r"mosquee|eglise|temple|synagogue|paroisse|pagode", "un lieu de culte"),
    (r"centre social|centre|mjc|maison", "une structure du quartier"),
    (r"agence immo|regie|syndic", "une agence"),
    (r"", "un commerce"),
)


def with_suggestions(span: Span, text: str) -> Span:
    """Add to a span the wordings that may stand in its place."""
    if span.category == "name":
        return _of_name(span, text)
    if span.category in ("date", "birthdate"):
        return replace(span, suggestions=_of_date(span))
    if span.category == "organisation":
        folded = fold(span.text)
        kind = next(words for pattern, words in _ORGANISATIONS if re.match(pattern, folded))
        company = bool(
            re.match(
                r"entreprise|societe|sarl|sas|eurl|scop|ets|usine|chantier|"
                r"atelier|boite\b|transport",
                folded,
            )
        )
        return replace(
            span,
            suggestions=("une entreprise", "l'employeur")
            if company
            else (kind, "une structure", "l'employeur"),
        )
    if span.category == "unique_role":
        words = [fold(word) for word in re.findall(r"[^\W\d_]+", span.text)]
        role = next((_ROLES[word] for word in words if word in _ROLES), None)
        return replace(
            span,
            suggestions=tuple(
                dict.fromkeys(
                    filter(None, (role, "un professionnel", "une personne du territoire"))
                )
            ),
        )
    return replace(span, suggestions=_PLAIN.get(span.category, ()))


def _of_name(span: Span, text: str) -> Span:
    start = span.start
    before = text[max(0, start - 40) : start]
    after = text[span.end : span.end + 60].split("\n")[0]
    civility = _BEFORE.search(before)
    words = [
        fold(word)
        for word in re.findall(r"[^\W\d_]+", before[: civility.start()] if civility else before)
    ][-2:]
    told: list[str] = []
    if civility:
        start -= len(civility["civility"])
        called = fold(civility["civility"].strip(" ."))
        told = {
            "dr": ["un médecin"],
            "docteur": ["un médecin"],
            "me": ["un avocat", "une avocate"],
            "maitre": ["un avocat", "une avocate"],
            "pr": ["un médecin", "un enseignant"],
        }.get(called, [])
        if called in ("mme", "madame", "mlle", "mademoiselle", "mmes", "mesdames"):
            told = ["une femme", "une mère", "une habitante"]
        elif not told:
            told = ["un homme", "un père", "un habitant"]
    near = [word for word in words if word in _KIN or word in _ROLES]
    following = re.match(r"\s*,\s*(?:la\s+|le\s+|l['’]|une?\s+)?(?P<role>[^\W\d_]+)", after)
    if following and fold(following["role"]) in _ROLES:
        told.insert(0, _ROLES[fold(following["role"])])
    if near:
        told.insert(0, _KIN.get(near[-1]) or _ROLES[near[-1]])
    if not told:
        if _FEMININE.search(after):
            told = ["une femme", "une habitante"]
        elif _MASCULINE.search(after):
            told = ["un homme", "un habitant"]
    told += ["une personne"]
    return replace(span, suggestions=tuple(dict.fromkeys(told))[:4], replace_from=start)


def _of_date(span: Span) -> tuple[str, ...]:
    """Keep month and year of a day, the decade of a birth."""
    folded = fold(span.text)
    year = re.search(r"(?:19|20)\d\d", folded)
    if span.category == "birthdate":
        return (
            (f"dans les années {year.group()[:3]}0", "[tranche d'âge]")
            if year
            else ("[tranche d'âge]",)
        )
    month = next(
        (name for name in _MONTHS if re.search(rf"(?<![a-z]){fold(name)[:4]}", folded)), None
    )
    if month is None:
        figures = [int(part) for part in re.findall(r"\d+", folded)]
        at = 1 if len(figures) > 1 and figures[0] <= 31 else (1 if len(figures) == 3 else None)
        month = _MONTHS[figures[at] - 1] if at is not None and 1 <= figures[at] <= 12 else None
    if month is None:
        return ("ce mois-là",)
    return (f"en {month} {year.group()}" if year else f"en {month}", "ce trimestre")
