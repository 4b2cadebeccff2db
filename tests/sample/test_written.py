"""What was written by hand for the sample agrees with itself, whatever the day on which it is
looked at."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.dates.french import MONTHS_FR
from desktop.base.paths import Home
from desktop.base.text import fold
from desktop.models.actions import Action, ActionFunding, FollowUp, Notice, Validation
from desktop.models.directory import Organisation
from desktop.models.meetings import AgendaItem, Attendance, Decision, Meeting
from desktop.models.observations import Feedback, Observation
from desktop.models.plan import Indicator, IndicatorValue, Objective
from desktop.models.record import RECORDS
from desktop.models.referrals import Referral, ReferralStep
from desktop.models.resources import Resource
from desktop.models.rules.context import RuleContext
from desktop.models.rules.judge import violations
from desktop.models.states import ActionState, is_open, is_planned, needs_accords
from desktop.models.vocabularies import Place
from desktop.privacy.detect import BLOCK, find_identities
from desktop.queries.trainings import trainings_of
from desktop.sample import fill
from desktop.vault import Cost, Vault

DAYS = (date(2026, 1, 5), date(2026, 8, 3))
"""One after the turn of the year, one in the holidays; the other tests stand on an ordinary day."""

MONTH = re.compile(rf"\b({'|'.join(fold(month) for month in MONTHS_FR)})\b")


@pytest.fixture(scope="module", params=DAYS, ids=str)
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Vault, date]]:
    made, _code = Vault.create(
        Home(tmp_path_factory.mktemp("written") / "p"), "essai", cost=Cost.TEST
    )
    fill(made, today=request.param)
    yield made, request.param
    made.close()


def all_of(vault: Vault, cls: type) -> list:
    def read(session: Session) -> list:
        found = session.scalars(select(cls).where(cls.deleted.is_not(True))).all()
        session.expunge_all()
        return list(found)

    return vault.ask(read)


def test_no_record_breaks_a_rule(filled: tuple[Vault, date]) -> None:
    """The places aside: they were verified on a day of their own."""
    vault, today = filled

    def broken(session: Session) -> list[tuple[str, str]]:
        context = RuleContext(session, today)
        return [
            (cls.kind_name(), violation.message)
            for cls in RECORDS.values()
            if cls is not Place
            for record in session.scalars(select(cls))
            for violation in violations(cls, record, context)
        ]

    assert vault.ask(broken) == []


def test_what_runs_on_the_politique_de_la_ville_has_both_accords_and_nothing_else_has_any(
    filled: tuple[Vault, date],
) -> None:
    vault, _today = filled
    actions = {action.id: action for action in all_of(vault, Action)}
    answers: dict[object, dict[str, str | None]] = {}
    for validation in all_of(vault, Validation):
        answers.setdefault(validation.action_id, {})[validation.party] = validation.answer
    funded = {
        part.action_id
        for part in all_of(vault, ActionFunding)
        if part.source == "politique_de_la_ville"
    }
    running = [one for one in actions.values() if needs_accords(one.state, one.funding)]
    assert len(running) >= 7
    for action in running:
        assert answers[action.id] == {"etat": "donnee", "agglo": "donnee"}, action.title
    assert all(actions[action].funding == "politique_de_la_ville" for action in answers)
    assert funded == {one.id for one in actions.values() if one.funding == "politique_de_la_ville"}


def test_the_members_were_told_of_other_actions_but_of_the_youngest(
    filled: tuple[Vault, date],
) -> None:
    vault, today = filled
    told = {notice.action_id for notice in all_of(vault, Notice)}
    others = [
        one
        for one in all_of(vault, Action)
        if one.funding != "politique_de_la_ville" and one.starts_on
    ]
    untold = [one for one in others if one.id not in told]
    assert len(others) == 10 and len(told) == 9 and len(untold) == 1
    assert (today - date.fromisoformat(untold[0].starts_on)).days < 60
    assert told <= {one.id for one in others}


def test_the_days_of_an_action_follow_one_another(filled: tuple[Vault, date]) -> None:
    vault, today = filled
    actions = {one.id: one for one in all_of(vault, Action)}
    for action in actions.values():
        assert not action.starts_on or action.starts_on <= today.isoformat()
        assert (action.progress == 100) == (action.state == ActionState.DONE)
        assert bool(action.outcome) == (action.state == ActionState.DONE)
    for validation in all_of(vault, Validation):
        action = actions[validation.action_id]
        if validation.answer == "donnee" and action.starts_on:
            assert validation.answered_on <= action.starts_on, action.title
    meetings = {one.id: one for one in all_of(vault, Meeting)}
    for action in actions.values():
        if action.meeting_id is not None and action.starts_on:
            assert meetings[action.meeting_id].starts_at[:10] <= action.starts_on, action.title
    last: dict[object, tuple[str, int]] = {}
    for step in sorted(all_of(vault, FollowUp), key=lambda step: step.on):
        action = actions[step.action_id]
        assert step.on <= today.isoformat() and step.on >= action.starts_on
        assert step.progress >= last.get(action.id, ("", 0))[1], action.title
        last[action.id] = (step.on, step.progress)
    assert all(actions[made].progress in (progress, 100) for made, (_on, progress) in last.items())


def test_an_observation_agrees_with_what_was_made_of_it(filled: tuple[Vault, date]) -> None:
    vault, _today = filled
    observations = {one.id: one for one in all_of(vault, Observation)}
    told = {one.handle: one for one in all_of(vault, Feedback)}
    actions = {one.id: one for one in all_of(vault, Action)}
    assert len({one.account for one in observations.values()}) == 40
    for one in observations.values():
        assert (one.recourse == ["AUCUN"]) == bool(one.no_recourse_reason), one.account
        assert one.principal_criterion not in one.criteria
        feedback = told.get(one.feedback_handle)
        assert (feedback is None) == (one.state == "transmise")
        if feedback is not None:
            assert (feedback.state, feedback.action_id) == (one.state, one.action_id)
            assert feedback.month >= one.month
        if one.action_id is not None:
            assert feedback.action_title == actions[one.action_id].title
    reporting = Counter(one.organisation_id for one in observations.values())
    assert len(reporting) > 12
    for referral in all_of(vault, Referral):
        seen = observations.get(referral.observation_id)
        assert seen is None or seen.month <= referral.opened_month
        steps = [
            step.month for step in all_of(vault, ReferralStep) if step.referral_id == referral.id
        ]
        assert steps and min(steps) >= referral.opened_month
        assert (
            (referral.closed_month is None)
            == (referral.state != "close")
            == (referral.result is None)
        )
        assert referral.closed_month is None or max(steps) <= referral.closed_month


def test_nobody_can_be_recognised_in_what_was_written(filled: tuple[Vault, date]) -> None:
    vault, _today = filled
    read = [
        *(one.account for one in all_of(vault, Observation)),
        *(one.discarded_reason for one in all_of(vault, Observation)),
        *(one.sentence for one in all_of(vault, Feedback)),
        *(one.text for one in all_of(vault, ReferralStep)),
        *(one.outcome for one in all_of(vault, Referral)),
    ]
    found = {
        text: spans
        for text in filter(None, read)
        if (spans := [span.category for span in find_identities(text) if span.severity == BLOCK])
    }
    assert found == {}


def test_a_month_that_a_title_names_is_that_of_its_meeting(filled: tuple[Vault, date]) -> None:
    vault, _today = filled
    meetings = {one.id: one for one in all_of(vault, Meeting)}
    titles = [(one.title, one) for one in meetings.values()]
    titles += [(one.title, meetings[one.meeting_id]) for one in all_of(vault, AgendaItem)]
    named = 0
    for title, meeting in titles:
        assert "{" not in title
        for month in MONTH.findall(fold(title)):
            named += 1
            assert month == fold(MONTHS_FR[int(meeting.starts_at[5:7]) - 1]), title
    assert named >= 8


def test_meetings_are_held_on_days_on_which_people_work(filled: tuple[Vault, date]) -> None:
    vault, today = filled
    meetings = all_of(vault, Meeting)
    days = [date.fromisoformat(one.starts_at[:10]) for one in meetings]
    assert len(set(days)) == len(days) and all(day.weekday() < 5 and day.month != 8 for day in days)
    planned = [one for one in meetings if is_planned(one.state)]
    assert all(one.starts_at[:10] >= today.isoformat() for one in planned) and len(planned) == 6
    present = dict(
        vault.ask(
            lambda session: [
                tuple(row)
                for row in session.execute(
                    select(Attendance.meeting_id, func.count())
                    .where(Attendance.state.in_(("present", "distance", "represente")))
                    .group_by(Attendance.meeting_id)
                )
            ]
        )
    )
    for decision in all_of(vault, Decision):
        votes = [decision.votes_for, decision.votes_against, decision.votes_abstained]
        assert (decision.how == "vote") == (None not in votes)
        assert sum(number or 0 for number in votes) <= present[decision.meeting_id], decision.text


def test_three_trainings_were_held_and_attested(filled: tuple[Vault, date]) -> None:
    vault, today = filled
    programmes = vault.ask(trainings_of, today)
    held = [
        one
        for one in all_of(vault, Meeting)
        if one.kind == "formation" and not is_planned(one.state)
    ]
    assert len(held) == 3 and len(programmes) == 2
    slots = vault.ask(
        lambda session: session.scalar(select(func.count()).select_from(RECORDS["attendance_slot"]))
    )
    assert slots == (14 + 14 + 13) * 4


def test_indicators_have_one_label_each_and_values_that_grow(filled: tuple[Vault, date]) -> None:
    vault, _today = filled
    indicators = all_of(vault, Indicator)
    assert len({one.label for one in indicators}) == len(indicators) == 10
    assert {one.objective_id for one in indicators} <= {one.id for one in all_of(vault, Objective)}
    values = {
        one.id: [
            value.value
            for value in sorted(all_of(vault, IndicatorValue), key=lambda value: value.on)
            if value.indicator_id == one.id
        ]
        for one in indicators
    }
    for one in indicators:
        assert one.unit and one.target and bool(values[one.id]) == (one.derived is None), one.label
        assert values[one.id] == sorted(values[one.id])
    seen = next(one for one in indicators if one.label.startswith("Orientations closes"))
    closed = [one for one in all_of(vault, Referral) if one.state == "close"]
    assert values[seen.id][-1] == len(closed)


def test_resources_and_organisations_are_written_not_drawn(filled: tuple[Vault, date]) -> None:
    vault, _today = filled
    resources = all_of(vault, Resource)
    assert Counter(one.kind for one in resources) == {
        "outil": 5,
        "intervenant": 3,
        "document": 4,
        "lieu": 2,
        "validation": 2,
        "memoire": 4,
    }
    assert len({one.description for one in resources}) == 20
    assert sum(bool(one.contact or one.notes) for one in all_of(vault, Organisation)) >= 12
    assert sum(is_open(one.state) for one in all_of(vault, Action)) == 17
