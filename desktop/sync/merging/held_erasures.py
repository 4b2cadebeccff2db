"""Packages that erase many records at once, of who is not the coordination: held until the
coordination erases them itself.

Whether a package is held hangs on its rows and its author's roles alone, so that everybody holds
the same.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED
from desktop.models import authority
from desktop.sync.merging.certificates import Certificate
from desktop.sync.packages.package import Header, Rows
from desktop.vault.identity import read_value, write_value

_KEY = "sync.held_erasures"
_MARK = ERASED.hex()


class HeldErasure(msgspec.Struct, frozen=True):
    """A package of `count` erasures that were not done here. `device`: its author's public key,
    hexadecimal."""

    writer: str
    sequence: int
    sha256: str
    device: str
    count: int


def erased_in(batch: Rows) -> set[str]:
    """Return the ids (hexadecimal) of the records that a batch erases for good."""
    return {row[0] for row in batch.rows
            if isinstance(row[0], str)
            and (row[1] == _MARK or (isinstance(row[1], list) and _MARK in row[1]))}


def may_be_held(who: Certificate, header: Header) -> bool:
    """Whether the erasures of such a package are to be counted: of those who may erase, all but the
    coordination."""
    return (bool(who.roles & authority.erasers(header.channel))
            and not who.roles & authority.COORDINATION)


def is_too_much(batches: Iterable[Rows]) -> int:
    """Return how many records the batches erase if they are too many to be taken unasked; 0
    otherwise."""
    count = len({(batch.table, one) for batch in batches for one in erased_in(batch)})
    return count if count > authority.ERASED_AT_ONCE else 0


def held_erasures(session: Session) -> list[HeldErasure]:
    """Return the packages that wait for the coordination's word, the first first."""
    return msgspec.json.decode(read_value(session, _KEY) or b"[]", type=list[HeldErasure])


def hold(session: Session, one: HeldErasure) -> None:
    """Remember that the erasures of a package were not done."""
    known = held_erasures(session)
    if one not in known:
        write_value(session, _KEY, msgspec.json.encode([*known, one]))


def let_go(session: Session, one: HeldErasure) -> None:
    """Forget a held package: the coordination has answered."""
    write_value(session, _KEY,
                msgspec.json.encode([other for other in held_erasures(session) if other != one]))
