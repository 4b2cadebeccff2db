"""Erased for good after thirty days or by hand: nothing comes back, from the file, from the undo or
from another laptop."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.meetings import add_agenda_item, add_decision, create_meeting, expect_people
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.observations import record_observation
from desktop.commands.purge import NotInBinError, ask_to_erase, erase_record
from desktop.commands.records import add_record, delete_record, edit_record, restore_record
from desktop.models.erasure import KEYS, PARTS
from desktop.models.record import RECORDS, fields_of
from desktop.models.requests import ErasureRequest
from desktop.queries.bin import BinRow, bin_of
from desktop.queries.digest import digest_of
from desktop.queries.purge import asked_of, deleted_of, journal_of
from desktop.queries.records import get_record
from desktop.tasks.purge import purge
from desktop.vault import Cost, Vault
from desktop.vault.search.index import search
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops
from tests.vault.plain import decrypted

DAY = 86_400_000
YEARS = 3652 * DAY
START = 1_790_000_000_000


class Calendar:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def dated(home: Home, calendar: Calendar) -> Iterator[Vault]:
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST, now=calendar)
    yield vault
    vault.close()


def days(vault: Vault, calendar: Calendar, count: int, step: int = 1) -> int:
    """Open Carnet every `step` days, for so many; how many records were erased."""
    erased = purge(vault, calendar.now)
    for _day in range(0, count, step):
        calendar.now += step * DAY
        erased += purge(vault, calendar.now)
    return erased


def tool(vault: Vault, title: str = "Mallette Zanzibar") -> uuid.UUID:
    return vault.do(add_record, "resource",
                    {"kind": "outil", "title": title, "description": "Prêtée par Quokka"})


def in_bin(vault: Vault) -> list[BinRow]:
    return vault.ask(bin_of, datetime.now(UTC), "fr", vault.identity)


def meeting_with_all(vault: Vault) -> uuid.UUID:
    ada = vault.do(add_record, "person", {"family_name": "BENALI", "given_name": "Ada"})
    meeting = vault.do(create_meeting, group_id=None, title="Plénière Zanzibar", kind="pleniere",
                       starts_at="2026-03-12T14:00")
    vault.do(expect_people, meeting, [ada])
    item = vault.do(add_agenda_item, meeting, title="Point Quokka", minutes=10, kind="echange")
    block = vault.do(ensure_block, meeting, item)
    vault.do(write_note, block, ["Le mot Xylophone fut dit"])
    vault.do(add_decision, meeting, "Décidé Wombat", item)
    return meeting


WORDS = ("Zanzibar", "Quokka", "Xylophone", "Wombat")


def says(vault: Vault, record_id: uuid.UUID) -> dict[str, Any]:
    """What a record still says."""
    return {name: value for name, value in vault.ask(get_record, record_id).items()
            if value is not None and name not in ("id", "kind_of_record")}


def test_thirty_days_and_not_one_less(dated: Vault, calendar: Calendar) -> None:
    gone, kept = tool(dated), tool(dated, "Reste")
    dated.do(delete_record, gone)
    assert days(dated, calendar, 29) == 0
    assert says(dated, gone)["title"] == "Mallette Zanzibar"
    assert days(dated, calendar, 1) == 1
    assert says(dated, gone) == {"deleted": True} and says(dated, kept)["title"] == "Reste"
    assert days(dated, calendar, 60) == 0
    (line,) = dated.ask(journal_of)
    assert (line.kind, line.how, line.count, line.parts) == ("resource", "age", 1, 0)


def test_brought_back_and_deleted_again_it_has_thirty_days_anew(dated: Vault,
                                                                calendar: Calendar) -> None:
    gone = tool(dated)
    dated.do(delete_record, gone)
    assert days(dated, calendar, 29) == 0
    dated.do(restore_record, gone)
    dated.do(delete_record, gone)
    assert days(dated, calendar, 29) == 0
    assert days(dated, calendar, 1) == 1


@pytest.mark.parametrize("jump", [YEARS, -YEARS, 3 * YEARS])
def test_a_clock_that_jumps_erases_nothing_by_surprise(dated: Vault, calendar: Calendar,
                                                       jump: int) -> None:
    old, new = tool(dated, "Ancien"), tool(dated, "Nouveau")
    dated.do(delete_record, old)
    days(dated, calendar, 20)
    dated.do(delete_record, new)
    purge(dated, calendar.now)
    calendar.now += jump
    assert days(dated, calendar, 2) == 0
    calendar.now -= jump
    assert days(dated, calendar, 0) == 0
    assert says(dated, old)["title"] == "Ancien" and says(dated, new)["title"] == "Nouveau"
    # And nothing waits for ever.
    assert days(dated, calendar, 10) == 1 and days(dated, calendar, 22) == 1


def test_what_a_clock_of_another_age_deleted_has_its_thirty_days_here(dated: Vault,
                                                                      calendar: Calendar) -> None:
    calendar.now = START - YEARS
    gone = tool(dated)
    dated.do(delete_record, gone)
    calendar.now = START
    assert days(dated, calendar, 29) == 0
    assert days(dated, calendar, 1) == 1


def test_opened_once_a_month_it_is_erased_all_the_same(dated: Vault, calendar: Calendar) -> None:
    dated.do(delete_record, tool(dated))
    assert days(dated, calendar, 120, step=30) == 0
    assert days(dated, calendar, 60, step=30) == 1


def test_nothing_of_it_is_left_in_the_file(dated: Vault, calendar: Calendar) -> None:
    meeting = meeting_with_all(dated)
    hits = {word: dated.ask(search, word) for word in WORDS}
    assert all(hits.values())
    dated.do(edit_record, meeting, {"title": "Plénière Zanzibar, déplacée"})
    dated.do(delete_record, meeting)
    key = dated.data_key
    dated.clear_log()
    assert all(word.encode() in decrypted(dated.home.database, key)
               for word in ("Zanzibar", "Quokka", "Xylophone", "Wombat"))
    assert days(dated, calendar, 30) == 1
    left = decrypted(dated.home.database, key).lower()
    assert {word for word in WORDS if word.lower().encode() in left} == set()
    assert not dated.home.database.with_name("vault.db-wal").read_bytes()
    assert all(dated.ask(search, word) == [] for word in WORDS)
    (line,) = dated.ask(journal_of)
    assert (line.kind, line.count, line.parts) == ("meeting", 1, 5)
    assert dated.damage() == []


def test_by_hand_there_is_no_way_back(dated: Vault) -> None:
    gone = tool(dated)
    with pytest.raises(NotInBinError):
        dated.do(erase_record, gone)
    dated.do(edit_record, gone, {"title": "Mallette Quokka"})
    dated.do(delete_record, gone)
    dated.do(erase_record, gone)
    for gesture in (restore_record, delete_record):
        if gesture is restore_record:
            with pytest.raises(AppError, match="effacée pour de bon"):
                dated.do(gesture, gone)
    with pytest.raises(AppError, match="effacée pour de bon"):
        dated.do(edit_record, gone, {"title": "Revenue"})
    while dated.undo() is not None:
        pass
    assert says(dated, gone) == {"deleted": True}
    assert b"Quokka" not in repr(dated.history.done).encode() + repr(dated.history.undone).encode()


def test_who_left_a_group_may_come_back_after_the_purge(dated: Vault, calendar: Calendar) -> None:
    group = dated.do(add_record, "group", {"name": "Groupe", "kind": "copil"})
    ada = dated.do(add_record, "person", {"family_name": "BENALI"})
    values = {"group_id": str(group), "person_id": str(ada), "role": "membre", "function": "Quokka"}
    member = dated.do(add_record, "membership", values)
    dated.do(delete_record, member)
    assert days(dated, calendar, 30) == 1 and days(dated, calendar, 40) == 0
    assert says(dated, member) == {"deleted": True, "group_id": str(group), "person_id": str(ada)}
    assert dated.do(add_record, "membership", values | {"function": "Wombat"}) == member
    assert says(dated, member)["function"] == "Wombat" and says(dated, member)["deleted"] is False


def test_every_part_and_every_key_is_a_field_that_exists() -> None:
    for kind, names in [*KEYS.items(),
                        *((part, (name,)) for parts in PARTS.values() for part, name in parts)]:
        assert set(names) <= {f.name for f in fields_of(RECORDS[kind])}, kind


# Two laptops

@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def both(laptops: Laptops, other: Vault) -> None:
    """Exchange until there is nothing to say."""
    for vault in (laptops.founder, other, laptops.founder, other):
        assert laptops.sync(vault).refused == []


def same(one: Vault, other: Vault) -> bool:
    return one.ask(digest_of) == other.ask(digest_of)


def test_an_older_copy_and_a_late_edit_bring_nothing_back(laptops: Laptops) -> None:
    founder, other = laptops.founder, laptops.join("two", "coordination")
    gone, meeting = tool(founder), meeting_with_all(founder)
    both(laptops, other)
    # The other is away, and writes on what is erased meanwhile.
    founder.do(delete_record, gone)
    founder.do(delete_record, meeting)
    founder.do(erase_record, gone)
    founder.do(erase_record, meeting)
    laptops.sync(founder)
    other.do(edit_record, gone, {"title": "Mallette Quokka, revue"})
    other.do(edit_record, meeting, {"title": "Plénière Wombat"})
    late = other.do(add_agenda_item, meeting, title="Point Zanzibar tardif", minutes=5,
                    kind="echange")
    both(laptops, other)
    for vault in (founder, other):
        assert says(vault, gone) == {"deleted": True} == says(vault, meeting)
        assert says(vault, late)["title"] == "Point Zanzibar tardif"
        assert ({line.how for line in vault.ask(journal_of)}
                == ({"hand"} if vault is founder else {"exchange"}))
        purge(vault, START)
        assert says(vault, late) == {"deleted": True}
        assert vault.ask(journal_of)[0].how == "late"
    both(laptops, other)
    assert same(founder, other)
    for vault in (founder, other):
        vault.clear_log()
        left = decrypted(vault.home.database, vault.data_key).lower()
        assert {word for word in WORDS if word.lower().encode() in left} == set()
        assert all(vault.ask(search, word) == [] for word in WORDS)


def test_a_laptop_that_was_away_purges_too_and_brings_back_in_vain(laptops: Laptops) -> None:
    founder, other = laptops.founder, laptops.join("two", "coordination")
    gone = tool(founder)
    both(laptops, other)
    founder.do(delete_record, gone)
    laptops.sync(founder)
    laptops.sync(other)
    for day in range(31):
        purge(founder, START + day * DAY)
    laptops.sync(founder)
    other.do(restore_record, gone)
    both(laptops, other)
    assert says(founder, gone) == {"deleted": True} == says(other, gone)
    assert other.ask(deleted_of) == {} and same(founder, other)


def test_both_purge_alike_without_having_met(laptops: Laptops) -> None:
    founder, other = laptops.founder, laptops.join("two", "coordination")
    meeting = meeting_with_all(founder)
    founder.do(delete_record, meeting)
    both(laptops, other)
    for vault in (founder, other):
        for day in range(31):
            purge(vault, START + day * DAY)
        assert says(vault, meeting) == {"deleted": True}
    assert same(founder, other)
    both(laptops, other)
    assert same(founder, other)


def test_the_mark_may_come_before_the_record(laptops: Laptops) -> None:
    founder, other, third = laptops.founder, laptops.join("two",
                                                          "coordination"), laptops.join("three")
    laptops.sync(founder)
    laptops.sync(other)
    gone = tool(founder)
    laptops.sync(founder)
    laptops.sync(other)
    other.do(delete_record, gone)
    other.do(erase_record, gone)
    laptops.sync(other)
    laptops.sync(third)
    both(laptops, third)
    assert says(third, gone) == {"deleted": True} and third.ask(search, "Zanzibar") == []


def test_a_members_computer_purges_nothing_and_takes_the_purge_of_the_coordination(
    laptops: Laptops) -> None:
    founder, member = laptops.founder, laptops.join("member")
    gone = tool(founder)
    founder.do(delete_record, gone)
    both(laptops, member)
    for day in range(32):
        assert purge(member, START + day * DAY) == 0
    assert says(member, gone) != {"deleted": True}
    for day in range(32):
        purge(founder, START + day * DAY)
    both(laptops, member)
    assert says(founder, gone) == says(member, gone) == {"deleted": True}


def test_a_member_asks_and_the_coordination_erases(laptops: Laptops) -> None:
    founder, member = laptops.founder, laptops.join("member")
    gone, kept = tool(founder), tool(founder)
    both(laptops, member)
    for one in (gone, kept):
        member.do(delete_record, one)
        with pytest.raises(AppError, match="coordination"):
            member.do(erase_record, one)
        member.do(ask_to_erase, one)
        member.do(ask_to_erase, one)
    both(laptops, member)
    assert founder.ask(asked_of) == {gone, kept}
    assert {row.id: (row.asked, row.may_erase)
            for row in in_bin(founder)} == {gone: (True, True), kept: (True, True)}
    assert {row.id: (row.asked, row.may_erase)
            for row in in_bin(member)} == {gone: (True, False), kept: (True, False)}
    founder.do(erase_record, gone)
    founder.do(restore_record, kept)
    both(laptops, member)
    assert says(member, gone) == {"deleted": True} and says(member, kept)["title"]
    assert founder.ask(asked_of) == member.ask(asked_of) == set()
    with pytest.raises(NotInBinError):
        member.do(ask_to_erase, kept)


def test_a_request_travels_with_its_record_and_names_nobody(laptops: Laptops) -> None:
    founder, member = laptops.founder, laptops.join("member")
    both(laptops, member)
    made = member.do(record_observation,
                     {"domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG"})
    member.do(delete_record, made)
    member.do(ask_to_erase, made)
    both(laptops, member)
    (request,) = founder.ask(
        lambda session: [(row.channel, row.created_by_id, row.owner_id) for row in
                         session.scalars(select(ErasureRequest))])
    assert request == ("observatoire", None, made)


def test_the_stamps_of_others_bear_a_long_absence_out(laptops: Laptops) -> None:
    founder, other = laptops.founder, laptops.join("two", "coordination")
    gone = tool(founder)
    founder.do(delete_record, gone)
    both(laptops, other)
    now = other.ask(_latest)
    assert purge(founder, now - 40 * DAY) == 0
    # Away for forty days, which a package of the other confirms.
    assert purge(founder, now) == 1


def _latest(session: Session) -> int:
    from desktop.base.clock import stamp_ms
    from desktop.models.sync import Seen

    return max(stamp_ms(row.last_stamp) for row in session.query(Seen))
