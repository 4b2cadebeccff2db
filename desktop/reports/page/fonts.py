"""The fonts of the papers: embedded, registered once."""

import re
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus.tables import CellStyle

from desktop.base.paths import resource
from desktop.reports.page.scripts import said

NARROW, STAND_IN = 0x202F, 0xE02F
"""The narrow no-break space of French, and the private code that stands for it while ReportLab
breaks lines."""

FONT, BOLD, ITALIC, BOLD_ITALIC = "NotoSans", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic"
KEPT_LENGTH, KEPT_WIDTHS = 60, 20_000
"""Of how long a text, in characters, the width is remembered, and of how many: some 3 MB."""
_CODE = re.compile(r"^(<[0-9A-F]{2}>) <([0-9A-F]{4,6})>$", re.MULTILINE)
"""A line that says which character a glyph stands for; ReportLab writes it wrong above U+FFFF."""


class _Font(TTFont):
    """A font that draws the narrow no-break space: ReportLab takes U+202F for a space to break at,
    and loses it."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self.face.charToGlyph[STAND_IN] = self.face.charToGlyph[NARROW]
        self.face.charWidths[STAND_IN] = self.face.charWidths[NARROW]
        self._known: dict[str, float] = {}

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        """Return the width of a text, in points.

        Words come again and again, and ReportLab adds up their letters each time.
        """
        if not isinstance(text, str) or len(text) > KEPT_LENGTH:
            width: float = super().stringWidth(text, size, encoding)
            return width
        of_one = self._known.get(text)
        if of_one is None:
            if len(self._known) > KEPT_WIDTHS:
                self._known.clear()
            of_one = self._known[text] = super().stringWidth(text, 1, encoding)
        return of_one * size

    def addObjects(self, doc: Any) -> None:
        # Whoever copies text out of the document gets the true character.
        for subset in self.state[doc].subsets:
            subset[:] = [NARROW if code == STAND_IN else code for code in subset]
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and name.endswith("+" + self.face.name.decode()):
                made.content = _CODE.sub(lambda found: f"{found[1]} <{said(int(found[2], 16))}>",
                                         made.content)


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to ReportLab, once."""
    # A table names the font of a cell that draws no word too, and Helvetica, which it is made with,
    # is not embedded.
    CellStyle.fontname = FONT
    for name, file in ((FONT, "Regular"), (BOLD, "Bold"), (ITALIC, "Italic"),
                       (BOLD_ITALIC, "BoldItalic")):
        pdfmetrics.registerFont(_Font(name, str(resource("fonts", f"NotoSans-{file}.ttf"))))
    pdfmetrics.registerFontFamily(FONT, FONT, BOLD, ITALIC, BOLD_ITALIC)
