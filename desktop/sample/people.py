"""The fictional people and organisations: names of the region's many origins, none of anyone who
exists."""

FAMILY_NAMES = (
    "Vandermeulebroucke", "Delattre-Wibaux", "Wojtkowiak", "Przybylska", "Benabdelkrim", "Oulhadj",
    "Lefebvrier",
    "Montaigneux", "Ferreirinho", "Carvalhosa", "Çelikbaşoğlu", "Demirkıran", "Scarpellini",
    "Bonaventuri",
    "Traoréssi", "Koulibalani", "N’Diayessou", "Ramanantsoa", "Phanthavong", "Nguyenhoang",
    "Krzemińska",
    "Ghesquierre", "Dhondtmaele", "Verhaeghelst", "Castelainvert", "Duquesnoix", "Œuvrardin",
    "d’Hautefontaine",
    "de la Bretonnellière", "Le Goasgwenn", "Zerroukiane", "Belhadjoub", "Haddadine", "Mezianeau",
    "Boukhalfane",
    "Abdourahmanou", "Mouhamadine", "Petrosyanik", "Kovačevičić", "Hoxhajan", "Stoyanovska",
    "Iliescunu",
    "Grzegorczykowa", "Lombardesca", "Esposituzzi", "Vasconcelinho", "Saint-Aubertin",
    "Wattelierre",
    "Bracquemontier", "Leclercqueux", "Poirettaux", "Hennebicquer", "Thibautrel", "Mascartin",
    "Quévrain-Delsol",
    "Dubuissonnet", "Jacqueminaux", "Tellierroux", "Baudechonnet", "Caudrelierre",
)
GIVEN_NAMES = (
    "Fatima-Zohra", "Marie-Bénédicte", "Jean-Christophe", "Stanisław", "Agnieszka", "Mohamed-Amine",
    "Khadidja",
    "Éloïse", "Anne-Charlotte", "Joaquim", "Graziella", "Özlem", "Mustafa", "Giuseppina",
    "Aïssatou", "Mamadou",
    "Soline", "Thị Hương", "Françoise", "Bérengère", "Cédric", "Ludivine", "Aurélien", "Maëlle",
    "Zineddine",
    "Yasmina", "Abdelkader", "Nawelle", "Gwénaëlle", "Océane", "Jérémy", "Stéphanie", "Blandine",
    "Sébastien",
    "Vérane", "Karimata", "Lindita", "Radoslava", "Mihaïla", "Théophile", "Noémie", "Ghislaine",
    "Perrine",
    "Corentine", "Samirah", "Rachidou", "Hélène-Alix", "Loïcia", "Djamila", "Timothéen",
)
HOMONYMS = (("Delattre-Wibaux", "Stéphanie"), ("Haddadine", "Yasmina"))
"""Two people each, who can only be told apart by their organisation."""

FUNCTIONS: tuple[tuple[str, str], ...] = (
    # feminine, masculine
    ("Directrice", "Directeur"), ("Directrice adjointe", "Directeur adjoint"),
    ("Chargée de mission égalité", "Chargé de mission égalité"),
    ("Conseillère en insertion", "Conseiller en insertion"),
    ("Conseillère en économie sociale et familiale", "Conseiller en économie sociale et familiale"),
    ("Médiatrice sociale", "Médiateur social"),
    ("Médiatrice d’accès aux droits", "Médiateur d’accès aux droits"),
    ("Référente politique de la ville", "Référent politique de la ville"),
    ("Coordinatrice", "Coordinateur"),
    ("Juriste", "Juriste"), ("Assistante de service social", "Assistant de service social"),
    ("Éducatrice spécialisée", "Éducateur spécialisé"), ("Bénévole", "Bénévole"),
    ("Formatrice", "Formateur"),
    ("Chargée des partenariats", "Chargé des partenariats"), ("Présidente", "Président"),
    ("Responsable de l’accueil", "Responsable de l’accueil"), ("Animatrice", "Animateur"),
    ("Secrétaire", "Secrétaire"),
    ("Trésorière", "Trésorier"), ("Documentaliste", "Documentaliste"),
    ("Vice-présidente déléguée à la cohésion sociale",
     "Vice-président délégué à la cohésion sociale"),
)
MASCULINE = frozenset({
    "Jean-Christophe", "Stanisław", "Mohamed-Amine", "Joaquim", "Mustafa", "Mamadou", "Cédric",
    "Aurélien", "Zineddine",
    "Abdelkader", "Jérémy", "Sébastien", "Théophile", "Rachidou", "Timothéen",
})

ORGANISATIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # name, short name, college, domains of intervention; {commune} is filled in
    ("Service Cohésion sociale de l’agglomération", "Cohésion sociale", "agglomeration",
     ("SERVICE_PUBLIC",)),
    ("Service Habitat de l’agglomération", "Habitat", "agglomeration",
     ("LOGEMENT_SOCIAL", "LOGEMENT_PRIVE")),
    ("Délégation de l’État à la politique de la ville", "Délégation État", "etat",
     ("SERVICE_PUBLIC",)),
    ("Unité départementale Droits et égalité", "UD Égalité", "etat",
     ("POLICE_JUSTICE", "SERVICE_PUBLIC")),
    ("Centre communal d’action sociale de {commune}", "CCAS {commune}", "commune",
     ("PROTECTION_SOCIALE",)),
    ("Ville de {commune}, service Jeunesse", "Jeunesse {commune}", "commune", ("LOISIRS", "STAGE")),
    ("Ville de {commune}, maison France services", "France services {commune}", "commune",
     ("SERVICE_PUBLIC",)),
    ("Espace droits et médiation de {commune}", "Espace droits", "association",
     ("PROTECTION_SOCIALE", "POLICE_JUSTICE")),
    ("Association Les Passerelles de {commune}", "Les Passerelles", "association",
     ("ACCES_EMPLOI", "FORMATION")),
    ("Association Mémoires de forges et de verre", "Mémoires de forges", "association",
     ("LOISIRS", "ECOLE")),
    ("Collectif Femmes et territoire", "Femmes et territoire", "association",
     ("EMPLOI_PRIVE", "SANTE")),
    ("Association Handicap et cité", "Handicap et cité", "association",
     ("TRANSPORT", "SANTE", "EMPLOI_PUBLIC")),
    ("Centre social L’Écluse de {commune}", "L’Écluse", "association",
     ("LOISIRS", "VIE_ASSOCIATIVE")),
    ("Club de prévention La Rencontre", "La Rencontre", "association", ("ESPACE_PUBLIC", "ECOLE")),
    ("Logis des Trois Rivières, société d’habitat social", "Logis des Trois Rivières", "bailleur",
     ("LOGEMENT_SOCIAL",)),
    ("Habitat solidaire du bassin", "Habitat solidaire", "bailleur", ("LOGEMENT_SOCIAL",)),
    ("Agence pour l’insertion des jeunes du bassin", "Insertion jeunes", "etablissement",
     ("ACCES_EMPLOI", "STAGE")),
    ("Lycée polyvalent des Hauts-Fourneaux", "Lycée des Hauts-Fourneaux", "etablissement",
     ("ECOLE", "STAGE")),
    ("Centre de formation des métiers de {commune}", "CF Métiers", "etablissement",
     ("FORMATION", "STAGE")),
    ("Groupement d’employeurs du bassin industriel", "GE Bassin", "entreprise",
     ("EMPLOI_PRIVE", "STAGE")),
    ("Fonderies et Laminoirs de {commune}", "Fonderies", "entreprise", ("EMPLOI_PRIVE", "STAGE")),
    ("Caisse locale d’assurance maladie, mission Accès aux soins", "Assurance maladie", "sante",
     ("SANTE",)),
    ("Maison de santé pluriprofessionnelle de {commune}", "Maison de santé", "sante", ("SANTE",)),
    ("Conseil citoyen de {commune}", "Conseil citoyen", "habitants",
     ("ESPACE_PUBLIC", "VIE_ASSOCIATIVE")),
)


def names() -> frozenset[str]:
    """Every personal name of the sample collective, at any scale; each has five letters or more."""
    return frozenset(FAMILY_NAMES) | frozenset(GIVEN_NAMES)
