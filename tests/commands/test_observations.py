"""An observation is recorded without an author that travels, in the channel of its team."""

import re
from dataclasses import replace

import pytest

from desktop.base.errors import AppError
from desktop.commands.directory import person_named
from desktop.commands.observations import record_observation
from desktop.models.observations import Observation
from desktop.models.record import OBSERVATORY, fields_of
from desktop.queries.observations import observations_of
from desktop.queries.records import find_record, get_record
from desktop.vault import Vault

SEEN = {"domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG"}


@pytest.mark.parametrize("unsaid", [{}, {"month": None, "state": None, "feedback_handle": None}])
def test_what_nobody_said_is_filled_in(vault: Vault, unsaid: dict[str, None]) -> None:
    row = vault.ask(get_record, vault.do(record_observation, SEEN | unsaid))
    assert re.fullmatch(r"\d{4}-\d{2}", row["month"]) and row["state"] == "transmise"
    assert re.fullmatch(r"[0-9a-f]{16}", row["feedback_handle"])
    assert (row["domain"], row["principal_criterion"]) == ("LOGEMENT_SOCIAL", "ORIG")


def test_what_was_said_stands_and_two_observations_share_no_handle(vault: Vault) -> None:
    first, second = (vault.ask(get_record, vault.do(
        record_observation, SEEN | {"month": "2026-01", "state": "recue", "account": None}))
        for _unused in range(2))
    assert (first["month"], first["state"], first["account"]) == ("2026-01", "recue", None)
    assert first["feedback_handle"] != second["feedback_handle"]


def test_an_observation_names_the_organisation_of_its_author_and_no_author(vault: Vault) -> None:
    me = vault.do(person_named, "Fatima", "Benali", "CCAS")
    vault.save_identity(replace(vault.identity, person_id=me))
    made = vault.do(record_observation, SEEN)
    row = vault.ask(get_record, made)
    assert row["organisation_id"] == vault.ask(get_record, me)["organisation_id"] is not None
    naming = {name for name, value in row.items() if value == str(me)}
    assert naming <= {one.name for one in fields_of(Observation) if not one.travels}
    assert vault.ask(find_record, made).channel == OBSERVATORY


@pytest.mark.parametrize(("values", "field"), [
    ({"month": "2999-01"}, "month"), ({"criteria": ["ORIG"]}, "criteria"),
    ({"account": "Mme écrit de zoe.lefevre@exemple.fr"}, "account")])
def test_what_may_not_be_recorded_is_refused_with_its_field(vault: Vault, values: dict[str, object],
                                                            field: str) -> None:
    with pytest.raises(AppError) as refused:
        vault.do(record_observation, SEEN | values)
    assert refused.value.field == field and vault.ask(observations_of) == []


def test_undo_takes_an_observation_back(vault: Vault) -> None:
    vault.do(record_observation, SEEN)
    assert len(vault.ask(observations_of)) == 1
    vault.undo()
    assert vault.ask(observations_of) == []
