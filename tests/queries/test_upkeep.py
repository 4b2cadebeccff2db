"""What is not to be forgotten, by who looks after it; an organisation that stands twice is one
among the actions."""

from datetime import date
from random import Random

from desktop.commands.actions import create_action
from desktop.commands.directory import merge_organisations
from desktop.commands.records import add_record
from desktop.privacy.case_codes import make_case_code
from desktop.queries.actions import actions_of
from desktop.queries.upkeep import Upkeep, upkeep_of
from desktop.vault import Vault

TODAY = date(2026, 11, 30)


def test_each_role_is_told_what_it_looks_after(vault: Vault) -> None:
    house = vault.do(add_record, "organisation", {"name": "Maison des femmes"})
    tool = vault.do(add_record, "resource", {"kind": "outil", "title": "Malle"})
    vault.do(add_record, "resource_loan",
             {"resource_id": str(tool), "organisation_id": str(house), "lent_on": "2026-10-01",
              "due_on": "2026-10-15"})
    vault.do(add_record, "place",
             {"kind": "neighbourhood", "code": "QN05999X", "name": "Le Centre",
              "verified_on": "2025-01-01"})
    vault.do(add_record, "referral",
             {"case_code": make_case_code(Random(1)), "kind": "ccas", "opened_month": "2024-12",
              "state": "proposee", "urgency": "normale"})
    assert vault.ask(upkeep_of, TODAY, frozenset()).late_loans == 1
    assert vault.ask(upkeep_of, TODAY, frozenset({"membre"})) == Upkeep(late_loans=1)
    assert vault.ask(upkeep_of, TODAY, frozenset({"coordination"})).places >= 1
    assert vault.ask(upkeep_of, TODAY, frozenset({"observatoire"})).cases == 1
    assert vault.ask(upkeep_of, date(2026, 10, 1), frozenset({"observatoire"})) == Upkeep()


def test_actions_are_those_of_the_organisation_that_stands(vault: Vault) -> None:
    one, two = (vault.do(add_record, "organisation", {"name": name})
                for name in ("CCAS de Feignies", "C.C.A.S. Feignies"))
    vault.do(create_action, "Former", owner_organisation_id=str(two))
    vault.do(merge_organisations, one, two)
    (row,) = vault.ask(actions_of)
    assert (row.owner_organisation_id, row.organisation) == (one, "CCAS de Feignies")
