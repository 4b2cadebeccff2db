"""What the team reads is grouped as far as it takes, no further, and drops nothing in silence."""

from typing import Any

from desktop.commands.records import add_record
from desktop.queries.team_view import FLOOR, spread, team_view
from desktop.vault import Vault

FAMILIES = {"PRIVE": "EMPLOI", "PUBLIC": "EMPLOI", "STAGE": "EMPLOI", "BAIL": "LOGEMENT"}


def test_terms_that_are_large_stand_alone() -> None:
    found = spread({"PRIVE": 12, "BAIL": 9, "STAGE": 2}, FAMILIES)
    assert [(one.code, one.count) for one in found.bars] == [("PRIVE", 12), ("BAIL", 9)]
    assert (found.by_family, found.grouped, found.rest) == (False, 2, ("STAGE",))


def test_small_terms_are_joined_by_family_before_they_are_left_over() -> None:
    found = spread({"PRIVE": 4, "PUBLIC": 3, "STAGE": 4, "BAIL": 2, "NSP": 1}, FAMILIES)
    assert [(one.code, one.count) for one in found.bars] == [("EMPLOI", 11)]
    assert (found.by_family, found.grouped, found.rest) == (True, 3, ("LOGEMENT", "NSP"))


def _record(vault: Vault, month: str, count: int, **more: Any) -> None:
    for _number in range(count):
        vault.do(add_record, "observation", {
            "month": month, "domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG",
            "form": "refus", "state": "transmise", "confidence": 2} | more)


def test_the_step_is_the_shortest_that_can_be_read(vault: Vault) -> None:
    assert vault.ask(team_view).total == 0
    for month in ("2026-01", "2026-02", "2026-03", "2026-07", "2026-08"):
        _record(vault, month, 3)
    seen = vault.ask(team_view)
    assert seen.step == 3 and seen.total == 15
    # The quarter without any is a fact too.
    assert [(one.code, one.count) for one in seen.periods] == [
        ("2026-01", 9), ("2026-04", 0), ("2026-07", 6)]
    for month in ("2026-01", "2026-02", "2026-03", "2026-07", "2026-08"):
        _record(vault, month, FLOOR)
    assert vault.ask(team_view).step == 1


def test_every_observation_is_in_a_bar_or_told_as_grouped(vault: Vault) -> None:
    _record(vault, "2026-01", 6)
    _record(vault, "2026-02", 2, domain="ECOLE", principal_criterion="HAND")
    seen = vault.ask(team_view)
    for chart in (seen.domains, seen.criteria):
        assert sum(one.count for one in chart.bars) + chart.grouped == seen.total
        assert all(one.count >= FLOOR for one in chart.bars)
    assert [(one.code, one.count) for one in seen.states] == [("transmise", 8)]
