"""The census of the actions of the territory: one row an action, with its money and its accords. No
second register is kept."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.actions import Action, ActionFunding, Dispositif, Validation
from desktop.models.channels import may_be_told
from desktop.models.plan import Axis
from desktop.models.states import Party, is_funded
from desktop.queries.actions import day_of
from desktop.queries.directory import collective_name, terms_of
from desktop.queries.names import organisation_names, person_names
from desktop.queries.places import dated_places, day_of_action


@dataclass(frozen=True)
class AccordCell:
    """What a party said: its answer (None where it was asked and has not answered), and when it was
    asked and answered."""

    answer: str | None
    asked_on: date | None
    answered_on: date | None


@dataclass(frozen=True)
class CensusRow:
    """One action. Amounts in cents, None where none is noted; `accords`: by party, without those
    that were not asked."""

    title: str
    axis: str
    organisation: str
    owner: str
    partners: tuple[str, ...]
    domains: tuple[str, ...]
    places: tuple[str, ...]
    audience: str
    starts_on: date | None
    due_on: date | None
    state: str
    progress: int | None
    funding: str
    is_funded: bool
    """The politique de la ville pays a part of it."""
    requested: int | None
    granted: int | None
    paid: int | None
    accords: dict[str, AccordCell]
    dispositifs: tuple[str, ...]
    no_dispositif: str
    outcome: str


@dataclass(frozen=True)
class Census:
    """Every action that may be told to all, by axis and title. `withheld`: those of confidential
    groups, left out."""

    collective: str
    as_of: date
    rows: tuple[CensusRow, ...]
    withheld: int


def census_of(session: Session, today: date, language: str) -> Census:
    """Return the census of the actions, in the words of a language ("fr", "en")."""
    organisations, people = organisation_names(session), person_names(session)
    axes = {row.id: f"{row.code}. {row.title}" if row.code else row.title or ""
            for row in session.execute(
                select(Axis.id, Axis.code, Axis.title))}
    schemes = {str(row.id): row.name or "" for row in session.execute(
        select(Dispositif.id, Dispositif.name).where(Dispositif.deleted.is_not(True)))}
    domains = {term.code: term.label(language) for term in terms_of(session, "domains")}
    place = dated_places(session)
    money, accords = _money(session), _accords(session)
    rows, withheld = [], 0
    a = Action
    for (id_, channel, title, axis_id, organisation, owner, partners, said, communes,
         neighbourhoods, audience, starts, due,
         state, progress, funding, used, without, outcome) in session.execute(select(
            a.id, a.channel, a.title, a.axis_id, a.owner_organisation_id, a.owner_id, a.partner_ids,
            a.domains, a.communes,
            a.neighbourhoods, a.audience, a.starts_on, a.due_on, a.state, a.progress, a.funding,
            a.dispositif_ids,
            a.no_dispositif, a.outcome).where(a.deleted.is_not(True))):
        if not may_be_told(channel):
            withheld += 1
            continue
        parts = money.get(id_, ())
        rows.append(CensusRow(
            title=title or "", axis=axes.get(axis_id, "") if axis_id else "",
            organisation=organisations.get(organisation, "") if organisation else "",
            owner=people.get(owner, "") if owner else "",
            partners=tuple(
                sorted({name for one in partners or ()
                        if (name := organisations.get(uuid.UUID(one)))}, key=sort_key)),
            domains=tuple(domains.get(code, code) for code in said or ()),
            places=tuple(place(code, day_of_action(starts, due))
                         for code in (*(communes or ()), *(neighbourhoods or ()))),
            audience=audience or "", starts_on=day_of(starts), due_on=day_of(due),
            state=state or "", progress=progress,
            funding=funding or "", is_funded=is_funded(funding)
            or any(is_funded(source) for source, *_amounts in parts),
            requested=_total(parts, 1), granted=_total(parts, 2), paid=_total(parts, 3),
            accords=accords.get(id_, {}),
            dispositifs=tuple(
                sorted((schemes[one] for one in used or () if one in schemes), key=sort_key)),
            no_dispositif=without or "", outcome=outcome or ""))
    rows.sort(key=lambda row: (sort_key(row.axis), sort_key(row.title)))
    return Census(collective_name(session), today, tuple(rows), withheld)


Part = tuple[str | None, int | None, int | None, int | None]


def _money(session: Session) -> dict[uuid.UUID, list[Part]]:
    found: dict[uuid.UUID, list[Part]] = defaultdict(list)
    f = ActionFunding
    for about, source, asked, granted, paid in session.execute(
            select(f.action_id, f.source, f.cents, f.granted_cents, f.paid_cents)
            .where(f.deleted.is_not(True))):
        if about is not None:
            found[about].append((source, asked, granted, paid))
    return found


def _total(parts: "list[Part] | tuple[()]", at: int) -> int | None:
    amounts = [amount for part in parts if isinstance(amount := part[at], int)]
    return sum(amounts) if amounts else None


def _accords(session: Session) -> dict[uuid.UUID, dict[str, AccordCell]]:
    found: dict[uuid.UUID, dict[str, AccordCell]] = defaultdict(dict)
    v = Validation
    for about, party, answer, asked, answered in session.execute(
            select(v.action_id, v.party, v.answer, v.asked_on, v.answered_on).where(
                v.deleted.is_not(True), v.party.in_(list(Party)))):
        if about is not None and party:
            found[about][party] = AccordCell(answer or None, day_of(asked), day_of(answered))
    return found
