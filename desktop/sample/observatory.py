"""Observations, what their authors are told, referrals: roles and places, never a name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from desktop.models.observations import Feedback, Observation
from desktop.models.referrals import Referral, ReferralStep
from desktop.models.rules.observations import ACCOUNT_LIMIT
from desktop.privacy.case_codes import make_case_code
from desktop.sample.world import Row, World

OBSERVATIONS = 150
REFERRALS = 40

CRITERIA = {
    "ORIG": 24, "PATR": 8, "RACE": 6, "LANG": 4, "RELI": 7, "SEXE": 9, "GROS": 5, "ORSE": 3,
    "IDGE": 2, "AGE":
    8, "FAMI": 5, "HAND": 16, "SANT": 8, "AUTO": 2, "PHYS": 5, "ECON": 9, "LIEU": 10, "SYND": 2,
    "BANC": 1,
    "NSP": 3,
}
DOMAINS = {
    "ACCES_EMPLOI": 16, "EMPLOI_PRIVE": 10, "EMPLOI_PUBLIC": 4, "STAGE": 12, "FORMATION": 4,
    "LOGEMENT_SOCIAL":
    14, "LOGEMENT_PRIVE": 12, "ECOLE": 6, "SANTE": 7, "PROTECTION_SOCIALE": 8, "SERVICE_PUBLIC": 6,
    "COMMERCE":
    5, "LOISIRS": 5, "TRANSPORT": 3, "POLICE_JUSTICE": 4, "ESPACE_PUBLIC": 4, "EN_LIGNE": 2,
}
FORMS = {
    "DIRECTE": 50, "INDIRECTE": 14, "HARCELEMENT": 12, "REFUS_AMENAGEMENT": 7, "SYSTEMIQUE": 6,
    "PROPOS_VIOLENCE": 8, "REPRESAILLES": 3, "NSP": 8,
}
SETTINGS = ("EMPLOYEUR_PRIVE", "ADMINISTRATION", "BAILLEUR_SOCIAL", "BAILLEUR_PRIVE", "AGENCE",
            "COMMERCE", "ECOLE",
            "COLLEGUE", "VOISIN", "FORCE_ORDRE", "SOIGNANT", "ASSOCIATION", "ALGORITHME", "INCONNU")
STATES = {
    "transmise": 22, "recue": 28, "qualifiee": 30, "liee": 15, "ecartee": 5,
}


def rows(world: World) -> Iterator[Row]:
    """Yield what only the observatory team reads in full."""
    observations = []
    for _each in range(OBSERVATIONS):
        values = _observation(world)
        observations.append(values["id"])
        yield Observation, values
        if values["state"] != "transmise":
            yield Feedback, {"id": world.id_at(date.fromisoformat(values["month"] + "-28")),
                             "state": values["state"],
                             "handle": values["feedback_handle"], "action_id": values["action_id"]}
    for _each in range(REFERRALS):
        yield from _referral(world, world.pick(observations) if world.chance(0.6) else None)


def _weighted(world: World, options: dict[str, int]) -> str:
    return world.pick(options, options.values())


def _place(world: World) -> dict[str, Any]:
    kind = world.pick(("commune", "neighbourhood", "territory", "unknown"), (55, 30, 10, 5))
    if kind == "neighbourhood":
        code, commune = world.pick(world.frame.neighbourhoods)
        return {"place_kind": kind, "neighbourhood": code, "commune": commune}
    if kind != "commune":
        return {"place_kind": kind}
    communes = world.frame.communes
    code, _name, zone = world.pick(communes, [1 / (rank + 1.5) for rank in range(len(communes))])
    # A small commune would single people out: only its zone is kept.
    return {"place_kind": "zone", "zone": zone} if zone else {"place_kind": kind, "commune": code}


def _observation(world: World) -> dict[str, Any]:
    month = world.month()
    principal = _weighted(world, CRITERIA)
    state = ("transmise" if month == f"{world.today:%Y-%m}" and world.chance(0.7)
             else _weighted(world, STATES))
    recourse = ["AUCUN"] if world.chance(0.55) else world.some(
        ("INTERNE", "MEDIATEUR", "DEFENSEUR", "3928", "PLAINTE", "PRUDHOMMES", "SYNDICAT",
         "ASSOCIATION", "CPAM"), 1, 2)
    return {
        "id": world.random_id(), "month": month, **_place(world),
        "domain": _weighted(world, DOMAINS),
        "principal_criterion": principal,
        "criteria": world.some([c for c in CRITERIA if c not in (principal, "NSP")], 1, 2)
        if world.chance(0.35) else [],
        "form": _weighted(world, FORMS), "setting": world.pick(SETTINGS),
        "source": world.pick(
            ("VICTIME", "TEMOIN", "PROCHE", "PROFESSIONNEL", "PARENT", "GROUPE"),
            (50, 12, 8, 20, 7, 3)),
        "repetition": world.pick(("UNIQUE", "REPETEE", "EN_COURS", "NSP")),
        "facts_period": f"{month[:4]}-T{(int(month[5:]) - 1) // 3 + 1}" if world.chance(0.6)
        else month[:4],
        "age": world.pick(
            ("MOINS_18", "18_25", "26_39", "40_59", "60_74", "75_PLUS", "NSP"),
            (6, 24, 28, 22, 10, 4, 6)),
        "gender": world.pick(("FEMME", "HOMME", "AUTRE", "NRP"), (52, 40, 2, 6)),
        "consequences": world.some(
            ("REFUS", "RETARD", "PERTE_FINANCIERE", "NON_RECOURS", "SANTE", "ISOLEMENT"), 1, 2),
        "evidence": world.some(("ECRIT", "TEMOIN", "ENREGISTREMENT", "COMPARAISON"), 1, 2)
        if world.chance(0.6) else ["AUCUNE"],
        "recourse": recourse, "no_recourse_reason": world.pick(
            ("INUTILE", "NE_SAVAIT_PAS", "PEUR", "PAS_DE_PREUVE", "LANGUE", "COUT"))
        if recourse == ["AUCUN"] else None,
        "confidence": world.rng.randint(1, 3), "account": world.text("account")[:ACCOUNT_LIMIT],
        "agrees": world.chance(0.9), "state": state,
        "discarded_reason": "Faits hors du champ de l’observatoire." if state == "ecartee"
        else None,
        "qualification": world.pick(("PLAUSIBLE", "QUALIFIEE", "HORS_CHAMP"), (6, 3, 1))
        if state in ("qualifiee", "liee") else "NON_EXAMINEE",
        "action_id": world.pick(world.actions) if state == "liee" else None,
        "organisation_id": world.pick(world.organisations),
        "feedback_handle": f"{world.rng.getrandbits(64):016x}"}


def _referral(world: World, observation: Any) -> Iterator[Row]:
    made, opened = world.random_id(), world.month()
    state = world.pick(("proposee", "acceptee", "contact_pris", "en_cours", "close"),
                       (8, 8, 12, 32, 40))
    closed = max(opened, world.month(6)) if state == "close" else None
    yield Referral, {
        "id": made, "case_code": make_case_code(world.rng), "observation_id": observation,
        "organisation_id": world.pick(world.organisations), "state": state, "opened_month": opened,
        "kind": world.pick(
            ("socio_juridique", "acces_aux_droits", "ccas", "defenseur", "avocat", "syndicat",
             "association")),
        "urgency": world.pick(("normale", "urgente"), (85, 15)), "closed_month": closed,
        "outcome": world.text("step") if closed else None,
        "result": world.pick(("abouti", "accord_amiable", "refus", "sans_suite",
                              "oriente_ailleurs")) if closed else None}
    for _each in range(world.rng.randint(0, 3)):
        yield ReferralStep, {"id": world.random_id(), "referral_id": made,
                             "month": max(opened, world.month(10)),
                             "step": world.pick(("contact", "rendez_vous", "dossier", "recours")),
                             "text": world.text("step")}
