"""What the simulation found, each in its shortest form."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.commands.notes import write_notes
from desktop.commands.observations import record_observation
from desktop.commands.records import add_record, edit_record
from desktop.models.sync import Version
from desktop.queries.digest import channel_digests
from desktop.queries.meetings.notes import notes_of
from desktop.queries.records import get_record, list_records
from desktop.sync.rounds.engine import CancelledError, run_round
from desktop.sync.snapshots.make import make
from desktop.sync.stores.folder import FolderStorage
from desktop.sync.stores.storage import StoreError
from desktop.sync.trust.state import current_roster, roster_in_force
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def add(laptops: Laptops, name: str) -> Path:
    """The package of a new organisation of the founder's."""
    before = set(laptops.packages())
    laptops.founder.do(add_record, "organisation", {"name": name})
    laptops.sync(laptops.founder)
    (path,) = set(laptops.packages()) - before
    return path


def test_a_package_that_was_cut_on_the_way_is_asked_for_and_put_again(laptops: Laptops) -> None:
    second = laptops.join("second")
    laptops.sync(laptops.founder)
    path = add(laptops, "Coupée")
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    assert len(laptops.sync(second).refused) == 1
    laptops.sync(laptops.founder)
    assert path.read_bytes() == whole
    assert laptops.sync(second).refused == [] and "Coupée" in names(second)
    assert not list(laptops.share.glob("heads/want-*"))


def test_a_key_of_a_channel_that_was_spoilt_is_asked_for_and_put_again(laptops: Laptops) -> None:
    add(laptops, "Lisible")
    second = laptops.join("second")
    (path,) = laptops.share.glob("trust/keys/commun-1-2-*")
    path.write_bytes(path.read_bytes()[:50])
    assert laptops.sync(second).refused
    laptops.sync(laptops.founder)
    assert laptops.sync(second).refused == [] and "Lisible" in names(second)
    assert not list(laptops.share.glob("heads/want-*"))


def test_a_list_of_devices_that_was_spoilt_is_asked_for_and_put_again(laptops: Laptops) -> None:
    add(laptops, "Lisible")
    second = laptops.join("second")
    (path,) = laptops.share.glob("trust/000002-*")
    path.write_bytes(path.read_bytes()[:50])
    assert laptops.sync(second).waiting_for_approval
    laptops.sync(laptops.founder)
    assert laptops.sync(second).refused == [] and "Lisible" in names(second)
    assert not list(laptops.share.glob("heads/want-*"))


def test_a_link_that_is_not_shown_yet_is_no_forgery(laptops: Laptops) -> None:
    second = laptops.join("second")
    laptops.sync(laptops.founder)
    laptops.sync(second)
    laptops.join("third")
    laptops.join("fourth")
    add(laptops, "En attendant")
    (late,) = laptops.share.glob("trust/000003-*")
    hidden = late.rename(laptops.folder / late.name)
    assert laptops.sync(second).refused == [] and "En attendant" in names(second)
    hidden.rename(late)
    laptops.sync(second)
    roster = second.ask(current_roster)
    assert roster is not None and roster.number == 4


def two_copies(laptops: Laptops, now: Callable[[], int] | None = None) -> tuple[Vault, Vault]:
    """The second laptop and a copy of its whole profile."""
    home = laptops.join("second").home
    laptops.opened[-1].close()
    one = laptops.open(home, now)
    laptops.sync(one)
    one.close()
    copy = Home(laptops.folder / "copy")
    shutil.copytree(home.folder, copy.folder)
    return laptops.open(home, now), laptops.open(copy, now)


def all_agree(laptops: Laptops, *vaults: Vault, channels: tuple[str, ...] = ("commun",)) -> None:
    for vault in vaults * 2:
        laptops.sync(vault)
    for vault in vaults:
        assert laptops.sync(vault).refused == []
    (_same,) = {tuple(vault.ask(channel_digests)[channel] for channel in channels)
                for vault in vaults}


def test_what_two_copies_of_a_profile_wrote_in_one_field_is_kept(laptops: Laptops) -> None:
    made = laptops.founder.do(add_record, "organisation", {"name": "Avant"})
    laptops.sync(laptops.founder)
    one, two = two_copies(laptops)
    one.do(edit_record, made, {"name": "D’ici"})
    two.do(edit_record, made, {"name": "De là"})
    all_agree(laptops, one, two, laptops.founder)
    values = {value for vault in (one, two, laptops.founder)
              for value in vault.ask(lambda session: session.scalars(select(Version.value)).all())}
    assert values == {"D’ici", "De là"}


def test_two_copies_that_stamp_alike_agree(laptops: Laptops) -> None:
    made = laptops.founder.do(add_record, "organisation", {"name": "Avant"})
    laptops.sync(laptops.founder)
    # A clock that was far ahead one day is followed by one stamp after the other, on both.
    one, two = two_copies(laptops, lambda: 2_500_000_000_000)
    one.do(edit_record, made, {"territory": "D’ici"})
    two.do(edit_record, made, {"territory": "De là"})
    all_agree(laptops, one, two, laptops.founder)


def test_two_copies_go_on_writing_the_same_unsealed_notes(laptops: Laptops) -> None:
    one, _two = two_copies(laptops)
    meeting = one.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                     starts_at="2026-11-03T14:00")
    laptops.sync(one)
    one.do(write_notes, meeting, None, ["Bonjour"])
    one.close()
    copy = Home(laptops.folder / "copy 2")
    shutil.copytree(one.home.folder, copy.folder)
    one, two = laptops.open(one.home), laptops.open(copy)
    one.do(write_notes, meeting, None, ["Bonjour à tous"])
    two.do(write_notes, meeting, None, ["Ce matin Bonjour"])
    all_agree(laptops, one, two, laptops.founder)
    for vault in (one, two, laptops.founder):
        assert vault.ask(notes_of, meeting)[None].segments == ("Ce matin Bonjour à tous",)


def test_notes_typed_after_a_backup_and_sealed_outlive_its_restore(laptops: Laptops,
                                                                   tmp_path: Path) -> None:
    one = laptops.founder
    meeting = one.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                     starts_at="2026-11-03T14:00")
    one.do(write_notes, meeting, None, ["Bonjour"])
    one.back_up(tmp_path / "backup")
    one.do(write_notes, meeting, None, ["Bonjour à tous"])
    laptops.sync(one)
    second = laptops.join("second")
    laptops.sync(second)
    one.close()
    one.restore(tmp_path / "backup", PASSPHRASE)
    one.do(write_notes, meeting, None, ["Ce matin Bonjour"])
    all_agree(laptops, one, second)
    assert second.ask(notes_of, meeting)[None].segments == ("Ce matin Bonjour à tous",)


def kept(*vaults: Vault) -> set[str | None]:
    """The values kept beside others, on any of these."""
    return {value for vault in vaults
            for value in vault.ask(lambda session: session.scalars(select(Version.value)).all())}


def test_between_the_packages_of_one_round_nobody_counts_as_having_seen_both(
    laptops: Laptops) -> None:
    third = laptops.join("third", "secretariat")
    second = laptops.join("second", "secretariat")
    one = laptops.founder
    meeting = one.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                     starts_at="2026-11-03T14:00")
    made = one.do(add_record, "action", {"title": "Avant"}, "interne")
    for vault in (one, second, third):
        laptops.sync(vault)
    before = set(laptops.packages())
    one.do(edit_record, made, {"title": "Vue"})
    one.do(edit_record, meeting, {"title": "D’ici"})
    laptops.sync(one)
    _internal, late = sorted(set(laptops.packages()) - before)
    hidden = late.rename(laptops.folder / late.name)
    laptops.sync(second)
    hidden.rename(late)
    # The second has the first of the two packages: it writes without having seen the other.
    second.do(edit_record, made, {"title": "Revue"})
    second.do(edit_record, meeting, {"title": "De là"})
    for vault in (third, second, third):
        laptops.sync(vault)
    all_agree(laptops, one, second, third, channels=("commun", "interne"))
    assert kept(third) == {"D’ici", "De là"}


def test_an_account_changed_by_two_in_one_month_is_kept(laptops: Laptops) -> None:
    one, second = laptops.founder, laptops.join("second", "observatoire")
    third = laptops.join("third", "observatoire")
    made = one.do(record_observation,
                  {"domain": "ACCES_EMPLOI", "principal_criterion": "AGE", "account": "Avant"})
    for vault in (one, second, third):
        laptops.sync(vault)
    one.do(edit_record, made, {"account": "D’ici"})
    # The later of the two, whoever the writers are.
    second.do(edit_record, made, {"account": "De loin"})
    second.do(edit_record, made, {"account": "De là"})
    for vault in (one, third, second, third):
        laptops.sync(vault)
    all_agree(laptops, one, second, third, channels=("commun", "observatoire"))
    assert kept(third) == {"D’ici", "De là"}


def test_typing_goes_on_over_notes_that_the_exchange_completes(laptops: Laptops,
                                                               tmp_path: Path) -> None:
    one = laptops.founder
    meeting = one.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                     starts_at="2026-11-03T14:00")
    one.do(write_notes, meeting, None, ["Bonjour"])
    one.back_up(tmp_path / "backup")
    one.do(write_notes, meeting, None, ["Bonjour à tous"])
    laptops.sync(one)
    one.close()
    one.restore(tmp_path / "backup", PASSPHRASE)
    known = one.ask(notes_of, meeting)[None].known
    laptops.sync(one)
    # The screen still shows what it had read before that exchange.
    one.do(write_notes, meeting, None, ["Ce matin Bonjour"], known)
    assert one.ask(notes_of, meeting)[None].segments == ("Ce matin Bonjour à tous",)


def test_an_observation_of_a_copy_that_parts_is_sealed_anew(laptops: Laptops) -> None:
    one, two = two_copies(laptops)
    for vault in (one, two):
        vault.do(record_observation,
                 {"domain": "ACCES_EMPLOI", "principal_criterion": "AGE", "account": "Écrite"})
    storage = shared_folder.open_store(two, None)
    with pytest.raises(CancelledError):
        # Sealed, and not sent yet.
        run_round(two, storage, cancelled=lambda: True)
    all_agree(laptops, one, two, laptops.founder)
    assert len(laptops.founder.ask(list_records, "observation")) == 2


class Cutting(FolderStorage):
    """A folder that keeps the beginning of each package."""

    def write(self, name: str, data: bytes) -> None:
        super().write(name, data[:50] if name.startswith("w/") else data)


def test_what_a_copy_could_not_send_whole_before_it_parts_is_mended(laptops: Laptops) -> None:
    one, two = two_copies(laptops)
    for vault, name in ((one, "D’ici"), (two, "De là")):
        vault.do(add_record, "organisation", {"name": name})
    with pytest.raises(StoreError):
        run_round(two, Cutting(laptops.url, laptops.share))
    all_agree(laptops, one, two, laptops.founder)
    assert {"D’ici", "De là"} <= names(laptops.founder)


def test_damaged_bytes_do_not_hide_the_good_ones_of_the_same_number(laptops: Laptops) -> None:
    second = laptops.join("second")
    path = add(laptops, "Première")
    add(laptops, "Deuxième")
    for digit in "0f":
        path.with_name(path.name.split("-")[0] + f"-{digit * 64}.pkg").write_bytes(b"rien")
    laptops.sync(second)
    assert {"Première", "Deuxième"} <= names(second)


class Told(FolderStorage):
    """A folder that tells once when a file of some kind was read."""

    def __init__(self, laptops: Laptops, kind: str, told: Callable[[], object]) -> None:
        super().__init__(laptops.url, laptops.share)
        self.kind, self.told = kind, [told]

    def get(self, name: str) -> bytes | None:
        data = super().get(name)
        if name.startswith(self.kind) and self.told:
            self.told.pop()()
        return data


@pytest.mark.parametrize("way", ("w/", "snap/"))
def test_what_is_written_while_others_words_come_in_has_not_seen_them(laptops: Laptops,
                                                                      way: str) -> None:
    second = laptops.join("second", "coordination")
    made = laptops.founder.do(add_record, "organisation", {"name": "Avant"})
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    before = set(laptops.packages())
    laptops.founder.do(edit_record, made, {"name": "De la fondatrice"})
    laptops.sync(laptops.founder)
    if way == "snap/":
        (gone,) = set(laptops.packages()) - before
        add(laptops, "Suite")
        assert make(laptops.founder, laptops.founder.ask(roster_in_force)) is not None
        laptops.sync(laptops.founder)
        gone.unlink()
    run_round(second, Told(laptops, way,
                           lambda: second.do(edit_record, made, {"name": "De la seconde"})), step=1)
    if way == "snap/":
        assert "Suite" in names(second) and not gone.exists()
    for vault in (second, laptops.founder, second):
        laptops.sync(vault)
    for vault in (second, laptops.founder):
        kept = {row.value for row
                in vault.ask(lambda session: session.scalars(select(Version)).all())}
        assert (vault.ask(get_record, made)["name"] == "De la seconde"
                and kept >= {"De la fondatrice", "De la seconde"})
