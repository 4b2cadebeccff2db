"""The recovery sheet: the code that opens one vault, on paper alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.queries.documents.parts import Heading
from desktop.reports.page.document import BASE, GREY, Frameset, Title, build, paragraph, width_of

QR_SIZE = 42 * mm
PARTS_A_LINE = 4


@dataclass(frozen=True)
class RecoverySheet:
    """The code in its parts, and the day it was made. Nothing says whose it is: found, the paper
    alone opens nothing."""

    code: str
    made_on: date


def draw(sheet: RecoverySheet) -> bytes:
    """Return the sheet as a PDF of one page."""
    around = Frameset(Heading("Carnet", "", "", "", sheet.made_on), _("Recovery sheet"))
    story: list[Flowable] = [
        Title(_("Recovery sheet")), Spacer(1, 4 * mm),
        paragraph(_("Made on {day}.").format(day=long_date(sheet.made_on))), Spacer(1, 6 * mm),
        paragraph(_("This code opens the notebook when the passphrase is forgotten. Nobody else "
                    "has it, and nobody can make another without the passphrase.")),
        Spacer(1, 6 * mm),
        boxes(cells_of(sheet.code), width_of(around)), Spacer(1, 8 * mm), qr_code(sheet.code),
        Spacer(1, 8 * mm)]
    for text in (_("Keep this paper away from the computer: in a closed drawer, at another place, "
                   "in a sealed envelope."),
                 _("To use it: on the locked screen, “Passphrase forgotten?”, then type the code. "
                   "Carnet asks for a new passphrase."),
                 _("If this paper is lost, have a new code made in the settings: the old one then "
                   "opens nothing.")):
        story += [paragraph("•\u2002" + text), Spacer(1, 2 * mm)]
    return build(around, story)


def cells_of(code: str) -> list[list[Any]]:
    """Return the groups of a code, numbered, four a line."""
    parts = code.replace("-", " ").split()
    lines = [parts[start:start + PARTS_A_LINE] for start in range(0, len(parts), PARTS_A_LINE)]
    return [[paragraph(f"{1 + row * PARTS_A_LINE + place}.\u2002{part}", fontSize=15, leading=24)
             for place, part in enumerate(line)] + [""] * (PARTS_A_LINE - len(line))
            for row, line in enumerate(lines)]


def boxes(cells: list[list[Any]], width: float) -> Table:
    """Return a box a group, over `width` points."""
    table = Table(cells, colWidths=[width / PARTS_A_LINE] * PARTS_A_LINE)
    table.setStyle(
        TableStyle(
            [*BASE, ("GRID", (0, 0), (-1, -1), 0.5, GREY), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table


def qr_code(text: str, side: float = QR_SIZE, level: str = "M") -> Drawing:
    """Return the code for a camera, `side` points wide; `level` says how much of it may be
    spoilt."""
    widget = QrCodeWidget(text, barLevel=level)
    left, low, right, high = widget.getBounds()
    drawing = Drawing(side, side,
                      transform=[side / (right - left), 0, 0, side / (high - low), 0, 0])
    drawing.add(widget)
    return drawing
