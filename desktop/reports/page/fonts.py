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
_CODE = re.compile(r"^(<[0-9A-F]{2}>) <([0-9A-F]{4,6})>$", re.MULTILINE)
"""A line that says which character a glyph stands for; ReportLab writes it wrong above U+FFFF."""


class _Font(TTFont):  # type: ignore[misc]
    """A font that draws the narrow no-break space: ReportLab takes U+202F for a space to break at,
    and loses it."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self.face.charToGlyph[STAND_IN] = self.face.charToGlyph[NARROW]
        self.face.charWidths[STAND_IN] = self.face.charWidths[NARROW]

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
