"""How much a package may hold: judged while it is unpacked, before anything is made of it.

Who writes a package chooses what the others pay for it. Measured before: 7 kB of empty rows took
3 GB and 14 s at each exchange, 800 kB of rows of an unknown kind 17 s. What the largest one allowed
costs is 2 s and 300 MB at most; what is sealed here stays well below (`ENOUGH`), so that nobody
refuses it.
"""

PLAIN = 64 * 1024 * 1024
"""Bytes of a package once it is unpacked."""
LINE = 16 * 1024 * 1024
"""Bytes of one of its lines: a record of ours has less (`models.changes.LONGEST`)."""
OPENING = 1024 * 1024
"""Bytes of its first line: what the author had read of some 8,000 writers."""
ROWS = 25_000
FIELDS = 256
"""Rows in all, and fields of one row."""
UNKNOWN = 50_000
"""Values, of one package, of fields or kinds that are not known here: each is kept by itself."""
UNKNOWN_OF_ONE = 500_000
"""The same of all packages of one device."""
ENOUGH = 16 * 1024 * 1024
"""Bytes after which no further record goes into a package of ours."""

TOO_MUCH = "holds more than a package may"
TOO_NEW = "holds more of a newer version than is kept here"

_SHORT = 1024 * 1024
"""Bytes of a line that may hold anything: at most 350,000 empty lists, 22 MB of them."""
_LISTS, _VALUES = 300_000, 3_000_000


def is_costly(line: bytes) -> bool:
    """Whether so much may be made of a line that it is not decoded; what stands in texts counts."""
    if len(line) <= _SHORT:
        return False
    return line.count(b"[") + line.count(b"{") > _LISTS or line.count(b",") > _VALUES
