"""Which column of a table of people holds what, and what is read from them."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy.orm import Session

from desktop.base.i18n import _, ngettext
from desktop.base.text import fold
from desktop.exchange.headers import COLUMNS, guessed, header_in
from desktop.exchange.people_cells import (
    addresses_in,
    is_no_name,
    is_order_told,
    phone_of,
    split_name,
)
from desktop.vault.identity import read_value


def columns_in(rows: list[tuple[int, list[str]]]) -> tuple[tuple[str, ...], tuple[str, ...],
                                                           int | None]:
    """(titles, what each column holds, place of the header among the rows or None) of a table that
    has a row."""
    header = header_in(rows)
    if header is None:
        columns = guessed([cells for _number, cells in rows])
        first = rows[0][1]
        return (tuple(first[at] if at < len(first) else "" for at in range(len(columns))), columns,
                None)
    place, columns = header
    return tuple(rows[place][1]), columns, place


def _key(titles: Sequence[str]) -> str:
    return ("import-columns " + sha256("\x1f".join(fold(title) for title in titles).encode())
            .hexdigest())


def remembered_columns(session: Session, titles: Sequence[str]) -> tuple[str, ...] | None:
    """Return what a person said that the columns of a table with these titles hold; None where
    nobody did on this computer."""
    kept = read_value(session, _key(titles))
    found = tuple(kept.decode().split(",")) if kept is not None else ()
    return found if found and len(found) == len(titles) and set(found) <= {"", *COLUMNS} else None


def words_of_header(rows: list[tuple[int, list[str]]], place: int,
                    columns: Sequence[str]) -> list[str]:
    """Return the lines above the header and the columns that nothing is made of: passed over, and
    said."""
    told = []
    if place:
        told.append(ngettext("{count} line above the header is passed over.",
                             "{count} lines above the header are passed over.",
                             place).format(count=place))
    left = [title for title, name in zip(rows[place][1], columns, strict=False)
            if title and not name]
    if left:
        told.append(_("Columns left out: {columns}.").format(columns=", ".join(left)[:200]))
    return told


def filled_columns(columns: Sequence[str],
            rows: list[tuple[int, list[str]]]) -> tuple[list[tuple[int, list[str]]], bool]:
    """Return a structure that is said once, before the names, stands for the lines below it too;
    whether it did for one."""
    place = columns.index("organisation") if "organisation" in columns else None
    names = [at for at, name in enumerate(columns)
             if name in ("family_name", "whole_name", "family_first")]
    if (place is None or not names or place > names[0] or not rows[0][1][place:place + 1]
        or not rows[0][1][place]):
        return rows, False
    filled, last, was = [], "", False
    for number, cells in rows:
        last = cells[place] or last
        was = was or not cells[place]
        filled.append((number, [*cells[:place], last, *cells[place + 1:]]))
    return filled, was


def values_of(columns: Sequence[str], cells: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return what a line says, column by column, and what is to be told of it."""
    values: dict[str, str] = {}
    told: list[str] = []
    for name, cell in zip(columns, cells, strict=False):
        if name and cell:
            values[name] = f"{values[name]}, {cell}" if name in values else cell
    beyond = [cell for cell in cells[len(columns):] if cell]
    for name in ("whole_name", "family_first"):
        whole = values.pop(name, "")
        if whole and "family_name" not in values and not is_no_name(whole):
            values["family_name"], values["given_name"] = split_name(whole, name == "family_first")
            if name == "whole_name" and not is_order_told(whole):
                told.append(_("family name taken to be {name}")
                            .format(name=values["family_name"].upper()))
        elif whole and "family_name" not in values:
            values["whole_name"] = whole
    if "email" in values:
        found = addresses_in(values["email"])
        others = [*found[1:], *(cell for cell in beyond if addresses_in(cell) == [cell])]
        if found:
            values["email"] = found[0]
        if others:
            told.append(_("other address left out: {address}")
                        .format(address=", ".join(others)[:80]))
            beyond = [cell for cell in beyond if cell not in others]
    if "phone" in values:
        number = phone_of(values["phone"])
        if number is None:
            told.append(_("the telephone {number} has lost figures: left out")
                        .format(number=values.pop("phone")))
        else:
            values["phone"] = number
    if beyond:
        told.append(_("beyond the columns, left out: {cells}").format(cells=", ".join(beyond)[:80]))
    return values, told
