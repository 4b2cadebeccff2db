"""Icons: the bundled Lucide drawings, tinted with the colours of the theme."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop.base.paths import resource
from desktop.ui.widgets.theme import tokens


def pixmap(name: str, size: int = 20, colour: str | None = None, ratio: float = 2.0) -> QPixmap:
    """Return the drawing `name` at `size` logical pixels, sharp up to `ratio` pixels a point."""
    colour = colour or tokens().muted
    key = f"{name} {size} {colour} {ratio}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    source = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, picture)
    return picture


def icon(name: str, colour: str | None = None, selected: str | None = None,
         size: int = 20) -> QIcon:
    """Return an icon in the muted colour, or in `colour`; `selected` is its colour in a chosen
    row."""
    made = QIcon()
    made.addPixmap(pixmap(name, size, colour))
    if selected:
        made.addPixmap(pixmap(name, size, selected), QIcon.Mode.Selected)
    return made
