"""What every verb of the command line needs: the profile, its passphrase, and how to answer."""

import getpass
import io
import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _
from desktop.base.log import open_log
from desktop.base.text import shown
from desktop.cli.opening import home_of
from desktop.sync.merging.unknown import lift_known
from desktop.sync.stores.given import authority_of, private_key_of
from desktop.sync.stores.storage import Credentials, needs_credentials, without_user
from desktop.vault import Cost, Vault


class Context:
    """One call of the command line."""

    cost = Cost.STANDARD
    """The work that a passphrase costs: nothing that a person may give lowers it."""

    def __init__(self, arguments: Namespace) -> None:
        self.arguments = arguments
        self.home = home_of(arguments)
        self.json: bool = getattr(arguments, "json", False)
        self.last_passphrase = ""

    # Secrets

    def passphrase(self, *, new: bool = False, variable: str = "CARNET_PASSPHRASE",
                   prompt: str = "") -> str:
        """From --passphrase-file, the environment, or the keyboard (twice for a new one); AppError
        for none."""
        file = (getattr(self.arguments, "passphrase_file", None) if variable == "CARNET_PASSPHRASE"
                else None)
        if file:
            return read_text(Path(file)).rstrip("\r\n")
        if variable in os.environ:
            return os.environ[variable]
        if not sys.stdin.isatty():
            raise AppError(_("The passphrase is needed."),
                           _("Give it by {variable} or --passphrase-file.")
                           .format(variable=variable))
        typed = getpass.getpass((prompt or _("Passphrase")) + " : ")
        if new and getpass.getpass(_("The same once more") + " : ") != typed:
            raise AppError(_("The two passphrases differ; nothing was changed."))
        return typed

    def credentials(self, url: str | None) -> Credentials:
        """Return what opens a shared folder: CARNET_STORE_USER and CARNET_STORE_PASSWORD, else, for
        a given address, the keyboard.

        What is left empty is taken from the vault.
        """
        user, password = os.environ.get("CARNET_STORE_USER",
                                        ""), os.environ.get("CARNET_STORE_PASSWORD", "")
        key, authority = (getattr(self.arguments, name, None) for name in ("store_key", "store_ca"))
        if url is not None and not password and needs_credentials(url) and sys.stdin.isatty():
            user = user or without_user(url)[1] or _typed(_("User name on the shared folder"))
            password = getpass.getpass(_("Password of the shared folder") + " : ")
        return Credentials(user, password, private_key_of(read_bytes(Path(key))) if key else "",
                           authority_of(read_bytes(Path(authority))) if authority else "")

    def sheets(self) -> tuple[str, str]:
        """Return the codes of two sheets of the kit, typed unseen or one a line on standard input.

        Never an argument: the other programs of the computer read those. AppError for fewer.
        """
        if sys.stdin.isatty():
            typed = [getpass.getpass(f"{prompt} : ") for prompt in (_("First sheet"),
                                                                    _("Second sheet"))]
        else:
            typed = [sys.stdin.readline(), sys.stdin.readline()]
        first, second = (code.strip() for code in typed)
        if not first or not second:
            raise AppError(_("The codes of two sheets are needed."),
                           _("Give them one a line on standard input."))
        return first, second

    @contextmanager
    def vault(self) -> Iterator[Vault]:
        """Open the vault of the profile; it is closed at the end."""
        if not self.home.exists:
            raise AppError(_("There is no vault in {path}.").format(path=self.home.folder),
                           _("Create a collective, join one, or try the sample."))
        open_log(self.home)
        vault = Vault(self.home)
        self.last_passphrase = self.passphrase()
        try:
            vault.unlock(self.last_passphrase)
            lift_known(vault)
            yield vault
        finally:
            vault.close()

    # Answers

    def answer(self, document: Any, lines: Sequence[str]) -> None:
        """One JSON document with --json, else lines for people; what others wrote orders the
        terminal about in neither."""
        if self.json:
            print_json(document, indent=1)
        else:
            for line in lines:
                print(shown(line))

    def progress(self, text: str) -> None:
        """Write a step of something long, on stderr so that stdout stays clean."""
        if not self.json:
            print(shown(text), file=sys.stderr, flush=True)


def print_json(document: Any, indent: int | None = None) -> None:
    """Print a JSON document as UTF-8, whatever the terminal speaks; half a pair of surrogates as
    its escape."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print(shown(json.dumps(document, ensure_ascii=False, indent=indent)), flush=True)


def _typed(prompt: str) -> str:
    # On stderr: standard output is for the answer.
    print(prompt + " : ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def read_text(path: Path) -> str:
    """Return a text file; AppError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise AppError(_("The file {path} is not text.").format(path=path)) from error
    except OSError as error:
        raise disk_error(error, path) from error


def read_bytes(path: Path) -> bytes:
    """Return a file; AppError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise disk_error(error, path) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a document where the user asked; AppError where the disk refuses."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise disk_error(error, path) from error
