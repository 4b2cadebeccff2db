"""What one computer remembers outside the vault: look and language only, nothing of the
collective."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from desktop.base.errors import AppError
from desktop.base.home.files import write_atomically
from desktop.base.i18n import LANGUAGES, _
from desktop.base.paths import Home


@dataclass(frozen=True)
class Settings:
    """Readable before unlocking; hence no name, no address, no path of a shared folder. `title`:
    what the locked screen calls this notebook, where the person chose it. `hidden_columns`: by
    list, the positions of those not shown."""

    language: str = "fr"
    theme: str = "system"
    text_percent: int = 100
    lock_minutes: int = 10
    keyring: bool = False
    title: str = ""
    hidden_columns: dict[str, list[int]] = field(default_factory=dict)


def load_settings(home: Home) -> Settings:
    """Return the settings of a profile; the defaults for what is absent, and for what a damaged
    file no longer says."""
    if not home.settings.exists():
        return Settings()
    try:
        read = json.loads(home.settings.read_bytes())
    except ValueError:
        return Settings()
    values: dict[str, Any] = asdict(Settings())
    if isinstance(read, dict):
        values |= {k: v for k, v in read.items() if k in values and type(v) is type(values[k])}
        values["hidden_columns"] = {name: columns
                                    for name, columns in values["hidden_columns"].items()
                                    if isinstance(columns, list)
                                    and all(type(number) is int for number in columns)}
    settings = Settings(**values)
    return settings if settings.language in LANGUAGES else replace(settings, language="fr")


def save_settings(home: Home, settings: Settings) -> None:
    """Write the settings; AppError where the folder refuses."""
    try:
        write_atomically(home.settings, json.dumps(asdict(settings), indent=1).encode())
    except OSError as error:
        raise AppError(_("The settings could not be saved."),
                       _("Check that the disk is not full.")) from error
