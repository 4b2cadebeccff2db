"""Where a record is: here, to be sent, sent, with so many colleagues; from receipts and what others
say they read."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base.clock import wall_ms
from desktop.commands.meetings import add_walk_in, create_meeting
from desktop.commands.records import add_record, edit_record
from desktop.models.record import INTERNAL
from desktop.sync.merging.whereabouts import HERE, RECEIVED, SENT, TO_SEND, Whereabouts, whereabouts
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.vault import Vault
from tests.sync.laptops import Laptops


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def where(vault: Vault, kind: str, record_id: uuid.UUID) -> Whereabouts:
    return vault.ask(whereabouts, own_key(vault), kind, record_id)


def test_an_action_from_here_to_the_colleagues(laptops: Laptops) -> None:
    founder = laptops.founder
    second, third = laptops.join("second"), laptops.join("third")
    for vault in (founder, second, third):
        laptops.sync(vault)
    made = founder.do(add_record, "action", {"title": "Relancer"})
    assert where(founder, "action", made) == Whereabouts(TO_SEND)
    laptops.sync(founder)
    assert where(founder, "action", made) == Whereabouts(SENT, 0, 2)
    laptops.sync(second)
    assert (where(second, "action", made) == Whereabouts(RECEIVED)
            and where(second, "action", made).words() == "")
    # What it read is known by the next package that it writes.
    second.do(add_record, "organisation", {"name": "Autre"})
    laptops.sync(second)
    laptops.sync(founder)
    assert where(founder, "action", made) == Whereabouts(SENT, 1, 2)
    assert where(founder, "action", made).words() == "Chez 1 collègue sur 2"
    founder.do(edit_record, made, {"title": "Relancer encore"})
    assert where(founder, "action", made) == Whereabouts(TO_SEND)
    laptops.sync(founder)
    assert where(founder, "action", made) == Whereabouts(SENT, 0, 2)
    second.do(edit_record, made, {"title": "À deux"})
    assert where(second, "action", made) == Whereabouts(TO_SEND)


def test_only_who_may_read_is_counted(laptops: Laptops) -> None:
    founder = laptops.founder
    member, colleague = laptops.join("member", "membre"), laptops.join("colleague", "coordination")
    for vault in (founder, member, colleague):
        laptops.sync(vault)
    secret = founder.do(add_record, "action", {"title": "Secret"}, INTERNAL)
    seen = founder.do(add_record, "observation",
                      {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"})
    assert where(founder, "observation", seen) == Whereabouts(TO_SEND)
    laptops.sync(founder)
    for kind, record in (("action", secret), ("observation", seen)):
        assert where(founder, kind, record) == Whereabouts(SENT, 0, 1)
    for vault in (member, colleague):
        laptops.sync(vault)
        vault.do(add_record, "organisation", {"name": "Autre"})
        laptops.sync(vault)
    laptops.sync(founder)
    for kind, record in (("action", secret), ("observation", seen)):
        assert where(founder, kind, record) == Whereabouts(SENT, 1, 1)
    # A later one of the same month: nothing tells the two apart, so both wait for it.
    founder.do(add_record, "observation",
               {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"})
    laptops.sync(founder)
    assert where(founder, "observation", seen) == Whereabouts(SENT, 0, 1)


def test_a_meeting_waits_for_what_belongs_to_it(laptops: Laptops) -> None:
    founder = laptops.founder
    made = founder.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                      starts_at="2026-11-23T09:00")
    laptops.sync(founder)
    assert where(founder, "meeting", made) == Whereabouts(SENT, 0, 0)
    founder.do(add_walk_in, made, "Fatima", "Benali", "CCAS")
    assert where(founder, "meeting", made) == Whereabouts(TO_SEND)
    laptops.sync(founder)
    assert where(founder, "meeting", made) == Whereabouts(SENT, 0, 0)


def test_without_a_shared_folder_it_is_here(laptops: Laptops) -> None:
    founder = laptops.founder
    made = founder.do(add_record, "action", {"title": "Relancer"})
    founder.do(lambda session: session.connection()
               .exec_driver_sql("DELETE FROM local_value WHERE key = ?", (state.STORE,)))
    assert where(founder, "action", made) == Whereabouts(HERE)


def test_who_only_reads_tells_at_first_then_once_a_day_what_it_read(laptops: Laptops) -> None:
    ms = wall_ms()
    readers = [laptops.join("second"), laptops.join("third")]
    for vault in (laptops.founder, *readers):
        vault.close()
    founder, *readers = (laptops.open(vault.home, lambda: ms)
                         for vault in (laptops.founder, *readers))
    made = founder.do(add_record, "action", {"title": "Relancer"})

    def all_exchange() -> None:
        for vault in (founder, *readers) * 3:
            laptops.sync(vault)

    all_exchange()
    assert where(founder, "action", made) == Whereabouts(SENT, 2, 2)
    told = len(laptops.packages())
    all_exchange()
    assert len(laptops.packages()) == told, "what only tells what was read is answered by nobody"
    later = founder.do(add_record, "action", {"title": "Relancer encore"})
    all_exchange()
    assert (len(laptops.packages()) == told + 1
            and where(founder, "action", later) == Whereabouts(SENT, 0, 2))
    ms += 24 * 3600 * 1000
    all_exchange()
    assert (len(laptops.packages()) == told + 3
            and where(founder, "action", later) == Whereabouts(SENT, 2, 2))
    ms += 24 * 3600 * 1000
    all_exchange()
    assert len(laptops.packages()) == told + 3
