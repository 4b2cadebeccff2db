"""An invitation to show."""

import json
from datetime import UTC, datetime, timedelta

import pyrage


def invitation(authority: str = "", days: float = 7) -> bytes:
    """The file as `carnet invite` writes it, always the same but for its day."""
    until = datetime.now(UTC) + timedelta(days=days)
    return json.dumps({
        "carnet": "invitation", "version": 1,
        "store": "https://nuage.fr/remote.php/dav/files/zo%C3%A9/Carnet",
        "server": {"authority": authority, "host_key": ""},
        "collective": "01893acd-1234-7234-8234-123412341234",
        "root": "ab" * 32, "recipient": str(pyrage.x25519.Identity.generate().to_public()),
        "secret": "0f" * 32,
        "expires": until.isoformat(timespec="seconds"), "roles": ["membre"]},
                      indent=1).encode() + b"\n"
