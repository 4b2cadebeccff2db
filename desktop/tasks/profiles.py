"""Making a profile: a new collective, the sample, or a laptop that joins."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.home.files import disk_error, shred
from desktop.base.home.settings import load_settings
from desktop.base.paths import Home
from desktop.commands.collective import add_author, found_records
from desktop.exchange.territory.checking import read_territory
from desktop.sync.stores.storage import Credentials
from desktop.tasks.enrol import ask_to_join, found_trust, read_invitation
from desktop.tasks.shared_folder import open_store
from desktop.vault import Cost, Vault
from desktop.vault.identity import read_value, write_value

SAMPLE_PRESET = "maubeuge-val-de-sambre"
SAMPLE_NAME = "Collectif d’exemple"
SAMPLE_PERSON = "Camille LEROY-VASSEUR"
_SAMPLE = "sample"


def check_preset(preset: str) -> None:
    """AppError for an unknown territory preset, or a file that is wrong, with the line."""
    read_territory(preset)


def create_collective(home: Home, passphrase: str, *, preset: str, name: str, person: str,
                      store: str | None = None,
                      credentials: Credentials | None = None,
                      cost: Cost = Cost.STANDARD) -> tuple[Vault, str]:
    """Return a new collective in an empty profile: its vault, open, and the recovery code, which is
    kept nowhere.

    `preset`: the code of a territory that ships, or the path of a file. Where anything fails, no
    half-made profile stays.
    """
    data = read_territory(preset)
    vault, code = Vault.create(home, passphrase, cost=cost, whole=False)
    with whole_or_none(vault):
        found(vault, preset=data, name=name, person=person)
        crash_point("found.whole")
        if store is not None:
            open_store(vault, store, credentials)
    return vault, code


@contextmanager
def whole_or_none(vault: Vault) -> Iterator[None]:
    """Take away a fresh profile whose making fails; nothing of a person is in it yet. Killed here,
    it is none either."""
    home = vault.home
    try:
        yield
        home.making.unlink()
    except BaseException:
        vault.close()
        for file in (home.slots, *home.database_files, home.token, home.making):
            file.unlink(missing_ok=True)
        raise


def found(vault: Vault, *, preset: str | dict[str, Any], name: str, person: str) -> uuid.UUID:
    """Fill a fresh open vault with a collective, its author and its first link of trust; the
    collective's id."""
    author = vault.do(add_author, person)
    vault.save_identity(replace(vault.identity, person_id=author,
                                roles=frozenset({"coordination", "observatoire", "secretariat"})))
    crash_point("found.author")
    collective_id = vault.do(found_records, preset, name)
    crash_point("found.records")
    vault.save_identity(replace(vault.identity, collective_id=collective_id))
    found_trust(vault, person)
    return collective_id


def create_sample(home: Home, passphrase: str, *, scale: int = 1, cost: Cost = Cost.STANDARD,
                  progress: Callable[[str], None] = lambda _text: None) -> tuple[Vault, str,
                                                                                 dict[str, int]]:
    """Return the sample collective in an empty profile: its vault, open, the recovery code, how
    many records of each kind."""
    # Only the sample wants its words and its grammar.
    from desktop.sample import fill, territory

    vault, code = Vault.create(home, passphrase, cost=cost, whole=False)
    with whole_or_none(vault):
        found(vault, preset=territory(SAMPLE_PRESET), name=SAMPLE_NAME, person=SAMPLE_PERSON)
        counts = fill(vault, scale=scale, preset=SAMPLE_PRESET, progress=progress)
        vault.do(write_value, _SAMPLE, b"1")
    return vault, code, counts


def is_sample(session: Session) -> bool:
    """Whether this is the fictional collective: nothing in it is worth keeping."""
    return read_value(session, _SAMPLE) is not None


def erase(vault: Vault) -> None:
    """Close a vault and shred its profile. The key slots go first: without them the rest is noise.
    AppError where the disk or the keyring refuses."""
    home = vault.home
    vault.close()
    kept_by_keyring = load_settings(home).keyring
    try:
        for file in (home.slots, *home.database_files, home.token, home.making, home.settings,
                     home.tries,
                     home.lock_file):
            shred(file)
        # Only what Carnet made: somebody may have pointed it at a folder that holds other things.
        for made in (*home.folder.glob("before-*"), home.restoring, home.log_dir):
            for file in [made] if made.is_file() else sorted(made.rglob("*"), reverse=True):
                if file.is_dir():
                    file.rmdir()
                else:
                    shred(file)
            if made.is_dir():
                made.rmdir()
        if not any(home.folder.iterdir()):
            home.folder.rmdir()
    except OSError as error:
        raise disk_error(error, home.folder) from error
    if kept_by_keyring:
        from desktop.vault.keys import keychain

        keychain.forget(home)


def join(home: Home, passphrase: str, invitation: bytes, person: str, cost: Cost = Cost.STANDARD,
         credentials: Credentials | None = None) -> tuple[Vault, str, str]:
    """Return a new profile that asks to join: its vault, open, the recovery code, the six words to
    read aloud."""
    read = read_invitation(invitation)
    vault, code = Vault.create(home, passphrase, cost=cost, whole=False)
    with whole_or_none(vault):
        author = vault.do(add_author, person)
        vault.save_identity(replace(vault.identity, person_id=author))
        words = ask_to_join(vault, read, person, author, credentials)
    return vault, code, words
