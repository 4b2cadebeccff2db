"""How much is merged at once: as much as is allowed, and no longer than somebody who writes can
bear."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.commands.records import add_record
from desktop.queries.records import list_records
from desktop.sync.merging.reading import Pace
from desktop.sync.packages.package import Rows
from desktop.sync.rounds.engine import run_round
from desktop.tasks import shared_folder
from tests.sync.laptops import Laptops

WITHIN = 0.002


def _batch(table: str, count: int) -> Rows:
    return Rows(table, ["name"], [[n, "", ""] for n in range(count)])


class Watch:
    """A clock that goes on by what the work is said to take: a real one tells how busy the computer
    is."""

    def __init__(self) -> None:
        self.shows = 0.0

    def __call__(self) -> float:
        return self.shows


def test_alone_all_that_is_allowed_goes_at_once() -> None:
    for pace in (Pace(250), Pace(250, WITHIN, lambda: False)):
        assert [len(some.rows) for some in pace.steps(_batch("person", 600))] == [250, 250, 100]
        assert pace.share([_batch("person", 250)], packages=0) == 1


def test_each_kind_has_its_own_measure_while_somebody_writes() -> None:
    watch = Watch()
    pace = Pace(250, WITHIN, lambda: True, watch)
    for _turn in range(20):
        for some in pace.steps(_batch("note_block", 60)):
            watch.shows += len(some.rows) * WITHIN / 20
        for some in pace.steps(_batch("attendance", 400)):
            watch.shows += len(some.rows) * WITHIN / 200
    assert pace.of("note_block") <= 40
    assert pace.of("attendance") >= 100
    assert pace.share([_batch("note_block", 60)],
                      packages=0) > 1 > pace.share([_batch("attendance", 60)], packages=0)


def test_every_row_goes_once_whatever_the_pace() -> None:
    pace, wanted = Pace(7, WITHIN, lambda: len(rows) % 3 == 0), _batch("person", 100)
    rows: list[object] = []
    for some in pace.steps(wanted):
        rows += some.rows
    assert rows == wanted.rows


@pytest.mark.parametrize("each", (3, 90))
def test_what_is_read_in_a_hurry_is_all_there(tmp_path: Path, each: int) -> None:
    laptops = Laptops(tmp_path)
    second = laptops.join("second")
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    for turn in range(4):
        for number in range(each):
            laptops.founder.do(add_record, "organisation", {"name": f"Structure {turn} {number}"})
        laptops.sync(laptops.founder)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(second.do, add_record, "person", {"family_name": "PETIT"}).result()
    assert second.is_wanted, "two threads have written"
    done = run_round(second, shared_folder.open_store(second, None), step=250, within=1e-9)
    assert done.pulled == 4 and not done.refused
    assert (len(second.ask(list_records, "organisation"))
            == len(laptops.founder.ask(list_records, "organisation")))
    laptops.close()
