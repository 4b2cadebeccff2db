"""Which offer fits which search, and what the figures may tell: never too early, never a difference
that chance makes."""

import uuid
from datetime import date
from math import isclose
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.commands.collective import found_records
from desktop.commands.internships import add_application, close_offer, open_search
from desktop.commands.records import add_record, delete_record
from desktop.queries.counted_records import counted_records
from desktop.queries.internships.equality import LEAST_BASE, GroupComparison, Search, compare
from desktop.queries.internships.figures import Figure, figures_of, school_year
from desktop.queries.internships.lists import first_offers, offer_detail, offers_of, search_detail
from desktop.queries.internships.matching import Near, Side, best_offers, best_searches
from desktop.queries.internships.words import period_words, reason_words, short_period, state_words
from desktop.vault import Vault

TODAY = date(2026, 11, 2)
MAUBEUGE, HAUTMONT = "59392", "59291"


def side(number: int, domain: str = "sante", level: str = "troisieme", starts: str = "2026-12-14",
         ends: str = "2026-12-18",
         commune: str = "", zone: str = "") -> Side:
    return Side(uuid.UUID(int=number), domain, level, starts, ends, commune, zone)


# Which fits which

def test_sector_goes_before_level_then_days_place_and_free_places() -> None:
    wanted = side(0, commune=MAUBEUGE)
    offers = {
        "all of it": (side(1, commune=MAUBEUGE), 1),
        "another place, many places": (side(2, commune=HAUTMONT), 9),
        "two days": (side(3, ends="2026-12-15", commune=MAUBEUGE), 9),
        "another level": (side(4, level="cap", commune=MAUBEUGE), 9),
        "another sector": (side(5, domain="commerce", commune=MAUBEUGE), 9),
        "more places": (side(6, commune=MAUBEUGE), 2)}
    ordered = [match.id.int for match in best_offers(wanted, offers.values(), 9)]
    assert ordered == [6, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(("offer", "free"), [
    (side(1), 0), (side(1, domain="commerce", level="cap"), 5),
    (side(1, starts="2026-12-21", ends="2026-12-23"), 5),
    (side(1, starts="2026-12-19", ends=""), 5), (side(1, starts="", ends="2026-12-13"), 5)])
def test_what_is_full_apart_in_time_or_alike_in_nothing_fits_nobody(offer: Side, free: int) -> None:
    assert best_offers(side(0), [(offer, free)], 9) == []


def test_what_is_not_told_bars_nothing_and_is_not_claimed() -> None:
    (match,) = best_offers(side(0, level="", starts="", ends=""), [(side(1), 3)], 9)
    assert (match.same_domain, match.same_level, match.days, match.near,
            match.free) == (True, None, None, Near.NOT_TOLD, 3)
    assert reason_words(match) == "même secteur · 3 places"


def test_the_reasons_are_said_in_words() -> None:
    (match,) = best_offers(side(0, starts="2026-12-01", ends="2026-12-20", zone="Z"),
                           [(side(1, starts="2026-12-09", ends="2027-01-20", zone="Z",
                                  commune="59001"), 2)], 9)
    assert (reason_words(match)
            == "même secteur · même niveau · 12 jours communs · même zone · 2 places")
    (match,) = best_offers(side(0, domain="commerce"),
                           [(side(1, starts="2026-12-18", ends="2026-12-18"), 1)], 9)
    assert reason_words(match) == "autre secteur · même niveau · 1 jour commun · 1 place"


days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat) | st.just("")
sides = st.builds(side, st.integers(0, 10_000), st.sampled_from(["", "sante", "commerce"]),
                  st.sampled_from(["", "cap", "bts_but"]), days, days,
                  st.sampled_from(["", MAUBEUGE, HAUTMONT]), st.sampled_from(["", "Z1", "Z2"]))


@given(sides, sides, st.integers(0, 3))
def test_an_offer_fits_a_search_as_the_search_fits_the_offer(search: Side, offer: Side,
                                                             free: int) -> None:
    there = [(m.same_domain, m.same_level, m.days, m.near, m.free)
             for m in best_offers(search, [(offer, free)], 1)]
    back = [(m.same_domain, m.same_level, m.days, m.near, m.free)
            for m in best_searches(offer, free, [search], 1)]
    assert there == back


@given(st.lists(st.tuples(sides, st.integers(1, 3)), unique_by=lambda pair: pair[0].id), sides,
       st.integers(1, 8))
def test_the_first_are_the_same_however_they_come(offers: list[tuple[Side, int]], search: Side,
                                                  count: int) -> None:
    first = best_offers(search, offers, count)
    assert first == best_offers(search, reversed(offers),
                                count) == best_offers(search, offers, len(offers) + 1)[:count]


# In the vault

@pytest.fixture
def founded(vault: Vault) -> Vault:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    return vault


def offered(vault: Vault, **values: Any) -> uuid.UUID:
    host = vault.do(add_record, "organisation", {"name": values.pop("host", "Maison de santé")})
    return vault.do(add_record, "internship_offer", {
        "organisation_id": str(host), "domain": "sante", "level": "troisieme", "places": 1,
        "starts_on": "2026-12-14",
        "ends_on": "2026-12-18"} | values)


def searched(vault: Vault, *answers: str, **values: Any) -> uuid.UUID:
    made = vault.do(open_search,
                    {"domain": "sante", "level": "troisieme", "month": "2026-10"} | values)
    for answer in answers:
        vault.do(add_application, {"request_id": str(made), "month": "2026-10", "answer": answer})
    return made


def fitting(vault: Vault, search: uuid.UUID) -> list[uuid.UUID]:
    found = vault.ask(search_detail, search, TODAY)
    assert found is not None
    return [row.id for row, _match in found.fitting]


def test_a_search_is_shown_the_offers_that_are_open_and_had_none_of_its_applications(
    founded: Vault) -> None:
    search = searched(founded)
    good, closed, full = offered(founded), offered(founded), offered(founded, taken=1)
    binned, over = offered(founded), offered(founded, starts_on="2026-10-05", ends_on="2026-10-09")
    founded.do(close_offer, closed)
    founded.do(delete_record, binned)
    assert fitting(founded, search) == [good] and {full, over}.isdisjoint(fitting(founded, search))
    application = founded.do(add_application,
                             {"request_id": str(search), "offer_id": str(good), "month": "2026-10"})
    assert fitting(founded, search) == []
    detail = founded.ask(offer_detail, good, TODAY)
    assert (detail is not None and [one.id for one in detail.applications] == [application]
            and detail.fitting == ())


def test_an_offer_is_shown_the_searches_that_still_look(founded: Vault) -> None:
    found, looking = searched(founded, "acceptee"), searched(founded, "refusee")
    detail = founded.ask(offer_detail, offered(founded), TODAY)
    assert detail is not None and [row.id for row, _match in detail.fitting] == [looking] != [found]


def test_a_small_commune_is_near_by_its_zone(founded: Vault) -> None:
    small = next(code for code in founded.ask(_communes_with_zone))
    search = searched(founded, zone=small[1])
    offered(founded, commune=small[0])
    found = founded.ask(search_detail, search, TODAY)
    assert found is not None and [match.near for _row, match in found.fitting] == [Near.SAME_ZONE]


def _communes_with_zone(session: Any) -> list[tuple[str, str]]:
    return list(session.connection().exec_driver_sql(
        "SELECT code, parent_code FROM place WHERE kind = 'commune' AND parent_code != '' ORDER BY "
        "code"))


def test_offers_to_come_stand_before_those_that_are_over(founded: Vault) -> None:
    late = offered(founded, starts_on="2027-01-04", ends_on="2027-01-08")
    old, older = (offered(founded, starts_on=f"2026-{month}-01", ends_on=f"2026-{month}-05")
                  for month in ("06", "02"))
    soon, always = offered(founded), offered(founded, starts_on=None, ends_on=None)
    rows = founded.ask(offers_of, TODAY)
    assert [row.id for row in rows] == [always, soon, late, old, older]
    assert founded.ask(first_offers, 3, TODAY) == rows[:3]
    assert [state_words(row, TODAY)[0] for row in rows] == ["1 place libre"] * 3 + ["terminé"] * 2


def test_periods_are_written_as_french_does() -> None:
    assert period_words("2026-12-14", "2026-12-18") == "du 14 au 18 décembre 2026"
    assert period_words("2026-12-01", "2026-12-18") == "du 1er au 18 décembre 2026"
    assert period_words("2026-11-30", "2026-12-18") == "du 30 novembre au 18 décembre 2026"
    assert period_words("2026-12-28", "2027-01-08") == "du 28 décembre 2026 au 8 janvier 2027"
    assert period_words("2026-12-14", "2026-12-14") == "14 décembre 2026"
    assert (period_words("2026-12-14", ""), period_words("", "2026-12-14"),
            period_words("", "")) == (
                "à partir du 14 décembre 2026", "jusqu’au 14 décembre 2026", "")
    assert short_period("2026-12-14", "2026-12-18", TODAY) == "14–18 déc."
    assert short_period("2025-01-13", "2025-02-07", TODAY) == "13 janv. – 7 févr. 2025"


# Figures

def figure(vault: Vault, name: str, reads_all: bool = True) -> Figure:
    return next(one for one in vault.ask(figures_of, TODAY, reads_all) if one.name == name)


def test_applications_are_counted_by_sector_and_by_place(founded: Vault) -> None:
    offer = offered(founded, domain="culture", places=2)
    search = searched(founded, "refusee", "sans_reponse", "attente", commune=MAUBEUGE)
    founded.do(add_application,
               {"request_id": str(search), "offer_id": str(offer), "month": "2026-10",
                "answer": "acceptee"})
    binned = searched(founded, "refusee")
    founded.do(delete_record, binned)
    # Of October, an application without an answer still waits on 2 November.
    lines = {line.code: line.counts for line in figure(founded, "sectors").lines}
    assert (lines == {"sante": (0, 1, 1, 1), "culture": (1, 0, 0, 0)}
            and figure(founded, "sectors").base == 4)
    assert {line.code: line.counts
            for line in figure(founded, "zones").lines} == {MAUBEUGE: (1, 1, 1, 1)}
    assert [(line.code, line.counts)
            for line in figure(founded, "offers").lines] == [("culture", (1, 2, 1))]


def test_who_may_not_read_every_search_sees_no_small_cell_no_sum_and_no_comparison(
    founded: Vault) -> None:
    for _each in range(5):
        searched(founded, "refusee", "refusee")
    searched(founded, "acceptee", "refusee")
    (line,) = figure(founded, "sectors", reads_all=False).lines
    # Eleven refusals of six searches; one place found, and cells of nobody look the same.
    assert (line.counts == (None, 11, None, None)
            and figure(founded, "sectors", reads_all=False).base is None)
    assert figure(founded, "sectors").lines[0].counts == (1, 11, 0, 0)
    assert {one.name for one in founded.ask(figures_of, TODAY, False)} == {"sectors", "zones"}


def test_one_search_with_many_applications_is_a_small_cell(founded: Vault) -> None:
    searched(founded, *["refusee"] * 12)
    assert figure(founded, "sectors", reads_all=False).lines[0].counts == (None, None, None, None)


def test_school_years_begin_in_september() -> None:
    assert [school_year(day) for day in ("2026-08", "2026-09", "2026-12-31", "2027-01")] == [
        "2025-2026", "2026-2027", "2026-2027", "2026-2027"]


def test_each_school_year_has_its_own_figures(founded: Vault) -> None:
    searched(founded, "refusee")
    before = searched(founded, month="2026-03")
    founded.do(add_application,
               {"request_id": str(before), "month": "2026-03", "answer": "refusee"})
    found = founded.ask(figures_of, TODAY, True)
    assert [(one.year, one.name) for one in found] == [
        (year, name) for year in ("2026-2027", "2025-2026")
        for name in ("sectors", "zones", "qpv", "gender")]


def test_below_thirty_searches_a_group_nothing_is_told_but_how_many_lack(founded: Vault) -> None:
    for _each in range(3):
        searched(founded, "refusee", "acceptee", lives_in_qpv="oui")
    searched(founded, "refusee", lives_in_qpv="non")
    searched(founded, lives_in_qpv="non")
    told = figure(founded, "qpv").comparison
    assert told is not None and not told.is_told and not told.is_different
    assert (told.missing, told.missing_found) == ((27, 29), (2, 5))


def test_what_still_waits_has_come_to_nothing_yet(founded: Vault) -> None:
    searched(founded, "attente", lives_in_qpv="oui")
    assert {one.name for one in founded.ask(figures_of, TODAY, True)} == {"sectors", "zones"}
    told = next(one for one in founded.ask(figures_of, date(2026, 11, 16), True)
                if one.name == "qpv").comparison
    assert told is not None and told.missing == (29, 30)


# Whether a difference is told

def drawn(rng: Random, count: int, rate: float) -> list[Search]:
    """Searches that go on until they are accepted or give up; who searches differs more than the
    rate alone tells."""
    found = []
    for _each in range(count):
        own, patience = min(0.9, max(0.01, rng.gauss(rate, rate / 3))), rng.randint(3, 25)
        sent, place = 0, 0
        while sent < patience and not place:
            sent, place = sent + 1, int(rng.random() < own)
        found.append((sent, place))
    return found


def test_without_a_difference_none_is_claimed_in_nineteen_draws_of_twenty() -> None:
    rng, claimed, draws = Random(2026), 0, 600
    for _each in range(draws):
        people = [(rng.random() < 0.4, rng.random() < 0.5, search)
                  for search in drawn(rng, 200, 0.12)]
        told: list[GroupComparison] = []
        for place in (0, 1):
            told.append(compare([one[2] for one in people if one[place]],
                                [one[2] for one in people if not one[place]]))
        assert all(one.is_told for one in told)
        claimed += any(one.is_different for one in told)
    assert 0 < claimed <= draws / 20


def test_a_small_group_beside_a_large_one_claims_no_more_than_it_says() -> None:
    rng, draws = Random(5), 1_000
    claimed = sum(compare(drawn(rng, LEAST_BASE, 0.2), drawn(rng, 170, 0.2)).is_different
                  for _each in range(draws))
    assert claimed <= draws / 20


def test_twice_as_many_applications_for_a_place_are_seen_at_150_searches_each() -> None:
    rng, draws, more, fewer = Random(7), 200, 0, 0
    for _each in range(draws):
        told = compare(drawn(rng, 150, 0.1), drawn(rng, 150, 0.2))
        back = compare(drawn(rng, 150, 0.2), drawn(rng, 150, 0.1))
        more += told.is_different and told.low is not None and told.low > 1
        fewer += back.is_different and back.high is not None and back.high < 1
    assert min(more, fewer) >= 0.97 * draws


def test_the_interval_turns_round_with_the_groups_and_holds_the_ratio() -> None:
    one, other = drawn(Random(1), 80, 0.1), drawn(Random(2), 90, 0.15)
    there, back = compare(one, other), compare(other, one)
    assert there.low and there.high and back.low and back.high
    assert isclose(there.low, 1 / back.high) and isclose(there.high, 1 / back.low)
    rates = [sum(s for s, _f in group) / sum(f for _s, f in group) for group in (one, other)]
    assert there.low < rates[0] / rates[1] < there.high


def test_searches_that_sent_nothing_count_for_nothing() -> None:
    one, other = drawn(Random(1), 40, 0.2), drawn(Random(2), 40, 0.2)
    assert compare([*one, (0, 0)], other) == compare(one, other)
    assert compare([(0, 0)] * 40, other).missing == (30, 0)


def test_where_all_went_alike_the_interval_is_one_number() -> None:
    same = compare([(2, 1)] * LEAST_BASE, [(2, 1)] * LEAST_BASE)
    twice = compare([(4, 1)] * LEAST_BASE, [(2, 1)] * LEAST_BASE)
    assert (same.low and same.high and isclose(same.low, 1) and isclose(same.high, 1)
            and not same.is_different)
    assert twice.low and isclose(twice.low, 2) and twice.is_different


# What is published

def test_a_search_is_published_once_as_its_applications_say(founded: Vault) -> None:
    searched(founded, "refusee", "refusee", "acceptee", lives_in_qpv="oui")
    searched(founded, *["refusee"] * 9, lives_in_qpv="non")
    searched(founded)
    found = searched(founded, "acceptee", month="2026-06")
    _population, counted = founded.ask(counted_records)["internships"]
    assert sorted((one.quarter, one.codes) for one in counted) == [
        ("2026-T2", ("TROUVE", "HORS_QPV")), ("2026-T4", ("NON_TROUVE", "HORS_QPV")),
        ("2026-T4", ("NON_TROUVE", "HORS_QPV")),
        ("2026-T4", ("TROUVE", "EN_QPV"))]
    (application,) = found_applications(founded, found)
    founded.do(delete_record, application)
    _population, counted = founded.ask(counted_records)["internships"]
    assert ("2026-T2", ("NON_TROUVE", "HORS_QPV")) in [(one.quarter, one.codes) for one in counted]


def found_applications(vault: Vault, search: uuid.UUID) -> list[uuid.UUID]:
    found = vault.ask(search_detail, search, TODAY)
    assert found is not None
    return [one.id for one in found.applications]
