"""The other branch of a copied profile comes when a snapshot covers its numbers already: everybody
reads it all the same."""

import shutil

import pytest

from desktop.base.paths import Home
from desktop.commands.records import edit_record
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.folder import FolderStorage
from desktop.vault import Vault
from tests.length import and_at_length
from tests.sync.laptops import Laptops
from tests.sync.test_snapshots import Team, add, names, read_alike


def copied(team: Team, vault: Vault) -> tuple[Vault, Vault]:
    """(the profile, a copy of it on another computer)."""
    vault.close()
    home = Home(team.laptops.folder / "copied")
    shutil.copytree(vault.home.folder, home.folder)
    again = team.laptops.open(vault.home, lambda: team.ms)
    team.everyone[team.everyone.index(vault)] = again
    return again, team.laptops.open(home, lambda: team.ms)


@pytest.mark.parametrize(("here", "there", "compacted"), and_at_length(
    [(4, 1, False), (1, 4, True)], [(4, 1, True), (4, 4, True)]))
def test_who_started_from_the_snapshot_reads_the_other_branch(laptops: Laptops, here: int,
                                                              there: int, compacted: bool) -> None:
    team = Team(laptops)
    team.round(2)
    team.write()
    shared = add(team.second, "Avant la copie")
    team.round()
    team.second, copy = copied(team, team.second)
    aside = laptops.folder / "aside"
    shutil.copytree(laptops.share, aside)
    # The copy works around a folder of its own, and gives nobody what it writes.
    for number in range(there):
        add(copy, f"De la copie {number}")
        run_round(copy, FolderStorage(aside.as_uri(), aside))
    copy.do(edit_record, shared, {"notes": "De la copie"})
    for number in range(here):
        add(team.second, f"Du premier {number}")
        laptops.sync(team.second)
    team.round(2)
    team.snapshot()
    if compacted:
        team.compact()
        team.round()
    newcomer = laptops.join("newcomer", "coordination")
    laptops.sync(newcomer)
    everybody = [*team.everyone[:3], newcomer, copy]
    for _time in range(3):
        for vault in (copy, newcomer, *team.everyone):
            laptops.sync(vault)
    wanted = {f"De la copie {number}"
              for number in range(there)} | {f"Du premier {number}" for number in range(here)}
    for vault in everybody:
        assert wanted <= names(vault), vault.home.folder.name
        assert read_alike(team.founder, vault), vault.home.folder.name
    assert not list(laptops.share.glob("heads/want-*"))
    for vault in everybody:
        done = laptops.sync(vault)
        assert (done.pushed, done.pulled, done.refused) == (0, 0, [])


@pytest.mark.parametrize("own", [False, True])
def test_what_a_server_lost_of_a_branch_comes_back_behind_the_numbers_of_the_other(
    laptops: Laptops, own: bool) -> None:
    """Server and computer are put back to one day; the computer uses the same numbers again before
    anybody looks."""
    second, third = laptops.join("second"), laptops.join("third")
    for vault in (laptops.founder, second, third, laptops.founder, second, third):
        laptops.sync(vault)
    share, home = laptops.folder / "share before", laptops.folder / "home before"
    second.close()
    shutil.copytree(laptops.share, share)
    shutil.copytree(second.home.folder, home)
    second = laptops.open(second.home)
    add(second, "Perdue")
    laptops.sync(second)
    if own:
        add(laptops.founder, "Du fondateur")
    laptops.sync(laptops.founder)
    second.close()
    for now, before in ((laptops.share, share), (second.home.folder, home)):
        shutil.rmtree(now)
        shutil.copytree(before, now)
    second = laptops.open(second.home)
    for number in range(3):
        add(second, f"Sous les mêmes numéros {number}")
        laptops.sync(second)
    for _time in range(3):
        for vault in (laptops.founder, second, third):
            laptops.sync(vault)
    for vault in (laptops.founder, second, third):
        assert ({"Perdue", *(f"Sous les mêmes numéros {number}" for number in range(3))}
                <= names(vault))
        assert read_alike(laptops.founder, vault)
