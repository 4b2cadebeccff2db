"""The files that a person gives to open a server: an authority's certificate, a private key;
refused with what to do instead."""

from desktop.base.i18n import _
from desktop.sync.stores.storage import StoreError, StoreProblem

LARGEST = 100_000
"""Bytes: a chain of certificates is some thousands."""
_BEGIN = "-----BEGIN CERTIFICATE-----"


def authority_of(data: bytes) -> str:
    """Return the certificate of an authority, in PEM; StoreError where the file is none. A file in
    DER is taken too (.cer)."""
    text = _text(data)
    if _BEGIN in text:
        return text
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        return x509.load_der_x509_certificate(data).public_bytes(Encoding.PEM).decode()
    except ValueError as error:
        raise StoreError(StoreProblem.CERTIFICATE, _("This file is not a certificate."),
                         _("Give a PEM file: it begins with «-----BEGIN CERTIFICATE-----».")) from error


def private_key_of(data: bytes) -> str:
    """Return a private key as OpenSSH writes it; StoreError where the file is another's, or the
    public half."""
    text = _text(data)
    if text.startswith("PuTTY-User-Key-File"):
        raise StoreError(StoreProblem.PASSWORD, _("This key is written in the way of PuTTY."),
                         _("In PuTTYgen: Conversions, Export OpenSSH key. Then give the new file."))
    if text.startswith(("ssh-", "ecdsa-", "sk-", "---- BEGIN SSH2 PUBLIC KEY")):
        raise StoreError(StoreProblem.PASSWORD,
                         _("This is the public half of a key; it goes on the server."),
                         _("Give the other file, whose name does not end in .pub."))
    if "PRIVATE KEY-----" not in text:
        raise StoreError(StoreProblem.PASSWORD, _("The private key for SFTP is not readable."),
                         _("Give an OpenSSH private key, and its passphrase as the password."))
    return text


def _text(data: bytes) -> str:
    # A byte order mark at the beginning, as Notepad writes it, would hide what the file is.
    return data[:LARGEST].decode("utf-8-sig", errors="replace").replace("\r\n", "\n").strip() + "\n"
