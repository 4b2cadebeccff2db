"""Packages as an attacker, a defective disk or a newer version would make them."""

import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec
import pyrage
import zstandard

from desktop.base.clock import stamp_bytes
from desktop.base.codes import sshsig
from desktop.base.codes.writers import NONCE, writer_of
from desktop.sync.merging.sealing import package_name
from desktop.sync.packages.package import NAMESPACE, VERSION, Header, Opening, Rows
from desktop.sync.trust import state
from desktop.vault import Vault

STAMP = stamp_bytes(1_800_000_000_000, 0, b"forgedby")


def packed_rows(shared: dict[str, Any], *body: Rows, number: int = 1) -> bytes:
    lines = [msgspec.json.encode(Opening(shared, number, STAMP.hex(), {})),
             *(msgspec.json.encode(rows) for rows in body)]
    return zstandard.compress(b"\n".join(lines) + b"\n")


def own_writer(vault: Vault, nonce: bytes) -> bytes:
    """The writer that the device of `vault` has with a nonce."""
    return writer_of(sshsig.public_key(vault.identity.signing_key), nonce)


def drop(vault: Vault, share: Path, *body: Rows, packed: bytes | None = None,
         channel: str = "commun",
         writer: bytes | None = None, sequence: int = 1, previous: str = "",
         signing_key: bytes | None = None,
         nonce: bytes | None = None, inner: dict[str, Any] | None = None) -> Path:
    """Lay a package into the shared folder as the device of `vault` could, unless told
    otherwise."""
    roster = vault.ask(state.roster_in_force)
    key = vault.identity.signing_key if signing_key is None else signing_key
    if nonce is None:
        # Its own where the writer is this device's; to another's none fits.
        nonce = os.urandom(NONCE) if writer is None else vault.identity.nonce
    author = writer_of(sshsig.public_key(key), nonce) if writer is None else writer
    shared: dict[str, Any] = {"version": VERSION, "type": "changes",
                              "collective": roster.collective, "channel": channel,
                              "writer": author.hex(), "nonce": nonce.hex(), "sequence": sequence,
                              "previous": previous, "epoch": 1}
    plain = (packed_rows({**shared, **(inner or {})}, *body, number=roster.number) if packed is None
             else packed)
    recipient = pyrage.x25519.Recipient.from_str(roster.channels[channel].recipient)
    rest = pyrage.encrypt(plain, [recipient])
    line = msgspec.json.encode(
        Header(**shared, sha256=hashlib.sha256(rest).hexdigest(), size=len(rest))) + b"\n"
    data = line + sshsig.sign(key, NAMESPACE, line) + rest
    path = share / package_name(author, sequence, hashlib.sha256(data).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
