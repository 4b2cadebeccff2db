"""The options of every verb, and the quick way to the window: nothing here imports the vault or a
verb."""

import argparse
import os
from pathlib import Path

from desktop.base.home.notebooks import latest, sample_place
from desktop.base.i18n import LANGUAGES, _, set_language
from desktop.base.paths import Home, default_home


def common_options() -> argparse.ArgumentParser:
    """Options that may stand before or after the verb."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", metavar="DIR", help=_("the folder of the profile"))
    common.add_argument("--json", action="store_true",
                        help=_("print one JSON document on standard output"))
    common.add_argument("--passphrase-file", metavar="FILE",
                        help=_("read the passphrase from a file (or set CARNET_PASSPHRASE)"))
    return common


def language_wanted() -> str | None:
    """CARNET_LANGUAGE, else the system's language; None where it is neither French nor English."""
    wanted = (os.environ.get("CARNET_LANGUAGE") or os.environ.get("LC_ALL")
              or os.environ.get("LANG")
              or "fr")
    code = wanted[:2].lower()
    return code if code in LANGUAGES else None


def home_of(arguments: argparse.Namespace) -> Home:
    """Return the profile that the arguments choose."""
    home = getattr(arguments, "home", None)
    if home:
        return Home(Path(home).expanduser())
    # The fictional collective lies apart from what is real.
    apart = getattr(arguments, "verb", None) == "demo" and not os.environ.get("CARNET_HOME")
    return sample_place(default_home()) if apart else default_home()


def window_wanted(arguments: list[str]) -> Home | None:
    """Return the profile whose window is asked for; None where a verb, help or wrong use is to be
    looked at in full."""
    set_language(language_wanted() or "fr")
    parser = argparse.ArgumentParser(parents=[common_options()], add_help=False,
                                     exit_on_error=False, allow_abbrev=False)
    try:
        known, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    if (rest not in ([], ["open"]) or getattr(known, "json", False)
        or getattr(known, "passphrase_file", None)):
        return None
    home = home_of(known)
    # Of several notebooks, the one that was used last; the locked screen offers the others.
    return home if getattr(known, "home", None) or os.environ.get("CARNET_HOME") else latest(home)
