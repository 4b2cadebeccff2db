"""The states of the program are those of the lists that people choose from: a code is never known
to one alone."""

from enum import StrEnum

import pytest

from desktop.models import states
from desktop.models.choices import codes_of
from desktop.models.states import ActionState, AttendanceState, MeetingState

LISTS: dict[str, type[StrEnum]] = {
    "meeting_state": states.MeetingState, "attendance_state": states.AttendanceState,
    "action_state": states.ActionState,
    "minutes_state": states.MinutesState, "observation_state": states.ObservationState,
    "referral_state": states.ReferralState, "validation_party": states.Party,
    "validation_answer": states.ValidationAnswer,
}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_its_states_and_no_others(name: str) -> None:
    assert codes_of(name) == tuple(LISTS[name])


def test_the_questions_part_every_state_of_a_meeting() -> None:
    for state in MeetingState:
        assert states.is_planned(state) != states.was_held(state)
        assert states.was_held(state) or not states.is_over(state)
        assert not states.is_frozen(state) or states.is_over(state)
    assert not states.was_held(None) and not states.is_frozen(None)
    assert [state for state in MeetingState if states.is_frozen(state)] == ["valide", "archivee"]


def test_who_is_there_and_who_counts() -> None:
    assert [state for state in AttendanceState if states.is_there(state)] == ["present", "distance"]
    assert [state for state in AttendanceState
            if states.counts_for_quorum(state)] == ["present", "distance", "represente"]
    assert not states.counts_for_quorum(AttendanceState.REMOTE, remote_counts=False)
    assert states.counts_for_quorum(AttendanceState.PRESENT, remote_counts=False)


def test_an_action_is_open_until_it_is_done_or_given_up() -> None:
    assert [state for state in ActionState if not states.is_open(state)] == ["faite", "abandonnee"]
    assert [state for state in ActionState
            if states.needs_accords(state, "politique_de_la_ville")] == ["en_cours", "faite"]
    assert not states.needs_accords(ActionState.DONE, "droit_commun")
