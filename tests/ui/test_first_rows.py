"""Lists of thousands begin with their first rows; the rest comes when it is wanted, in the same
order."""

import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.records import add_records
from desktop.models.actions import Action, Validation
from desktop.models.observations import Observation
from desktop.models.referrals import Referral, ReferralStep
from desktop.privacy.case_codes import make_case_code
from desktop.queries.actions import actions_of
from desktop.queries.observations import observations_of
from desktop.queries.referrals import referrals_of
from desktop.ui.records.register import FIRST
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table
from desktop.vault import Vault
from tests.ui.collective import fill
from tests.window import press, settle, shown

MANY = FIRST + 250


@dataclass(frozen=True)
class Line:
    id: int


ALL = [Line(number) for number in range(1000)]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table("Lignes", (Column[Line]("Numéro", lambda row: f"n{row.id:04d}"),))
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_rows(ALL[:FIRST], lambda: ALL)
    made.show()
    settle()
    assert made.rows.rowCount() == FIRST
    return made


def _scroll(table: Table) -> None:
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())


def _end(table: Table) -> None:
    press(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(("wanting", "shown_rows"), [
    (_scroll, 1000), (_end, 1000), (lambda table: table.select_id(700), 1000),
    (lambda table: table.filter_by("n09"), 100),
    (lambda table: table.sortByColumn(0, Qt.SortOrder.DescendingOrder), 1000)])
def test_the_rest_comes_when_it_is_wanted(table: Table, wanting: Callable[[Table], object],
                                          shown_rows: int) -> None:
    table.select_id(5)
    wanting(table)
    settle()
    assert table.rows.rowCount() == shown_rows and table.rows.is_whole
    if shown_rows == 1000:
        assert {table.rows.row_at(table.rows.index(n, 0)).id for n in range(1000)} == set(range(1000))  # type: ignore[union-attr]


def test_the_end_key_goes_to_the_very_end(table: Table) -> None:
    table.select_id(5)
    _end(table)
    assert table.current_row() == ALL[-1]


def _many(session: Any) -> None:
    rng = random.Random(4)
    days = [None, "", *(f"2026-{month:02d}-15" for month in range(1, 13))]
    rows: list[tuple[type[Any], dict[str, Any]]] = []
    codes: dict[str, None] = {}
    while len(codes) < MANY:
        codes[make_case_code(rng)] = None
    for number, code in enumerate(codes):
        action, referral = uuid.uuid4(), uuid.uuid4()
        rows += [
            (Action, {"id": action, "title": f"{rng.choice('aéZœ')}{number % 90}",
                      "due_on": rng.choice(days),
                      "state": rng.choice([None, "en_cours", "faite", "abandonnee", "idee"]),
                      "abandoned_reason": "Le financement n’a pas été obtenu."}),
            (Validation, {"action_id": action, "party": "etat", "asked_on": "2026-01-05"}),
            (Observation, {"month": rng.choice(["2026-01", "2025-12"]), "domain": "EMPLOI_PRIVE",
                           "principal_criterion": "ORIG",
                           "criteria": ["AGE", "SEXE"], "account": f"récit {number}"}),
            (Referral, {"id": referral, "case_code": code, "kind": "ccas",
                        "opened_month": rng.choice([None, "2026-02", "2026-03"])}),
            (ReferralStep,
             {"referral_id": referral, "month": "2026-04", "text": f"étape {number}"})]
    add_records(session, rows)


@pytest.mark.parametrize("first", [
    lambda session, count: actions_of(session, open_only=True, count=count),
    lambda session, count: actions_of(session, count=count),
    lambda session, count: observations_of(session, None, count),
    lambda session, count: referrals_of(session, count)])
def test_the_first_rows_are_those_of_the_whole_list(
    vault: Vault, first: Callable[[Any, int | None], Sequence[Any]]) -> None:
    vault.do(_many)
    whole = vault.ask(first, None)
    assert len(whole) > FIRST
    # Equal keys may come in either order: what is compared is the order that is promised.
    assert [_key(row) for row in vault.ask(first, FIRST)] == [_key(row) for row in whole[:FIRST]]


def _key(row: Any) -> tuple[Any, ...]:
    if hasattr(row, "case_code"):
        return row.case_code, row.steps
    if hasattr(row, "due_on"):
        return row.due_on, row.title, row.is_open, row.validations
    return row.id, row.account, row.criteria


def test_a_screen_of_thousands_shows_the_first_and_finds_any(qtbot: QtBot, vault: Vault,
                                                             home: Home) -> None:
    fill(vault)
    vault.do(_many)
    whole = vault.ask(observations_of)
    with shown(home, vault) as window:
        window.go("observations")
        settle()
        register = window.current.register  # type: ignore[union-attr]
        assert register.table.rows.rowCount() == FIRST
        window.current.open_record(whole[-1].id)  # type: ignore[union-attr]
        assert register.table.current_row().id == whole[-1].id
        assert register.table.rows.rowCount() == len(whole)


def test_all_of_a_long_list_is_copied(table: Table) -> None:
    press(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.selected_rows()) == len(ALL)
