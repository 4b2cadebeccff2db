"""Cuts the data of ICU down to what Qt asks of it in French and English: from 32 MB to 2.6.

The tables of other languages, of old encodings, of currencies and of names of places go; Qt has its
own for its locales, and sorts by the root order where a language has no table. The data is one
archive (ICU, "CmnD"): a header, a count, the offset of each name and of each item from the count,
then names and items. It is kept in a library of the same name and one symbol.
"""

import re
import struct
import subprocess
import tempfile
from pathlib import Path

LANGUAGES = r"(root|fr|fr_FR|en|en_001|en_150|en_GB|en_US|en_US_POSIX)"
KEPT = re.compile(
    rf"icudt\d+l/({LANGUAGES}\.res|coll/({LANGUAGES}\.res|ucadata\.icu)|(coll/|brkitr/)?(res_index|pool)\.res"
                  rf"|brkitr/({LANGUAGES}\.res|[a-z_]+\.brk)|[^/]+\.(nrm|icu)"
                  r"|(keyTypeData|likelySubtags|metadata|numberingSystems|plurals|pluralRanges|supplementalData|genderList"
                  r"|dayPeriods|timezoneTypes|icustd|icuver|currencyNumericCodes|tzdbNames|windowsZones|zoneinfo64)\.res)")
NOT_KEPT = re.compile(r"icudt\d+l/(unames\.icu|confusables\.cfu)")
MAGIC = b"\xda\x27"
FORMAT = b"CmnD"
ALIGNED = 16


def archive_of(library: bytes) -> bytes:
    """Return the archive inside a library; ValueError where there is none."""
    at = library.find(FORMAT)
    while at >= 0:
        start = at - 12
        if library[start + 2:start + 4] == MAGIC:
            return library[start:]
        at = library.find(FORMAT, at + 1)
    raise ValueError("no data of ICU")


def items_of(archive: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Return the header and the items by name; the last item may hold what follows it in the
    library."""
    (size,) = struct.unpack_from("<H", archive)
    (count,) = struct.unpack_from("<I", archive, size)
    offsets = list(struct.iter_unpack("<II", archive[size + 4:size + 4 + 8 * count]))
    ends = [data for _name, data in offsets[1:]] + [len(archive) - size]
    items = []
    for (name, data), end in zip(offsets, ends, strict=True):
        text = archive[size + name:archive.index(b"\0", size + name)].decode("ascii")
        items.append((text, archive[size + data:size + end]))
    return archive[:size], items


def joined(header: bytes, items: list[tuple[str, bytes]]) -> bytes:
    """Return an archive of items, which stay in the order of their names."""
    names = b"".join(name.encode("ascii") + b"\0" for name, _data in items)
    table, place, at = [], 4 + 8 * len(items), 0
    body = bytearray()
    first = -(-(place + len(names)) // ALIGNED) * ALIGNED
    for name, data in items:
        table.append(struct.pack("<II", place + at, first + len(body)))
        at += len(name) + 1
        body += data + bytes(-len(data) % ALIGNED)
    head = struct.pack("<I", len(items)) + b"".join(table) + names
    return header + head + bytes(first - len(head)) + bytes(body)


def cut(library: Path, made: Path) -> tuple[int, int]:
    """Write a library with the kept items alone; return how many there were and how many are kept.

    CalledProcessError where the assembler or the linker fails.
    """
    number = library.name.rpartition(".")[2]
    header, items = items_of(archive_of(library.read_bytes()))
    kept = [item for item in items if KEPT.fullmatch(item[0]) and not NOT_KEPT.fullmatch(item[0])]
    made.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data, source, compiled = (Path(folder, name) for name in ("icu.dat", "icu.s", "icu.o"))
        data.write_bytes(joined(header, kept))
        symbol = f"icudt{number}_dat"
        source.write_text(f'.section .rodata\n.balign {ALIGNED}\n.globl {symbol}\n.type {symbol}, '
                          f'@object\n{symbol}:\n.incbin "{data}"\n.size {symbol}, '
                          f'.-{symbol}\n.section .note.GNU-stack,"",@progbits\n',
                          encoding="ascii")
        subprocess.run(["as", "-o", compiled, source], check=True)
        subprocess.run(["ld", "-shared", "-soname", f"libicudata.so.{number}", "--build-id=none",
                        "-o", made, compiled],
                       check=True)
    return len(items), len(kept)
