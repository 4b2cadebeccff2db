"""What the observation screens show: the list, one observation, what became of one's own."""

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.observations import Feedback, Observation
from desktop.models.vocabularies import Place, Term
from desktop.queries.directory import organisation_names


@dataclass(frozen=True)
class ObservationRow:
    """One observation; places and terms by code, their words are found with `words_of`."""

    id: uuid.UUID
    month: str
    place: str
    domain: str
    principal_criterion: str
    criteria: tuple[str, ...]
    form: str
    setting: str
    source: str
    repetition: str
    age: str
    gender: str
    consequences: tuple[str, ...]
    evidence: tuple[str, ...]
    recourse: tuple[str, ...]
    confidence: int
    account: str
    state: str
    organisation: str
    action_id: uuid.UUID | None
    mine: bool


@dataclass(frozen=True)
class Words:
    """The labels of terms and places by their codes, for one language."""

    terms: dict[tuple[str, str], str]
    places: dict[str, str]

    def term(self, vocabulary: str, code: str) -> str:
        """The label of a term; its code where the vocabulary does not know it."""
        return self.terms.get((vocabulary, code), code)

    def place(self, code: str) -> str:
        """The name of a place; its code where it is not known."""
        return self.places.get(code, code)


@dataclass(frozen=True)
class Tally:
    """Counts for a chart: a label's code and how many."""

    code: str
    count: int


@dataclass(frozen=True)
class Overview:
    """How the observations that this device can read spread; never for publication as it stands."""

    total: int
    domains: tuple[Tally, ...]
    criteria: tuple[Tally, ...]
    months: tuple[Tally, ...]


def words_of(session: Session, language: str) -> Words:
    """Every term and place in one language."""
    terms = {}
    for vocabulary, code, french, english in session.execute(
            select(Term.vocabulary, Term.code, Term.label_fr, Term.label_en)):
        terms[(vocabulary or "", code or "")] = (english if language == "en" and english else french) or ""
    places = {code or "": name or "" for code, name in session.execute(select(Place.code, Place.name))}
    return Words(terms, places)


def observations_of(session: Session, me: uuid.UUID | None = None) -> list[ObservationRow]:
    """Every observation that this device holds, the latest month first; `mine` are those that `me` wrote here."""
    organisations = organisation_names(session)
    rows = []
    for o in session.scalars(select(Observation).where(Observation.deleted.is_not(True))):
        rows.append(ObservationRow(
            o.id, o.month or "", o.neighbourhood or o.commune or o.zone or "", o.domain or "",
            o.principal_criterion or "", tuple(o.criteria or ()), o.form or "", o.setting or "", o.source or "",
            o.repetition or "", o.age or "", o.gender or "", tuple(o.consequences or ()), tuple(o.evidence or ()),
            tuple(o.recourse or ()), o.confidence or 0, o.account or "", o.state or "brouillon",
            organisations.get(o.organisation_id, "") if o.organisation_id else "", o.action_id,
            me is not None and o.created_by_id == me))
    return sorted(rows, key=lambda row: (row.month, str(row.id)), reverse=True)


def overview_of(session: Session) -> Overview:
    """Counts by domain, principal criterion and month of collection."""
    domains: Counter[str] = Counter()
    criteria: Counter[str] = Counter()
    months: Counter[str] = Counter()
    total = 0
    query = select(Observation.domain, Observation.principal_criterion, Observation.month)
    for domain, criterion, month in session.execute(query.where(Observation.deleted.is_not(True))):
        total += 1
        domains[domain or ""] += 1
        criteria[criterion or ""] += 1
        months[month or ""] += 1
    return Overview(total, tuple(Tally(c, n) for c, n in domains.most_common()),
                    tuple(Tally(c, n) for c, n in criteria.most_common()),
                    tuple(Tally(c, n) for c, n in sorted(months.items())))


def feedback_states(session: Session, me: uuid.UUID | None) -> dict[str, int]:
    """How many of one person's own observations stand in each state, by feedback where there is one."""
    told = {f.handle: f.state or "" for f in session.scalars(select(Feedback).where(Feedback.deleted.is_not(True)))}
    counts: Counter[str] = Counter()
    if me is None:
        return {}
    query = select(Observation.state, Observation.feedback_handle).where(
        Observation.deleted.is_not(True), Observation.created_by_id == me)
    for state, handle in session.execute(query):
        counts[told.get(handle) or state or "brouillon"] += 1
    return dict(counts)
