"""Which packages of the others a store holds that were not read here: by the hints, or by listing
what there is."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.sync.merging.authors import Authors, Cursor, cursors, hashes_from, hashes_of
from desktop.sync.merging.sealing import package_name
from desktop.sync.packages import bounds
from desktop.sync.stores.hints import Heads
from desktop.sync.stores.storage import Storage, number_in
from desktop.vault import Vault, sql

WRITER = re.compile("[0-9a-f]{16}")
NEVER = ("too large", "no header", "header is not readable", "no signature",
         "signature does not hold",
         "content differs from the header", "the name and the header differ",
         "it belongs to another collective", "this writer belongs to another device",
         "made by an older version")
"""Reasons that hold for good: other bytes would have another name."""
FOR_GOOD = frozenset({
    bounds.TOO_MUCH, bounds.TOO_NEW, "a date is malformed", "a field comes twice",
    "a month is malformed",
    "a number is too large", "a row has the wrong width", "a stamp or an id is malformed",
    "a value has the wrong type",
    "a value is malformed", "an erased field has a value", "an id has the wrong length",
    "content is cut short",
    "content is not readable", "does not unpack", "inner and outer header differ",
    "records of this kind do not travel in this channel"})
"""Reasons that hold for what its own author sealed, as long as this version reads it: it is not
fetched again."""
Gap = tuple[str, int, str]
"""(writer in hexadecimal, number, SHA-256 where it is known) of a package that is missing, or whose
chain is."""
_REST = re.compile(r"[0-9a-f]{64}\.pkg")


@dataclass(frozen=True)
class News:
    """The names of the packages to read, writer by writer, in order; the first that is missing of
    each."""

    names: list[str]
    gaps: list[Gap]


def news(vault: Vault, storage: Storage, heads: Heads, authors: Authors, thorough: bool) -> News:
    """Return what a store holds that was not read here. `thorough`: what no hint tells of, too."""
    seen = vault.ask(cursors)
    known = set(heads.farthest)
    if thorough:
        # A hint that is missing means nothing: the folder says which writers there are.
        known |= {name for name in storage.names("w") if WRITER.fullmatch(name)}
    known.discard(vault.identity.writer.hex())
    held, never, settled = vault.ask(_refused)
    writers_held = {name.split("/")[1] for name in held}
    # A list that takes what was held leaves no hint.
    known |= {writer for writer in writers_held
              if authors.limit(writer) > (seen[writer].sequence if writer in seen else 0)}
    found: list[str] = []
    gaps: list[Gap] = []
    for writer in sorted(known):
        cursor = seen.get(writer)
        behind = _behind(vault, writer, heads)
        if (behind is not None or cursor is None or writer not in heads.farthest
            or heads.farthest[writer] > cursor.sequence
                or _is_another_branch(vault, writer, cursor, heads)):
            out = writer in writers_held and authors.is_out(writer)
            after = cursor.sequence if cursor else 0
            numbered = [(number, name)
                        for number, name in _news_of(vault, storage, writer, after, behind)
                        if name not in never]
            found += [name for number, name in numbered
                      if not (out or name in held) or number <= authors.limit(writer)]
            missing = _first_missing(after, [number for number, _name in numbered])
            # Of what is refused for good, nobody has another copy.
            if missing is not None and (writer, missing) not in settled:
                gaps.append((writer, missing, ""))
    return News(found, gaps)


def _refused(session: Session) -> tuple[set[str], set[str], set[tuple[str, int]]]:
    """Return (what came after the removal of who made it, names that are not fetched again: their
    hash is right, and their content is not its writer's or none to be taken, writer and number of
    those that are the writer's own)."""
    refused = sql.fetch(session, "SELECT name, reason, final FROM refusal")
    settled = {name for name, reason, _final in refused if reason in FOR_GOOD}
    return ({name for name, _reason, final in refused if final},
            {name for name, reason, _final in refused if reason in NEVER} | settled,
            {(name.split("/")[1], number_in(name.rsplit("/", 1)[-1].partition("-")[0]) or 0)
             for name in settled})


def _is_another_branch(vault: Vault, writer: str, cursor: Cursor, heads: Heads) -> bool:
    return any(number == cursor.sequence and sha256 != cursor.sha256
               and sha256 not in vault.ask(hashes_of, bytes.fromhex(writer), number)
               for number, sha256 in heads.said[writer])


def _first_missing(after: int, numbers: list[int]) -> int | None:
    for number in numbers:
        if number > after + 1:
            return after + 1
        after = max(after, number)
    return None


def _behind(vault: Vault, writer: str, heads: Heads) -> int | None:
    """Return the end of a branch that was put back behind what was read, and that is not here."""
    return next((number for one, number, sha256 in heads.branches
                 if one == writer and sha256
                 not in vault.ask(hashes_of, bytes.fromhex(writer), number)), None)


def unread_branches(vault: Vault, heads: Heads) -> bool:
    """Whether a hint tells of a branch that is not here."""
    return any(_behind(vault, writer, heads) is not None
               for writer, _number, _sha256 in heads.branches)


def _news_of(vault: Vault, storage: Storage, writer: str, after: int,
             behind: int | None) -> list[tuple[int, str]]:
    found = []
    # A branch may have begun in the folder before that of its end.
    first = after // 256 if behind is None else max(min(after, behind) // 256 - 1, 0)
    held = vault.ask(hashes_from, bytes.fromhex(writer), first * 256)
    for shard in storage.names(f"w/{writer}"):
        try:
            if int(shard, 16) < first:
                continue
        except ValueError:
            continue
        for name in storage.names(f"w/{writer}/{shard}"):
            head, _dash, rest = name.partition("-")
            number = number_in(head)
            if number is None or not _REST.fullmatch(rest):
                continue
            if f"w/{writer}/{shard}/{name}" != package_name(bytes.fromhex(writer), number,
                                                            rest.removesuffix(".pkg")):
                # A copy under another number form, or in another folder.
                storage.strange.add(f"w/{writer}/{shard}/{name}")
                continue
            # A number that was read already stands under another name too: the writer was copied.
            if (number > after
                or rest.removesuffix(".pkg") not in held.get(number, {rest.removesuffix(".pkg")})):
                found.append((number, f"w/{writer}/{shard}/{name}"))
    found.sort()
    return found
