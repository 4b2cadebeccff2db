"""Packages stay with whoever holds them: carried on a key, put back where a server lost them,
parted where a vault was copied."""

import shutil
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.records import add_record, edit_record
from desktop.models.sync import Outbox, Seen, Version
from desktop.queries.records import get_record, list_records
from desktop.queries.sync import sync_state
from desktop.sync.rounds.engine import run_round
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.sync.laptops import Laptops


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def add(vault: Vault, name: str) -> None:
    vault.do(add_record, "organisation", {"name": name})


def writers(session: Session) -> set[str]:
    return {row.writer.hex() for row in session.scalars(select(Seen))}


class Key:
    """A USB key: a folder that is no collective's own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder

    def round(self, vault: Vault) -> None:
        run_round(vault, shared_folder.open_other_store(vault, self.folder.as_uri()))


def both(laptops: Laptops) -> Vault:
    second = laptops.join("second")
    for vault in (laptops.founder, second, laptops.founder, second):
        laptops.sync(vault)
    return second


def test_a_key_carries_both_ways_and_the_folder_still_waits(laptops: Laptops,
                                                            tmp_path: Path) -> None:
    second, key = both(laptops), Key(tmp_path / "key")
    add(laptops.founder, "Par la clé")
    key.round(laptops.founder)
    assert laptops.founder.ask(sync_state).to_send == 1
    add(second, "Retour")
    key.round(second)
    assert "Par la clé" in names(second)
    key.round(laptops.founder)
    assert "Retour" in names(laptops.founder)
    # The second comes home first: it brings the founder's package too.
    third = laptops.join("third")
    laptops.sync(second)
    laptops.sync(third)
    assert {"Par la clé", "Retour"} <= names(third)
    assert laptops.sync(laptops.founder).refused == []
    assert laptops.founder.ask(sync_state).to_send == 0


def test_a_key_alone_is_enough_for_a_device_that_was_let_in(laptops: Laptops,
                                                            tmp_path: Path) -> None:
    second, key = both(laptops), Key(tmp_path / "key")
    add(laptops.founder, "Au loin")
    shutil.rmtree(laptops.share)
    for vault in (laptops.founder, second, laptops.founder, second):
        key.round(vault)
    assert names(second) == names(laptops.founder)
    before = sorted(p.name for p in key.folder.rglob("*"))
    key.round(laptops.founder)
    assert sorted(p.name for p in key.folder.rglob("*")) == before


def test_a_server_put_back_to_an_older_day_is_healed_by_anybody(laptops: Laptops,
                                                                tmp_path: Path) -> None:
    second = both(laptops)
    older = tmp_path / "older"
    shutil.copytree(laptops.share, older)
    add(laptops.founder, "Après la copie")
    laptops.sync(laptops.founder)
    laptops.sync(second)
    shutil.rmtree(laptops.share)
    shutil.copytree(older, laptops.share)
    # The founder is on holiday; the second had read it.
    laptops.sync(second)
    third = laptops.join("third")
    laptops.sync(third)
    assert "Après la copie" in names(third)
    done = laptops.sync(laptops.founder)
    assert (done.pushed, done.refused) == (0, [])


def test_a_package_that_is_missing_is_asked_for_and_put_back(laptops: Laptops) -> None:
    second = both(laptops)
    before = set(laptops.packages())
    add(laptops.founder, "Perdue")
    laptops.sync(laptops.founder)
    (lost,) = set(laptops.packages()) - before
    laptops.sync(second)
    third = laptops.join("third")
    add(laptops.founder, "Suite")
    laptops.sync(laptops.founder)
    lost.unlink()
    laptops.sync(third)
    assert "Suite" not in names(third)
    laptops.sync(second)
    assert lost.exists()
    laptops.sync(third)
    assert {"Perdue", "Suite"} <= names(third)
    assert not list(laptops.share.glob("heads/want-*"))


def test_two_copies_of_one_profile_part_ways_and_both_live(laptops: Laptops,
                                                           tmp_path: Path) -> None:
    second = both(laptops)
    made = second.do(add_record, "action", {"title": "Commune", "progress": 0})
    laptops.sync(second)
    home = second.home
    second.close()
    copy = Home(tmp_path / "copy")
    shutil.copytree(home.folder, copy.folder)
    shutil.copy(home.token, copy.token) if home.token.exists() and not copy.token.exists() else None
    one, two = laptops.open(home), laptops.open(copy)
    for number in range(3):
        add(one, f"D’ici {number}")
        one.do(edit_record, made, {"progress": number + 1})
        add(two, f"De là {number}")
        two.do(edit_record, made, {"title": f"Titre {number}"})
        laptops.sync(one)
        laptops.sync(two)
    for vault in (one, two, laptops.founder, one, two):
        laptops.sync(vault)
    wanted = {f"{where} {number}" for where in ("D’ici", "De là") for number in range(3)}
    for vault in (one, two, laptops.founder):
        assert wanted <= names(vault)
        assert (vault.ask(get_record, made)["title"] == "Titre 2"
                and vault.ask(get_record, made)["progress"] == 3)
    assert one.identity.writer != two.identity.writer


def test_two_copies_that_write_the_same_field_keep_both_words(laptops: Laptops,
                                                              tmp_path: Path) -> None:
    second = both(laptops)
    made = second.do(add_record, "action", {"title": "Commune"})
    laptops.sync(second)
    home = second.home
    second.close()
    copy = Home(tmp_path / "copy")
    shutil.copytree(home.folder, copy.folder)
    one, two = laptops.open(home), laptops.open(copy)
    one.do(edit_record, made, {"title": "D’ici"})
    two.do(edit_record, made, {"title": "De là"})
    for vault in (one, two, laptops.founder, one, two):
        laptops.sync(vault)
    for vault in (one, two, laptops.founder):
        kept = {row.value for row
                in vault.ask(lambda session: session.scalars(select(Version)).all())}
        assert vault.ask(get_record, made)["title"] == "De là" and kept >= {"D’ici", "De là"}


def test_the_bytes_stay_after_they_were_sent(laptops: Laptops) -> None:
    laptops.sync(laptops.founder)

    def kept(session: Session) -> list[bool]:
        return [row.data is not None and row.pushed_at is not None
                for row in session.scalars(select(Outbox))]

    assert all(laptops.founder.ask(kept)) and laptops.founder.ask(kept)


def test_what_was_cut_short_on_the_folder_is_mended_by_who_holds_it(laptops: Laptops) -> None:
    second = both(laptops)
    add(laptops.founder, "Entière")
    before = set(laptops.packages())
    laptops.sync(laptops.founder)
    (package,) = set(laptops.packages()) - before
    whole = package.read_bytes()
    package.write_bytes(whole[:100])
    assert len(laptops.sync(second).refused) == 1
    laptops.sync(laptops.founder)
    assert package.read_bytes() == whole
    assert laptops.sync(second).refused == [] and "Entière" in names(second)


def test_a_damaged_key_file_is_mended_and_the_newcomer_reads(laptops: Laptops) -> None:
    laptops.sync(laptops.founder)
    new = laptops.join("new", "coordination")
    files = {path: path.read_bytes() for path in laptops.share.glob("trust/keys/commun-1-2-*")}
    (path,) = files
    path.write_bytes(b"cut")
    assert laptops.sync(new).refused
    laptops.sync(laptops.founder)
    assert path.read_bytes() == files[path] and not list(laptops.share.glob("heads/want-*"))
    assert laptops.sync(new).refused == []
