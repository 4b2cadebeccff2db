"""Three laptops: a worker observes, the watch group works on it, the worker reads what became of it
and answers by a choice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.actions import create_action
from desktop.commands.observations import answer_question, correct_observation, record_observation
from desktop.commands.records import edit_record
from desktop.commands.watch import (
    examine,
    join_situation,
    link,
    receive,
    set_aside,
    set_legal_view,
    tell,
)
from desktop.queries.feedback import may_be_corrected, states_of, told_to
from desktop.queries.observations import observations_of
from desktop.queries.records import list_records
from desktop.queries.today import today_of
from desktop.queries.watch import inbox_of, situations_count, waiting_count, watch_sheet
from desktop.vault import Vault
from tests.sync.laptops import Laptops

SEEN = {"domain": "LOGEMENT_PRIVE", "principal_criterion": "ORIG", "place_kind": "commune",
        "commune": "59392",
        "setting": "AGENCE", "account": "Une mère visite un logement, déjà loué. Une collègue "
                                        "rappelle : libre."}
MONTH = date.today().isoformat()[:7]


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def rounds(laptops: Laptops, *vaults: Vault) -> None:
    for vault in vaults:
        laptops.sync(vault)


def make_jurist(laptops: Laptops, vault: Vault) -> None:
    person = vault.identity.person_id
    assert person is not None
    rounds(laptops, vault, laptops.founder)
    laptops.founder.do(edit_record, person, {"function": "Juriste"})
    rounds(laptops, laptops.founder, vault)


def test_a_worker_offline_for_three_rounds_reads_the_last_state(laptops: Laptops) -> None:
    worker, team = laptops.join("noor"), laptops.join("lou", "observatoire")
    make_jurist(laptops, team)
    first = worker.do(record_observation, SEEN)
    second = worker.do(record_observation,
                       SEEN | {"domain": "TRANSPORT", "principal_criterion": "HAND"})
    action = laptops.founder.do(create_action, "Appels tests auprès des agences")
    rounds(laptops, worker, laptops.founder, team)
    assert worker.ask(may_be_corrected, first)
    worker.do(correct_observation, first, {"evidence": ["TEMOIN"]})
    rounds(laptops, worker, team)

    # Three rounds of the others; the worker has no network.
    assert team.do(receive, [first, second]) == 2
    rounds(laptops, team, laptops.founder)
    team.do(set_legal_view, first,
            {"qualified_criteria": ["ORIG", "PATR"], "qualification": "PLAUSIBLE"})
    team.do(examine, first, sentence="Merci. La cellule regarde.")
    rounds(laptops, team, laptops.founder)
    team.do(link, first, action, sentence="Un appel test est proposé.", question="temoin")
    team.do(set_aside, second, "Hors du champ de la loi")
    rounds(laptops, team, laptops.founder)
    assert {told.state for told in worker.ask(told_to, worker.identity.person_id)} == {"transmise"}

    sent = len(laptops.packages())
    rounds(laptops, worker)
    told = {one.id: one for one in worker.ask(told_to, worker.identity.person_id)}
    assert (told[first].state, told[first].month, told[first].action_title, told[first].sentence,
            told[first].question) == (
                "liee", MONTH, "Appels tests auprès des agences", "Un appel test est proposé.",
                "temoin")
    assert (told[second].state, told[second].sentence) == ("ecartee", "")
    assert (states_of(worker.ask(today_of, date.today(), worker.identity.person_id).observations)
            == {"liee": 1, "ecartee": 1})
    # Reading writes nothing: there is no package that tells who looked.
    rounds(laptops, worker)
    assert len(laptops.packages()) == sent

    assert not worker.ask(may_be_corrected, first)
    with pytest.raises(AppError, match="ne se modifie plus"):
        worker.do(correct_observation, first, {"domain": "SANTE"})
    worker.do(answer_question, first, "temoin", "oui")
    rounds(laptops, worker, team)
    sheet = team.ask(watch_sheet, first)
    assert sheet is not None and (sheet.told.question, sheet.told.answer) == ("temoin", "oui")
    assert sheet.row.evidence == ("TEMOIN",) and sheet.legal.criteria == ("ORIG", "PATR")

    # What the team alone knows is nowhere else, and others count none of the worker's.
    other = laptops.join("sam")
    rounds(laptops, laptops.founder, team, worker, other)
    assert other.ask(observations_of) == [] and other.ask(told_to, other.identity.person_id) == []
    assert all("Hors du champ" not in str(row) for row in other.ask(list_records, "feedback"))


def test_only_the_observatory_writes_states_and_only_a_jurist_the_legal_view(
    laptops: Laptops) -> None:
    worker, team = laptops.join("noor"), laptops.join("lou", "observatoire")
    made = worker.do(record_observation, SEEN)
    rounds(laptops, worker, team, laptops.founder)
    with pytest.raises(AppError, match="rôle"):
        worker.do(receive, [made])
    with pytest.raises(AppError, match="juriste"):
        team.do(set_legal_view, made, {"qualification": "PLAUSIBLE"})
    team.do(receive, [made])
    team.do(examine, made)
    assert team.ask(observations_of)[0].state == "qualifiee"
    make_jurist(laptops, team)
    team.do(set_legal_view, made, {"qualification": "PLAUSIBLE"})
    with pytest.raises(ValueError, match="account"):
        team.do(set_legal_view, made, {"account": "Autre chose"})


def test_each_gesture_is_undone_with_what_was_told(laptops: Laptops) -> None:
    worker, team = laptops.join("noor"), laptops.join("lou", "observatoire")
    made = worker.do(record_observation, SEEN)
    action = laptops.founder.do(create_action, "Appels tests")
    rounds(laptops, worker, laptops.founder, team)

    def read() -> tuple[str, str, str]:
        rounds(laptops, team, worker)
        (told,) = worker.ask(told_to, worker.identity.person_id)
        return told.state, told.action_title, told.sentence

    team.do(receive, [made])
    assert read() == ("recue", "", "")
    team.undo()
    assert read() == ("transmise", "", "") and worker.ask(may_be_corrected, made)
    team.do(receive, [made])
    team.do(link, made, action, sentence="Un appel test.")
    assert read() == ("liee", "Appels tests", "Un appel test.")
    team.undo()
    assert read() == ("recue", "", "")
    team.do(set_aside, made, "Doublon")
    team.undo()
    team.do(tell, made, "Merci.", "dure")
    assert read() == ("recue", "", "Merci.")
    team.undo()
    assert read() == ("recue", "", "")


def test_what_is_told_is_short_names_nobody_and_needs_its_reason(laptops: Laptops) -> None:
    team = laptops.join("lou", "observatoire")
    rounds(laptops, laptops.founder, team)
    made = team.do(record_observation, SEEN)
    for sentence in ("x" * 141, "Appelez Mme Lenoir au 06 12 34 56 78."):
        with pytest.raises(AppError):
            team.do(examine, made, sentence=sentence)
    with pytest.raises(AppError, match="écart"):
        team.do(set_aside, made, "  ")
    with pytest.raises(AppError):
        team.do(link, made, made)
    assert team.ask(told_to, team.identity.person_id)[0].month == ""


def test_likely_doubles_are_found_without_their_text_and_one_event_is_one_situation(
    laptops: Laptops) -> None:
    team = laptops.join("lou", "observatoire")
    rounds(laptops, laptops.founder, team)
    same = [team.do(record_observation, SEEN | more) for more in (
        {}, {"principal_criterion": "PATR", "account": "Autre récit."},
        {"setting": None, "account": None})]
    others = [team.do(record_observation, SEEN | more) for more in (
        {"domain": "SANTE"}, {"principal_criterion": "HAND"}, {"commune": "59291"},
        {"setting": "VOISIN"},
        {"month": "2025-01"}, {"principal_criterion": "NSP"})]
    close = {row.id: row.close for row in team.ask(inbox_of)}
    # The one without a setting may be a double of the neighbour's too.
    assert ([close[one] for one in same] == [2, 2, 3]
            and [close[one] for one in others] == [0, 0, 0, 1, 0, 0])
    assert team.ask(situations_count) == (9, 9)
    team.do(join_situation, same[1], same[0])
    team.do(join_situation, same[0], same[2])
    assert team.ask(situations_count) == (9, 7) and team.ask(waiting_count) == 9
    sheet = team.ask(watch_sheet, same[0])
    assert (sheet is not None and {one.id for one in sheet.together} == set(same[1:])
            and sheet.close == ())
    team.undo()
    assert team.ask(situations_count) == (9, 8)
