"""Forms that are not saved yet: kept as they were typed, forgotten when told, never sent."""

from contextlib import closing

from desktop.base.paths import Home
from desktop.commands.drafts import keep_drafts, read_drafts
from desktop.queries.digest import digest_of
from desktop.vault import Vault
from tests.conftest import PASSPHRASE

TYPED = {"actions": {"editing": None, "values": {"title": "À finir « demain »", "progress": 20}}}


def test_drafts_are_read_as_they_were_typed(vault: Vault) -> None:
    assert vault.ask(read_drafts) == {}
    vault.do(keep_drafts, TYPED)
    assert vault.ask(read_drafts) == TYPED


def test_drafts_are_there_when_the_vault_is_opened_again(vault: Vault, home: Home) -> None:
    vault.do(keep_drafts, TYPED)
    vault.close()
    with closing(Vault(home)) as again:
        again.unlock(PASSPHRASE)
        assert again.ask(read_drafts) == TYPED


def test_other_drafts_take_the_place_of_all_and_none_forgets_them(vault: Vault) -> None:
    vault.do(keep_drafts, TYPED)
    vault.do(keep_drafts, {"meetings": {"values": {}}})
    assert vault.ask(read_drafts) == {"meetings": {"values": {}}}
    vault.do(keep_drafts, {})
    assert vault.ask(read_drafts) == {}


def test_drafts_are_no_record_and_no_gesture_to_undo(vault: Vault) -> None:
    before = vault.ask(digest_of)
    vault.do(keep_drafts, TYPED)
    assert vault.ask(digest_of) == before and vault.undo() is None
    assert vault.ask(read_drafts) == TYPED
