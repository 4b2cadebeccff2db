"""What changed in an action: its fields and its parts, the last first, with who and when; nothing
of what is anonymous."""

import uuid

from desktop.commands.accords import ask_accord
from desktop.commands.actions import create_action
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.states import POLITIQUE_DE_LA_VILLE
from desktop.queries.history import HistoryEntry, history_of
from desktop.vault import Vault

PARTS = (("validation", "action_id"), ("follow_up", "action_id"))


def _told(vault: Vault, kind: str, record: uuid.UUID) -> list[HistoryEntry]:
    return vault.ask(history_of, vault.identity, "fr", kind, record,
                     PARTS if kind == "action" else ())


def test_each_change_is_told_with_its_day_and_its_author(vault: Vault) -> None:
    action = vault.do(create_action, "Former les agents", funding=POLITIQUE_DE_LA_VILLE)
    vault.do(edit_record, action, {"due_on": "2026-12-14"})
    asked = vault.do(ask_accord,
                     {"action_id": str(action), "party": "etat", "asked_on": "2026-11-03"})
    line = vault.do(add_record, "follow_up",
                    {"action_id": str(action), "on": "2026-11-20", "text": "Programme écrit"})
    vault.do(delete_record, line)
    told = _told(vault, "action", action)
    assert [(one.kind, one.first, one.deleted) for one in told if one.kind == "follow_up"] == [
        ("follow_up", False, True), ("follow_up", True, False)]
    (accord,) = [one for one in told if one.kind == "validation"]
    assert ("Asked on", "3 novembre 2026") in accord.fields and accord.record_id == asked
    own = [one for one in told if one.kind == "action"]
    assert [one.fields for one in own[:-1]] == [(("State", "À valider"),),
                                                (("Due on", "14 décembre 2026"),)]
    assert own[-1].first and ("Title", "Former les agents") in own[-1].fields
    assert sorted(told, key=lambda one: one.at, reverse=True) == told
    assert len({one.by for one in told}) == 1


def test_a_field_that_was_emptied_is_told(vault: Vault) -> None:
    action = vault.do(create_action, "Former les agents", due_on="2026-12-14")
    vault.do(edit_record, action, {"due_on": None})
    assert _told(vault, "action", action)[0].fields == (("Due on", ""),)


def test_nobody_is_told_to_have_written_what_is_anonymous(vault: Vault) -> None:
    observation = vault.do(add_record, "observation",
                           {"domain": "EMPLOI", "principal_criterion": "ORIG", "month": "2026-11"})
    assert _told(vault, "observation", observation) == []


def test_a_long_text_is_shortened(vault: Vault) -> None:
    action = vault.do(create_action, "Former", description="mot " * 500)
    described = dict(_told(vault, "action", action)[0].fields)["Description"]
    assert len(described) <= 140 and described.endswith("…")
