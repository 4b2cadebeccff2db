"""The shared resources of the sample collective, written by hand: who holds them, who has them,
what their users said."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

from desktop.models.resources import Resource, ResourceLoan, ResourceUse
from desktop.sample.world import Row, World

WRITTEN: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...] = (
    # title, kind, short name of the holder, description, how to get it, domains
    ("Malle « Dans la peau d’un candidat »", "outil", "Insertion jeunes",
     "Douze lettres de candidature identiques à un détail près, une grille de tri, un guide "
     "d’animation. Deux heures, de 8 à 15 personnes.",
     "Prêt de deux semaines, à retirer à l’accueil", ("ACCES_EMPLOI", "EMPLOI_PRIVE")),
    ("Jeu de plateau « Les 26 critères »", "outil", "L’Écluse",
     "Soixante situations à classer : discrimination, injustice, incivilité. Se joue à partir de "
     "14 ans.",
     "Prêt d’un mois, réservation par courriel", ("ECOLE", "LOISIRS")),
    ("Photolangage « Ma ville, mes droits »", "outil", "La Rencontre",
     "Quarante photographies prises par des jeunes des quartiers, pour faire parler un groupe sans "
     "demander de récit personnel.", "Prêt d’une semaine", ("ESPACE_PUBLIC", "ECOLE")),
    ("Exposition « Le travail, les mains, les noms »", "outil", "Mémoires de forges",
     "Quatorze panneaux sur bâche, 80 × 200 cm, sur les ouvriers venus de quinze pays.",
     "Prêt gratuit, transport à la charge de l’emprunteur, assurance demandée",
     ("EMPLOI_PRIVE", "LOISIRS")),
    ("Vidéoprojecteur et enceintes de conférence", "outil", "CCAS {commune}",
     "Avec câbles et écran de 2 m. Convient à une salle de 80 personnes.",
     "Réservation une semaine à l’avance", ()),
    ("Juriste en droit du travail", "intervenant", "Espace droits",
     "Intervient sur la preuve d’une discrimination à l’embauche et l’aménagement de la charge de "
     "la preuve.",
     "Trois semaines de délai, gratuit pour les membres", ("EMPLOI_PRIVE", "EMPLOI_PUBLIC")),
    ("Délégué du Défenseur des droits", "intervenant", "Délégation État",
     "Présente les recours et reçoit sur rendez-vous. Vient aux restitutions publiques.",
     "Par la délégation de l’État, un mois à l’avance", ("SERVICE_PUBLIC", "POLICE_JUSTICE")),
    ("Formatrice « Accueillir sans discriminer »", "intervenant", "CF Métiers",
     "Deux journées, en quatre demi-journées, pour les agents d’accueil.",
     "Devis, prise en charge possible",
     ("SERVICE_PUBLIC", "FORMATION")),
    ("Guide « Louer sans discriminer »", "document", "Habitat",
     "Vingt pages pour les bailleurs et les agences : ce qu’on peut demander, ce qu’on ne peut "
     "pas.",
     "Téléchargement, exemplaires imprimés à l’accueil", ("LOGEMENT_PRIVE", "LOGEMENT_SOCIAL")),
    ("Fiche « Écrire un signalement sans nommer »", "document", "Cohésion sociale",
     "Une page recto verso, à poser à côté du téléphone.", "Jointe ici", ("SERVICE_PUBLIC",)),
    ("Guide de l’entretien de stage", "document", "Lycée des Hauts-Fourneaux",
     "Questions permises et interdites, pour les élèves et pour les entreprises.", "Téléchargement",
     ("STAGE", "ECOLE")),
    ("Brochure « Refus de soins : que faire ? »", "document", "Assurance maladie",
     "Les voies de recours, avec les coordonnées de la mission d’accès aux soins.",
     "Colis de 25, par courriel", ("SANTE",)),
    ("Salle polyvalente de {commune}", "lieu", "CCAS {commune}",
     "Cent places assises, accessible en fauteuil, boucle magnétique.",
     "Convention annuelle, trois semaines à l’avance", ()),
    ("Salle de confidentialité de l’Espace droits", "lieu", "Espace droits",
     "Un bureau fermé pour recevoir une personne, le mardi et le jeudi.", "Planning partagé",
     ("POLICE_JUSTICE",)),
    ("Grille de relecture d’une offre d’emploi", "validation", "GE Bassin",
     "Quinze points à cocher avant de publier une annonce : intitulé, critères, voie de "
     "candidature.",
     "Jointe ici, libre", ("ACCES_EMPLOI", "EMPLOI_PRIVE")),
    ("Questionnaire « Ma réunion était-elle accessible ? »", "validation", "Handicap et cité",
     "Dix questions à remettre à la fin d’une réunion publique.", "Libre", ("VIE_ASSOCIATIVE",)),
    ("Les foyers de la métallurgie", "memoire", "Mémoires de forges",
     "Comment les ouvriers célibataires étaient logés, et comment les règlements des foyers les "
     "séparaient.",
     "Consultation sur rendez-vous", ("LOGEMENT_SOCIAL", "EMPLOI_PRIVE")),
    ("Film « Celles du bobinage »", "memoire", "Femmes et territoire",
     "Cinquante-deux minutes. Deux anciennes ouvrières racontent l’atelier, l’écart des salaires "
     "et la grève.",
     "Prêt du disque, droits de projection acquis pour les membres", ("EMPLOI_PRIVE",)),
    ("La marche de 1983 vue d’ici", "memoire", "Les Passerelles",
     "Photographies et coupures de presse du passage de la marche pour l’égalité, et ce qu’elle a "
     "laissé.",
     "Copies numériques pour les membres", ("ESPACE_PUBLIC", "POLICE_JUSTICE")),
    ("Parcours sonore des anciennes courées", "memoire", "L’Écluse",
     "Huit étapes, une heure à pied, des voix d’habitants sans nom.",
     "Casques à emprunter au centre social",
     ("LOGEMENT_PRIVE", "LOISIRS")),
)
REMEMBERED: dict[str, dict[str, str]] = {
    "Les foyers de la métallurgie": {
        "period": "1955 à 1978", "place": "Quartiers des forges",
        "sources": "Archives municipales, série F ; règlement intérieur de 1961 ; plans de "
                   "l’office d’habitat."},
    "Film « Celles du bobinage »": {
        "period": "1968 à 1982", "place": "Ancienne usine de moteurs",
        "sources": "Entretiens filmés, tracts, presse locale.",
        "named_people": "Yvonne Delcourt et Zohra Amrouche, ouvrières bobineuses"},
    "La marche de 1983 vue d’ici": {
        "period": "Automne 1983", "place": "De la gare à l’hôtel de ville",
        "sources": "Fonds photographique d’un club de prévention ; presse régionale."},
    "Parcours sonore des anciennes courées": {
        "period": "Les années 1950 et 1960", "place": "Rues du Moulin et de la Verrerie",
        "sources": "Collecte sonore du centre social, 2024."},
}
"""Title -> what is said of a memory of the territory."""

LENT: tuple[tuple[str, str, int, int, int | None, str], ...] = (
    # title, short name of the borrower, lent so many days from today, due, back (None: not yet),
    # remark
    ("Malle « Dans la peau d’un candidat »", "CF Métiers", -60, -46, -45, ""),
    ("Malle « Dans la peau d’un candidat »", "Les Passerelles", -9, 5, None,
     "Pour deux ateliers en soirée"),
    ("Jeu de plateau « Les 26 critères »", "Lycée des Hauts-Fourneaux", -48, -18, None,
     "Classes de seconde"),
    ("Exposition « Le travail, les mains, les noms »", "France services {commune}", -20, 12, None,
     "Dans le hall"),
    ("Photolangage « Ma ville, mes droits »", "Lycée des Hauts-Fourneaux", 20, 41, None, ""),
    ("Photolangage « Ma ville, mes droits »", "Jeunesse {commune}", -30, -23, -24, ""),
    ("Vidéoprojecteur et enceintes de conférence", "Conseil citoyen", 6, 7, None,
     "Assemblée de quartier"),
)
USED: tuple[tuple[str, str, int, int, str], ...] = (
    # title, short name of who used it, so many days ago, of 5, remark
    ("Malle « Dans la peau d’un candidat »", "CF Métiers", 45, 5,
     "Les groupes trouvent seuls que le tri n’était pas neutre."),
    ("Malle « Dans la peau d’un candidat »", "Insertion jeunes", 130, 4,
     "Prévoir deux heures pleines."),
    ("Malle « Dans la peau d’un candidat »", "Jeunesse {commune}", 210, 4,
     "Une lettre manque dans la série B."),
    ("Jeu de plateau « Les 26 critères »", "L’Écluse", 95, 5, "Marche très bien à trois équipes."),
    ("Jeu de plateau « Les 26 critères »", "La Rencontre", 160, 3,
     "Les règles sont longues à expliquer."),
    ("Photolangage « Ma ville, mes droits »", "Jeunesse {commune}", 24, 4,
     "Personne n’a été poussé à raconter."),
    ("Juriste en droit du travail", "Les Passerelles", 70, 5,
     "Très clair sur la charge de la preuve."),
    ("Formatrice « Accueillir sans discriminer »", "CCAS {commune}", 180, 4,
     "Demander les supports à l’avance."),
    ("Guide « Louer sans discriminer »", "Habitat solidaire", 40, 4,
     "Remis à toute l’équipe d’attribution."),
    ("Grille de relecture d’une offre d’emploi", "Fonderies", 33, 5, "Trois annonces réécrites."),
    ("Salle polyvalente de {commune}", "Cohésion sociale", 15, 3,
     "La boucle magnétique était en panne."),
    ("Film « Celles du bobinage »", "Mémoires de forges", 110, 5,
     "Débat de plus d’une heure après la projection."),
)
FILES: dict[str, tuple[str, str]] = {
    "Fiche « Écrire un signalement sans nommer »": (
        "Fiche signalement.txt",
        "ÉCRIRE UN SIGNALEMENT SANS NOMMER\n\n1. Le mois, jamais le jour.\n2. La commune ou le "
        "quartier, jamais l’adresse.\n3. « Une mère », « un candidat », « le bailleur » : jamais "
        "un nom.\n4. Ce qui a été dit ou fait, dans l’ordre.\n5. Ce que la personne souhaite.\n"),
    "Grille de relecture d’une offre d’emploi": (
        "Grille de relecture.csv",
        "Point;Oui;Non\nL’intitulé vaut pour les femmes et les hommes;;\nAucun âge n’est "
        "demandé;;\nLa langue demandée sert au poste;;\nLa photographie n’est pas demandée;;\n"),
}
"""Title -> the name and the words of the file that is joined to it."""


def rows(world: World, holders: dict[str, uuid.UUID]) -> Iterator[Row]:
    """Yield the resources, loans and uses. `holders`: the organisations of the world by their short
    name,
    `{commune}` unfilled."""
    made: dict[str, uuid.UUID] = {}
    for title, kind, holder, description, access, domains in WRITTEN:
        town = world.towns[0]
        made[title] = world.id_at(world.day(-500, -240))
        remembered: dict[str, str] = dict(REMEMBERED.get(title, {}))
        if "named_people" in remembered:
            remembered["authorised_on"] = (world.today - timedelta(days=400)).isoformat()
        yield Resource, {
            "id": made[title], "title": title.format(commune=town)
            + (f" ({world.number + 1})" if world.number else ""),
            "kind": kind, "description": description, "organisation_id": holders[holder],
            "access": access,
            "domains": list(domains), **remembered}
    for title, borrower, first, last, back, remark in LENT:
        yield ResourceLoan, {
            "id": world.id_at(world.today + timedelta(days=min(first, 0))),
            "resource_id": made[title],
            "organisation_id": holders[borrower], "lent_on": _day(world, first),
            "due_on": _day(world, last),
            "back_on": _day(world, back) if back is not None else None, "remark": remark or None}
    for title, user, ago, rating, remark in USED:
        yield ResourceUse, {
            "id": world.id_at(world.today - timedelta(days=ago)), "resource_id": made[title],
            "organisation_id": holders[user], "used_on": _day(world, -ago), "rating": rating,
            "remark": remark}


def _day(world: World, days: int) -> str:
    return (world.today + timedelta(days=days)).isoformat()
