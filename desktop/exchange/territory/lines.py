"""JSON with the line of each value, so that what is wrong in a file is told where it stands.

The scanner walks through objects and lists by itself and leaves texts, numbers and words to the
standard decoder.
"""

import json
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from desktop.base.i18n import _

Path = tuple[str | int, ...]
"""Where a value stands: keys and positions from the top; empty for the whole file."""

DEEPEST = 12
"""Levels of objects and lists; a preset has five. The scanner calls itself once a level."""
_SPACE = re.compile(r"[ \t\r\n]*")
_UNWANTED = object()


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file: the line, counted from 1, and a sentence."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("Line {number}: ").format(number=self.line) + self.message


@dataclass
class Located:
    """A value of a file with the line on which each part of it begins. `faults`: keys that stand
    twice in one object."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest part of the file around it that is
        there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class BrokenError(Exception):
    """The text is no JSON, from one place on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def located(text: str) -> Located:
    """Read JSON and note the line of each value; BrokenError tells the line of what is no JSON."""
    scanner = _Scanner(text)
    at = scanner.value(scanner.after_space(0), ())
    if at < len(text):
        scanner.fail(at,
                     _("the file goes on after its end: one brace too many, or two files in one."))
    scanner.found.value = scanner.read
    return scanner.found


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text, self.found, self.read = text, Located(), _UNWANTED
        self._ends = [place for place, letter in enumerate(text) if letter == "\n"]
        self._decoder = json.JSONDecoder(parse_constant=_refuse_constant)

    def line_of(self, at: int) -> int:
        return bisect_left(self._ends, at) + 1

    def fail(self, at: int, message: str) -> None:
        raise BrokenError(Fault(self.line_of(min(at, max(len(self.text) - 1, 0))), message))

    def after_space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return at if found is None else found.end()

    def value(self, at: int, path: Path) -> int:
        """Read the value at a place into `read`; the place after it and the spaces that follow."""
        if len(path) > DEEPEST:
            self.fail(at,
                      _("more than {count} levels of brackets and braces.").format(count=DEEPEST))
        self.found.lines[path] = self.line_of(at)
        opening = self.text[at:at + 1]
        if opening == "{":
            return self.after_space(self._object(at + 1, path))
        if opening == "[":
            return self.after_space(self._list(at + 1, path))
        self.read, at = self._plain(at)
        return self.after_space(at)

    def _plain(self, at: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            if error.msg.startswith(("Invalid control", "Unterminated")):
                self.fail(at, _("a text is not closed by a quotation mark."))
            self.fail(error.pos, _("a value is expected here: a text in quotation marks, a number, "
                                   "true, false or null."))
        except ValueError:
            # A number of thousands of figures, NaN, Infinity.
            self.fail(at, _("this is no number."))
        raise AssertionError

    def _object(self, at: int, path: Path) -> int:
        made: dict[str, Any] = {}
        at = self.after_space(at)
        while self.text[at:at + 1] != "}":
            if made:
                at = self._comma(at, "}")
            if self.text[at:at + 1] != '"':
                self.fail(at, _("a key in quotation marks is expected here."))
            begins = at
            key, at = self._plain(at)
            at = self.after_space(at)
            if self.text[at:at + 1] != ":":
                self.fail(at, _("a colon is expected after the key “{key}”.").format(key=key[:40]))
            at = self.value(self.after_space(at + 1), (*path, key))
            if key in made:
                self.found.faults.append(
                    Fault(self.line_of(begins),
                          _("the key “{key}” stands twice.").format(key=key[:40])))
            made[key] = self.read
        self.read = made
        return at + 1

    def _list(self, at: int, path: Path) -> int:
        made: list[Any] = []
        at = self.after_space(at)
        while self.text[at:at + 1] != "]":
            if made:
                at = self._comma(at, "]")
            at = self.value(at, (*path, len(made)))
            made.append(self.read)
        self.read = made
        return at + 1

    def _comma(self, at: int, closing: str) -> int:
        if self.text[at:at + 1] != ",":
            self.fail(at, _("a comma or “{closing}” is expected here.").format(closing=closing))
        return self.after_space(at + 1)


def _refuse_constant(_word: str) -> Any:
    raise ValueError
