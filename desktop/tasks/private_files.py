"""Attached files as another program sees them: copies in a private folder of the profile, wiped at
each lock and opening.

Only kinds of files that show and do nothing are opened so: a file that a member joined may have
come from anywhere, and a program or a document with macros is for who saves it knowingly.
"""

import os
import uuid
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error, make_folder
from desktop.base.i18n import _
from desktop.base.text import safe_name
from desktop.queries.attachments import bytes_of
from desktop.sync.merging.enclosures import fetch_enclosure
from desktop.tasks.shared_folder import open_store
from desktop.vault.vault import Vault

OPENED = frozenset({
    ".pdf", ".txt", ".csv", ".odt", ".ods", ".odp", ".odg", ".docx", ".xlsx", ".pptx", ".jpg",
    ".jpeg", ".png", ".gif",
    ".webp", ".tif", ".tiff", ".mp3", ".ogg", ".oga", ".flac", ".wav", ".m4a", ".mp4", ".m4v",
    ".webm", ".ogv", ".epub"})
"""Endings of files that another program shows without doing anything else."""


def is_opened_here(name: str) -> bool:
    """Whether a file of this name may be opened from Carnet."""
    return Path(name).suffix.lower() in OPENED


def bytes_at_hand(vault: Vault, attachment: uuid.UUID) -> bytes:
    """Return the bytes of a file, fetched from the shared folder where they are not here; AppError
    where they cannot be had."""
    data = vault.ask(bytes_of, attachment)
    if data is None:
        fetch_enclosure(vault, open_store(vault, None), attachment)
        data = vault.ask(bytes_of, attachment)
    return data or b""


def open_copy(vault: Vault, attachment: uuid.UUID, name: str) -> Path:
    """Lay a copy, which can be read alone, where another program finds it; its path. AppError where
    that cannot be."""
    if not is_opened_here(name):
        raise AppError(_("Carnet does not open this kind of file."),
                       _("Save it as a file, if you know what it does."))
    data = bytes_at_hand(vault, attachment)
    # One folder a file: two of the same name do not meet, and the name that is shown stays its own.
    folder = vault.home.opened / attachment.hex
    for around in (vault.home.opened, folder):
        make_folder(around)
    path = folder / safe_name(name)
    try:
        if not path.exists() or path.read_bytes() != data:
            path.unlink(missing_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            path.chmod(0o400)
    except OSError as error:
        raise disk_error(error, path) from error
    return path
