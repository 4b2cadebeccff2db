"""A small grammar of French that writes notes, accounts and titles, varied enough for honest
compression figures."""

import re
from random import Random

from desktop.sample.lexicon import ADJECTIVES, ADVERBS, FEMININE_NOUNS, MASCULINE_NOUNS, VERBS

_SLOT = re.compile(r"<([^<>]+)>")
_RANGE = re.compile(r"(\d+)-(\d+)")

WORDS: dict[str, tuple[str, ...]] = {
    # Words of the lexicon, one by one
    "nm": MASCULINE_NOUNS, "nf": FEMININE_NOUNS, "adj": ADJECTIVES, "vb": VERBS, "adv": ADVERBS,
    "gn": ("le <nm>", "la <nf>", "un <nm> <adj>", "une <nf> <adj>", "le <nm> <adj>",
           "la <nf> <adj>", "son <nm> <adj>",
           "chaque <nf>", "chaque <nm> <adj>", "notre <nf> <adj>", "ce <nm>", "cette <nf> <adj>"),
    "compl": ("avec <gn>", "par <gn>", "pour <gn>", "sans <nf> <adj>", "sous <nm> <adj>",
              "dans <gn>", "contre <gn>",
              "vers <gn>", "entre <gn> et <gn>", "après <gn>", "avant <gn>", "comme <gn>",
              "selon <gn>", "malgré <gn>",
              "le <2-28> <mois>", "à <8-18> h <10-55>", "pour <20-950> euros", "à <lieu>"),
    "libre": ("<gn> <vb> <gn> <compl>", "<gn> <vb> <adv> <gn>, <compl>", "<gn>, <compl>, <vb> <gn>",
              "<adv>, <gn> <vb> <gn>", "<gn> <vb> <gn> et <vb> <gn> <adv>",
              "<compl>, <gn> <vb> <gn>",
              "<qui> <presente> <gn> <compl>, puis <gn>"),
    "note dense": ("<libre2>", "<libre2>", "<libre2> <libre2>", "<libre2> <libre2>",
                   "<note3>. <libre2>"),
    "followup dense": ("<libre2>", "<libre>.", "<note3>."),
    "description dense": ("<But>. <libre2>", "<But>, <compl>. <libre2>", "<libre2> <libre2>"),
    "step dense": ("<libre>.", "<libre>, <compl>."),
    "account dense": ("<Personne> rapporte que <agent> <refuse> <gn> <compl>. <libre2> <detail>. "
                      "<libre>.",
                      "<Personne> dit avoir <vecu> <compl>. <libre2> <libre2>"),
    "libre2": ("<libre>.", "<libre> ; <libre>.", "<libre>. <libre>.", "<note1>, <compl>.",
               "<libre>, <suite>."),
    # Notes of a meeting
    "note": (
        "<note1>.", "<note1>, <suite>.", "<note2>.", "<note2> ; <suite>.", "<note3>.",
        "<moment>, <note1>.",
        "<note1>. <note3>.", "<note2>. <note1>, <suite>.",
    ),
    "note1": (
        "<qui> <signale> que <fait>", "<qui> <rappelle> <regle>", "<qui> <propose> de <faire>",
        "<qui> <demande> si <fait>", "<qui> <presente> <objet>",
    ),
    "note2": (
        "les échanges portent sur <objet>", "il est relevé que <fait>",
        "plusieurs structures <constatent> que <fait>", "le groupe <constate> que <fait>",
        "un désaccord demeure sur <objet>", "l’exemple de <lieu> montre que <fait>",
    ),
    "note3": (
        "Sur <60-190> <choses>, <2-59> <issue>", "Près de <3-95> % des <choses> <issue>",
        "<chiffre> <choses> ont été <fait_pp> <moment>",
        "Le délai moyen passe de <6-30> à <2-14> jours <moment>",
    ),
    "qui": (
        "le CCAS", "la mission d’insertion", "l’assurance maladie", "la coordination",
        "le service Habitat",
        "une structure d’hébergement", "le lycée partenaire", "le délégué du Défenseur des droits",
        "un bailleur",
        "le centre social", "la maison France services", "une élue", "le conseil citoyen",
        "un employeur local",
        "l’association d’aide aux victimes", "la représentante de l’État", "le club de prévention",
        "une juriste",
        "la médiathèque", "un organisme de formation", "le service Jeunesse",
        "une infirmière scolaire",
    ),
    "signale": (
        "signale", "indique", "observe", "note", "fait remonter", "souligne", "alerte sur le fait",
        "confirme",
        "regrette", "explique",
    ),
    "rappelle": (
        "rappelle", "précise", "redit", "souligne", "confirme", "insiste sur le fait", "note",
    ),
    "propose": (
        "propose", "suggère", "se charge", "prévoit", "recommande", "envisage", "accepte", "décide",
    ),
    "demande": (
        "demande", "cherche à savoir", "souhaite vérifier", "s’interroge pour savoir",
    ),
    "presente": (
        "présente", "distribue", "commente", "fait relire", "met à disposition", "a complété",
    ),
    "constatent": (
        "constatent", "confirment", "observent", "s’accordent à dire", "témoignent",
    ),
    "constate": (
        "constate", "retient", "convient", "remarque", "estime",
    ),
    "fait": (
        "les dossiers <incomplet> sont refusés sans <motif>", "l’orientation prend <2-9> semaines",
        "les permanences de <lieu> sont pleines jusqu’à <mois>",
        "peu de personnes connaissent <recours>",
        "les refus oraux laissent rarement <trace>", "le formulaire en ligne <bloque> <public>",
        "les stages se trouvent surtout par <reseau>", "l’adresse suffit parfois à <ecarter>",
        "<public> renoncent après <2-6> démarches", "l’interprétariat manque pour <besoin>",
        "les délais de recours ne sont pas expliqués à <public>",
        "les relances restent sans réponse depuis <mois>",
        "les agents d’accueil <hesitent> à nommer la discrimination",
        "la preuve repose souvent sur <trace>",
        "le bouche-à-oreille décourage <public> de <oser>",
        "la grille de recueil est remplie de façon inégale",
        "<2-9> structures sur <10-24> ont transmis leurs observations",
        "le transport coupe <public> de <lieu>",
    ),
    "incomplet": (
        "incomplets", "déposés sur papier", "transmis par un tiers", "déposés hors délai",
        "sans courriel",
        "venus de <lieu>",
    ),
    "motif": (
        "motif écrit", "explication", "voie de recours", "réponse signée", "rendez-vous",
        "seconde lecture",
    ),
    "trace": (
        "un courriel", "un message vocal", "une attestation", "un témoin", "une capture d’écran",
        "une copie de l’annonce", "un relevé d’appels", "le registre d’accueil",
    ),
    "bloque": (
        "bloque", "décourage", "ralentit", "exclut de fait", "désoriente",
    ),
    "public": (
        "les jeunes sans réseau", "les familles monoparentales", "les personnes âgées isolées",
        "les habitants des quartiers prioritaires", "les personnes allophones",
        "les travailleurs handicapés",
        "les femmes qui reprennent un emploi", "les locataires du parc ancien",
        "les élèves de lycée professionnel",
        "les bénéficiaires de la solidarité", "les gens du voyage", "les aidants familiaux",
    ),
    "reseau": (
        "les familles", "les anciens stagiaires", "les candidatures spontanées",
        "les réseaux sociaux",
        "les clubs sportifs", "les salons", "les chambres consulaires",
    ),
    "ecarter": (
        "écarter une candidature", "allonger une attente", "déclencher un contrôle",
        "refuser une visite",
        "faire changer le prix annoncé", "retarder une livraison",
    ),
    "besoin": (
        "les rendez-vous médicaux", "les dépôts de plainte", "les commissions d’attribution",
        "les entretiens d’embauche", "les réunions d’école", "les états des lieux",
    ),
    "hesitent": (
        "hésitent", "peinent", "tardent", "commencent", "s’habituent",
    ),
    "recours": (
        "le 39 28", "la saisine du Défenseur des droits", "le point-justice", "la médiation",
        "l’inspection du travail", "la commission de recours amiable", "le référé",
        "l’aide juridictionnelle",
    ),
    "regle": (
        "que la confidentialité des situations s’applique en toutes circonstances",
        "qu’aucun nom ne figure dans les observations",
        "que la preuve est aménagée devant le juge civil",
        "que les actions financées passent par la double validation",
        "que le délai devant le conseil de prud’hommes court",
        "que l’intention n’a pas à être démontrée",
        "que la charte engage <2-40> structures", "que les chiffres publiés respectent un seuil",
        "que <recours> est gratuit",
    ),
    "faire": (
        "<verbe> <objet>", "<verbe> <objet> avec <qui>", "<verbe> <objet> avant <mois>",
        "<verbe> <objet> à <lieu>",
    ),
    "verbe": (
        "relire", "diffuser", "tester", "compléter", "traduire", "simplifier", "mutualiser",
        "présenter", "évaluer",
        "actualiser", "afficher", "illustrer", "déployer", "expérimenter", "programmer", "préparer",
        "co-animer",
        "documenter", "partager", "revoir", "chiffrer",
    ),
    "objet": (
        "<outil>", "<outil> <pour>", "<outil> <pour> à <lieu>", "<rendezvous>",
        "<rendezvous> de <mois>",
    ),
    "outil": (
        "la fiche de liaison", "le guide des recours", "la grille d’observation",
        "le livret d’accueil",
        "la carte des lieux d’écoute", "l’exposition itinérante", "le parcours de formation",
        "le modèle de courrier", "le répertoire des intervenants", "la charte des offres de stage",
        "l’affiche sur le 39 28", "le kit de sensibilisation", "le tableau de suivi",
        "la frise de l’histoire ouvrière", "le jeu de rôle", "le questionnaire de satisfaction",
        "la procédure d’attribution", "la mallette pédagogique", "le recueil de témoignages",
        "la foire aux questions", "le support de la permanence",
    ),
    "pour": (
        "pour <public>", "pour les agents d’accueil", "pour les élus", "pour les tuteurs de stage",
        "pour les bénévoles", "pour les gardiens d’immeuble", "pour les équipes éducatives",
        "pour les secrétaires de mairie",
    ),
    "rendezvous": (
        "la permanence commune", "le séminaire annuel", "l’atelier d’échange de pratiques",
        "la rencontre employeurs", "la visite de quartier", "la restitution publique",
        "le ciné-débat",
        "la journée portes ouvertes", "la formation de premier niveau", "le forum des stages",
        "la balade urbaine",
    ),
    "suite": (
        "ce que confirme <qui>", "sans que la cause soit établie",
        "avec un effet direct sur <public>",
        "le point sera repris en <mois>", "<qui> <complete>", "à vérifier auprès de <qui>",
        "notamment à <lieu>",
        "malgré <frein>", "dans la limite de <2-80> places", "ce qui suppose de <faire>",
    ),
    "oser": ("signaler les faits", "demander un rendez-vous", "déposer un dossier",
             "revenir au guichet", "saisir la justice",
             "en parler à un professionnel"),
    "frein": ("le manque de salle", "un calendrier serré", "le départ de deux agents",
              "un budget réduit", "les travaux en cours",
              "la distance", "des consignes contradictoires"),
    "complete": (
        "apportera les chiffres", "prendra contact", "fera une synthèse",
        "transmettra un exemple anonymisé",
        "vérifiera le texte", "proposera une date",
    ),
    "moment": (
        "depuis <mois>", "ce trimestre", "au premier semestre", "sur <2-11> mois",
        "depuis la rentrée",
        "pendant la période d’essai", "entre <mois> et <mois>",
    ),
    "mois": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "septembre", "octobre",
        "novembre",
        "décembre",
    ),
    "choses": (
        "demandes de logement", "candidatures", "orientations", "appels reçus", "entretiens",
        "questionnaires",
        "demandes de stage", "signalements", "participants", "dossiers suivis", "visites",
        "courriers",
    ),
    "issue": (
        "aboutissent", "restent sans réponse", "sont réorientés vers <recours>",
        "concernent <public>",
        "viennent de <lieu>", "font l’objet d’une relance", "sont clos dans le mois",
        "passent par <qui>",
    ),
    "chiffre": (
        "Douze", "Une quinzaine de", "Vingt-trois", "Une trentaine de", "Sept", "Quarante-deux",
        "Plus de <50-300>",
    ),
    "fait_pp": (
        "traités", "examinés", "recensés", "transmis", "comparés", "vérifiés", "renvoyés",
    ),
    # Titles
    "meeting": (
        "Point d’étape : <outil>", "Préparer <rendezvous>", "<Outil> : relecture",
        "Bilan de <mois> et suites",
        "Circuit d’orientation : qui fait quoi ?", "Observations de <mois> et actions à ouvrir",
        "<Outil> <pour>",
        "Programme de <mois> et répartition", "Accueillir <public>",
        "Autour de l’exemple de <lieu>",
        "Mieux connaître <recours>", "<Rendezvous> : bilan et suites",
        "<Public> : freins et leviers",
    ),
    "item": (
        "<Outil> : état d’avancement", "Retour sur <rendezvous>", "<Outil> <pour>",
        "Situation à <lieu>",
        "Actions en cours et relances", "Calendrier de <mois>", "Budget de <rendezvous>",
        "Partage d’expériences : <public>", "Connaître <recours>",
        "Difficultés rencontrées par <public>",
    ),
    "decision": (
        "Date retenue pour <rendezvous> : <mois>, avec <qui>.",
        "Adoption de <outil> ; transmission à <qui>.",
        "Le groupe retient <outil> <pour>.", "<2-12> structures testent <outil> jusqu’en <mois>.",
        "Une enveloppe de <1-9> <200-900> euros est demandée pour <rendezvous>.",
        "Les comptes rendus sont envoyés sous <5-15> jours.",
        "Le suivi de <objet> est confié à <qui>.",
        "La prochaine étape consiste à <faire>.",
    ),
    "action": (
        "<Verbe> <outil> <pour>", "<Verbe> <outil> à <lieu>", "<Verbe> <rendezvous> avec <qui>",
        "Relancer <qui> sur <outil>", "Organiser <rendezvous> à <lieu>",
        "Former <public2> à <recours>",
        "Recenser <choses2> de <lieu>",
    ),
    "public2": (
        "les agents d’accueil", "les élus", "les tuteurs de stage", "les bénévoles",
        "les gardiens d’immeuble",
        "les équipes éducatives", "les recruteurs", "les travailleurs sociaux",
    ),
    "choses2": (
        "les lieux d’écoute", "les offres de stage", "les archives", "les interprètes disponibles",
        "les délais d’accueil", "les initiatives", "les récits d’habitants",
    ),
    "description": (
        "<But>. <note1>. <note2>.", "<But>, <suite>. <note3>.", "<But>. <note2>, <suite>. <note1>.",
    ),
    "But": (
        "Permettre à <public> de connaître <recours>", "Donner à <public2> des repères communs",
        "Réduire les renoncements chez <public>", "Rendre visible <outil> à <lieu>",
        "Écourter l’attente avant <recours>", "Objectiver les refus constatés à <lieu>",
        "Ouvrir des stages à <public>",
    ),
    "followup": (
        "<Fait>.", "<qui> a accepté de <faire>.", "Première version relue ; <suite>.",
        "Report en <mois> : <fait>.",
        "<2-40> personnes touchées à <lieu>.", "Devis reçu, <100-900> euros sous le plafond.",
        "<note3>.",
    ),
    # Accounts of observations: roles, never names
    "account": (
        "<Personne> rapporte que <agent> <refuse> <bien> après <declencheur>. <detail>. <effet>.",
        "<Personne> dit avoir <vecu> <occasion>. <detail>. <demande2>.",
        "Lors d’<occasion2>, <agent> a <propos>. <detail>. <effet>. <demande2>.",
        "<Personne> <constate2> que <comparaison>. <detail>. <effet>.",
    ),
    "Personne": (
        "Une mère de famille", "Un locataire", "Une candidate à un stage", "Un salarié",
        "Une usagère",
        "Un jeune en apprentissage", "Une personne accompagnée", "Un habitant", "Une étudiante",
        "Un demandeur d’emploi", "Une retraitée", "Un couple", "Une assistante maternelle",
        "Un parent d’élève",
        "Une salariée à temps partiel", "Un travailleur intérimaire",
    ),
    "agent": (
        "l’agence", "le bailleur", "un responsable d’équipe", "l’accueil", "un recruteur",
        "le gardien",
        "une vendeuse", "le service en ligne", "un enseignant", "un agent de contrôle",
        "le secrétariat",
        "un voisin", "le tuteur", "un conseiller bancaire", "un chauffeur", "le cabinet de soins",
    ),
    "refuse": (
        "refuse", "retarde", "annule", "conteste", "conditionne", "restreint",
        "dit ne plus pouvoir proposer",
    ),
    "bien": (
        "la visite du logement", "l’entretien prévu", "le rendez-vous", "l’inscription",
        "la prise en charge",
        "le renouvellement du contrat", "la convention de stage", "l’ouverture du compte",
        "l’accès à l’activité",
        "l’aménagement du poste", "le paiement en plusieurs fois", "la place en formation",
    ),
    "declencheur": (
        "avoir entendu le nom au téléphone", "avoir vu l’adresse", "l’annonce d’une grossesse",
        "une question sur la santé", "avoir remarqué un accent", "la remise d’un certificat",
        "la mention d’une activité syndicale", "une remarque sur l’âge",
        "la présentation d’une carte d’invalidité",
        "une photo demandée",
    ),
    "vecu": (
        "subi des remarques répétées", "essuyé <2-14> refus de suite",
        "été renvoyée d’un guichet à l’autre",
        "reçu une réponse opposée à celle faite à une collègue", "été contrôlée plusieurs fois",
        "dû justifier sa présence",
    ),
    "occasion": (
        "à l’embauche", "pendant la recherche d’un logement", "au guichet", "dans les transports",
        "au club de sport", "lors d’une inscription", "pendant un stage de <2-12> semaines",
        "dans un commerce de <lieu>",
    ),
    "occasion2": (
        "une visite", "un entretien", "une réunion d’équipe", "une inscription",
        "un rendez-vous de suivi",
        "une commission",
    ),
    "propos": (
        "évoqué une clientèle qui ne comprendrait pas", "demandé l’origine de la famille",
        "dit que le quartier posait problème", "proposé un autre poste sans explication",
        "réclamé des garanties non prévues", "plaisanté devant le groupe",
    ),
    "detail": (
        "Aucun écrit n’a été remis", "Un message vocal a été conservé",
        "Une collègue était présente",
        "L’annonce est restée en ligne",
        "Une autre candidature, sans cette adresse, a reçu une réponse sous <2-9> jours",
        "La scène s’est répétée <2-6> fois <moment>", "Le motif donné a changé entre deux appels",
        "Le règlement affiché ne prévoit rien de tel", "Le courrier cite une pièce déjà fournie",
    ),
    "effet": (
        "La personne a renoncé à sa démarche", "Le loyer actuel pèse <30-60> % du budget",
        "Le projet est repoussé de <2-10> mois", "Elle évite désormais ce lieu",
        "Un arrêt de travail a suivi",
        "La famille reste hébergée chez des proches", "Le contrat n’a pas été renouvelé",
        "Une indemnité a été perdue",
    ),
    "demande2": (
        "Elle souhaite surtout que cela ne se reproduise pas",
        "La personne demande une explication écrite",
        "Une orientation vers <recours> lui a été proposée",
        "Elle ne veut pas de suite pour le moment",
        "Le groupe familial hésite à témoigner",
        "Elle accepte d’être recontactée par le même professionnel",
    ),
    "constate2": (
        "constate", "remarque", "affirme", "a vérifié", "s’étonne de voir",
    ),
    "comparaison": (
        "la même offre est proposée à d’autres", "les horaires difficiles lui reviennent toujours",
        "sa demande attend depuis <6-40> mois quand d’autres aboutissent",
        "le tarif change selon l’adresse",
        "<2-9> collègues ont obtenu la formation demandée",
    ),
    "step": (
        "Premier contact pris avec <recours>.", "Rendez-vous obtenu à <lieu>.",
        "Pièces réunies : <trace>, <trace>.",
        "Courrier type remis ; <suite>.", "Sans nouvelles, relance en <mois>.",
        "Accord trouvé : <bien> est de nouveau possible.", "Saisine déposée. <demande2>.",
    ),
    "access": (
        "Sur réservation, <2-21> jours à l’avance", "Prêt gratuit pour <1-6> semaines",
        "Téléchargement pour les membres", "Contacter l’accueil le matin",
        "Convention à signer, caution de <20-90> euros",
    ),
}


def write(rng: Random, symbol: str, places: tuple[str, ...]) -> str:
    """One sentence or title of this kind; `<lieu>` is one of `places`, `<3-9>` a number."""
    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "lieu":
            return places[int(rng.random() * len(places))]
        bounds = _RANGE.fullmatch(name)
        if bounds:
            return str(rng.randint(int(bounds.group(1)), int(bounds.group(2))))
        found = WORDS.get(name)
        if found is None:
            lower = WORDS[name[0].lower() + name[1:]]
            text = _SLOT.sub(replace, lower[int(rng.random() * len(lower))])
            return text[:1].upper() + text[1:]
        return _SLOT.sub(replace, found[int(rng.random() * len(found))])

    text = _SLOT.sub(replace, f"<{symbol}>")
    for wrong, right in _CONTRACTIONS:
        text = text.replace(wrong, right)
    return _PUNCTUATION.sub("\N{NARROW NO-BREAK SPACE}\\1", _sentences(text))


_PUNCTUATION = re.compile(r" ([;:?!%])")
_CONTRACTIONS = (
    (" de le ", " du "), (" de les ", " des "), (" à le ", " au "), (" à les ", " aux "),
    (" que un", " qu’un"),
    (" que il", " qu’il"), (" que une", " qu’une"), (" que a", " qu’a"), (" si il", " s’il"),
    (" de un", " d’un"),
    (" de é", " d’é"), (" de É", " d’É"), (" de a", " d’a"), (" de A", " d’A"), (" de i", " d’i"),
    (" de o", " d’o"),
    (" de e", " d’e"),
)


def _sentences(text: str) -> str:
    """A capital at the start, and after each full stop."""
    parts = text.split(". ")
    return ". ".join(part[:1].upper() + part[1:] for part in parts)
