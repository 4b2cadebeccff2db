"""The yearly return to one organisation: its own figures as they were published, the actions that
answer them, what awaits it. Nothing of another organisation's."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.directory import Organisation
from desktop.models.observations import Observation
from desktop.models.states import ObservationState, counts_in_figures
from desktop.privacy.disclosure.periods import quarter_of_month, quarters_of
from desktop.privacy.disclosure.release import MAIN, FrozenRelease
from desktop.privacy.disclosure.returns import shown_figures
from desktop.privacy.disclosure.rules import PARTNERS, THRESHOLDS
from desktop.queries.actions import ActionRow, actions_of
from desktop.queries.documents.parts import Heading, collective_heading
from desktop.queries.documents.publication import PublishedTable, publication_of
from desktop.queries.organisation_aliases import all_of_organisation, canonical_organisation_id
from desktop.queries.releases import frozen_releases
from desktop.queries.trainings import organisations_trained


@dataclass(frozen=True, kw_only=True)
class OrganisationReturn:
    """What one organisation is told of a year. `domains`: label and figure, None where it is
    protected; `linked`: its reports that are linked with an action, None likewise; `trained`,
    `people`: of its people, how many are trained."""

    heading: Heading
    organisation: str
    window: str
    total: int
    linked: int | None
    domains: tuple[tuple[str, int | None], ...]
    actions: tuple[ActionRow, ...]
    trained: int
    people: int


def organisation_return(session: Session, organisation_id: uuid.UUID,
                        today: date) -> OrganisationReturn:
    """Read the return of the last year that was published for the partners.

    AppError where no year was, or where the organisation reported too little for it.
    """
    day = today
    every = all_of_organisation(session, organisation_id)
    organisation = session.get(Organisation, canonical_organisation_id(session, organisation_id))
    if organisation is None or organisation.deleted:
        raise AppError(_("There is no record with the id {id}.").format(id=organisation_id))
    releases = frozen_releases(session)[0]
    release = next((one for one in reversed(releases) if one.audience == PARTNERS
                    and len(quarters_of(one.window)) == 4), None)
    if release is None:
        raise AppError(_("No year was published for the partners yet."),
                       _("Publish a closed year first: a return says nothing that the report "
                         "does not allow."))
    k, name = THRESHOLDS[PARTNERS], organisation.name or ""
    reported = _reported(releases, release)
    mine = next((key for key in reported if uuid.UUID(key) in every), "")
    total = sum(reported[mine]["domain"].values()) if mine else 0
    tables = {table.name: table for table in publication_of(release).tables}
    base = max((table.base for table in tables.values() if table.name in ("quarter",
                "domain_family", "follow_up")), default=0)
    totals = shown_figures({"": base}, {key: {"": sum(of["domain"].values())}
                                        for key, of in reported.items()}, k)
    if total < k or not totals.get(mine):
        raise AppError(_("{organisation} reported too little in {window} for a return: its figures "
                         "stay protected.").format(organisation=name, window=release.window))
    domains = _shown(tables.get("domain_family"), "domain", reported, k).get(mine, {})
    follow_up = _shown(tables.get("follow_up"), "follow_up", reported, k).get(mine, {})
    trained = next((row for row in organisations_trained(session, day)
                    if row.id in every), None)
    return OrganisationReturn(
        heading=collective_heading(session, day), organisation=name, window=release.window,
        total=total, linked=follow_up.get(ObservationState.LINKED),
        domains=tuple((one.label, domains.get(one.code))
                      for one in tables["domain_family"].categories[0][1:])
        if "domain_family" in tables else (),
        actions=_actions(session, every, release.window),
        trained=trained.trained if trained is not None else 0,
        people=trained.people if trained is not None else 0)


def _reported(releases: list[FrozenRelease], release: FrozenRelease
              ) -> dict[str, dict[str, Counter[str]]]:
    """Organisation -> dimension -> code -> how many, of the frozen blocks of a release."""
    quarters = set(quarters_of(release.window))
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for one in releases:
        part = one.parts.get(MAIN)
        if part is None:
            continue
        names = list(part.dimensions)
        for quarter in quarters & set(part.blocks):
            for (codes, organisation), count in part.blocks[quarter].counts.items():
                if len(organisation) == 32:
                    for name, code in zip(names, codes, strict=True):
                        found[organisation][name][code] += count
    return found


def _shown(table: PublishedTable | None, dimension: str,
           reported: dict[str, dict[str, Counter[str]]], k: int) -> dict[str, dict[str, int]]:
    if table is None:
        return {}
    return shown_figures({one.code: table.value(one.code) for one in table.categories[0][1:]},
                         {name: of[dimension] for name, of in reported.items()}, k)


def _actions(session: Session, every: set[uuid.UUID], window: str) -> tuple[ActionRow, ...]:
    """Return the actions that are linked with its own reports of the period."""
    quarters = set(quarters_of(window))
    o = Observation
    linked = {action_id for month, state, action_id in session.execute(
        select(o.month, o.state, o.action_id).where(
            o.deleted.is_not(True), o.organisation_id.in_(every), o.action_id.is_not(None)))
        if month and counts_in_figures(state) and quarter_of_month(month) in quarters}
    return tuple(row for row in actions_of(session) if row.id in linked and not row.confidential)
