"""Fixed lists that a rule of the program hangs on, with their labels; the rest are vocabularies,
kept as records."""

from dataclasses import dataclass

from desktop.base.i18n import N_, _


@dataclass(frozen=True)
class Choice:
    """One code of a list and its English label."""

    code: str
    label: str


def _list(*pairs: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, label) for code, label in pairs)


CHOICES: dict[str, tuple[Choice, ...]] = {
    "college": _list(("etat", N_("State")), ("agglomeration", N_("Agglomeration")),
                     ("commune", N_("Commune")),
                     ("association", N_("Association")), ("bailleur", N_("Landlord")),
                     ("etablissement", N_("Institution")), ("entreprise", N_("Company")),
                     ("sante", N_("Health and social protection")), ("habitants", N_("Residents")),
                     ("autre", N_("Other"))),
    "group_kind": _list(("pleniere", N_("Plenary")), ("groupe_de_travail", N_("Working group")),
                        ("copil", N_("Steering committee")), ("cotech", N_("Technical committee"))),
    "membership_role": _list(("pilote", N_("Lead")), ("coordination", N_("Coordination")),
                             ("secretaire", N_("Secretary")), ("membre", N_("Member"))),
    "meeting_kind": _list(("pleniere", N_("Plenary")), ("groupe_de_travail", N_("Working group")),
                          ("copil", N_("Steering committee")),
                          ("cotech", N_("Technical committee")),
                          ("formation", N_("Training")), ("atelier", N_("Workshop")),
                          ("permanence", N_("Drop-in session")),
                          ("restitution", N_("Report-back"))),
    "meeting_state": _list(("brouillon", N_("Draft")), ("convoquee", N_("Convened")),
                           ("en_seance", N_("In session")),
                           ("projet", N_("Draft minutes")), ("valide", N_("Minutes validated")),
                           ("rectification", N_("Minutes being corrected")),
                           ("archivee", N_("Archived"))),
    "agenda_kind": _list(("information", N_("Information")), ("echange", N_("Discussion")),
                         ("decision", N_("Decision"))),
    "audience": _list(("commun", N_("May be circulated")), ("interne", N_("Internal")),
                      ("observatoire", N_("Restricted"))),
    "note_kind": _list(("texte", N_("Text")), ("question", N_("Open point"))),
    "attendance_state": _list(("attendu", N_("Expected")), ("present", N_("Present")),
                              ("distance", N_("Remote")),
                              ("represente", N_("Represented")), ("excuse", N_("Excused")),
                              ("absent", N_("Absent"))),
    "decision_how": _list(("consensus", N_("By consensus")), ("vote", N_("By vote")),
                          ("report", N_("Postponed"))),
    "minutes_state": _list(("projet", N_("Draft")), ("valide", N_("Validated")),
                           ("rectificatif", N_("Correction"))),
    "action_state": _list(("idee", N_("Idea")), ("proposee", N_("Proposed")),
                          ("a_valider", N_("To be validated")),
                          ("en_cours", N_("Under way")), ("suspendue", N_("Suspended")),
                     ("faite", N_("Done")), ("abandonnee", N_("Given up"))),
    "funding": _list(("politique_de_la_ville", N_("Politique de la ville")),
                     ("droit_commun", N_("Ordinary funds")),
                     ("autre", N_("Other")), ("aucun", N_("None"))),
    "validation_party": _list(("etat", N_("State")), ("agglo", N_("Agglomeration"))),
    "validation_answer": _list(("donnee", N_("Given")), ("refusee", N_("Refused"))),
    "reminder_how": _list(("imprimee", N_("On paper")), ("message", N_("By message")),
                          ("oral", N_("By telephone or in person"))),
    "reminder_about": _list(
        ("retard", N_("Late actions")), ("validation", N_("Accords")),
        ("information", N_("Members to be told")), ("partage", N_("Actions to be presented")),
        ("adequation", N_("Existing schemes")), ("formation", N_("Training")),
        ("charte", N_("Charter"))),
    "notice_how": _list(("reunion", N_("In a meeting")), ("message", N_("By message"))),
    "clause_evidence": _list(
        ("formation", N_("A present member attended a whole training")),
        ("participation", N_("Present or represented at the meetings of its groups")),
        ("partage", N_("Its funded actions were presented in a meeting")),
        ("validation", N_("Its funded actions have both accords")),
        ("information", N_("The members were told of its other actions")),
        ("confidentialite", N_("The day on which it accepted confidentiality")),
        ("adequation", N_("Its funded actions name an existing scheme")),
        ("observatoire", N_("It fed the observatory")), ("ressources", N_("It fed the resources"))),
    "indicator_count": _list(
        ("formees", N_("People trained")), ("seances", N_("Meetings held")),
        ("validees", N_("Actions validated")),
        ("observations", N_("Observations received"))),
    "place_kind": _list(("commune", N_("Commune")), ("zone", N_("Zone")),
                        ("neighbourhood", N_("Neighbourhood (QPV)")),
                        ("territory", N_("Whole territory")), ("unknown", N_("Not known"))),
    "observation_shown": _list(("brouillon", N_("Draft")), ("saisie", N_("Entered")),
                               ("transmise", N_("Handed in")),
                               ("recue", N_("Received")), ("qualifiee", N_("Examined")),
                               ("liee", N_("Linked to an action")), ("ecartee", N_("Set aside"))),
    "observation_state": _list(("brouillon", N_("Draft")), ("transmise", N_("Handed in")),
                               ("recue", N_("Received")),
                               ("qualifiee", N_("Examined")), ("liee", N_("Linked to an action")),
                               ("ecartee", N_("Set aside"))),
    "element": _list(("traitement", N_("An unfavourable treatment")),
                     ("critere", N_("A ground named by the law")),
                     ("domaine", N_("A field named by the law"))),
    "feedback_question": _list(
        ("dure", N_("Is it still going on?")),
        ("accord", N_("Does the person agree that something be done, still without their name?")),
        ("ecrit", N_("Is there something in writing?")),
        ("temoin", N_("Did somebody else see or hear it?")),
        ("aide", N_("Is somebody helping the person?")),
        ("recours", N_("Has the person begun a complaint or an appeal?")),
        ("delai", N_("Did it happen in the last two months?")),
        ("deja", N_("Had it happened to the person before?")),
        ("autres", N_("Do you know of others to whom it happened?")),
        ("motif", N_("Was the ground said aloud or written?")),
        ("comparaison", N_("Was somebody else treated better in the same case?")),
        ("adresse", N_("Does the person want to know who can help?"))),
    "feedback_answer": _list(("oui", N_("Yes")), ("non", N_("No")), ("nsp", N_("I do not know"))),
    "retention_rule": _list(("comptee", N_("counted long enough ago")),
                            ("ecartee", N_("set aside long enough ago"))),
    "referral_kind": _list(("socio_juridique", N_("Social and legal support")),
                           ("acces_aux_droits",
                            N_("Access to rights and health care (CPAM: MisAS, PLANIR)")),
                           ("ccas", N_("CCAS")),
                           ("defenseur", N_("Délégué of the Défenseur des droits")),
                           ("avocat", N_("Lawyer or point-justice")),
                           ("syndicat", N_("Trade union")),
                           ("association", N_("Association"))),
    "release_audience": _list(("partenaires", N_("Partners")), ("public", N_("Public"))),
    "urgency": _list(("normale", N_("Ordinary")), ("urgente", N_("Urgent"))),
    "referral_state": _list(("proposee", N_("Proposed")), ("acceptee", N_("Accepted")),
                            ("contact_pris", N_("Contact made")), ("en_cours", N_("Under way")),
                            ("close", N_("Closed"))),
    "referral_step": _list(("contact", N_("Contact made")), ("rendez_vous", N_("Appointment")),
                           ("rendez_vous_manque", N_("Missed appointment")),
                           ("dossier", N_("File handed in")),
                           ("droit_ouvert", N_("Right opened")), ("refus", N_("Refusal")),
                           ("recours", N_("Appeal"))),
    "referral_result": _list(("abouti", N_("Succeeded")),
                             ("accord_amiable", N_("Amicable agreement")),
                             ("refus", N_("Refusal")), ("sans_suite", N_("Not pursued")),
                             ("abandon", N_("Dropped")),
                             ("oriente_ailleurs", N_("Referred elsewhere")),
                             ("inconnu", N_("Not known"))),
    "internship_level": _list(
        ("troisieme", N_("Troisième")), ("seconde", N_("Seconde")), ("cap", N_("CAP")),
        ("bac_pro", N_("Bac pro")), ("bts_but", N_("BTS or BUT")),
        ("superieur", N_("Licence or master")),
        ("insertion", N_("Back to work"))),
    "internship_sector": _list(
        ("accueil", N_("Reception and offices")), ("animation", N_("Youth work and sport")),
        ("batiment", N_("Building and public works")),
        ("beaute", N_("Hairdressing and beauty care")),
        ("commerce", N_("Shops and sales")), ("communication", N_("Communication and media")),
        ("culture", N_("Culture and heritage")), ("enfance", N_("Schools and early childhood")),
        ("environnement", N_("Environment, farming, green spaces")),
        ("hotellerie", N_("Hotels, catering and food")),
        ("industrie", N_("Industry and maintenance")), ("informatique", N_("Computing")),
        ("justice", N_("Law, safety and defence")), ("sante", N_("Health")),
        ("social", N_("Social work and care")),
        ("transport", N_("Transport and logistics")), ("autre", N_("Other"))),
    "school_type": _list(
        ("college", N_("Collège")), ("college_rep", N_("Collège of priority education (REP)")),
        ("segpa", N_("SEGPA, ULIS or EREA")), ("lycee", N_("General or technological lycée")),
        ("lycee_pro", N_("Vocational lycée")), ("cfa", N_("Apprenticeship centre (CFA)")),
        ("superieur", N_("Higher education")),
        ("insertion", N_("Mission locale or second-chance school")),
        ("autre", N_("Other"))),
    "qpv_answer": _list(("oui", N_("Yes")), ("non", N_("No"))),
    "application_answer": _list(("attente", N_("Waiting for an answer")),
                                ("acceptee", N_("Accepted")),
                                ("refusee", N_("Refused")), ("sans_reponse", N_("No answer"))),
    "resource_kind": _list(("outil", N_("Tool")), ("intervenant", N_("Speaker")),
                           ("document", N_("Document")),
                           ("lieu", N_("Place")), ("validation", N_("Validation tool")),
                           ("memoire", N_("Memory and history of the territory"))),
    "role": _list(("coordination", N_("Coordination")), ("secretariat", N_("Secretariat")),
                  ("observatoire", N_("Observatory")),
                  ("validation_etat", N_("Validation by the State")),
                  ("validation_agglo", N_("Validation by the agglomeration")),
                  ("membre", N_("Member")),
                  ("lecture", N_("Reader"))),
}


def label(choices: str, code: str | None) -> str:
    """Return the label of `code` in the list `choices`, in the current language; the code itself
    when it is not known here."""
    if not code:
        return ""
    for choice in CHOICES.get(choices, ()):
        if choice.code == code:
            return _(choice.label)
    return code


def codes_of(choices: str) -> tuple[str, ...]:
    """Return the codes of a fixed list."""
    return tuple(choice.code for choice in CHOICES.get(choices, ()))
