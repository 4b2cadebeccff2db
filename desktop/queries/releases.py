"""What was published, what may be published, and the records as the observatory counts them."""

import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.internships import InternshipRequest
from desktop.models.observations import Observation
from desktop.models.record import STAMP
from desktop.models.referrals import Referral
from desktop.models.releases import Release, is_whole
from desktop.models.states import ObservationState, counts_in_figures
from desktop.models.vocabularies import Place, Term
from desktop.privacy.disclosure.admission import Barred, Past, bar
from desktop.privacy.disclosure.cells import Table
from desktop.privacy.disclosure.counting import LATE, ON_TIME, Counted
from desktop.privacy.disclosure.cubes import Structure
from desktop.privacy.disclosure.periods import quarter_of_month
from desktop.privacy.disclosure.planning import Form, Population
from desktop.privacy.disclosure.release import FrozenRelease, decode, standing

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


@dataclass(frozen=True, kw_only=True)
class ReleaseRow:
    """One release. `stands`: false where another computer released before; `sha256`: the name of
    its content."""

    id: uuid.UUID
    period: str
    audience: str
    made_on: str
    sha256: str
    tables: tuple[str, ...]
    narrowest_interval: tuple[int, int] | None
    stands: bool


@dataclass(frozen=True, kw_only=True)
class PeriodChoice:
    """A period that may be chosen for an audience; `barred`: why not yet, or no more."""

    period: str
    audience: str
    barred: Barred | None


def frozen_releases(session: Session) -> tuple[list[FrozenRelease], list[FrozenRelease]]:
    """The releases that stand, the oldest first, and those that do not. One in the bin was
    published all the same."""
    return standing([release for _id, release in _releases(session)])


def _releases(session: Session) -> list[tuple[uuid.UUID, FrozenRelease]]:
    rows = session.execute(select(Release.id, Release.content, getattr(Release, "content" + STAMP)))
    found = []
    for record_id, content, stamp in rows:
        if is_whole(record_id, content):
            with suppress(ValueError):
                found.append((bytes(stamp or b""), record_id, decode(content)))
    return [
        (record_id, release)
        for _stamp, record_id, release in sorted(found, key=lambda row: row[:2])
    ]


def unreadable_releases(session: Session) -> int:
    """How many rows are not the release that their id says, or are of a form that is not known
    here."""
    rows = session.execute(select(Release.id)).all()
    return len(rows) - len(_releases(session))


def releases_of(session: Session) -> list[ReleaseRow]:
    """Every release, the oldest first."""
    found = _releases(session)
    stand = {release.sha256 for release in standing([release for _id, release in found])[0]}
    return [
        ReleaseRow(
            id=record_id,
            period=release.window,
            audience=release.audience,
            made_on=release.made_on,
            sha256=release.sha256,
            tables=tuple(table.name for table in tables_of(release)),
            narrowest_interval=release.proof.narrowest,
            stands=release.sha256 in stand,
        )
        for record_id, release in found
    ]


def tables_of(release: FrozenRelease) -> list[Table]:
    """The tables of a release, of all populations."""
    return [table for part in release.parts.values() for table in part.tables]


def release_of(session: Session, period: str, audience: str) -> FrozenRelease | None:
    """The release of a period for an audience that stands; None where there is none."""
    return next(
        (r for r in frozen_releases(session)[0] if (r.window, r.audience) == (period, audience)),
        None,
    )


def periods_of(session: Session, today: date) -> list[PeriodChoice]:
    """The periods of this year and the last one for each audience, with what bars each."""
    past = [Past(r.window, r.audience, r.made_on) for r in frozen_releases(session)[0]]
    windows = []
    for year in (today.year - 1, today.year):
        windows += [
            str(year),
            *(f"{year}-S{n}" for n in (1, 2)),
            *(f"{year}-T{n}" for n in range(1, 5)),
        ]
    return [
        PeriodChoice(period=window, audience=audience, barred=bar(window, audience, past, today))
        for audience in ("partenaires", "public")
        for window in windows
    ]


# The records, counted


def counted_records(session: Session) -> dict[str, tuple[Population, list[Counted]]]:
    """Every population with its records as they stand now."""
    places = _Places(session)
    families = _families(session)
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
    for row in rows:
        if not counts_in_figures(row.state) or not row.month:
            continue
        criterion = families.criterion(row.principal_criterion)
        common = (row.id.bytes, quarter_of_month(row.month))
        reporter = row.organisation_id.hex if row.organisation_id else NOBODY
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


class _Families:
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
        """The family of a criterion; « ne sait pas » is shown as such, never spread."""
        family = UNKNOWN if code in (UNKNOWN, "NRP") else self.of.get(("criteria", code or ""), "")
        return family if family in self.criteria else UNKNOWN

    def domain(self, code: str | None) -> str:
        """The family of a domain."""
        family = self.of.get(("domains", code or ""), "")
        return family if family in self.domains else UNKNOWN


def _families(session: Session) -> _Families:
    rows = session.execute(
        select(Term.vocabulary, Term.code, Term.family)
        .where(Term.deleted.is_not(True))
        .order_by(Term.order, Term.code)
    )
    return _Families((row.vocabulary, row.code, row.family) for row in rows)


class _Places:
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
        """The line of a place."""
        town = commune or self._parent.get(neighbourhood or "", "")
        for code in (town, zone or "", self._parent.get(town, "")):
            if code in self.codes:
                return code
        return ELSEWHERE if town else NO_PLACE


LATENESS = (ON_TIME, LATE)


def _observations(families: _Families, places: _Places) -> Population:
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
            Form("domain_family", ("domain",)),
            Form("criterion_family", ("criterion",)),
            Form("quarter", ("quarter",)),
            Form("zone", ("zone",)),
            Form("follow_up", ("follow_up",)),
            Form("no_recourse", ("no_recourse",)),
            Form("late", ("late",)),
            Form("criterion_family_by_domain_family", ("criterion", "domain")),
            Form("domain_family_by_zone", ("domain", "zone")),
        ),
        MERGED,
        USUAL,
    )


def _incidents(families: _Families) -> Population:
    codes = {"criterion": families.criteria, "late": LATENESS}
    return Population(
        Structure("incidents", codes, (("criterion",), ("late",))),
        (Form("incidents", ("criterion",)),),
        usual=USUAL,
    )


def _referrals(session: Session) -> tuple[Population, list[Counted]]:
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
            row.organisation_id.hex if row.organisation_id else NOBODY,
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
        (Form("referrals", ("kind",)),),
    ), counted


def _internships(session: Session) -> tuple[Population, list[Counted]]:
    rows = session.execute(
        select(
            InternshipRequest.id,
            InternshipRequest.month,
            InternshipRequest.found,
            InternshipRequest.neighbourhood,
        ).where(InternshipRequest.deleted.is_not(True), InternshipRequest.month.is_not(None))
    )
    counted = [
        Counted(
            row.id.bytes,
            quarter_of_month(row.month),
            (FOUND if row.found else NOT_FOUND, IN_QPV if row.neighbourhood else OUT_OF_QPV),
            NOBODY,
        )
        for row in rows
    ]
    codes = {"outcome": (FOUND, NOT_FOUND), "place": (IN_QPV, OUT_OF_QPV), "late": LATENESS}
    # Nothing says which organisation a search comes from.
    return Population(
        Structure("internships", codes, (("outcome", "place"), ("late",))),
        (Form("internships", ("outcome", "place")),),
        reported=False,
    ), counted
