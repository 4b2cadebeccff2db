"""The records as the observatory counts them: populations, their dimensions, and the codes of each
record."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.internships import InternshipApplication, InternshipRequest
from desktop.models.observations import Observation
from desktop.models.referrals import Referral
from desktop.models.states import (
    ApplicationAnswer,
    ObservationState,
    QpvAnswer,
    counts_in_figures,
)
from desktop.models.vocabularies import Place, Term
from desktop.privacy.disclosure.counting import LATE, ON_TIME, Counted
from desktop.privacy.disclosure.cubes import Structure
from desktop.privacy.disclosure.periods import quarter_of_month
from desktop.privacy.disclosure.planning import Population, TableForm
from desktop.queries.organisation_aliases import organisation_aliases

UNKNOWN = "NSP"
WITH_RECOURSE, NOT_ANSWERED = "AVEC_RECOURS", "SANS_REPONSE"
ELSEWHERE, NO_PLACE = "AUTRES_COMMUNES", "NON_PRECISE"
IN_QPV, OUT_OF_QPV = "EN_QPV", "HORS_QPV"
FOUND, NOT_FOUND = "TROUVE", "NON_TROUVE"
OF_WORDS = "PROPOS_VIOLENCE"
"""The form of what is counted apart: words and violence."""
LARGE_TOWN = 20_000
"""Inhabitants from which a commune is a line of its own beside the zones."""
FOLLOW_UP = (ObservationState.RECEIVED, ObservationState.QUALIFIED, ObservationState.LINKED)
NOBODY = "-"
"""Who reports a record of which no organisation is known."""

MERGED = {
    "criterion": (
        ("ORIGINE",),
        ("SANTE_HANDICAP",),
        ("SEXE_GENRE", "LGBT"),
        ("AGE_FAMILLE", "PRECARITE_LIEU"),
        ("CONVICTIONS", "APPARENCE", "HORS_LOI", UNKNOWN),
    ),
    "domain": (
        ("EMPLOI_FORMATION",),
        ("LOGEMENT",),
        ("SANTE_DROITS", "EDUCATION"),
        ("BIENS_LOISIRS", "ESPACE_AUTRE"),
    ),
}
"""Families that small collectives show together in tables of two dimensions: the same for all,
for ever."""
USUAL = {
    "criterion": {
        "ORIGINE": 30.0,
        "SANTE_HANDICAP": 25,
        "SEXE_GENRE": 12,
        "AGE_FAMILLE": 12,
        "PRECARITE_LIEU": 10,
        "CONVICTIONS": 6,
        "LGBT": 3,
        "APPARENCE": 3,
        "HORS_LOI": 2,
        UNKNOWN: 2,
    },
    "domain": {
        "EMPLOI_FORMATION": 40.0,
        "LOGEMENT": 20,
        "SANTE_DROITS": 18,
        "BIENS_LOISIRS": 10,
        "ESPACE_AUTRE": 8,
        "EDUCATION": 6,
    },
}
"""How often families occur, roughly: it orders what is hidden in a first year, and nothing else."""


def counted_records(session: Session) -> dict[str, tuple[Population, list[Counted]]]:
    """Every population with its records as they stand now."""
    places = PlaceLines(session)
    families = read_families(session)
    main: list[Counted] = []
    apart: list[Counted] = []
    o = Observation
    rows = session.execute(
        select(
            o.id,
            o.month,
            o.domain,
            o.principal_criterion,
            o.form,
            o.commune,
            o.zone,
            o.neighbourhood,
            o.state,
            o.recourse,
            o.no_recourse_reason,
            o.organisation_id,
        ).where(o.deleted.is_not(True))
    )
    known = organisation_aliases(session)
    for row in rows:
        if not counts_in_figures(row.state) or not row.month:
            continue
        criterion = families.criterion(row.principal_criterion)
        common = (row.id.bytes, quarter_of_month(row.month))
        reporter = (known.get(row.organisation_id, row.organisation_id).hex if row.organisation_id
                    else NOBODY)
        if row.form == OF_WORDS:
            apart.append(Counted(*common, (criterion,), reporter))
            continue
        recourse = [code for code in row.recourse or [] if code not in ("AUCUN", "NSP", "NRP")]
        reason = WITH_RECOURSE if recourse else row.no_recourse_reason or NOT_ANSWERED
        main.append(
            Counted(
                *common,
                (
                    criterion,
                    families.domain(row.domain),
                    places.zone(row.zone, row.commune, row.neighbourhood),
                    row.state or "",
                    reason if reason in families.reasons else NOT_ANSWERED,
                ),
                reporter,
            )
        )
    return {
        "observations": (_observations(families, places), main),
        "incidents": (_incidents(families), apart),
        "referrals": _referrals(session),
        "internships": _internships(session),
    }


class Families:
    """The family of each criterion and domain, and the codes of all."""

    def __init__(self, terms: Iterable[tuple[str | None, str | None, str | None]]) -> None:
        self.of: dict[tuple[str, str], str] = {}
        listed: dict[str, list[str]] = {}
        for vocabulary, code, family in terms:
            self.of[vocabulary or "", code or ""] = family or ""
            listed.setdefault(vocabulary or "", []).append(code or "")
        self.criteria = tuple(dict.fromkeys([*listed.get("criterion_families", []), UNKNOWN]))
        self.domains = tuple(dict.fromkeys([*listed.get("domain_families", []), UNKNOWN]))
        self.reasons = tuple(
            dict.fromkeys([*listed.get("no_recourse_reasons", []), WITH_RECOURSE, NOT_ANSWERED])
        )

    def criterion(self, code: str | None) -> str:
        """Return the family of a criterion; « ne sait pas » is shown as such, never spread."""
        family = UNKNOWN if code in (UNKNOWN, "NRP") else self.of.get(("criteria", code or ""), "")
        return family if family in self.criteria else UNKNOWN

    def domain(self, code: str | None) -> str:
        """Return the family of a domain."""
        family = self.of.get(("domains", code or ""), "")
        return family if family in self.domains else UNKNOWN


def read_families(session: Session) -> Families:
    """Return the families of all criteria and domains, as the vocabularies say them."""
    rows = session.execute(
        select(Term.vocabulary, Term.code, Term.family)
        .where(Term.deleted.is_not(True))
        .order_by(Term.order, Term.code)
    )
    return Families((row.vocabulary, row.code, row.family) for row in rows)


class PlaceLines:
    """Zones, and the towns that are large enough to be a line of their own."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(
            select(Place.kind, Place.code, Place.parent_code, Place.population)
            .where(Place.deleted.is_not(True))
            .order_by(Place.code)
        ).all()
        self._parent = {row.code: row.parent_code or "" for row in rows if row.kind != "zone"}
        zones = [row.code or "" for row in rows if row.kind == "zone"]
        towns = [
            row.code or ""
            for row in rows
            if row.kind == "commune" and (row.population or 0) >= LARGE_TOWN
        ]
        self.codes = tuple(dict.fromkeys([*towns, *zones, ELSEWHERE, NO_PLACE]))

    def zone(self, zone: str | None, commune: str | None, neighbourhood: str | None) -> str:
        """Return the line of a place."""
        town = commune or self._parent.get(neighbourhood or "", "")
        for code in (town, zone or "", self._parent.get(town, "")):
            if code in self.codes:
                return code
        return ELSEWHERE if town else NO_PLACE


LATENESS = (ON_TIME, LATE)


def _observations(families: Families, places: PlaceLines) -> Population:
    codes = {
        "criterion": families.criteria,
        "domain": families.domains,
        "zone": places.codes,
        "follow_up": tuple(map(str, FOLLOW_UP)),
        "no_recourse": families.reasons,
        "late": LATENESS,
    }
    cliques = (
        ("criterion", "domain"),
        ("domain", "zone"),
        ("follow_up",),
        ("no_recourse",),
        ("late",),
    )
    return Population(
        Structure("observations", codes, cliques),
        (
            TableForm("domain_family", ("domain",)),
            TableForm("criterion_family", ("criterion",)),
            TableForm("quarter", ("quarter",)),
            TableForm("zone", ("zone",)),
            TableForm("follow_up", ("follow_up",)),
            TableForm("no_recourse", ("no_recourse",)),
            TableForm("late", ("late",)),
            TableForm("criterion_family_by_domain_family", ("criterion", "domain")),
            TableForm("domain_family_by_zone", ("domain", "zone")),
        ),
        MERGED,
        USUAL,
    )


def _incidents(families: Families) -> Population:
    codes = {"criterion": families.criteria, "late": LATENESS}
    return Population(
        Structure("incidents", codes, (("criterion",), ("late",))),
        (TableForm("incidents", ("criterion",)),),
        usual=USUAL,
    )


def _referrals(session: Session) -> tuple[Population, list[Counted]]:
    known = organisation_aliases(session)
    rows = session.execute(
        select(Referral.id, Referral.opened_month, Referral.kind, Referral.organisation_id).where(
            Referral.deleted.is_not(True), Referral.opened_month.is_not(None)
        )
    )
    counted = [
        Counted(
            row.id.bytes,
            quarter_of_month(row.opened_month),
            (row.kind or UNKNOWN,),
            known.get(row.organisation_id, row.organisation_id).hex if row.organisation_id
            else NOBODY,
        )
        for row in rows
    ]
    kinds = (
        "socio_juridique",
        "acces_aux_droits",
        "ccas",
        "defenseur",
        "avocat",
        "syndicat",
        "association",
        UNKNOWN,
    )
    return Population(
        Structure("referrals", {"kind": kinds, "late": LATENESS}, (("kind",), ("late",))),
        (TableForm("referrals", ("kind",)),),
    ), counted


def _internships(session: Session) -> tuple[Population, list[Counted]]:
    # A search is one person, who may send forty applications: it is counted once, as found if
    # one of them was accepted.
    accepted = (
        select(InternshipApplication.id)
        .where(
            InternshipApplication.request_id == InternshipRequest.id,
            InternshipApplication.deleted.is_not(True),
            InternshipApplication.answer == ApplicationAnswer.ACCEPTED,
        )
        .exists()
    )
    rows = session.execute(
        select(
            InternshipRequest.id,
            InternshipRequest.month,
            InternshipRequest.lives_in_qpv,
            accepted.label("found"),
        ).where(InternshipRequest.deleted.is_not(True), InternshipRequest.month.is_not(None))
    )
    counted = [
        Counted(
            row.id.bytes,
            quarter_of_month(row.month),
            (
                FOUND if row.found else NOT_FOUND,
                IN_QPV if row.lives_in_qpv == QpvAnswer.YES else OUT_OF_QPV,
            ),
            NOBODY,
        )
        for row in rows
    ]
    codes = {"outcome": (FOUND, NOT_FOUND), "place": (IN_QPV, OUT_OF_QPV), "late": LATENESS}
    # Nothing says which organisation a search comes from.
    return Population(
        Structure("internships", codes, (("outcome", "place"), ("late",))),
        (TableForm("internships", ("outcome", "place")),),
        reported=False,
    ), counted
