"""Bech32 (BIP 173), the letters in which age writes its keys."""

_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i in range(5):
            check ^= _GENERATOR[i] if (top >> i) & 1 else 0
    return check


def bech32(prefix: str, data: bytes) -> str:
    """Return `data` in Bech32 under `prefix` (lower case)."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[i:i + 5], 2) for i in range(0, len(bits), 5)]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    polymod = _polymod(expanded + values + [0] * 6) ^ 1
    check = [(polymod >> 5 * (5 - i)) & 31 for i in range(6)]
    return prefix + "1" + "".join(_CHARSET[v] for v in values + check)


def data_of(text: str) -> bytes:
    """Return what a text in Bech32 holds; its check is not looked at."""
    bits = "".join(f"{_CHARSET.index(letter):05b}"
                   for letter in text.lower().rpartition("1")[2][:-6])
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) - 7, 8))
