"""One of two texts written at once is chosen: it is in force, and nothing waits any more."""

import uuid

import pytest

from desktop.base.errors import AppError
from desktop.commands.records import add_record, edit_record
from desktop.commands.versions import choose_version
from desktop.queries.records import get_record
from desktop.queries.versions import two_versions_of
from desktop.vault import Vault


@pytest.fixture
def action(vault: Vault) -> uuid.UUID:
    """An action of which two people wrote the description."""
    made = vault.do(add_record, "action", {"title": "Relancer", "description": "Avant"})
    vault.do(edit_record, made, {"description": "De l’autre"})
    vault.do(edit_record, made, {"description": "D’ici"}, {"description": "Avant"})
    return made


def waiting(vault: Vault, action: uuid.UUID) -> list[tuple[str, bool]]:
    return [(wording.text, wording.in_force)
            for two in vault.ask(two_versions_of, vault.identity, "fr", "action", action)
            for wording in two.wordings]


@pytest.mark.parametrize("text", ["D’ici", "De l’autre", "Ni l’un ni l’autre"])
def test_the_text_that_is_chosen_is_in_force_and_nothing_waits(vault: Vault, action: uuid.UUID,
                                                               text: str) -> None:
    assert waiting(vault, action) == [("D’ici", True), ("De l’autre", False)]
    vault.do(choose_version, "action", action, "description", text)
    assert waiting(vault, action) == [] and vault.ask(get_record, action)["description"] == text


def test_undo_gives_the_text_back_that_was_in_force(vault: Vault, action: uuid.UUID) -> None:
    vault.do(choose_version, "action", action, "description", "De l’autre")
    vault.undo()
    assert vault.ask(get_record, action)["description"] == "D’ici"


def test_a_record_that_is_not_there_has_no_text_to_choose(vault: Vault) -> None:
    unknown = uuid.uuid4()
    with pytest.raises(AppError, match=str(unknown)):
        vault.do(choose_version, "action", unknown, "description", "D’ici")
