"""Who writes to the folder, or signs a package, does not choose how long the others take to find
that it is not for them."""

import hashlib
import time
from pathlib import Path

import msgspec
import pyrage
import pytest

from desktop.base.codes import sshsig
from desktop.base.errors import AppError
from desktop.commands.records import add_record
from desktop.queries.records import list_records
from desktop.sync.merging.sealing import package_name
from desktop.sync.packages import age
from desktop.sync.packages.package import NAMESPACE, VERSION, Header
from desktop.sync.trust import roster as rosters
from desktop.sync.trust import state
from desktop.vault import Vault
from tests.sync.forge import own_writer
from tests.sync.laptops import Laptops

NONCE = b"\xab" * 16
SIZES = {"64 KiB": 650, "256 KiB": 2600}
SECONDS = 2.0


def for_many(count: int) -> bytes:
    """Sealed for so many whom nobody knows: made by hand, as sealing takes its time too."""
    stanza = b"-> X25519 " + b"A" * 42 + b"E\n" + b"A" * 42 + b"E\n"
    return b"age-encryption.org/v1\n" + stanza * count + b"--- " + b"A" * 42 + b"E\n" + b"x" * 64


def signed(vault: Vault, rest: bytes) -> tuple[str, bytes]:
    """(name, bytes) of a package of this member, with that inside."""
    writer = own_writer(vault, NONCE)
    header = Header(version=VERSION, type="changes", collective=str(vault.identity.collective_id),
                    channel="commun",
                    writer=writer.hex(), nonce=NONCE.hex(), sequence=1, previous="", epoch=1,
                    sha256=hashlib.sha256(rest).hexdigest(), size=len(rest))
    line = msgspec.json.encode(header) + b"\n"
    data = line + sshsig.sign(vault.identity.signing_key, NAMESPACE, line) + rest
    return package_name(writer, 1, hashlib.sha256(data).hexdigest()), data


def news(laptops: Laptops, member: Vault) -> None:
    """A round of the member's that reads what the founder wrote, and ends in time."""
    laptops.founder.do(add_record, "organisation", {"name": "Suite"})
    laptops.sync(laptops.founder)
    began = time.process_time()
    laptops.sync(member)
    assert time.process_time() - began < SECONDS
    assert "Suite" in {row["name"] for row in member.ask(list_records, "organisation")}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place",
                         ["trust/000009-{}.age", "trust/keys/interne-1-9-{}.age", "package"])
def test_a_file_for_very_many_costs_nobody_anything(laptops: Laptops, place: str,
                                                    size: str) -> None:
    member = laptops.join("member")
    for vault in (member, laptops.founder, member):
        laptops.sync(vault)
    data = for_many(SIZES[size])
    name = place.format(hashlib.sha256(data).hexdigest())
    if place == "package":
        name, data = signed(member, data)
    path = Path(laptops.share / name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    news(laptops, laptops.join("other") if place != "package" else member)


def test_many_files_for_many_are_tried_a_few_at_a_time(laptops: Laptops) -> None:
    member = laptops.join("member")
    for vault in (member, laptops.founder, member):
        laptops.sync(vault)
    for number in range(40):
        data = for_many(250) + bytes([number])
        (laptops.share / f"trust/000009-{hashlib.sha256(data).hexdigest()}.age").write_bytes(data)
    news(laptops, member)


@pytest.mark.parametrize("count", [1, 2, 40, age.MANY])
def test_what_we_seal_for_many_is_opened(count: int) -> None:
    ours = pyrage.x25519.Identity.generate()
    others = [str(pyrage.x25519.Identity.generate().to_public()) for _number in range(count - 1)]
    for _time in range(20 if count < 40 else 1):
        assert rosters.unseal(rosters.seal_to(b"words", [*others, str(ours.to_public())]),
                              str(ours)) == b"words"


def test_more_computers_than_anybody_would_open_a_list_for_is_a_sentence() -> None:
    each = [str(pyrage.x25519.Identity.generate().to_public()) for _number in range(age.MANY + 1)]
    with pytest.raises(AppError, match="ordinateurs"):
        rosters.seal_to(b"words", each)


@pytest.mark.parametrize("header", [
    b"-> a\n\n" * 3_000, b"-> " + b"a" * 600 + b"\n\n", b"-> X25519 a\n" + b"A" * 64 + b"\n" * 1,
    b"", b"\n" * 40_000])
def test_a_header_of_another_form_opens_nothing(header: bytes) -> None:
    data = b"age-encryption.org/v1\n" + header + b"--- " + b"A" * 43 + b"\n" + b"x" * 64
    began = time.process_time()
    with pytest.raises(pyrage.DecryptError):
        age.decrypt(data, [pyrage.x25519.Identity.generate()], age.MANY)
    assert time.process_time() - began < 2


def test_the_list_in_force_stays(laptops: Laptops) -> None:
    laptops.sync(laptops.founder)
    before = laptops.founder.ask(state.last_trust)
    data = for_many(2_600)
    (laptops.share / f"trust/000009-{hashlib.sha256(data).hexdigest()}.age").write_bytes(data)
    laptops.sync(laptops.founder)
    assert laptops.founder.ask(state.last_trust) == before
