"""What a preset file may hold: each key, whether it must be there, and what its value is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.base.i18n import _
from desktop.exchange.territory.lines import Fault, Located, Path
from desktop.models.choices import codes_of

LONGEST_NAME = 300
LONGEST_TEXT = 20_000
MOST_ROWS = 5_000
"""Lines of one list: the largest agglomeration of France has 300 communes."""

Judge = Callable[[Any], str]
"""What is wrong with a value, as the end of a sentence that names its key; empty: nothing."""


@dataclass(frozen=True)
class Key:
    """One key of an object. `shape`: a judge of a value, an object, or a list of either."""

    shape: "Judge | Keys | ValueRows"
    required: bool = True


@dataclass(frozen=True)
class Keys:
    """An object with these keys and no other."""

    keys: dict[str, Key]
    short: bool = False
    """Whether a text alone stands for it, as its first key."""


@dataclass(frozen=True)
class ValueRows:
    """A list of values that all have one shape."""

    shape: "Judge | Keys"
    least: int = 0


def _text(most: int, *, empty: bool = False) -> Judge:
    def judge(value: Any) -> str:
        if (not isinstance(value, str) or "\x00" in value
            or (most <= LONGEST_NAME and not value.isprintable())):
            return (_("is to be a text of one line in quotation marks.") if most <= LONGEST_NAME
                    else _("is to be a text."))
        if not empty and not value.strip():
            return _("is empty.")
        return (_("has more than {count} characters.").format(count=most) if len(value) > most
                else "")
    return judge


def _day(value: Any) -> str:
    if value is None:
        return ""
    try:
        right = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        right = False
    return "" if right else _("is to be a day as 2026-03-12, or null.")


def _number(least: int, most: int, *, empty: bool = False) -> Judge:
    def judge(value: Any) -> str:
        if value is None and empty:
            return ""
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            return _("is to be a whole number from {least} to {most}.").format(least=least,
                                                                               most=most)
        return ""
    return judge


def _yes_no(value: Any) -> str:
    return "" if isinstance(value, bool) else _("is to be true or false.")


def _one_of(choices: str, *, empty: bool = False) -> Judge:
    def judge(value: Any) -> str:
        if empty and value in (None, ""):
            return ""
        known = codes_of(choices)
        return "" if isinstance(value,
                                str) and value in known else _("is to be one of: {codes}.").format(
                                    codes=", ".join(known))
    return judge


def _file_word(value: Any) -> str:
    wanted = "abcdefghijklmnopqrstuvwxyz0123456789-"
    right = isinstance(value, str) and 0 < len(value) <= 60 and not set(value) - set(wanted)
    return "" if right else _("is to be a word of small letters without accents, figures and "
                              "hyphens.")


def _insee(value: Any) -> str:
    right = isinstance(value,
                       str) and len(value) == 5 and value.isascii() and value[2:].isdigit() and (
                           value[:2].isdigit() or value[:2] in ("2A", "2B"))
    return "" if right else _("is to be the INSEE code of a commune, five characters in quotation "
                              "marks.")


_NAME, _LINES, _MAYBE = _text(LONGEST_NAME), _text(LONGEST_TEXT), _text(LONGEST_TEXT, empty=True)
_SHORT = _text(LONGEST_NAME, empty=True)
_CODE = _text(40)
_PLAN = {"name": Key(_NAME), "starts_on": Key(_day, False), "ends_on": Key(_day, False)}

PRESET = Keys({
    "code": Key(_file_word), "name": Key(_NAME), "territory": Key(_NAME),
    "plan": Key(Keys(_PLAN | {"successor": Key(Keys(_PLAN), False)})),
    "axes": Key(ValueRows(Keys({
        "code": Key(_CODE), "title": Key(_NAME), "description": Key(_MAYBE, False),
        "objectives": Key(ValueRows(Keys({
            "title": Key(_NAME),
            "indicators": Key(ValueRows(Keys({
                "label": Key(_NAME), "unit": Key(_SHORT, False), "source": Key(_SHORT, False),
                "baseline": Key(_number(0, 10**9, empty=True), False),
                "target": Key(_number(0, 10**9, empty=True), False),
                "target_on": Key(_day, False),
                "derived": Key(_one_of("indicator_count", empty=True), False),
            })), False)}, short=True)), False)}))),
    "groups": Key(
        ValueRows(Keys({"code": Key(_CODE), "name": Key(_NAME), "kind": Key(_one_of("group_kind")),
                   "axis": Key(_SHORT, False)})), False),
    "charter": Key(Keys({
        "title": Key(_NAME), "version": Key(_number(1, 1_000)), "starts_on": Key(_day, False),
        "text": Key(_LINES),
        "clauses": Key(ValueRows(Keys({"label": Key(_NAME), "text": Key(_LINES),
                                  "evidence": Key(_one_of("clause_evidence", empty=True),
                                                  False)})))}), False),
    "organisations": Key(ValueRows(Keys({
        "name": Key(_NAME), "short_name": Key(_SHORT, False), "college": Key(_one_of("college")),
        "domains": Key(ValueRows(_CODE), False), "notes": Key(_MAYBE, False)})), False),
    "schemes": Key(
        ValueRows(
            Keys({"name": Key(_NAME), "holder": Key(_SHORT, False),
                  "domains": Key(ValueRows(_CODE), False)})), False),
    "zones": Key(ValueRows(Keys({"code": Key(_CODE), "name": Key(_NAME)})), False),
    "communes": Key(
        ValueRows(
            Keys(
                {"code": Key(_insee), "name": Key(_NAME), "population": Key(_number(0, 10_000_000)),
                 "zone": Key(_SHORT, False)}), least=1)),
    "neighbourhoods": Key(ValueRows(Keys({
        "code": Key(_CODE), "name": Key(_NAME), "commune": Key(_insee),
        "other_communes": Key(ValueRows(_insee), False),
        "population": Key(_number(0, 1_000_000, empty=True), False), "generation": Key(_text(4)),
        "to_confirm": Key(_yes_no, False)})), False),
    "neighbourhoods_complete": Key(_yes_no, False),
    "population_year": Key(_number(1968, 2100)),
    "source": Key(_LINES), "verified_on": Key(_day),
})
"""The whole file, as `docs/formats/preset.md` tells it."""


def faults_of_shape(found: Located, shape: "Judge | Keys | ValueRows" = PRESET, value: Any = None,
                    path: Path = ()) -> Iterator[Fault]:
    """Unknown keys, missing keys and values of another kind, each with its line; None for `value`:
    the whole file."""
    value = found.value if path == () else value
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), _("the file"))
    if isinstance(shape, Keys):
        if shape.short and isinstance(value, str):
            first = next(iter(shape.keys))
            yield from faults_of_shape(found, shape.keys[first].shape, value, path)
        elif not isinstance(value, dict):
            yield Fault(found.line(path),
                        _("“{name}” is to be an object in braces.").format(name=name))
        else:
            yield from _faults_of_keys(found, shape, value, path)
    elif isinstance(shape, ValueRows):
        if not isinstance(value, list):
            yield Fault(found.line(path),
                        _("“{name}” is to be a list in brackets.").format(name=name))
        elif not shape.least <= len(value) <= MOST_ROWS:
            yield Fault(found.line(path),
                        _("“{name}” is to have from {least} to {most} lines.").format(
                            name=name, least=shape.least, most=MOST_ROWS))
        else:
            for number, row in enumerate(value):
                yield from faults_of_shape(found, shape.shape, row, (*path, number))
    elif (wrong := shape(value)):
        yield Fault(found.line(path), _("“{name}” {wrong}").format(name=name, wrong=wrong))


def _faults_of_keys(found: Located, shape: Keys, value: dict[str, Any],
                    path: Path) -> Iterator[Fault]:
    for key in value:
        if key not in shape.keys:
            yield Fault(found.line((*path, key)),
                        _("the key “{key}” is unknown here; known: {keys}.").format(
                            key=key[:40], keys=", ".join(shape.keys)))
    for key, wanted in shape.keys.items():
        if key in value:
            yield from faults_of_shape(found, wanted.shape, value[key], (*path, key))
        elif wanted.required:
            yield Fault(found.line(path), _("the key “{key}” is missing.").format(key=key))
