"""How long a search waits for the offers that fit it, among thousands, and an offer for its
searches."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.records import add_records
from desktop.models.choices import codes_of
from desktop.models.directory import Organisation
from desktop.models.internships import InternshipApplication, InternshipOffer, InternshipRequest
from desktop.models.vocabularies import Place
from desktop.privacy.case_codes import make_case_code
from desktop.queries.internships.figures import figures_of
from desktop.queries.internships.lists import (
    first_offers,
    first_requests,
    offer_detail,
    offers_of,
    requests_of,
    search_detail,
)
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import median, say

PASSPHRASE = "cerisier bleu du jardin"
TODAY = date(2026, 11, 2)


def measure(folder: Path, count: int) -> None:
    """So many offers and as many searches, with four applications each."""
    vault, _code = Vault.create(Home(folder / "internships"), PASSPHRASE, cost=Cost.TEST)
    vault.do(found_records, "maubeuge-val-de-sambre", "Mesures")
    vault.do(_fill, count)
    search = next(row for row in vault.ask(requests_of) if not row.found).id
    offer = next(row for row in vault.ask(offers_of, TODAY)
                 if row.free and not row.is_over(TODAY)).id
    for name, query, arguments in (
            ("offers_for_a_search", search_detail, (search, TODAY)),
            ("searches_for_an_offer", offer_detail, (offer, TODAY)),
            ("first_offers", first_offers, (200, TODAY)),
            ("first_searches", first_requests, (200,)),
            ("internship_figures", figures_of, (TODAY, True))):
        asked: Any = query
        took = median([lambda asked=asked, arguments=arguments: vault.ask(asked, *arguments)
                       for _run in range(7)])
        say(name, 1000 * took, "ms", offers=count, searches=count)
    vault.close()


def _fill(session: Session, count: int) -> None:
    chance = random.Random(1)
    hosts = add_records(session,
                        [(Organisation, {"name": f"Structure {number}"}) for number in range(200)])
    communes = list(
        session.scalars(select(Place.code)
                        .where(Place.kind == "commune", Place.population > 2_000)))
    sectors, levels = codes_of("internship_sector"), codes_of("internship_level")

    def wanted() -> dict[str, Any]:
        start = TODAY + timedelta(days=chance.randint(-60, 200))
        return {"domain": chance.choice(sectors), "level": chance.choice(levels),
                "starts_on": start.isoformat(),
                "ends_on": (start + timedelta(days=chance.choice((4, 13, 27, 55)))).isoformat(),
                "commune": chance.choice(communes)}

    add_records(session,
                [(InternshipOffer, {"organisation_id": chance.choice(hosts),
                                    "places": chance.randint(1, 4), **wanted()})
                 for _each in range(count)])
    searches = add_records(session, [(InternshipRequest, {
        "code": make_case_code(chance), "month": "2026-10",
        "lives_in_qpv": chance.choice(("oui", "non")),
        "gender": chance.choice(("FEMME", "HOMME")), **wanted()}) for _each in range(count)])
    add_records(session, [(InternshipApplication, {
        "request_id": search, "month": "2026-10",
        "answer": "acceptee" if not number and chance.random() < 0.4 else chance.choice(
            ("refusee", "sans_reponse", "attente"))}) for search in searches
                          for number in range(4)])
