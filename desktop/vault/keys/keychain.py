"""«Remember on this computer»: a convenience copy of the key in the system's keyring, or not at all.

Never the only holder of the key. Only backends that encrypt are accepted: with a plain-text one installed,
keyring would choose it without a word.
"""

import base64
import binascii
import hashlib

import keyring
import keyring.backend
from keyring.backends import chainer, fail
from keyring.errors import KeyringError

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.paths import Home

_SERVICE = "carnet"
_CANARY = "canary"
_ALLOWED = ("keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet",
            "keyring.backends.Windows", "keyring.backends.macOS")


def _account(home: Home) -> str:
    # Neutral: the entry's name must not tell where the profile lies.
    return hashlib.sha256(str(home.folder.resolve()).encode()).hexdigest()[:16]


def _backend() -> keyring.backend.KeyringBackend:
    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, chainer.ChainerBackend) else [chosen]
    for backend in candidates:
        if not isinstance(backend, fail.Keyring) and type(backend).__module__.startswith(_ALLOWED):
            return backend
    raise AppError(_("This computer has no keyring that Carnet trusts."), _("The passphrase will be asked each time."))


def is_available(home: Home) -> bool:
    """A trusted keyring takes a value and gives it back."""
    try:
        backend = _backend()
        backend.set_password(_SERVICE, _CANARY + _account(home), "1")
        answered = backend.get_password(_SERVICE, _CANARY + _account(home)) == "1"
        backend.delete_password(_SERVICE, _CANARY + _account(home))
    except (AppError, KeyringError):
        return False
    return answered


def remember(home: Home, key: bytes) -> None:
    """Keep a copy of the data key; AppError where there is no trusted keyring or it stays locked."""
    try:
        backend = _backend()
        backend.set_password(_SERVICE, _account(home), base64.b64encode(key).decode())
    except KeyringError as error:
        raise AppError(_("The keyring of this computer refused."),
                       _("The passphrase will be asked each time.")) from error


def recall(home: Home) -> bytes | None:
    """The key, or None when the keyring has none, is locked, or is not there: then the passphrase is asked."""
    try:
        value = _backend().get_password(_SERVICE, _account(home))
        return base64.b64decode(value, validate=True) if value else None
    except (AppError, KeyringError, binascii.Error):
        return None


def forget(home: Home) -> None:
    """Take the copy away, if there is one."""
    try:
        backend = _backend()
        if backend.get_password(_SERVICE, _account(home)) is not None:
            backend.delete_password(_SERVICE, _account(home))
    except KeyringError as error:
        raise AppError(_("The keyring of this computer refused.")) from error
