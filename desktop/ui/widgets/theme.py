"""How Carnet looks: one dictionary of colours a theme, the palette and the style sheet made from
it."""

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.base.paths import resource

THEMES = ("system", "light", "dark", "contrast")


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme; every pair of text and ground has a contrast of at least 4.5, 7
    where it is high."""

    name: str
    page: str
    rail: str
    surface: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    neutral_soft: str
    ring: str
    high: bool = False
    """Whether what is chosen is also drawn around, since soft grounds are nearly black."""

    def tone(self, name: str) -> tuple[str, str]:
        """Return the text and ground of a chip: ok, warn, bad, accent or neutral."""
        return {
            "ok": (self.ok, self.ok_soft),
            "warn": (self.warn, self.warn_soft),
            "bad": (self.bad, self.bad_soft),
            "accent": (self.accent, self.accent_soft),
        }.get(name, (self.muted, self.neutral_soft))


LIGHT = Tokens(
    name="light", page="#f5f7f9", rail="#edf1f6", surface="#ffffff", raised="#f8fafc",
    line="#dde3ea", edge="#8a95a3",
    text="#17202b", muted="#55616f", accent="#1d5c88", accent_strong="#174b70",
    accent_soft="#e3eff8",
    on_accent="#ffffff", ok="#1b6b43", ok_soft="#e2f3e9", warn="#7f5200", warn_soft="#fcf0d6",
    bad="#a82118",
    bad_soft="#fce8e6", neutral_soft="#eaeef2", ring="#1d5c88",
)
DARK = Tokens(
    name="dark", page="#13161b", rail="#171b22", surface="#1b2027", raised="#222831",
    line="#2e3641", edge="#7b8794",
    text="#e9edf1", muted="#a3aebb", accent="#7fbce6", accent_strong="#9fcdee",
    accent_soft="#1d3242",
    on_accent="#0f1a22", ok="#7fcf9f", ok_soft="#17301f", warn="#e6bd6a", warn_soft="#352a12",
    bad="#f2998f",
    bad_soft="#3b1d1a", neutral_soft="#2a313b", ring="#7fbce6",
)
CONTRAST = Tokens(
    name="contrast", page="#000000", rail="#000000", surface="#000000", raised="#0d0d0d",
    line="#a6a6a6", edge="#d9d9d9",
    text="#ffffff", muted="#e0e0e0", accent="#ffe61a", accent_strong="#fff59d",
    accent_soft="#2b2700",
    on_accent="#000000", ok="#6dff9e", ok_soft="#00210d", warn="#ffc46b", warn_soft="#2b1a00",
    bad="#ffaca3",
    bad_soft="#330a06", neutral_soft="#1f1f1f", ring="#33e6ff", high=True,
)
THEME_TOKENS = {tokens.name: tokens for tokens in (LIGHT, DARK, CONTRAST)}

_state = {"tokens": LIGHT}
_size = {"percent": 100}


def tokens() -> Tokens:
    """Return the colours in use."""
    return _state["tokens"]


def scaled(pixels: int) -> int:
    """Return a length that grows with the text."""
    return round(pixels * _size["percent"] / 100)


def resized(font: QFont, more: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return a font so many pixels larger (smaller below 0), of a weight."""
    made = QFont(font)
    made.setPixelSize(font.pixelSize() + more)
    made.setWeight(weight)
    return made


def tokens_for(theme: str) -> Tokens:
    """Those of a theme; `system` asks the desktop, and is light where it says nothing."""
    if theme == "system":
        hints = QGuiApplication.styleHints()
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return THEME_TOKENS.get(theme, LIGHT)


def outline(colour: str) -> QPen:
    """Return the pen around a drawn ground: none, but in high contrast, where the ground alone
    would not be seen."""
    return QPen(QColor(colour), 2) if tokens().high else QPen(Qt.PenStyle.NoPen)


def load_fonts() -> None:
    """Make the bundled Inter known to Qt; the system's fonts are never needed."""
    for file in sorted(resource("fonts").glob("Inter-*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    QDir.setSearchPaths("house", [str(resource("icons", "house"))])


def apply_theme(app: QApplication, theme: str, text_percent: int = 100) -> Tokens:
    """Dress the whole application; call again to change theme or text size (100 = 14 px text)."""
    chosen = tokens_for(theme)
    _state["tokens"] = chosen
    _size["percent"] = text_percent
    font = QFont("Inter")
    font.setPixelSize(scaled(14))
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font)
    app.setPalette(_palette(chosen))
    app.setStyleSheet(style_sheet(chosen, text_percent))
    return chosen


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, t.page), (role.WindowText, t.text), (role.Base, t.surface),
        (role.AlternateBase, t.raised),
        (role.Text, t.text), (role.Button, t.surface), (role.ButtonText, t.text),
        (role.BrightText, t.on_accent),
        (role.Highlight, t.accent), (role.HighlightedText, t.on_accent),
        (role.ToolTipBase, t.raised),
        (role.ToolTipText, t.text), (role.PlaceholderText, t.muted), (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Light, t.raised), (role.Midlight, t.line), (role.Mid, t.line), (role.Dark, t.edge),
        (role.Shadow, t.line),
        (role.Accent, t.accent),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.edge))
    return palette


def style_sheet(t: Tokens, text_percent: int = 100) -> str:
    """Return the one style sheet, from its template in the resources."""
    sheets = ("carnet.qss", "contrast.qss") if t.high else ("carnet.qss",)
    template = Template("\n".join(resource("style", sheet).read_text("utf-8") for sheet in sheets))
    size = {f"s{px}": f"{round(px * text_percent / 100)}px"
            for px in (12, 13, 14, 15, 17, 18, 20, 24)}
    return template.substitute(vars(t) | size | {"tick": t.name})
