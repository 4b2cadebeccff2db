"""The questions that an observation answers by a word: what may be answered, and which everyday
words mean it."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.i18n import _
from desktop.base.paths import resource
from desktop.base.word_match import WordMatch, WordMatcher
from desktop.models.choices import label as choice_label
from desktop.models.observations import Observation
from desktop.models.rules.observations import SMALLEST_COMMUNE
from desktop.queries.directory import places_of, terms_of


@dataclass(frozen=True)
class Offer:
    """One answer: its code, its label as the law or the list says it, and a line that tells it from
    its neighbours."""

    code: str
    label: str
    tells: str = ""


class Question:
    """The answers of one question, in the order of the list, found by the words that people use."""

    def __init__(self, offers: Sequence[Offer], words: Sequence[Sequence[str]]) -> None:
        self.offers = tuple(offers)
        self._by_code = {offer.code: offer for offer in offers}
        self._match = WordMatcher(
            [(offer.code, offer.label, said) for offer, said in zip(offers, words, strict=True)])

    def offer(self, code: str | None) -> Offer | None:
        """Return the answer with this code; None where the list has it no more."""
        return self._by_code.get(code or "")

    def find(self, typed: str) -> list[WordMatch]:
        """Return what may be meant by a word, the best first; see `WordMatcher.find`."""
        return self._match.find(typed)


@dataclass(frozen=True)
class _AnswerWords:
    tells: dict[str, str]
    also: dict[str, list[str]]
    bases: frozenset[str] = frozenset()


@cache
def _shipped(vocabulary: str) -> dict[str, _AnswerWords]:
    """Return the everyday words of a vocabulary that ship with the program, by code: a vault made
    long ago knows them too."""
    data = json.loads(resource("vocabularies", f"{vocabulary}.json").read_text(encoding="utf-8"))
    return {term["code"]: _AnswerWords(term.get("tells", {}), term.get("also", {}),
                                 frozenset(term.get("bases", ()))) for term in data["terms"]}


def question_of(session: Session, vocabulary: str, language: str, today: date,
                kept: str = "") -> Question:
    """Return the terms of a vocabulary that are in force, and the one of the record that is
    corrected (`kept`), with their words.

    French words are understood in English too: workers say what was said to them.
    """
    shipped, offers, words = _shipped(vocabulary), [], []
    for term in terms_of(session, vocabulary):
        if term.valid_to and term.valid_to < today.isoformat() and term.code != kept:
            continue
        known = shipped.get(term.code, _AnswerWords({}, {}))
        tells = "; ".join(filter(None, (known.tells.get(language, ""), _reach(known.bases))))
        offers.append(Offer(term.code, term.label(language), tells))
        words.append([*(known.also.get("en", ()) if language == "en" else ()),
                      *known.also.get("fr", ()), *term.also])
    return Question(offers, words)


def _reach(bases: frozenset[str]) -> str:
    """Where a ground is prohibited, if it is not everywhere: two of its bases hold for employment
    alone."""
    if bases == {"CGFP L131-1"}:
        return _("prohibited in public employment only")
    return (_("prohibited in employment only") if bases and bases <= {"CGFP L131-1", "CT L1132-1"}
            else "")


def place_question(session: Session, today: date, kept: str = "") -> Question:
    """Return the places of an observation, as "kind:code": neighbourhoods, communes large enough,
    zones by their communes' names.

    Those that have ended are no answer any more, but for `kept`, where the observation that is
    corrected took place.
    """
    rows = [row for row in places_of(session)
            if not row.is_over(today.isoformat()) or f"{row.kind}:{row.code}" == kept]
    zones = {row.code for row in rows if row.kind == "zone"}
    small = [row for row in rows if row.kind == "commune" and row.population < SMALLEST_COMMUNE
             and row.parent_code in zones]
    communes = {row.code: row.name for row in rows if row.kind == "commune"}
    offers, words = [], []
    for kind in ("neighbourhood", "commune", "zone"):
        for row in rows:
            if row.kind == kind and row not in small:
                inside = ([one.name for one in small if one.parent_code == row.code]
                          if kind == "zone" else [])
                above = ", ".join(communes[code] for code in (row.parent_code, *row.others)
                                  if code in communes)
                offers.append(Offer(f"{kind}:{row.code}", row.name, _told(kind, above, inside)))
                words.append(inside or [communes[code] for code in (row.parent_code, *row.others)
                                        if code in communes])
    for kind in ("territory", "unknown"):
        offers.append(Offer(f"{kind}:", choice_label("place_kind", kind)))
        words.append([])
    return Question(offers, words)


def _told(kind: str, above: str, inside: list[str]) -> str:
    if kind == "neighbourhood":
        return (_("priority neighbourhood, {commune}").format(commune=above) if above
                else _("priority neighbourhood"))
    if kind == "zone" and inside:
        return _("villages together: {names}").format(names=", ".join(inside))
    return _("commune") if kind == "commune" else _("zone")


@dataclass(frozen=True)
class OwnObservation:
    """One of one's own observations that may tell the same facts."""

    id: uuid.UUID
    month: str
    place: str
    domain: str
    criterion: str


def own_alike(session: Session, me: uuid.UUID | None, domain: str, criterion: str, today: date,
              but: uuid.UUID | None = None) -> list[OwnObservation]:
    """One's own observations of the last six months of this domain and this family of criteria, the
    latest first."""
    family = alike_criteria(session, criterion)
    first = (date(today.year, today.month, 1) - timedelta(days=150)).isoformat()[:7]
    o = Observation
    found = session.scalars(select(o).where(
        o.deleted.is_not(True), o.created_by_id == me, o.domain == domain,
        o.principal_criterion.in_(family),
        o.month >= first).order_by(o.month.desc(), o.id))
    return [OwnObservation(row.id, row.month or "",
                           row.neighbourhood or row.commune or row.zone or "", row.domain or "",
                           row.principal_criterion or "") for row in found if row.id != but][:3]


def alike_criteria(session: Session, criterion: str) -> frozenset[str]:
    """Return the criteria of the family of one, and itself."""
    families = {term.code: term.family for term in terms_of(session, "criteria")}
    own = families.get(criterion)
    return frozenset(
        {criterion, *(code for code, family in families.items() if own and family == own)})
