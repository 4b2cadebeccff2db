"""What only some computers may write: refused where it is written, and where it comes in all the
same."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.records import add_record, edit_record
from desktop.models.record import derived_id
from desktop.queries.plan import axes_of
from desktop.queries.records import list_records
from desktop.sync.packages.package import Rows
from desktop.vault import Vault
from tests.sync.forge import STAMP, drop
from tests.sync.laptops import Laptops


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def answers(vault: Vault) -> set[tuple[str, str]]:
    return {(row["party"], row["answer"]) for row in vault.ask(list_records, "validation")}


def test_each_party_answers_from_its_own_computer(laptops: Laptops) -> None:
    state = laptops.join("state", "validation_etat")
    action = laptops.founder.do(add_record, "action", {"title": "Permanence"})
    for vault in (laptops.founder, state):
        laptops.sync(vault)
    given = {"action_id": str(action), "answer": "donnee"}
    state.do(add_record, "validation", given | {"party": "etat"})
    with pytest.raises(AppError, match="ce rôle"):
        state.do(add_record, "validation", given | {"party": "agglo"})
    with pytest.raises(AppError, match="ce rôle"):
        laptops.founder.do(add_record, "validation", given | {"party": "etat"})
    for vault in (state, laptops.founder):
        laptops.sync(vault)
    assert answers(laptops.founder) == answers(state) == {("etat", "donnee")}
    (row,) = laptops.founder.ask(list_records, "validation")
    with pytest.raises(AppError, match="ce rôle"):
        laptops.founder.do(edit_record, uuid.UUID(row["id"]), {"answer": "refusee"})


def test_what_a_program_without_scruples_writes_is_not_taken(laptops: Laptops) -> None:
    member = laptops.join("member")
    for vault in (laptops.founder, member):
        laptops.sync(vault)
    axis = laptops.founder.ask(axes_of)[0]
    before = [(row.id, row.title) for row in laptops.founder.ask(axes_of)]
    with pytest.raises(AppError, match="ce rôle"):
        member.do(edit_record, axis.id, {"title": "Le mien"})
    # Past the commands, as another program would.
    made = derived_id("axis", "de contrebande")
    drop(member, laptops.share,
         Rows("axis", ["title"], [[made.hex, STAMP.hex(), "De contrebande"]]),
         Rows("validation", ["party", "answer"], [[made.hex, STAMP.hex(), "etat", "donnee"]]))
    done = laptops.sync(laptops.founder)
    assert (done.refused, done.kept_out) == ([], 2)
    assert [(row.id, row.title) for row in laptops.founder.ask(axes_of)] == before
    assert answers(laptops.founder) == set()
