"""The golden packages are read by the words of docs/formats alone: nothing of the program is used
here."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
import zstandard

SHARE = Path(__file__).parent / "golden" / "0.1" / "share"
KEYS = json.loads((SHARE.parent / "keys.json").read_text())
END = b"-----END SSH SIGNATURE-----\n"


def cut(data: bytes) -> tuple[bytes, bytes, bytes]:
    """(line 1, signature, rest)"""
    line_end = data.index(b"\n") + 1
    signed = data.index(END) + len(END)
    return data[:line_end], data[line_end:signed], data[signed:]


def signer_of(signature: bytes) -> bytes:
    """The public key in an SSHSIG: its first string is the key, whose second string is the
    point."""
    blob = base64.b64decode(b"".join(signature.split(b"\n")[1:-2]))
    return blob[10 + 4 + 4 + len("ssh-ed25519") + 4:][:32]


def lines(data: bytes, identities: list[pyrage.x25519.Identity]) -> list[dict[str, Any]]:
    plain = zstandard.ZstdDecompressor().stream_reader(pyrage.decrypt(data, identities),
                                                       read_across_frames=True).read()
    return [json.loads(line) for line in plain.splitlines()]


def channel_keys(identity: pyrage.x25519.Identity) -> Iterator[dict[str, Any]]:
    for path in sorted((SHARE / "trust" / "keys").glob("*.age")):
        try:
            yield json.loads(pyrage.decrypt(path.read_bytes(), [identity]))
        except pyrage.DecryptError:
            continue


def packages() -> list[Path]:
    return sorted(SHARE.glob("w/*/*/*.pkg"))


def test_a_package_is_opened_by_what_is_written(tmp_path: Path) -> None:
    own = pyrage.x25519.Identity.from_str(KEYS["devices"]["reader"]["age_identity"])
    keys = {(key["channel"], key["epoch"]): key["identity"] for key in channel_keys(own)}
    titles, last = set(), dict[str, tuple[int, str]]()
    for path in packages():
        data = path.read_bytes()
        line, signature, rest = cut(data)
        header = json.loads(line)
        sha256 = hashlib.sha256(data).hexdigest()
        assert (path.name == f"{header['sequence']:010d}-{sha256}.pkg"
                and path.parent.name == f"{header['sequence'] // 256:06x}")
        assert ((header["version"], header["size"]) == (2, len(rest))
                and hashlib.sha256(rest).hexdigest() == header["sha256"])
        made = hashlib.sha256(b"carnet-writer\0" + signer_of(signature)
                              + bytes.fromhex(header["nonce"])).hexdigest()[:16]
        assert made == header["writer"] == path.parts[-3]
        assert last.get(made, (0, "")) == (header["sequence"] - 1, header["previous"])
        last[made] = header["sequence"], sha256
        opening, *batches = lines(rest,
                                  [pyrage.x25519.Identity.from_str(
                                      keys[header["channel"], header["epoch"]])])
        assert opening["header"] == {name: value for name, value in header.items()
                                     if name not in ("sha256", "size")}
        for batch in batches:
            assert all(len(row) == len(batch["fields"]) + 2 for row in batch["rows"])
            if batch["table"] == "action" and "title" in batch["fields"]:
                titles |= {row[2 + batch["fields"].index("title")] for row in batch["rows"]}
    assert {"Titre de l’une", "Titre de l’autre"} <= titles


def test_the_signature_is_one_that_openssh_knows(tmp_path: Path) -> None:
    if subprocess.run(["sh", "-c", "command -v ssh-keygen"], capture_output=True,
                      check=False).returncode:
        pytest.skip("ssh-keygen is not on this machine")
    line, signature, _rest = cut(packages()[0].read_bytes())
    (tmp_path / "signature").write_bytes(signature)
    told = subprocess.run(["ssh-keygen", "-Y", "check-novalidate", "-n", "carnet-package", "-s",
                           tmp_path / "signature"],
                          input=line, capture_output=True, check=False)
    assert told.returncode == 0, told
