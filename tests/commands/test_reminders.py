"""Reminders: noted when one goes out, once a day, shown beside the accord, undone; nothing of a
confidential group gets out."""

import uuid

import pytest
from sqlalchemy import select

from desktop.base.errors import AppError
from desktop.commands.accords import ask_accord
from desktop.commands.actions import create_action
from desktop.commands.records import add_record
from desktop.commands.reminders import note_reminder, remind_accord
from desktop.models.channels import channel_of_group
from desktop.models.reminders import Reminder
from desktop.models.states import POLITIQUE_DE_LA_VILLE, JournalWhat, ReminderAbout, ReminderHow
from desktop.queries.accords import awaited_accords
from desktop.queries.actions import action_detail
from desktop.queries.documents.reminder import reminder_of
from desktop.queries.reminders import reminders_about, reminders_of, reminders_to
from desktop.tasks.documents import went_out
from desktop.vault import Vault
from tests.day import TODAY


@pytest.fixture
def mairie(vault: Vault) -> uuid.UUID:
    made = vault.do(add_record, "organisation", {"name": "Mairie", "college": "commune"})
    vault.do(add_record, "person",
             {"family_name": "Deux", "given_name": "Ana", "organisation_id": str(made)})
    return made


@pytest.fixture
def action(vault: Vault, mairie: uuid.UUID) -> uuid.UUID:
    return vault.do(create_action, "Former les gardiens", owner_organisation_id=str(mairie),
                    funding=POLITIQUE_DE_LA_VILLE)


def test_an_accord_is_reminded_of_once_a_day_and_it_can_be_undone(vault: Vault,
                                                                  action: uuid.UUID) -> None:
    asked = vault.do(ask_accord, {"action_id": str(action), "party": "etat"})
    assert vault.do(remind_accord, asked) == vault.do(remind_accord, asked)
    (row,) = vault.ask(reminders_about, action)
    assert (row.party, row.titles, row.action_id) == ("etat", ("Former les gardiens",), action)
    detail = vault.ask(action_detail, action)
    assert detail is not None and detail.reminders == (row,)
    assert row.on == detail.validations[0].asked_on
    (awaited,) = vault.ask(awaited_accords, ("etat",))
    assert awaited.reminded_on == row.day
    vault.undo()
    assert vault.ask(reminders_of) == []


def test_a_paper_that_goes_out_is_noted_with_what_it_asks_for(
        vault: Vault, mairie: uuid.UUID, action: uuid.UUID) -> None:
    paper = vault.ask(reminder_of, mairie, TODAY)
    assert (not went_out(vault, mairie, paper, "reminder", JournalWhat.SAVED)
            and not vault.ask(reminders_of))
    for _again in range(2):
        assert went_out(vault, mairie, paper, "reminder", JournalWhat.SENT)
    went_out(vault, mairie, paper, "reminder", JournalWhat.PRINTED)
    rows = vault.ask(reminders_to, mairie)
    assert sorted(row.how for row in rows) == [ReminderHow.PAPER, ReminderHow.MESSAGE]
    assert (set(rows[0].about) >= {ReminderAbout.HAS_VALIDATED}
            and rows[0].titles == ("Former les gardiens",))
    assert {row.id for row in vault.ask(reminders_about, action)} == {row.id for row in rows}


def test_what_goes_to_who_owes_nothing_is_no_reminder(vault: Vault) -> None:
    quiet = vault.do(add_record, "organisation", {"name": "Lycée", "college": "autre"})
    assert not went_out(vault, quiet, vault.ask(reminder_of, quiet, TODAY), "reminder",
                        JournalWhat.SENT)
    assert vault.ask(reminders_of) == []


def test_a_reminder_to_nobody_or_of_tomorrow_is_refused(vault: Vault, mairie: uuid.UUID,
                                                        action: uuid.UUID) -> None:
    day = vault.ask(reminders_of) or vault.do(note_reminder, mairie, ReminderHow.SPOKEN, [])
    held = vault.ask(lambda session: session.get_one(Reminder, day).on)
    assert held is not None
    for field, values in (
            ("organisation_id", {"on": held}),
            ("organisation_id", {"on": held, "action_id": str(action)}),
            ("organisation_id", {"on": held, "organisation_id": str(uuid.uuid4())}),
            ("on", {"on": "2999-01-01", "organisation_id": str(mairie)}),
            ("about", {"on": held, "organisation_id": str(mairie), "about": ["bavure"]})):
        with pytest.raises(AppError) as refused:
            vault.do(add_record, "reminder", values)
        assert field in (*refused.value.fields, refused.value.field), values


def test_the_reminder_of_a_confidential_action_stays_in_its_group(vault: Vault) -> None:
    group = vault.do(add_record, "group",
                     {"name": "Cellule", "kind": "groupe_de_travail", "confidential": True})
    channel = channel_of_group(group)
    made = vault.do(create_action, "Zqx", funding=POLITIQUE_DE_LA_VILLE, channel=channel)
    vault.do(remind_accord, vault.do(ask_accord, {"action_id": str(made), "party": "etat"}))
    assert vault.ask(lambda session: set(session.scalars(select(Reminder.channel)))) == {channel}
