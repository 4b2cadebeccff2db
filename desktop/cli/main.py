"""Runs one verb, and turns what goes wrong into one line and an exit code."""

import gettext
import os
import sys
from argparse import Namespace
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.i18n import _, set_language
from desktop.base.paths import resource
from desktop.base.text import shown
from desktop.cli.arguments import parse
from desktop.cli.context import Context
from desktop.cli.opening import language_wanted


def choose_language() -> None:
    """Speak the language wanted, argparse too; French where it is another."""
    code = language_wanted()
    set_language(code or "fr")
    # argparse takes its own few words from the default text domain.
    os.environ["LANGUAGE"] = code or "fr"
    gettext.bindtextdomain("carnet", str(resource("translations")))
    gettext.textdomain("carnet")


def _open_what_is_closed() -> None:
    """Read nothing from an input that is closed, and write nothing to an output that is: Python has
    None there. What is opened stays open to the end of the process."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def run(arguments: list[str]) -> "int | Namespace":
    """Return the exit code of a verb; the parsed arguments where the window is wanted instead."""
    _open_what_is_closed()
    choose_language()
    parsed = parse(arguments)
    if getattr(parsed, "run", None) is None:
        return parsed
    try:
        parsed.run(Context(parsed))
        sys.stdout.flush()
    except AppError as error:
        words = shown(" ".join(str(error).split()))
        # Programs and people who type field names want the name itself, not its label alone.
        names = ", ".join(field for field in error.fields if field not in words)
        print(f"{words} [{names}]" if names else words, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output left; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(_("Stopped; nothing was lost."), file=sys.stderr)
        return 130
    if parsed.verb == "demo" and not parsed.headless and not getattr(parsed, "json", False):
        return parsed
    return 0
