"""The rule by which what a lost list of devices had done is done again: nobody lost, nobody back
who was taken out."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sync.trust.forks import regained
from desktop.sync.trust.roster import Channel, Device, Removed, Roster


def device(name: str, roles: tuple[str, ...] = ("membre",)) -> Device:
    return Device(name * 32, f"age1{name}", name, None, list(roles))


def roster(number: int, devices: list[Device], removed: list[Removed] | None = None,
           kit: str = "") -> Roster:
    return Roster(number, "", "c", "r", "age1recovery", devices, {"commun": Channel(1, "age1k")},
                  removed or [], kit,
                  [], "aa" * 16)


A, B, C, D = (device(name) for name in ("aa", "bb", "cc", "dd"))


@pytest.mark.parametrize(("stands", "lost", "inside", "leaving"), [
    (roster(2, [A, B]), roster(2, [A, C]), [A, B, C], []),
    (roster(2, [A], [Removed(B, 2, {})]), roster(2, [A, B, C]), [A, C], []),
    (roster(2, [A, B, C]), roster(2, [A, C], [Removed(B, 2, {})]), [A, B, C], [B]),
    # Done again, then let in once more: it is not taken out a second time.
    (roster(4, [A, B, C], [Removed(B, 3, {})]), roster(2, [A, C], [Removed(B, 2, {})]), [A, B, C],
     []),
    (roster(2, [A], [Removed(B, 2, {})]), roster(3, [A, B], [Removed(B, 2, {})]), [A, B], []),
], ids=["both let in", "removed here", "removed there", "removed and let in here",
        "let in again there"])
def test_what_is_done_again(stands: Roster, lost: Roster, inside: list[Device],
                            leaving: list[Device]) -> None:
    found = regained(stands, lost, roster(1, [A, B]))
    assert found.roster.devices == inside and [one.device for one in found.leaving] == leaving


def test_roles_and_kit_are_taken_where_only_the_lost_one_changed_them() -> None:
    base, chief = roster(1, [A, B], kit="age1old"), device("bb", ("coordination",))
    found = regained(roster(2, [A, B, C], kit="age1old"), roster(2, [A, chief], kit="age1new"),
                     base).roster
    assert (found.devices, found.kit) == ([A, chief, C], "age1new")
    found = regained(roster(2, [A, chief], kit="age1mine"), roster(2, [A, B], kit="age1new"),
                     base).roster
    assert (found.devices, found.kit) == ([A, chief], "age1mine")


def test_a_kit_that_was_replaced_brings_nobody_in() -> None:
    base, stranger = roster(1, [A, B], kit="age1old"), roster(2, [A, B, C], kit="age1old")
    taken = msgspec.structs.replace(stranger, holder=C.key)
    assert regained(roster(3, [A, B], kit="age1new"), taken, base).roster.devices == [A, B]
    found = regained(roster(3, [A, B], kit="age1old"), taken, base).roster
    assert found.devices == [A, B, C] and found.holder == C.key
    # A colleague to whom it was handed meanwhile brings in whom it let in, and the key stays where
    # it is.
    handed = regained(roster(3, [A, B], kit="age1new"),
                      msgspec.structs.replace(stranger, holder=B.key), base).roster
    assert handed.devices == [A, B, C] and handed.holder == base.holder


def test_nothing_is_done_again_of_what_the_list_that_stands_grew_from() -> None:
    """Where it is not known that it did: who was taken out, or reads no more, stays so."""
    before = roster(1, [A, B, C])
    before = msgspec.structs.replace(before,
                                     channels={
                                         "groupe": Channel(1, "age1one", readers=[A.key, B.key])})
    after = msgspec.structs.replace(
        roster(5, [A, B, D], [Removed(C, 3, {})]),
        channels={"groupe": Channel(2, "age1two", ["age1one"], readers=[A.key])})
    assert (regained(after, before, None).roster == after
            and regained(after, before, None).leaving == [])


people = st.lists(st.sampled_from([B, C, D]), unique_by=lambda one: one.key)


def signed(number: int, inside: list[Device], out: list[Device]) -> Roster:
    return roster(number, [A, *inside],
                  [Removed(one, number, {}) for one in out if one not in inside])


@given(people, people, people, people)
def test_what_was_done_again_is_not_done_a_third_time(inside: list[Device], out: list[Device],
                                                      other: list[Device],
                                                      others_out: list[Device]) -> None:
    stands, lost = signed(3, inside, out), signed(2, other, others_out)
    found = regained(stands, lost, None)
    gone = {one.device.key for one in found.leaving}
    after = msgspec.structs.replace(
        found.roster, number=4,
        devices=[one for one in found.roster.devices if one.key not in gone],
        removed=[*stands.removed, *(Removed(one.device, 4, {}) for one in found.leaving)])
    again = regained(after, lost, None)
    assert again.leaving == [] and again.roster == after
    # Nobody is inside whom either took out; everybody is whom either let in and nobody took out.
    taken_out = {one.device.key for one in (*stands.removed, *lost.removed)}
    assert ({one.key for one in after.devices}
            == {one.key for one in (A, *inside, *other)} - taken_out)
