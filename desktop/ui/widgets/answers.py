"""Answers to choose among, drawn as large buttons: a title, the line that tells it from its
neighbours, the key that gives it."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui.widgets.theme import scaled, tokens

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALL = 10_000


class AnswerButton(QAbstractButton):
    """One answer. `tells`: one line under it; `cap`: the key that gives it, drawn as a key; `ring`:
    one of several alone."""

    def __init__(self, title: str, tells: str = "", cap: str = "", *, ring: bool = False) -> None:
        super().__init__()
        self.title, self.tells, self.cap, self._ring = title, tells, cap, ring
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(tells)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._over = self._marked = False

    def set_marked(self, marked: bool) -> None:
        """Draw it as the one on which the keys of its list act."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    @property
    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Medium)
        return font

    @property
    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(scaled(13))
        return font

    def _insets(self) -> tuple[int, int, int]:
        """Return what stands left of the words, right of them, and above."""
        left = scaled(34) if self._ring else scaled(10)
        right = scaled(10) + (self._cap_width() + scaled(6) if self.cap else scaled(2))
        return left, right, scaled(8 if self.tells else 7)

    def _cap_width(self) -> int:
        return max(QFontMetrics(self._small).horizontalAdvance(self.cap) + scaled(10), scaled(20))

    def heightForWidth(self, width: int) -> int:
        left, right, above = self._insets()
        title = QFontMetrics(self._bold).boundingRect(
            QRect(0, 0, max(1, width - left - right), _TALL), _WRAPPED, self.title)
        height = max(title.height(), scaled(20))
        if self.tells:
            room = max(1, width - left - scaled(12))
            height += (scaled(2) + QFontMetrics(self._small)
                       .boundingRect(QRect(0, 0, room, _TALL), _WRAPPED, self.tells).height())
        return height + 2 * above

    def sizeHint(self) -> QSize:
        left, right, _above = self._insets()
        width = left + right + QFontMetrics(self._bold).horizontalAdvance(self.title) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        left, right, _above = self._insets()
        metrics = QFontMetrics(self._bold)
        least = left + right + max(metrics.horizontalAdvance(word)
                                   for word in self.title.split() or ("",)) + 2
        return QSize(max(least, scaled(150) if self.tells else 0), scaled(34))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, chosen = tokens(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ringed = self.hasFocus() or self._marked
        wide = 2 if chosen or ringed else 1
        edge = (theme.ring if ringed else theme.accent if chosen else theme.edge if self._over
                else theme.line)
        painter.setPen(QPen(QColor(edge), wide))
        painter.setBrush(
            QColor(theme.accent_soft if chosen else theme.raised if self._over else theme.surface))
        half = wide / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(half, half, -half, -half), 8, 8)
        left, right, above = self._insets()
        if self._ring:
            self._draw_ring(painter, chosen)
        painter.setFont(self._bold)
        painter.setPen(QColor(theme.accent if chosen else theme.text))
        room = QRect(left, above, self.width() - left - right, self.height() - 2 * above)
        if not self.tells:
            painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter,
                             self.title)
        else:
            painter.drawText(room, _WRAPPED, self.title)
            title = QFontMetrics(self._bold).boundingRect(QRect(0, 0, room.width(), _TALL),
                                                          _WRAPPED, self.title)
            painter.setFont(self._small)
            painter.setPen(QColor(theme.text if chosen else theme.muted))
            below = above + max(title.height(), scaled(20)) + scaled(2)
            painter.drawText(QRect(left, below, self.width() - left - scaled(12),
                                   self.height() - below), _WRAPPED, self.tells)
        if self.cap:
            self._draw_cap(painter)
        painter.end()

    def _draw_ring(self, painter: QPainter, chosen: bool) -> None:
        theme, size = tokens(), scaled(16)
        place = QRect(scaled(10), scaled(10 if self.tells else 0), size, size)
        if not self.tells:
            place.moveTop((self.height() - size) // 2)
        painter.setPen(
            QPen(QColor(theme.accent if chosen else theme.edge), scaled(5) if chosen else 1))
        painter.setBrush(QColor(theme.surface))
        inset = scaled(5) / 2 if chosen else 0.5
        painter.drawEllipse(place.toRectF().adjusted(inset, inset, -inset, -inset))

    def _draw_cap(self, painter: QPainter) -> None:
        theme, width, height = tokens(), self._cap_width(), scaled(20)
        above = scaled(8) if self.tells else (self.height() - height) // 2
        place = QRect(self.width() - scaled(8) - width, above, width, height)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.neutral_soft))
        painter.drawRoundedRect(place.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(self._small)
        painter.setPen(QColor(theme.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.cap)
