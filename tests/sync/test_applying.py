"""Many small packages read at once are to a record what they are read one by one: values, kept
versions, cursors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.record import RECORDS, STAMP, fields_of
from desktop.sync.packages.package import Rows
from desktop.sync.rounds.engine import Round, run_round
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.sync.forge import STAMP as FORGED
from tests.sync.forge import drop
from tests.sync.laptops import Laptops


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def _everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """What is held, as it is stored: the records, the kept versions, how far each writer was
    read."""
    tables = {kind: ", ".join(f'"{name}"' for f in fields_of(cls) if f.travels
                              for name in (f.name, f.name + STAMP))
              for kind, cls in RECORDS.items()}
    asked = {kind: f'SELECT id, {columns} FROM "{kind}" ORDER BY id'
             for kind, columns in tables.items()}
    asked |= {"version": "SELECT kind, record_id, field, stamp, value FROM version ORDER BY 1, 2, "
                         "3, 4",
              "held": "SELECT writer, sequence, sha256 FROM held_package ORDER BY 1, 2, 3",
              "search": "SELECT title, body, hidden FROM search ORDER BY 1, 2, 3"}
    return {name: [tuple(row) for row in session.connection().exec_driver_sql(sql)]
            for name, sql in asked.items()}


def _read(vault: Vault, step: int) -> Round:
    return run_round(vault, shared_folder.open_store(vault, None), step=step)


def test_read_at_once_or_one_by_one_is_the_same(laptops: Laptops) -> None:
    writers = [laptops.founder, laptops.join("two", "coordination")]
    at_once, one_by_one = laptops.join("three"), laptops.join("four")
    for vault in (laptops.founder, writers[1], laptops.founder):
        laptops.sync(vault)
    shared = [writers[0].do(add_record, "action", {"title": f"Action {n}", "state": "proposee"})
              for n in range(6)]
    laptops.sync(writers[0])
    laptops.sync(writers[1])
    # Neither has seen the other's words: some lose, and are kept.
    for number, vault in enumerate(writers):
        for turn, record in enumerate(shared):
            vault.do(edit_record, record,
                     {"title": f"Les mots de {number}, tour {turn}",
                      "description": f"Texte {number}"})
            vault.do(add_record, "action",
                     {"title": f"Nouvelle {number} {turn}", "state": "proposee"})
            vault.do(add_record, "person",
                     {"given_name": "Jo", "family_name": f"PETIT {number} {turn}"})
            run_round(vault, shared_folder.open_store(vault, None), thorough=False)
        vault.do(delete_record, shared[number])
    for vault in (*writers, *writers):
        laptops.sync(vault)
    assert len(laptops.packages()) > 12
    for vault, step in ((at_once, 20_000), (one_by_one, 1), (at_once, 20_000)):
        assert not _read(vault, step).refused
    own = {vault.identity.writer for vault in (at_once, one_by_one)}
    found, other = at_once.ask(_everything), one_by_one.ask(_everything)
    for held in (found, other):
        held["held"] = [row for row in held["held"] if row[0] not in own]
    assert found == other
    assert found["version"], "two people wrote at the same time"
    assert len(found["held"]) > 12


def test_one_spoilt_package_among_many_is_refused_alone(laptops: Laptops) -> None:
    second = laptops.join("second")
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    for number in range(4):
        drop(laptops.founder, laptops.share,
             Rows("person", ["family_name"], [[f"{number:032x}", FORGED.hex(), f"PETIT {number}"]]))
    drop(laptops.founder, laptops.share,
         Rows("person", ["family_name"], [[f"{9:032x}", FORGED.hex(), 12]]))
    done = _read(second, 20_000)
    assert len(done.refused) == 1 and "wrong type" in done.refused[0]
    names = second.ask(lambda session: [row[0] for row in session.connection().exec_driver_sql(
        "SELECT family_name FROM person WHERE family_name LIKE 'PETIT %' ORDER BY 1")])
    assert names == [f"PETIT {number}" for number in range(4)]


def test_the_same_record_twice_in_other_letters_is_one(laptops: Laptops) -> None:
    second = laptops.join("second")
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    later = (int.from_bytes(FORGED, "big") + (1 << 64)).to_bytes(16, "big").hex()
    for record_id, stamp, name in (("ab" * 16, FORGED.hex(), "PETIT"), ("AB" * 16, later, "GRAND")):
        drop(laptops.founder, laptops.share,
             Rows("person", ["family_name"], [[record_id, stamp, name]]))
    done = _read(second, 20_000)
    assert not done.refused
    names = second.ask(lambda session: [row[0] for row in session.connection().exec_driver_sql(
        "SELECT family_name FROM person WHERE family_name IN ('PETIT', 'GRAND')")])
    assert names == ["GRAND"]
