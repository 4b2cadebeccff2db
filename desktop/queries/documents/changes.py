"""What a publication changed: the actions that answer what was reported, and how they stand.

Nothing is counted again here: a figure beside an action is one that the publication shows. An
action is named with a criterion and a domain only where their cell is shown; else with the domain
alone, if that one is; else with neither.
"""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.observations import Observation
from desktop.models.states import counts_in_figures
from desktop.privacy.disclosure.cells import JOIN
from desktop.privacy.disclosure.periods import quarter_of_month, quarters_of
from desktop.queries.actions import ActionRow, actions_of
from desktop.queries.counted_records import UNKNOWN, read_families
from desktop.queries.documents.publication import Publication, PublishedTable, publication_of
from desktop.queries.releases import release_by_id
from desktop.queries.releases_words import publisher_of


@dataclass(frozen=True, kw_only=True)
class AnsweredReports:
    """One action. `about`: the words of what was reported, `count`: the figure that is shown of
    it; empty and None where none may be told."""

    action: ActionRow
    about: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class PublicationReport:
    """A publication with what it changed. `on`: the day of the states of actions.
    `unanswered`: the domains that are shown and that no action answers, with their figures."""

    publication: Publication
    publisher: str
    territory: str
    on: date
    answered: tuple[AnsweredReports, ...]
    unanswered: tuple[tuple[str, int], ...]


def publication_report(session: Session, release_id: uuid.UUID,
                       today: date) -> PublicationReport:
    """Read one publication and the actions that are linked with its reports; AppError where it is
    not there."""
    publication = publication_of(release_by_id(session, release_id))
    publisher, territory = publisher_of(session)
    answered, unanswered = changes_of(session, publication)
    return PublicationReport(publication=publication, publisher=publisher, territory=territory,
                             on=today, answered=answered, unanswered=unanswered)


def changes_of(session: Session, publication: Publication
               ) -> tuple[tuple[AnsweredReports, ...], tuple[tuple[str, int], ...]]:
    """Return the actions that answer what a publication counts, those of the largest shown figure
    first, and the shown domains without any."""
    pairs = _linked(session, publication.release.window)
    actions = {row.id: row for row in actions_of(session) if not row.confidential}
    tables = {table.name: table for table in publication.tables}
    found, reached = [], set[str]()
    for action_id, about in pairs.items():
        if action_id not in actions:
            continue
        reached |= {domain for _criterion, domain in about}
        label, count = _shown(tables, about)
        found.append(AnsweredReports(action=actions[action_id], about=label, count=count))
    found.sort(key=lambda one: (-(one.count or 0), one.action.title))
    domains = tables.get("domain_family")
    open_ones = [] if domains is None else [
        (category.label, value) for category in domains.categories[0][1:]
        if not reached & set(category.code.split(JOIN)) and category.code != UNKNOWN
        and (value := domains.value(category.code)) is not None]
    return tuple(found), tuple(sorted(open_ones, key=lambda one: -one[1]))


def _linked(session: Session, window: str) -> dict[uuid.UUID, Counter[tuple[str, str]]]:
    """Return action -> how often each (criterion, domain) of the window's reports is linked with
    it."""
    families, quarters = read_families(session), set(quarters_of(window))
    found: dict[uuid.UUID, Counter[tuple[str, str]]] = defaultdict(Counter)
    o = Observation
    for month, state, criterion, domain, action_id in session.execute(
            select(o.month, o.state, o.principal_criterion, o.domain, o.action_id).where(
                o.deleted.is_not(True), o.action_id.is_not(None), o.month.is_not(None))):
        if (action_id and month and counts_in_figures(state)
                and quarter_of_month(month) in quarters):
            found[action_id][families.criterion(criterion), families.domain(domain)] += 1
    return found


def _shown(tables: dict[str, PublishedTable], about: Counter[tuple[str, str]]
           ) -> tuple[str, int | None]:
    """Return the pair that is linked most often of those whose cell is shown; else the domain."""
    often = [pair for pair, _times in sorted(about.items(), key=lambda one: (-one[1], one[0]))]
    both = tables.get("criterion_family_by_domain_family")
    if both is not None:
        for criterion, domain in often:
            one, other = _category(both, 0, criterion), _category(both, 1, domain)
            if one and other and (value := both.value(one[0], other[0])) is not None:
                return f"{other[1]}, {one[1].lower()}", value
    alone = tables.get("domain_family")
    if alone is not None:
        for _criterion, domain in often:
            one = _category(alone, 0, domain)
            if one and (value := alone.value(one[0])) is not None:
                return one[1], value
    return "", None


def _category(table: PublishedTable, place: int, code: str) -> tuple[str, str] | None:
    """(code, label) of the category that a code is in: families may be shown together."""
    return next(((one.code, one.label) for one in table.categories[place]
                 if code in one.code.split(JOIN)), None)
