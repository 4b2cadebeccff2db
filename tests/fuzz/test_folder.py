"""What lies in the folder beside the packages, and the files that pass from hand to hand."""

import hashlib
import json
from typing import Any

import msgspec
import pyrage
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.base.codes import sshsig
from desktop.base.errors import AppError
from desktop.sync.packages.package import RefusedError
from desktop.sync.trust import roster as rosters
from desktop.sync.trust import state
from desktop.tasks import enrol, shared_folder
from tests.fuzz.conftest import fuzzing
from tests.fuzz.target import Target
from tests.fuzz.test_rows import anything, texts

KEY = b"\x07" * 32
DEEP = [b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5_000, b"\xff", b"", b"null"]
contents = (st.binary(max_size=80) | st.sampled_from(DEEP)
            | anything.map(lambda value: json.dumps(value).encode()))


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str, Any, int, int]:
    """(how, which member, its new value, a place, a byte)."""
    return (draw(st.sampled_from(["member", "member", "drop", "flip", "cut"])), draw(texts),
            draw(anything),
            draw(st.integers(0, 5_000)), draw(st.integers(1, 255)))


def mutated(good: bytes, wanted: tuple[str, str, Any, int, int]) -> bytes:
    how, _name, value, place, byte = wanted
    read = json.loads(good)
    names = sorted(read)
    match how:
        case "member":
            return json.dumps(read | {names[place % len(names)]: value}).encode()
        case "drop":
            return json.dumps(
                {name: read[name] for name in names if name != names[place % len(names)]}).encode()
        case "flip":
            spoilt = bytearray(good)
            spoilt[place % len(good)] ^= byte
            return bytes(spoilt)
    return good[:place % len(good)]


def own_recipient(target: Target) -> str:
    return str(pyrage.x25519.Identity.from_str(target.vault.identity.age_identity).to_public())


@fuzzing
@given(contents)
def test_any_format_is_a_sentence(target: Target, content: bytes) -> None:
    target.stops_or_passes("format.json", content)


@fuzzing
@given(contents, st.booleans(),
       st.sampled_from(["trust/000002-", "trust/keys/interne-1-9-", "trust/keys/commun-2-9-"]))
def test_any_trust_file_is_passed_over_or_a_sentence(target: Target, content: bytes, sealed: bool,
                                                     before: str) -> None:
    held = target.vault.ask(state.current_roster), target.vault.ask(state.last_trust)
    data = rosters.seal_to(content, [own_recipient(target)]) if sealed else content
    target.stops_or_passes(f"{before}{hashlib.sha256(data).hexdigest()}.age", data)
    assert (target.vault.ask(state.current_roster), target.vault.ask(state.last_trust)) == held


@fuzzing
@given(mutations(), st.sampled_from(["signed", "unsigned"]))
def test_a_changed_link_of_the_chain_is_read_or_refused(
        target: Target, wanted: tuple[str, str, Any, int, int], how: str) -> None:
    line = msgspec.json.encode(target.vault.ask(state.roster_in_force))
    changed = mutated(line, wanted).replace(b"\n", b" ") + b"\n"
    clear = changed + sshsig.sign(KEY, rosters.NAMESPACE, changed if how == "signed" else line)
    root = sshsig.public_key(KEY).hex()
    try:
        link = rosters.decode(clear, root)
    except RefusedError:
        return
    assert how == "signed" and link.root == root


@fuzzing
@example(b"\x1c", b"", 0, 1)
@given(st.binary(max_size=400), st.binary(max_size=60), st.integers(0, 400), st.integers(1, 255))
def test_a_changed_signature_does_not_hold(rubbish: bytes, message: bytes, place: int,
                                           byte: int) -> None:
    good = sshsig.sign(KEY, "n", message)
    flipped = bytearray(good)
    flipped[place % len(good)] ^= byte
    for armored in (rubbish, bytes(flipped), good[:place % len(good)], good + rubbish):
        try:
            signer = sshsig.verify(armored, "n", message)
        except sshsig.BadSignatureError:
            continue
        # White space around the armour is the one thing that may change.
        assert (signer == sshsig.public_key(KEY)
                and b"".join(armored.split()) == b"".join(good.split()))


@pytest.fixture(scope="module")
def invitation(target: Target) -> bytes:
    return enrol.invite(target.vault, ["membre"])


@fuzzing
@given(contents, mutations())
def test_any_invitation_is_read_or_a_sentence(invitation: bytes, content: bytes,
                                              wanted: tuple[str, str, Any, int, int]) -> None:
    for data in (content, mutated(invitation, wanted)):
        try:
            read = enrol.read_invitation(data)
        except AppError as error:
            assert error.message
        else:
            assert isinstance(read["store"], str)


@fuzzing
@given(contents, mutations(), st.sampled_from(["content", "changed", "raw"]), texts)
def test_any_request_is_listed_or_passed_over(
        target: Target, invitation: bytes, content: bytes, wanted: tuple[str, str, Any, int, int],
        how: str,
        name: str) -> None:
    given_out = json.loads(invitation)
    recipient = own_recipient(target)
    asked = {"key": "00" * 32, "recipient": recipient, "name": name, "person_id": "00" * 16,
             "mac": enrol._mac(given_out["secret"], "00" * 32, recipient, name, "00" * 16)}
    plain = mutated(json.dumps(asked).encode(), wanted) if how == "changed" else content
    data = content if how == "raw" else rosters.seal_to(plain, [given_out["recipient"]])
    path = target.lay(f"join/{enrol._request_id(given_out['secret'])}.req.age", data)
    try:
        found = enrol.pending_requests(target.vault, shared_folder.open_store(target.vault, None))
    finally:
        path.unlink()
    assert all(request.name == name and len(request.words.split()) == 6 for request in found)
