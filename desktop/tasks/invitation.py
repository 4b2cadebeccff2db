"""An invitation as a text that mail programs and telephones may mangle, and as the file that it
stands for.

`CARNET1:` letters `:CARNET`, where the letters are those of base 32 (RFC 4648): no sign that a
messenger takes for a typeface, no difference between capitals and small letters, and few enough for
a square that a telephone reads.
"""

import base64
import hashlib
import json
import re
import uuid
import zlib
from datetime import UTC, datetime

import msgspec

from desktop.base.errors import AppError
from desktop.base.i18n import _

BEGIN, END = "CARNET1:", ":CARNET"
WIDTH = 60
"""Letters a line where it is shown: mail programs break longer ones, or refuse them."""
LARGEST = 200_000
_FOUND = re.compile("CARNET([0-9]+):([A-Z2-7]+):CARNET")
_CHECK = 4


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """What an invitation says, without what its file says for people."""

    store: str
    authority: str
    host_key: str
    collective: bytes
    root: bytes
    recipient: str
    secret: bytes
    expires: int
    roles: list[str]


def as_text(data: bytes) -> str:
    """Return the text that stands for an invitation file, in one line."""
    said = json.loads(data)
    packed = msgspec.msgpack.encode(_Packed(
        said["store"], said["server"]["authority"], said["server"]["host_key"],
        uuid.UUID(said["collective"]).bytes,
        bytes.fromhex(said["root"]), said["recipient"], bytes.fromhex(said["secret"]),
        int(datetime.fromisoformat(said["expires"]).timestamp()), said["roles"]))
    pressed = zlib.compress(packed, 9, wbits=-zlib.MAX_WBITS)
    letters = base64.b32encode(_check(pressed) + pressed).decode().rstrip("=")
    return BEGIN + letters + END


def in_lines(text: str) -> str:
    """Return the text as it is shown and sent."""
    return "\n".join(text[start:start + WIDTH] for start in range(0, len(text), WIDTH))


def looks_like_text(given: str) -> bool:
    """Whether these words hold an invitation, whole or not, rather than the name of a file."""
    return BEGIN.rstrip("1:") in _letters(given) and ":" in given


def as_file(given: bytes) -> bytes:
    """Return the invitation file that a file or a text stands for: quotes, line breaks and what is
    written around it are passed over.

    AppError where a text holds no whole invitation; a file is given back as it is.
    """
    text = given[:LARGEST].decode("utf-8", errors="replace")
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        return given
    found = _FOUND.search(_letters(text))
    if found is None:
        raise _cut() if looks_like_text(text) else AppError(
            _("This is not an invitation of Carnet."), _("Ask for a new one."))
    if found[1] != "1":
        raise AppError(_("This invitation was made by a newer Carnet."),
                       _("Update Carnet on this computer first."))
    try:
        whole = base64.b32decode(found[2] + "=" * (-len(found[2]) % 8))
        check, pressed = whole[:_CHECK], whole[_CHECK:]
        if check != _check(pressed):
            raise _cut()
        packed = msgspec.msgpack.decode(zlib.decompressobj(-zlib.MAX_WBITS)
                                        .decompress(pressed, LARGEST), type=_Packed)
        expires = datetime.fromtimestamp(packed.expires, UTC).isoformat(timespec="seconds")
        collective = str(uuid.UUID(bytes=packed.collective))
    except (ValueError, OverflowError, OSError, zlib.error, msgspec.MsgspecError) as error:
        raise _cut() from error
    return json.dumps({
        "carnet": "invitation", "version": 1, "store": packed.store,
        "server": {"authority": packed.authority, "host_key": packed.host_key},
        "collective": collective,
        "root": packed.root.hex(), "recipient": packed.recipient, "secret": packed.secret.hex(),
        "expires": expires,
        "roles": packed.roles}, indent=1).encode() + b"\n"


def _letters(text: str) -> str:
    """Return what is left when spaces, breaks, marks of quoting and hyphens that mail programs put
    in are taken out."""
    return re.sub("[^A-Z0-9:]", "", text.upper())


def _check(pressed: bytes) -> bytes:
    return hashlib.sha256(b"carnet invitation " + pressed).digest()[:_CHECK]


def _cut() -> AppError:
    return AppError(_("This invitation was cut or altered on the way."),
                    _("Copy it whole, from “CARNET1:” to “:CARNET”, or ask for the file."))
