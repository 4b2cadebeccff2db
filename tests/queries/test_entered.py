"""What its author reads of an observation: entered as long as it is on this computer alone, handed
in once it has left."""

from pathlib import Path

from desktop.commands.observations import record_observation
from desktop.commands.watch import receive
from desktop.queries.feedback import states_of, told_about, told_to
from desktop.queries.observations import not_left, own_observations
from desktop.queries.watch import inbox_of
from tests.sync.laptops import Laptops


def test_it_is_entered_until_it_has_left(tmp_path: Path) -> None:
    laptops = Laptops(tmp_path)
    founder = laptops.founder
    laptops.sync(founder)
    me = founder.identity.person_id
    made = founder.do(record_observation, {"domain": "STAGE", "principal_criterion": "ORIG"})
    assert founder.ask(not_left) == {made}

    def read() -> tuple[str, str, dict[str, int], bool]:
        (row,) = founder.ask(own_observations, me)
        told = founder.ask(told_about, made)
        assert told is not None
        (line,) = founder.ask(inbox_of)
        return row.state, told.state, states_of(founder.ask(told_to, me)), line.has_left
    assert read() == ("saisie", "saisie", {"saisie": 1}, False)
    laptops.sync(founder)
    assert founder.ask(not_left) == frozenset()
    assert read() == ("transmise", "transmise", {"transmise": 1}, True)
    founder.do(receive, [made])
    assert read()[:2] == ("recue",
                          "recue"), "what the watch group did with it is told, whether it has left or not"
    laptops.close()
