"""Making a profile: a new collective, the sample, or a laptop that joins."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.base.paths import Home
from desktop.commands.collective import add_author, found_records, read_preset
from desktop.sample import fill
from desktop.tasks.enrol import ask_to_join, found_trust, open_store, read_invitation
from desktop.vault import Cost, Vault

SAMPLE_PRESET = "maubeuge-val-de-sambre"
SAMPLE_NAME = "Collectif d’exemple"


@dataclass(frozen=True)
class Made:
    """A new profile; the recovery code is shown once and kept nowhere."""

    collective_id: uuid.UUID
    recovery_code: str


@dataclass(frozen=True)
class Joined:
    """A profile that waits for approval, with the six words to compare."""

    words: str
    recovery_code: str


def check_preset(preset: str) -> None:
    """AppError for an unknown territory preset."""
    read_preset(preset)


def create_collective(home: Home, passphrase: str, *, preset: str, name: str, person: str, store: str | None = None,
                      cost: Cost = Cost.STANDARD) -> Made:
    """A new collective in an empty profile; where anything fails, no half-made profile stays."""
    read_preset(preset)
    vault, code = Vault.create(home, passphrase, cost=cost)
    try:
        collective_id = found(vault, preset=preset, name=name, person=person)
        if store is not None:
            open_store(vault, store)
    except BaseException:
        vault.close()
        discard(home)
        raise
    vault.close()
    return Made(collective_id, code)


def found(vault: Vault, *, preset: str, name: str, person: str) -> uuid.UUID:
    """Fill a fresh open vault with a collective, its author and its first link of trust; the collective's id."""
    author = vault.do(add_author, person)
    vault.save_identity(replace(vault.identity, person_id=author,
                                roles=frozenset({"coordination", "observatoire", "secretariat"})))
    collective_id = vault.do(found_records, preset, name)
    vault.save_identity(replace(vault.identity, collective_id=collective_id))
    found_trust(vault, person)
    return collective_id


def discard(home: Home) -> None:
    """Take away a profile whose making failed; nothing of a person is in it yet."""
    for file in (home.slots, home.database, home.database.with_name("vault.db-wal"),
                 home.database.with_name("vault.db-shm"), home.token):
        file.unlink(missing_ok=True)


def create_sample(home: Home, passphrase: str, *, scale: int = 1, cost: Cost = Cost.STANDARD,
                  progress: Callable[[str], None] = lambda _text: None) -> dict[str, int]:
    """The sample collective in an empty profile; how many records of each kind."""
    vault, _code = Vault.create(home, passphrase, cost=cost)
    try:
        found(vault, preset=SAMPLE_PRESET, name=SAMPLE_NAME, person="Camille LEROY-VASSEUR")
        counts = fill(vault, scale=scale, preset=SAMPLE_PRESET, progress=progress)
    except BaseException:
        vault.close()
        discard(home)
        raise
    vault.close()
    return counts


def join(home: Home, passphrase: str, invitation: bytes, person: str, cost: Cost = Cost.STANDARD) -> Joined:
    """A new profile that asks to join; where anything fails, no half-made profile stays."""
    read = read_invitation(invitation)
    vault, code = Vault.create(home, passphrase, cost=cost)
    try:
        author = vault.do(add_author, person)
        vault.save_identity(replace(vault.identity, person_id=author))
        words = ask_to_join(vault, read, person, author)
    except BaseException:
        vault.close()
        discard(home)
        raise
    vault.close()
    return Joined(words, code)


