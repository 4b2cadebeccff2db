"""The bytes of an encrypted file as whoever holds the key would read them, gaps and freed pages
too."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT = 4096, 80, 16
"""SQLCipher 4: AES-256-CBC, the initialisation vector and an HMAC-SHA-512 at the end of each
page."""


def decrypted(database: Path, key: bytes) -> bytes:
    """Every page of a database."""
    data = database.read_bytes()
    assert data and len(data) % PAGE == 0
    out = []
    for at in range(0, len(data), PAGE):
        page = data[at:at + PAGE]
        start = SALT if at == 0 else 0
        vector = page[PAGE - RESERVED:PAGE - RESERVED + 16]
        reader = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        out.append(reader.update(page[start:PAGE - RESERVED]) + reader.finalize())
    return b"".join(out)
