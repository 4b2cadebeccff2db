"""A keyring as it is found on a computer where something is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from jeepney.wrappers import DBusErrorResponse
from keyring.backend import KeyringBackend
from keyring.errors import (
    InitError,
    KeyringError,
    KeyringLocked,
    PasswordDeleteError,
    PasswordSetError,
)
from secretstorage.exceptions import (
    ItemNotFoundException,
    LockedException,
    PromptDismissedException,
    SecretServiceNotAvailableException,
)

FAULTS: list[Exception] = [
    KeyringError("x"), KeyringLocked("x"), InitError("x"), PasswordSetError("x"),
    PasswordDeleteError("x"),
    LockedException("x"), ItemNotFoundException("x"), PromptDismissedException("x"),
    SecretServiceNotAvailableException("x"),
    DBusErrorResponse.__new__(DBusErrorResponse), OSError(111, "refused"), ConnectionResetError(),
    TimeoutError(),
    RuntimeError("x"), EOFError(), KeyError("x"), ValueError("x")]


class Faulty(KeyringBackend):
    """Keeps what it is given until it is told to fail."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.fault: Exception | None = None

    def _ask(self) -> None:
        if self.fault is not None:
            raise self.fault

    def get_password(self, service: str, username: str) -> str | None:
        self._ask()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._ask()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._ask()
        del self.held[service, username]


# One of those that Carnet trusts, by its module.
Faulty.__module__ = "keyring.backends.SecretService.tests"


@contextmanager
def faulty_keyring() -> Iterator[Faulty]:
    """The keyring of this process for a while."""
    before, made = keyring.get_keyring(), Faulty()
    keyring.set_keyring(made)
    try:
        yield made
    finally:
        keyring.set_keyring(before)
