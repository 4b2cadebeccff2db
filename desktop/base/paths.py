"""Where things lie: the bundled resources and the folder of one profile."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

PROGRAM = Path(__file__).resolve().parents[1]
"""The folder `desktop`, wherever it was installed, checked out or unpacked."""

MIGRATIONS = PROGRAM / "vault" / "migrations"

# A wheel carries the resources in the program (setup.py); a checkout, and a bundle that unpacks
# them so, have them beside it.
_RESOURCES = next((folder for folder in (PROGRAM / "resources", PROGRAM.with_name("resources"))
                   if folder.is_dir()),
                  PROGRAM / "resources")


def resource(*parts: str) -> Path:
    """Return a file or folder of `resources/`, in a checkout, an installed wheel or a bundle."""
    return _RESOURCES.joinpath(*parts)


@dataclass(frozen=True)
class Home:
    """The folder that holds one profile; nothing of the profile lies elsewhere."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "vault.db"

    @property
    def slots(self) -> Path:
        """The key slots: small JSON file, readable without the key, useless without a secret."""
        return self.folder / "slots.json"

    @property
    def database_files(self) -> tuple[Path, Path, Path]:
        """The database, its log of changes and the index of that log."""
        return self.database, self.folder / "vault.db-wal", self.folder / "vault.db-shm"

    @property
    def making(self) -> Path:
        """Empty; there while the profile is being made: what was killed then is no profile, and
        holds nothing yet."""
        return self.folder / "making"

    @property
    def restoring(self) -> Path:
        """A folder; there while a backup, verified, takes the place of the profile: killed then, it
        goes on."""
        return self.folder / "restoring"

    @property
    def lock_file(self) -> Path:
        return self.folder / "lock"

    @property
    def token(self) -> Path:
        """The writer's token, kept outside the database so that a copied database is recognised."""
        return self.folder / "writer"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    @property
    def tries(self) -> Path:
        """How many wrong passphrases were typed, and when; nothing of what was typed."""
        return self.folder / "tries"

    @property
    def window_mark(self) -> Path:
        """Empty; there while a window of this profile is open, or was killed."""
        return self.folder / "window"

    @property
    def opened(self) -> Path:
        """A folder; the copies of attached files that another program shows, wiped when the vault
        is locked or opened."""
        return self.folder / "opened"

    @property
    def log_dir(self) -> Path:
        return self.folder / "log"

    @property
    def exists(self) -> bool:
        """A vault was created here."""
        return self.restoring.exists() or (self.slots.exists() and not self.making.exists())


def portable_folder() -> Path | None:
    """Return the folder `profiles` beside the program of a bundle; None where there is none.

    The folder itself says that this bundle is carried about with its notebooks, on a stick for
    example.
    """
    if not getattr(sys, "frozen", False):
        return None
    beside = Path(sys.executable).resolve().with_name("profiles")
    return beside if beside.is_dir() else None


def default_home() -> Home:
    """Return the profile's folder where none was named; CARNET_HOME overrides the place beside a
    bundle, and the system's."""
    named = os.environ.get("CARNET_HOME")
    if named:
        return Home(Path(named))
    return Home((portable_folder() or Path(platformdirs.user_data_dir("carnet", appauthor=False)))
                / "profile-1")
