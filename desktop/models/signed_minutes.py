"""What a signature on validated minutes says, and the id that is made of it.

Signed is a text of ASCII, on two lines: the id of the collective in hexadecimal (empty before there
is one), then a JSON list of the form, the channel, the fields of `SIGNED` in their order and the
SHA-256 of the body. The signature is an SSHSIG, which names its key: `ssh-keygen -Y
check-novalidate` reads it.

The id of the row is made of all that but the collective, and of the signature. A row that comes
under such an id is that row to the last letter, or is refused: no stamp replaces anything, and two
signed texts stand side by side.
"""

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from desktop.base.codes import sshsig
from desktop.models.record import derived_id, in_channel

NAMESPACE = "carnet-minutes"

SIGNED = ("meeting_id", "number", "audience", "state", "validated_on", "validated_by_id", "reason")
"""The fields that are signed beside the body."""
_FORM = "carnet minutes 1"
_MARKED = 0x80
"""The first bit of an id made of its content; one made of the hour has it from the year 6429 on."""


def signed_line(channel: str, values: Mapping[str, Any]) -> bytes:
    """Return the second line of the signed text; an empty text and no value are one."""
    body = hashlib.sha256(str(values.get("body") or "").encode()).hexdigest()
    said = [_FORM, channel, *(_plain(values.get(name)) for name in SIGNED), body]
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()


def _plain(value: Any) -> str | int | None:
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, bytes):
        return value.hex()
    return value if value != "" else None


def sign(signing_key: bytes, collective_id: uuid.UUID | None, line: bytes) -> str:
    """Return the signature of minutes by the computer that has this key."""
    return sshsig.sign(signing_key, NAMESPACE, _text(collective_id, line)).decode()


def signer_of(signature: str, collective_ids: Iterable[uuid.UUID | None],
              line: bytes) -> str | None:
    """Return the key that signed, in hexadecimal; None where the signature is none of this text."""
    for collective_id in collective_ids:
        try:
            return sshsig.verify(signature.encode(), NAMESPACE, _text(collective_id, line)).hex()
        except (sshsig.BadSignatureError, UnicodeEncodeError):
            continue
    return None


def _text(collective_id: uuid.UUID | None, line: bytes) -> bytes:
    return (collective_id.hex if collective_id is not None else "").encode() + b"\n" + line + b"\n"


def signed_id(channel: str, line: bytes, signature: str) -> uuid.UUID:
    """Return the id of minutes with this content and this signature."""
    digest = hashlib.sha256(line + b"\n" + signature.encode(errors="surrogatepass")).hexdigest()
    raw = bytearray(derived_id("minutes_version", digest).bytes)
    raw[0] |= _MARKED
    return in_channel(uuid.UUID(bytes=bytes(raw)), channel)


def is_signed_id(record_id: bytes) -> bool:
    """Whether an id is made of the content of its row."""
    return record_id[0] & _MARKED != 0


def altered_rows(channel: str, ids: list[bytes], columns: Mapping[str, Any],
                 erased: Collection[bytes]) -> set[int]:
    """Return the places of rows that are not what their ids say: cut short, altered, deleted.

    `columns`: values by field, as the database has them. `erased`: what comes to erase for good.
    """
    found: set[int] = set()
    for place, record_id in enumerate(ids):
        if is_signed_id(record_id) and record_id not in erased:
            values = {name: column[place] for name, column in columns.items()}
            line = signed_line(channel, values)
            own = signed_id(channel, line, values.get("signature") or "")
            if own.bytes != record_id or values.get("deleted") is not None:
                found.add(place)
    return found
