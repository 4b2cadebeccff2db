"""Codes that people copy from paper: Crockford's base 32, in groups of four, with ten bits of
check."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def check(value: list[int]) -> list[int]:
    """Two figures that a wrong one, or two in the wrong order, does not give (Fletcher, 1982,
    modulo 31)."""
    sum_a = sum_b = 0
    for v in value:
        sum_a = (sum_a + v + 1) % 31
        sum_b = (sum_b + sum_a) % 31
    return [sum_a, sum_b]


def grouped(values: list[int]) -> str:
    """Return the figures as they are printed."""
    code = "".join(ALPHABET[v] for v in values)
    return "-".join(code[i:i + 4] for i in range(0, len(code), 4))


def figures(typed: str) -> list[int]:
    """Return what was meant by what was typed (case, spaces, O for 0, I and L for 1)."""
    folded = typed.upper().replace("O", "0").replace("I", "1").replace("L", "1").replace("U", "V")
    return [ALPHABET.index(c) for c in folded if c in ALPHABET]


def code_of(data: bytes) -> str:
    """Bytes as a code that can be copied."""
    bits = -(-len(data) * 8 // 5)
    number = int.from_bytes(data, "big") << (bits * 5 - len(data) * 8)
    values = [(number >> (5 * (bits - 1 - place))) & 31 for place in range(bits)]
    return grouped(values + check(values))


def bytes_of(typed: str, length: int) -> bytes | None:
    """Return the bytes of a code, or None where it is incomplete or mistyped."""
    values, bits = figures(typed), -(-length * 8 // 5)
    if len(values) != bits + 2 or check(values[:bits]) != values[bits:]:
        return None
    number = 0
    for value in values[:bits]:
        number = number << 5 | value
    spare = bits * 5 - length * 8
    return (number >> spare).to_bytes(length, "big") if not number & ((1 << spare) - 1) else None
