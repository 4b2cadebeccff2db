"""Sending a PDF to a printer, as the page is."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

SHARP = 300
"""Dots an inch: sharp on paper, and a page of it holds in memory."""


def print_bytes(parent: QWidget, data: bytes, done: Callable[[], None]) -> None:
    """Ask for a printer and print a PDF that is no file; it lives as long as `parent`."""
    buffer, pdf = QBuffer(parent), QPdfDocument(parent)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    pdf.load(buffer)
    print_pdf(parent, pdf, done)


def print_pdf(parent: QWidget, pdf: QPdfDocument, done: Callable[[], None]) -> None:
    """Ask for a printer and print every page; `done` is called once it went out."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = pdf.pagePointSize(0)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if size.width() > size.height()
                               else QPageLayout.Orientation.Portrait)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def accepted() -> None:
        _paint(printer, pdf)
        done()

    dialog.accepted.connect(accepted)
    QDialog.open(dialog)


def _paint(printer: QPrinter, pdf: QPdfDocument) -> None:
    printer.setFullPage(True)
    painter = QPainter(printer)
    page = printer.pageLayout().fullRectPixels(printer.resolution())
    for number in range(pdf.pageCount()):
        if number:
            printer.newPage()
        scale = min(1.0, SHARP / printer.resolution())
        picture = pdf.render(number,
                             QSize(round(page.width() * scale), round(page.height() * scale)))
        painter.drawImage(QRectF(page), picture)
    painter.end()
