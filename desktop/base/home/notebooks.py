"""The notebooks of one computer: sibling folders with neutral names, so that a locked screen never
says whose they are."""

import re

from desktop.base.home.settings import load_settings
from desktop.base.i18n import _
from desktop.base.paths import Home

_NUMBERED = re.compile(r"profile-([1-9][0-9]{0,3})")
_SAMPLE = "sample"


def is_shelved(home: Home) -> bool:
    """Whether this folder is one of a row; a folder that --home names otherwise stands alone."""
    return home.folder.name == _SAMPLE or _NUMBERED.fullmatch(home.folder.name) is not None


def is_sample_place(home: Home) -> bool:
    """Whether this is the place of the fictional collective, where nothing else may be made."""
    return home.folder.name == _SAMPLE


def notebooks(home: Home) -> list[Home]:
    """Return the notebooks that exist beside this one, itself included, in the order of their
    numbers; the sample is last."""
    if not is_shelved(home) or not home.folder.parent.is_dir():
        return [home] if home.exists else []
    found = [Home(folder) for folder in home.folder.parent.iterdir() if is_shelved(Home(folder))]
    return sorted((one for one in found if one.exists), key=_rank)


def _rank(home: Home) -> int:
    number = _NUMBERED.fullmatch(home.folder.name)
    return int(number[1]) if number else 10_000


def latest(home: Home) -> Home:
    """Return the notebook that was used last; where there is none, the place of the first."""
    found = notebooks(home)
    if not found:
        return free_place(home)
    return max(found, key=_used)


def _used(home: Home) -> float:
    # Behind the write-ahead log the database's own time stands still until it is closed.
    return max((file.stat().st_mtime
                for file in (home.database, home.database.with_name("vault.db-wal"), home.slots)
                if file.exists()), default=0.0)


def free_place(home: Home) -> Home:
    """Where a new notebook goes: the first number that is not taken, or the folder itself where it
    stands alone."""
    if not is_shelved(home):
        return home
    taken = {one.folder.name for one in notebooks(home)}
    number = next(n for n in range(1, 10_000) if f"profile-{n}" not in taken)
    return Home(home.folder.parent / f"profile-{number}")


def sample_place(home: Home) -> Home:
    """Where the fictional collective goes: apart from what is real, but in a folder that was chosen
    for it alone."""
    return Home(home.folder.parent / _SAMPLE) if is_shelved(home) else home


def title_of(home: Home) -> str:
    """Return what the locked screen calls a notebook: the name that was chosen, or its number."""
    chosen = load_settings(home).title
    if chosen:
        return chosen
    if is_sample_place(home):
        return _("Sample collective")
    number = _NUMBERED.fullmatch(home.folder.name)
    return _("Notebook {number}").format(number=number[1] if number else 1)

