"""A square that a telephone reads, as rows of dark and light; drawn by whoever shows it."""

from reportlab.graphics.barcode import qrencoder

LARGEST = 25
"""The largest version (117 squares a side) that telephones read without trouble from a screen."""
_SAFE = 18
"""Up to this version, more of it may be spoilt."""


def squares_of(text: str) -> list[list[bool]] | None:
    """Return the rows of the square, without its quiet edge (four squares); None where the text is
    too long for one."""
    level = level_of(text)
    if level is None:
        return None
    code = qrencoder.QRCode(None, getattr(qrencoder.QRErrorCorrectLevel, level))
    code.addData(text)
    code.make()
    return [[bool(dark) for dark in row] for row in code.modules]


def level_of(text: str) -> str | None:
    """How much of it may be spoilt, as the standard names it (M: 15 %, L: 7 %); None where no
    square is large enough."""
    for level, largest in (("M", _SAFE), ("L", LARGEST)):
        code = qrencoder.QRCode(None, getattr(qrencoder.QRErrorCorrectLevel, level))
        code.addData(text)
        if code.calculate_version() <= largest:
            return level
    return None
