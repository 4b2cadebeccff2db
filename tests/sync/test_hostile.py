"""What the fuzzing of the shared folder found, each as small as it gets."""

import base64
import hashlib
import json
import os
import shutil
import uuid
from pathlib import Path

import msgspec
import pyrage
import pytest
import zstandard
from pycrdt import Doc, Text

from desktop.base.clock import LAST, MAX_AHEAD_MS, Clock, stamp_bytes, stamp_ms
from desktop.base.codes import sshsig
from desktop.base.errors import AppError
from desktop.commands.records import add_record, edit_record
from desktop.models.notes import edit, segments_of, text_of_updates
from desktop.models.record import in_channel
from desktop.models.sync import ChannelKey
from desktop.queries.digest import digest_of
from desktop.queries.meetings.notes import blocks_of
from desktop.queries.records import get_record, list_records
from desktop.sync.merging.sealing import package_name
from desktop.sync.packages.package import Rows
from desktop.sync.trust import roster as rosters
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.tasks import enrol, shared_folder
from desktop.tasks.removal import remove_device
from desktop.vault import Vault
from desktop.vault.identity import with_new_writer
from desktop.vault.search.index import search
from tests.sync.forge import STAMP, drop, packed_rows
from tests.sync.laptops import Laptops
from tests.sync.test_snapshots import grant

ID = uuid.uuid5(uuid.NAMESPACE_OID, "hostile")
FAR = stamp_bytes(200_000_000_000_000, 0, b"forgedby")


def refused(laptops: Laptops, why: str = "") -> None:
    before = laptops.founder.ask(digest_of)
    done = laptops.sync(laptops.founder)
    assert len(done.refused) == 1 and why in done.refused[0] and done.applied == 0
    assert laptops.founder.ask(digest_of) == before


def typed(text: str) -> bytes:
    document: Doc[Text] = Doc()
    document.get("text", type=Text).insert(0, text)
    return document.get_update()


@pytest.mark.parametrize("line",
                         [b'{"table":"\xff","fields":[],"rows":[]}',
                          b'{"table":"a","fields":[],"rows":[["\xff"]]}',
                          b'{"table":"a","fields":[],"rows":' + b"[" * 100_000],
                         ids=["name", "value", "deep"])
def test_lines_that_are_no_json_text_are_refused(laptops: Laptops, line: bytes) -> None:
    laptops.sync(laptops.founder)
    path = drop(laptops.founder, laptops.share)
    header = json.loads(path.read_bytes().split(b"\n")[0])
    path.unlink()
    shared = {name: header[name] for name in header if name not in ("sha256", "size")}
    opening = zstandard.decompress(packed_rows(shared), max_output_size=10_000)
    drop(laptops.founder, laptops.share, packed=zstandard.compress(opening + line + b"\n"),
         nonce=bytes.fromhex(header["nonce"]))
    refused(laptops, "not readable")


@pytest.mark.parametrize("value",
                         ["20260101T1", "2026-W01-1", "2026-1-001", "２０２６-01-01", "2026-02-30"])
def test_a_date_has_one_form(laptops: Laptops, value: str) -> None:
    laptops.sync(laptops.founder)
    drop(laptops.founder, laptops.share, Rows("action", ["due_on"], [[ID.hex, STAMP.hex(), value]]))
    refused(laptops, "malformed")


def test_a_stamp_past_the_last_is_refused(laptops: Laptops) -> None:
    laptops.sync(laptops.founder)
    drop(laptops.founder, laptops.share, Rows("organisation", ["name"], [[ID.hex, "ff" * 16, "Z"]]))
    refused(laptops, "stamp")


def test_a_stamp_far_ahead_does_not_pull_the_clock(laptops: Laptops) -> None:
    laptops.sync(laptops.founder)
    drop(laptops.founder, laptops.share, Rows("organisation", ["name"], [[ID.hex, FAR.hex(), "Z"]]))
    assert laptops.sync(laptops.founder).refused == []
    second = laptops.join("second")
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    laptops.founder.do(edit_record, ID, {"name": "Corrigée", "notes": "utile"})
    laptops.founder.do(add_record, "organisation", {"name": "Suivante"})
    assert laptops.founder.ask(get_record, ID)["name"] == "Corrigée"
    for vault in (laptops.founder, second):
        laptops.sync(vault)
    assert second.ask(get_record, ID)["notes"] == "utile"


def test_the_clock_follows_a_field_without_staying_there() -> None:
    clock = Clock(b"w" * 8, lambda: 1_000_000)
    far = (5_000_000_000 << 16).to_bytes(8, "big") + b"x" * 8
    assert clock.tick(far) > far
    assert stamp_ms(clock.tick()) <= 1_000_000 + MAX_AHEAD_MS
    assert clock.tick(LAST + b"x" * 8)[:8] == LAST


@pytest.mark.parametrize("name",
                         ["w/{w}/000000/²-{h}.pkg", "w/{w}/000000/1-\udcff.pkg", "heads/{w}-²-{h}",
                          "heads/\udcff-1-{h}", "trust/²-{h}.age", "trust/keys/commun-²-1-{h}.age"])
def test_names_that_are_none_of_ours_are_passed_over(laptops: Laptops, name: str) -> None:
    laptops.founder.do(lambda session: session.delete(session.get_one(ChannelKey, ("interne", 1))))
    path = laptops.share / name.format(w=os.urandom(8).hex(), h="0" * 64)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\n")
    assert laptops.sync(laptops.founder).refused == []


@pytest.mark.parametrize("content",
                         [b"", b"{", b"[]", b'{"identity":3}', b'{"identity":"x"}',
                          b'{"identity":"\xff"}'])
def test_a_channel_key_that_is_none_is_passed_over(laptops: Laptops, content: bytes) -> None:
    laptops.sync(laptops.founder)
    laptops.founder.do(lambda session: session.delete(session.get_one(ChannelKey, ("interne", 1))))
    recipient = str(pyrage.x25519.Identity.from_str(laptops.founder.identity.age_identity)
                    .to_public())
    (laptops.share / "trust/keys"
     / f"interne-1-0-{'0' * 64}.age").write_bytes(rosters.seal_to(content, [recipient]))
    laptops.sync(laptops.founder)
    assert ("interne", 1) in laptops.founder.ask(state.channel_keys)


def test_a_deep_format_is_a_sentence(laptops: Laptops) -> None:
    (laptops.share / "format.json").write_bytes(b"[" * 100_000)
    with pytest.raises(AppError, match="abîmé"):
        laptops.sync(laptops.founder)


@pytest.mark.parametrize("change",
                         [{"collective": 5}, {"secret": 5}, {"store": None},
                          {"expires": "2999-01-01"},
                          {"server": [1]}, {"root": "é"}], ids=str)
def test_a_damaged_invitation_is_a_sentence(laptops: Laptops, change: dict[str, object]) -> None:
    good = json.loads(enrol.invite(laptops.founder, []))
    with pytest.raises(AppError, match="invitation"):
        enrol.read_invitation(json.dumps(good | change).encode())
    with pytest.raises(AppError, match="invitation"):
        enrol.read_invitation(b"[" * 100_000)


def request_of(laptops: Laptops, changed: dict[str, str],
               after: dict[str, str]) -> list[enrol.JoinRequest]:
    """Lay a request, changed before and after its MAC is made; what the founder lists."""
    invitation = json.loads(enrol.invite(laptops.founder, []))
    asked = {"key": "00" * 32, "recipient": invitation["recipient"], "name": "Jo",
             "person_id": str(ID)} | changed
    asked["mac"] = enrol._mac(invitation["secret"], asked["key"], asked["recipient"], asked["name"],
                              asked["person_id"])
    request_id = enrol._request_id(invitation["secret"])
    path = laptops.share / f"join/{request_id}.req.age"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(rosters.seal_to(msgspec.json.encode(asked | after), [invitation["recipient"]]))
    return enrol.pending_requests(laptops.founder,
                                  shared_folder.open_store(laptops.founder, None))


@pytest.mark.parametrize(("changed", "after"), [
    ({}, {"mac": "é"}), ({"key": "00"}, {}), ({"person_id": "x"}, {}), ({}, {"name": "Ji"}),
    ({}, {"person_id": str(uuid.UUID(int=7))})], ids=str)
def test_a_request_that_does_not_hold_is_not_listed(laptops: Laptops, changed: dict[str, str],
                                                    after: dict[str, str]) -> None:
    assert request_of(laptops, changed, after) == []


def test_whoever_a_newcomer_claims_to_be_is_shown(laptops: Laptops) -> None:
    (unknown,) = request_of(laptops, {}, {})
    assert (unknown.name, unknown.claimed) == ("Jo", "")
    there = laptops.founder.do(add_record, "organisation", {"name": "Les Passerelles"})
    claimed = laptops.founder.do(add_record, "person", {
        "given_name": "Nour", "family_name": "Benali", "organisation_id": str(there)})
    assert "BENALI Nour, Les Passerelles" in [
        one.claimed for one in request_of(laptops, {"person_id": str(claimed)}, {})]


def test_a_list_of_devices_that_is_no_json_text_is_refused() -> None:
    for line in (b'{"previous":"\xff"}\n', b'{"devices":' + b"[" * 100_000 + b"\n"):
        with pytest.raises(rosters.RefusedError):
            rosters.decode(line + sshsig.sign(b"\x07" * 32, rosters.NAMESPACE, line), "")


def meeting_with(vault: Vault, share: Path, *updates: bytes) -> uuid.UUID:
    """A meeting whose notes are these updates, as another device could send them."""
    block = uuid.uuid4()
    meeting = vault.do(add_record, "meeting",
                       {"title": "Réunion", "kind": "pleniere", "starts_at": "2026-03-12T14:30"})
    drop(vault, share, Rows("note_block", ["meeting_id", "order", "audience", "kind"],
                            [[block.hex, STAMP.hex(), meeting.hex, "a", "commun", None]]),
         Rows("note_update", ["block_id", "generation", "data"],
              [[f"{n:032x}", STAMP.hex(), block.hex, 0, base64.b64encode(u).decode()]
               for n, u in enumerate(updates)]))
    return meeting


def test_an_update_that_is_none_hides_no_other(laptops: Laptops) -> None:
    good = typed("Lisible")
    meeting = meeting_with(laptops.founder, laptops.share, b"\xff\xff", good, good[:-3], b"")
    done = laptops.sync(laptops.founder)
    assert (done.refused, done.kept_out) == ([], 3)
    (block,) = laptops.founder.ask(blocks_of, meeting)
    assert block.segments == ("Lisible",) and block.unreadable == 0
    assert "note_block" in {hit.kind for hit in laptops.founder.ask(search, "Lisible")}


def test_an_embed_that_is_none_of_ours_keeps_its_place() -> None:
    document: Doc[Text] = Doc()
    body = document.get("text", type=Text)
    body.insert(0, "avantaprès")
    body.insert_embed(5, {"kind": "action", "id": "pas un id"})
    data = document.get_update()
    assert text_of_updates([data]) == "avantaprès"
    changed = edit([data], [], [*segments_of([data])[:-1], "après tout"])
    assert changed is not None and text_of_updates([data, changed]) == "avantaprès tout"


def test_two_updates_that_make_the_library_panic_do_not_reach_it(laptops: Laptops) -> None:
    first = bytes.fromhex(
        "0104010001010474657874038401000084010200c5010201031a7b226964223a2278222c226b696e64223a22616374"
                          "696f6e227d0101010003")
    second = bytes.fromhex(
        "0100010001010474657874018401000e6f6e6a6f757220c3a020746f7573c5010001011a7b226b696e64223a2261"
                           "6374696f6e222c226964223a2278227d0101010001")
    meeting = meeting_with(laptops.founder, laptops.share, first, second, typed("Lisible"))
    done = laptops.sync(laptops.founder)
    assert (done.refused, done.kept_out) == ([], 2)
    (block,) = laptops.founder.ask(blocks_of, meeting)
    assert (block.unreadable == 0
            and "Lisible" in "".join(part for part in block.segments if isinstance(part, str)))


def test_the_mark_of_an_embed_in_a_text_shifts_no_edit() -> None:
    data = typed("a\ufffcbé fin")
    changed = edit([data], [], ["abé, fin"])
    assert changed is not None and text_of_updates([data, changed]) == "abé, fin"


# Who can write to the folder, and no more, holds nobody's words up

def lay(share: Path, writer: bytes, number: int, content: bytes) -> Path:
    """Rubbish under a name that is right."""
    path = share / package_name(writer, number, hashlib.sha256(content).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def goes_on(laptops: Laptops, vault: Vault) -> None:
    """What the founder writes from now on comes to `vault`, round after round."""
    for number in range(3):
        laptops.founder.do(add_record, "organisation", {"name": f"Suite {number}"})
        laptops.sync(laptops.founder)
        laptops.sync(vault)
        assert f"Suite {number}" in {row["name"] for row in vault.ask(list_records, "organisation")}


def test_rubbish_under_the_next_numbers_of_a_writer_holds_nothing_up(laptops: Laptops) -> None:
    second = laptops.join("second")
    for vault in (second, laptops.founder, second):
        laptops.sync(vault)
    writer = laptops.founder.identity.writer
    last = max(int(path.name[:10]) for path in (laptops.share / "w" / writer.hex()).glob("*/*"))
    for number in range(last + 1, last + 4):
        for content in (b"", b"x", b"{}\n", b'{"version":99,"type":"changes"}\n',
                        b'{"version":1,"type":"changes"}\n',
                        b'{"version":2,"type":"manifest"}\n',
                        os.urandom(9)):
            lay(laptops.share, writer, number, content)
    lay(laptops.share, writer, 999_999_999, b"x")
    goes_on(laptops, second)
    newcomer = laptops.join("newcomer")
    laptops.sync(newcomer)
    assert "Suite 2" in {row["name"] for row in newcomer.ask(list_records, "organisation")}
    # Each is fetched once: it is told, and not asked for again and again.
    laptops.sync(second)
    assert laptops.sync(second).pulled <= 9


def test_packages_in_anothers_name_hold_nothing_up(laptops: Laptops) -> None:
    second, member = laptops.join("second"), laptops.join("member")
    for vault in (second, member, laptops.founder, second):
        laptops.sync(vault)
    writer = laptops.founder.identity.writer
    last = max(int(path.name[:10]) for path in (laptops.share / "w" / writer.hex()).glob("*/*"))
    for number in (*range(last + 1, last + 4), 999_999_999):
        for key in (member.identity.signing_key, os.urandom(32), os.urandom(32)):
            drop(member, laptops.share, writer=writer, sequence=number, previous="00" * 32,
                 signing_key=key)
    goes_on(laptops, second)


def test_who_was_taken_out_holds_nobodys_words_up(laptops: Laptops) -> None:
    second, leaver = laptops.join("second"), laptops.join("leaver")
    for vault in (second, leaver, laptops.founder, second):
        laptops.sync(vault)
    remove_device(laptops.founder, shared_folder.open_store(laptops.founder, None), own_key(leaver))
    for vault in (laptops.founder, second):
        laptops.sync(vault)
    writer = laptops.founder.identity.writer
    last = max(int(path.name[:10]) for path in (laptops.share / "w" / writer.hex()).glob("*/*"))
    for number in (*range(last + 1, last + 4), 999_999_999):
        drop(leaver, laptops.share, writer=writer, sequence=number, previous="00" * 32)
    goes_on(laptops, second)
    # Nor under the name of a writer that nobody has heard of yet.
    newcomer = laptops.join("newcomer")
    for number in (1, 2):
        drop(leaver, laptops.share, writer=newcomer.identity.writer, sequence=number)
    newcomer.do(add_record, "organisation", {"name": "De la nouvelle"})
    for vault in (newcomer, second):
        laptops.sync(vault)
    assert "De la nouvelle" in {row["name"] for row in second.ask(list_records, "organisation")}
    assert laptops.sync(second).pulled == 0


def test_what_a_former_writer_of_ours_sent_makes_no_copy_of_us(laptops: Laptops) -> None:
    founder = laptops.founder
    laptops.sync(founder)
    former = founder.identity.writer
    founder.save_identity(with_new_writer(founder.identity, later=True))
    founder.do(add_record, "organisation", {"name": "D’une autre plume"})
    laptops.sync(founder)
    present = founder.identity.writer
    assert present != former
    for path in (laptops.share / "w" / former.hex()).glob("*/*"):
        shutil.copy(path, laptops.share / "w" / present.hex() / "000000" / path.name)
    for _time in range(2):
        done = laptops.sync(founder)
        assert (founder.identity.writer == present
                and (done.sealed, done.pushed, done.refused) == (0, 0, []))


def test_rubbish_in_a_channel_that_is_opened_later_ends_no_exchange(laptops: Laptops) -> None:
    member = laptops.join("member")
    for vault in (member, laptops.founder, member):
        laptops.sync(vault)
    drop(laptops.founder, laptops.share, packed=b"rubbish", channel="interne")
    restricted = in_channel(ID, "interne")
    good = Rows("action", ["title"], [[restricted.hex, STAMP.hex(), "Lisible"]])
    drop(laptops.founder, laptops.share, good, Rows("action", ["title"], [["x"]]),
         channel="interne")
    drop(laptops.founder, laptops.share, good, channel="interne")
    laptops.sync(member)
    grant(laptops.founder, member, "coordination")
    for _time in range(2):
        laptops.sync(member)
    assert member.ask(get_record, restricted)["title"] == "Lisible"
