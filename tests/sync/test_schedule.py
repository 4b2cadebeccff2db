"""When to exchange, as arithmetic."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.sync.rounds.schedule import (
    FIRST_RETRY,
    LAST_RETRY,
    NEEDS_PERSON,
    NETWORK_SETTLED,
    OF_THE_NETWORK,
    REGULARLY,
    SETTLED,
    ScheduleFacts,
    next_round,
    slept,
)
from desktop.sync.stores.storage import StoreProblem

START = datetime(2026, 11, 23, 9, 0)


def test_at_start_then_regularly() -> None:
    assert next_round(ScheduleFacts(True, START)) == START
    assert next_round(ScheduleFacts(True, START, tried_at=START)) == START + REGULARLY
    assert next_round(ScheduleFacts(False, START)) is None


def test_soon_after_edits_settle() -> None:
    edited = START + timedelta(minutes=2)
    assert (next_round(ScheduleFacts(True, START, waiting=True, edited_at=edited, tried_at=START))
            == edited + SETTLED)
    late = START + timedelta(minutes=14, seconds=55)
    assert (next_round(ScheduleFacts(True, START, waiting=True, edited_at=late, tried_at=START))
            == START + REGULARLY)


def test_failures_back_off_and_some_wait_for_a_person() -> None:
    first = next_round(
        ScheduleFacts(True, START, tried_at=START, failures=1, problem=StoreProblem.OFFLINE))
    assert first == START + FIRST_RETRY
    for trouble in NEEDS_PERSON:
        assert (next_round(ScheduleFacts(True, START, tried_at=START, failures=1, problem=trouble))
                is None)


def test_soon_after_the_network_came_back() -> None:
    back = START + timedelta(minutes=4)
    soon = back + NETWORK_SETTLED
    assert next_round(ScheduleFacts(True, START, tried_at=START, network_at=back)) == soon
    for trouble in OF_THE_NETWORK - NEEDS_PERSON:
        assert next_round(ScheduleFacts(True, START, tried_at=START, failures=8, problem=trouble,
                                network_at=back)) == soon
    assert next_round(ScheduleFacts(True, START, tried_at=back + SETTLED,
                            network_at=back)) == back + SETTLED + REGULARLY, "once"
    hurried = ScheduleFacts(True, START, tried_at=back - timedelta(seconds=1), network_at=back)
    assert next_round(hurried) == hurried.tried_at + FIRST_RETRY, "a network that comes and goes"  # type: ignore[operator]


def test_the_network_does_not_hurry_a_server_that_refuses() -> None:
    back = START + timedelta(minutes=1)
    for trouble in set(StoreProblem) - OF_THE_NETWORK:
        known = ScheduleFacts(True, START, tried_at=START, failures=6, problem=trouble)
        assert next_round(replace(known, network_at=back)) == next_round(known)


@given(st.integers(0, 10_000), st.floats(0, 1), st.booleans())
def test_a_retry_is_never_in_the_past_nor_too_far(failures: int, jitter: float,
                                                  waiting: bool) -> None:
    known = ScheduleFacts(True, START, waiting, START - timedelta(hours=3), START, failures,
                  StoreProblem.OFFLINE if failures else None)
    moment = next_round(known, jitter)
    assert moment is not None
    assert START <= moment <= START + LAST_RETRY * 1.25


def test_a_jump_of_the_clock_means_that_the_computer_slept() -> None:
    assert not slept(START, START + timedelta(seconds=60))
    assert slept(START, START + timedelta(hours=8))
    assert slept(START, START - timedelta(days=3650))
