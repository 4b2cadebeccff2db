"""Judges the bytes of a Yjs update before the library sees them: others choose them.

5 kB of arrays nested in one another overflow the library's stack and kill the process that reads
them, at each start. Carnet writes text, embeds and deletions into one text, and nothing else is let
through. The form is version 1 of lib0's:

    update      clients, then for each: structs, client, clock, the structs; then the deletions
    struct      info byte, origins or parent, content
    info byte   kind in its low 5 bits; 0x80 left origin, 0x40 right origin, 0x20 key of a map
    deletions   clients, then for each: client, ranges, then for each: clock, length
    number      7 bits a byte, the least first, 0x80 while more follow
    text        its length in bytes, then UTF-8

The scan has no recursion, and ends where the bytes do.
"""

LONGEST = 4 * 1024 * 1024
"""Bytes of an update: a record of ours has less."""
CLIENTS, STRUCTS, RANGES = 20_000, 50_000, 50_000
"""Each time notes are kept they get a client; one update stands for all since the last exchange."""
_EMBED, _NESTED = 4_096, 16
"""Bytes of an embed or a format, and brackets in them."""
_GONE, _DELETED, _TEXT, _EMBEDDED, _FORMAT, _SKIP = 0, 1, 4, 5, 6, 10
_LEFT, _RIGHT, _KEYED = 0x80, 0x40, 0x20
_ROOT = b"\x01\x04text"
"""How a struct without an origin says that it belongs to the one text."""
_LAST_CLOCK = 2**31


def is_sound(update: bytes) -> bool:
    """Whether an update is whole, and holds what Carnet writes alone, in numbers that are borne."""
    if len(update) > LONGEST:
        return False
    try:
        return _deletions_end(update, _structs_end(update)) == len(update)
    except (ValueError, IndexError):
        return False


def _structs_end(data: bytes) -> int:
    clients, at = _number(data, 0, CLIENTS)
    left = STRUCTS
    for _client in range(clients):
        count, at = _number(data, at, left)
        left -= count
        _id, at = _number(data, at)
        clock, at = _number(data, at, _LAST_CLOCK)
        for _struct in range(count):
            length, at = _struct_end(data, at)
            clock += length
            if clock > _LAST_CLOCK:
                raise ValueError
    return at


def _struct_end(data: bytes, at: int) -> tuple[int, int]:
    """(how many places of the clock a struct takes, where it ends)."""
    info = data[at]
    at += 1
    if info in (_GONE, _SKIP):
        return _length(data, at)
    kind = info & 31
    if info & _KEYED or kind not in (_DELETED, _TEXT, _EMBEDDED, _FORMAT):
        raise ValueError
    for bit in (_LEFT, _RIGHT):
        if info & bit:
            _client, at = _number(data, at)
            _clock, at = _number(data, at, _LAST_CLOCK)
    if not info & (_LEFT | _RIGHT):
        if not data.startswith(_ROOT, at):
            raise ValueError
        at += len(_ROOT)
    if kind == _DELETED:
        return _length(data, at)
    text, at = _text(data, at)
    if kind == _TEXT:
        if not text:
            raise ValueError
        return len(text), at
    if kind == _FORMAT:
        _bounded(text)
        text, at = _text(data, at)
    _bounded(text)
    return 1, at


def _deletions_end(data: bytes, at: int) -> int:
    clients, at = _number(data, at, RANGES)
    left = RANGES
    for _client in range(clients):
        _id, at = _number(data, at)
        count, at = _number(data, at, left)
        left -= count
        for _range in range(count):
            clock, at = _number(data, at, _LAST_CLOCK)
            length, at = _length(data, at)
            if clock + length > _LAST_CLOCK:
                raise ValueError
    return at


def _number(data: bytes, at: int, most: int = 2**53) -> tuple[int, int]:
    value = data[at]
    if value < 0x80:
        at += 1
    else:
        value, shift = value & 0x7F, 7
        while True:
            at += 1
            byte = data[at]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                at += 1
                break
            if shift > 56:
                raise ValueError
    if value > most:
        raise ValueError
    return value, at


def _length(data: bytes, at: int) -> tuple[int, int]:
    length, at = _number(data, at, _LAST_CLOCK)
    if not length:
        raise ValueError
    return length, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    length, at = _number(data, at, len(data))
    if at + length > len(data):
        raise ValueError
    # UnicodeDecodeError is a ValueError.
    return data[at:at + length].decode(), at + length


def _bounded(text: str) -> None:
    if len(text) > _EMBED or text.count("[") + text.count("{") > _NESTED:
        raise ValueError
