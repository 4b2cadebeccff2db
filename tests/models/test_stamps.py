"""Every edited field carries a stamp that beats what its author saw; anonymous records tell the
month alone."""

import uuid
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.clock import Clock, stamp_bytes, stamp_ms, stamp_writer
from desktop.base.paths import Home
from desktop.commands.records import add_record, add_records, edit_record
from desktop.models.directory import Person
from desktop.models.local import Pending
from desktop.models.observations import Observation
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE


def stamps(session: Session, cls: type, record_id: uuid.UUID, *names: str) -> list[bytes | None]:
    record = session.get(cls, record_id)
    return [getattr(record, name + "_stamp") for name in names]


def pending(session: Session) -> dict[tuple[str, bytes], bytes]:
    return {(row.kind, row.record_id): row.low for row in session.scalars(select(Pending))}


def test_only_edited_fields_are_stamped_anew(vault: Vault) -> None:
    made = vault.do(add_record, "person", {"family_name": "A", "given_name": "B"})
    first = vault.ask(stamps, Person, made, "family_name", "given_name", "email")
    vault.do(edit_record, made, {"given_name": "C"})
    second = vault.ask(stamps, Person, made, "family_name", "given_name", "email")
    assert first[2] is None and second[0] == first[0]
    assert second[1] > first[1]
    assert stamp_writer(second[1]) == vault.identity.writer
    assert vault.ask(pending)[("person", made.bytes)] == first[0]


def test_an_edit_beats_the_future_that_its_author_saw(home: Home) -> None:
    times = [10_000_000]
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST, now=lambda: times[0])
    made = vault.do(add_record, "person", {"family_name": "A"})
    times[0] = 5
    vault.do(edit_record, made, {"family_name": "B"})
    (stamp,) = vault.ask(stamps, Person, made, "family_name")
    assert stamp is not None and stamp_ms(stamp) >= 10_000_000
    vault.close()


def test_observations_tell_the_month_alone(vault: Vault) -> None:
    values = {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG", "account": "x"}
    made = vault.do(add_record, "observation", values)
    vault.do(edit_record, made, {"account": "y"})
    one, two = vault.ask(stamps, Observation, made, "domain", "account")
    assert one is not None and two is not None and two > one
    moment = datetime.fromtimestamp(stamp_ms(two) / 1000, UTC)
    assert (moment.day, moment.hour, moment.minute) == (1, 0, 0)
    assert made.version == 4


def test_bulk_rows_are_stamped_as_single_ones(vault: Vault) -> None:
    ids = vault.do(add_records, [(Person, {"family_name": f"N{i}"}) for i in range(10)])
    found = [vault.ask(stamps, Person, i, "family_name", "email") for i in ids]
    assert len({row[0] for row in found}) == 10 and all(row[1] is None for row in found)
    assert {("person", i.bytes) for i in ids} <= set(vault.ask(pending))


@given(st.lists(st.tuples(st.integers(0, 2**47), st.integers(0, 2**47)), min_size=1, max_size=30))
def test_the_clock_always_grows_and_never_runs_far_ahead(steps: list[tuple[int, int]]) -> None:
    now = [0]
    clock = Clock(b"\x01" * 8, lambda: now[0])
    last = b""
    for wall, remote in steps:
        now[0] = wall
        before = stamp_ms(clock.last)
        clock.follow(stamp_bytes(remote, 0, b"\x02" * 8))
        assert stamp_ms(clock.last) <= max(before, wall + 5 * 60 * 1000)
        stamp = clock.tick()
        assert stamp > last
        last = stamp
