"""«Remember on this computer»: a convenience copy of the key in the system's keyring, or not at
all.

Never the only holder of the key. Only backends that encrypt are accepted: with a plain-text one
installed, keyring would choose it without a word. Whatever a backend raises, the passphrase is
asked.
"""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
import keyring.backend
from keyring.backends import chainer, fail

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.log import log
from desktop.base.paths import Home
from desktop.vault.keys.slots import KEY_BYTES

_SERVICE = "carnet"
_CANARY = "canary"
_ALLOWED = ("keyring.backends.SecretService", "keyring.backends.libsecret",
            "keyring.backends.kwallet",
            "keyring.backends.Windows", "keyring.backends.macOS")


def _account(home: Home) -> str:
    # Neutral: the entry's name must not tell where the profile lies.
    return hashlib.sha256(str(home.folder.resolve()).encode()).hexdigest()[:16]


@contextmanager
def _asking() -> Iterator[None]:
    """Make one sentence of all that a backend may raise."""
    try:
        yield
    except AppError:
        raise
    except Exception as error:
        # keyring wraps some of what lies below it: errors of the bus (jeepney), of the service
        # (secretstorage) and of the system come as they are, and they have no base in common.
        log.warning("the keyring failed: %s", type(error).__name__)
        raise AppError(_("The keyring of this computer refused."),
                       _("The passphrase will be asked each time.")) from error


def _backend() -> keyring.backend.KeyringBackend:
    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, chainer.ChainerBackend) else [chosen]
    for backend in candidates:
        if not isinstance(backend, fail.Keyring) and type(backend).__module__.startswith(_ALLOWED):
            return backend
    raise AppError(_("This computer has no keyring that Carnet trusts."),
                   _("The passphrase will be asked each time."))


def is_available(home: Home) -> bool:
    """Tell whether a trusted keyring takes a value and gives it back."""
    try:
        with _asking():
            backend = _backend()
            backend.set_password(_SERVICE, _CANARY + _account(home), "1")
            answered = backend.get_password(_SERVICE, _CANARY + _account(home)) == "1"
            backend.delete_password(_SERVICE, _CANARY + _account(home))
    except AppError:
        return False
    return answered


def remember(home: Home, key: bytes) -> None:
    """Keep a copy of the data key; AppError where there is no trusted keyring, it stays locked or
    does not answer."""
    with _asking():
        _backend().set_password(_SERVICE, _account(home), base64.b64encode(key).decode())


def recall(home: Home) -> bytes | None:
    """Return the key, or None when the keyring has none, is locked, or does not answer: then the
    passphrase is asked."""
    try:
        with _asking():
            value = _backend().get_password(_SERVICE, _account(home))
        key = base64.b64decode(value or "", validate=True)
    except (AppError, ValueError):
        # ValueError: what lies there is no base64.
        return None
    return key if len(key) == KEY_BYTES else None


def forget(home: Home) -> None:
    """Take the copy away, if there is one; AppError where the keyring does not let go of it, or
    does not answer."""
    with _asking():
        backend = _backend()
        if backend.get_password(_SERVICE, _account(home)) is not None:
            backend.delete_password(_SERVICE, _account(home))
