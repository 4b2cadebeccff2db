"""The colours of a picture."""

from PySide6.QtGui import QImage


def colours(image: QImage, across: slice = slice(None), down: slice = slice(None)) -> set[str]:
    """As `#rrggbb`; of these columns and lines of pixels, where they are given."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    width, line = plain.width(), plain.bytesPerLine() // 4
    pixels = memoryview(plain.constBits()).cast("I")
    found: set[int] = set()
    for y in range(*down.indices(plain.height())):
        found.update(pixels[y * line:y * line + width][across])
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in found}
