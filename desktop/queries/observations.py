"""What the observation screens show: the list, one observation, what became of one's own."""

import uuid
from dataclasses import dataclass, field, replace
from functools import lru_cache
from sys import intern

import msgspec
from sqlalchemy import ColumnElement, Text, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models.directory import Organisation
from desktop.models.local import Pending
from desktop.models.observations import Feedback, Observation
from desktop.models.states import ObservationState, shown_state
from desktop.models.vocabularies import Place, Term, name_on


@dataclass(frozen=True, slots=True)
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
    facts_period: str
    no_recourse_reason: str
    elements: tuple[str, ...]
    same_as_id: uuid.UUID | None


@dataclass(frozen=True)
class TermLabels:
    """The labels of terms and places by their codes, for one language."""

    terms: dict[tuple[str, str], str]
    places: dict[str, str]
    earlier_terms: dict[tuple[str, str], str] = field(default_factory=dict)
    earlier_places: dict[str, str] = field(default_factory=dict)
    """The earlier names of those that were renamed, as `name_on` reads them."""

    def term(self, vocabulary: str, code: str, on: str = "") -> str:
        """Return the label of a term, that of the day or month `on` where it was renamed since; its
        code where it is not known."""
        key = vocabulary, code
        return name_on(self.terms.get(key, code), self.earlier_terms.get(key), on)

    def place(self, code: str, on: str = "") -> str:
        """Return the name of a place, that of the day or month `on` where it was renamed since; its
        code where it is not known."""
        return name_on(self.places.get(code, code), self.earlier_places.get(code), on)


@dataclass(frozen=True)
class Tally:
    """Counts for a chart: a label's code and how many."""

    code: str
    count: int


def words_of(session: Session, language: str) -> TermLabels:
    """Every term and place in one language."""
    terms, renamed_terms = {}, {}
    for vocabulary, code, french, english, earlier in session.execute(
            select(Term.vocabulary, Term.code, Term.label_fr, Term.label_en, Term.earlier)):
        terms[(vocabulary or "", code or "")] = (english if language == "en" and english
                                                 else french) or ""
        if earlier:
            renamed_terms[(vocabulary or "", code or "")] = earlier
    rows = session.execute(select(Place.code, Place.name, Place.earlier)).all()
    return TermLabels(terms, {code or "": name or "" for code, name, _earlier in rows},
                      renamed_terms,
                 {code or "": earlier for code, _name, earlier in rows if earlier})


def observations_of(session: Session, me: uuid.UUID | None = None,
                    count: int | None = None) -> list[ObservationRow]:
    """Return the observations that this device holds, the latest month first, or so many of them;
    `mine`: those `me` wrote here."""
    return _rows(session, me, count)


def own_observations(session: Session, me: uuid.UUID | None,
                     count: int | None = None) -> list[ObservationRow]:
    """Those that `me` wrote on this computer, the latest month first, in the state that the watch
    group told, entered where it has not left; for None those without an author."""
    rows = _rows(session, me, count, Observation.created_by_id == me)
    told = {row.id: row.state for row in session.execute(
        select(Observation.id, Feedback.state)
        .join(Feedback, Feedback.handle == Observation.feedback_handle)
        .where(Feedback.deleted.is_not(True), Feedback.state.is_not(None),
               Observation.created_by_id == me))}
    waiting = not_left(session)
    states = {row.id: shown_state(told.get(row.id, row.state), has_left=row.id not in waiting)
              for row in rows}
    return [row if states[row.id] == row.state else replace(row, state=states[row.id])
            for row in rows]


def not_left(session: Session) -> frozenset[uuid.UUID]:
    """Return the observations of which something waits here to be sealed for the shared folder."""
    waiting = session.scalars(select(Pending.record_id)
                              .where(Pending.kind == Observation.kind_name()))
    return frozenset(uuid.UUID(bytes=bytes(record_id)) for record_id in waiting)


def own_among(session: Session, ids: tuple[uuid.UUID, ...],
              me: uuid.UUID | None) -> frozenset[uuid.UUID]:
    """Those of these observations that `me` wrote on this computer."""
    return frozenset(
        session.scalars(select(Observation.id)
                        .where(Observation.id.in_(ids), Observation.created_by_id == me)))


def _rows(session: Session, me: uuid.UUID | None, count: int | None,
          *where: ColumnElement[bool]) -> list[ObservationRow]:
    o = Observation
    query = (select(o.id, o.month, o.neighbourhood, o.commune, o.zone, o.domain,
                    o.principal_criterion, _text(o.criteria),
                    o.form, o.setting, o.source, o.repetition, o.age, o.gender,
                    _text(o.consequences), _text(o.evidence),
                    _text(o.recourse), o.confidence, o.account, o.state, Organisation.short_name,
                    Organisation.name, o.action_id,
                    o.created_by_id, o.facts_period, o.no_recourse_reason, _text(o.elements),
                    o.same_as_id)
             .outerjoin(Organisation, Organisation.id == o.organisation_id)
             .where(o.deleted.is_not(True), *where)
             .order_by(func.coalesce(o.month, "").desc(), o.id.desc()).limit(count))
    # Thousands of rows of a few words each: one copy of each word.
    return [ObservationRow(
        r[0], intern(r[1] or ""), intern(r[2] or r[3] or r[4] or ""), intern(r[5] or ""),
        intern(r[6] or ""), _codes(r[7]),
        intern(r[8] or ""), intern(r[9] or ""), intern(r[10] or ""), intern(r[11] or ""),
        intern(r[12] or ""),
        intern(r[13] or ""), _codes(r[14]), _codes(r[15]), _codes(r[16]), r[17] or 0, r[18] or "",
        intern(r[19] or ObservationState.DRAFT.value), intern(r[20] or r[21] or ""), r[22],
        me is not None and r[23] == me,
        r[24] or "", r[25] or "", _codes(r[26]), r[27])
        for r in session.execute(query.execution_options(yield_per=500))]


def _text(column: InstrumentedAttribute[list[str] | None]) -> ColumnElement[str | None]:
    return type_coerce(column, Text)


@lru_cache(maxsize=2_000)
def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(text, type=list[str])) if text else ()
