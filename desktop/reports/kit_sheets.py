"""The kit of the collective: three sheets, one a page, of which any two bring it back when every
computer is lost."""

from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.queries.documents.parts import Heading
from desktop.reports.page.document import Frameset, Title, build, paragraph, shortened, width_of
from desktop.reports.recovery_sheet import boxes, cells_of, qr_code

MOST_ADDRESS = 400
"""Characters of an address that a sheet of one page has room for."""


@dataclass(frozen=True)
class KitSheets:
    """The codes of the sheets, the collective, the address of its shared folder (no password), the
    day."""

    codes: list[str]
    collective: str
    store: str
    made_on: date


def draw(kit: KitSheets) -> bytes:
    """Return the sheets as a PDF, a page each: each is handed to another person."""
    around = Frameset(Heading(kit.collective, "", "", "", kit.made_on), _("Kit of the collective"))
    story: list[Flowable] = []
    for number, code in enumerate(kit.codes, 1):
        if story:
            story.append(PageBreak())
        story += [
            Title(_("Sheet {number} of {count}").format(number=number, count=len(kit.codes))),
            Spacer(1, 4 * mm),
            paragraph(_("Made on {day}. An earlier kit opens nothing any more.")
                      .format(day=long_date(kit.made_on))),
            Spacer(1, 6 * mm),
            paragraph(_("Two sheets of the three, whichever they are, bring the collective back "
                        "when its computers are lost. One sheet alone opens nothing and tells "
                        "nothing.")), Spacer(1, 6 * mm),
            boxes(cells_of(code), width_of(around)), Spacer(1, 8 * mm), qr_code(code),
            Spacer(1, 6 * mm),
            paragraph(_("Shared folder: {url}").format(url=shortened(kit.store, MOST_ADDRESS))),
            Spacer(1, 4 * mm),
            paragraph(_("Kept by: ……………………………………………………………")), Spacer(1, 8 * mm)]
        for text in (
            _("Three people who do not live together keep a sheet each, away from any computer."),
                     _("To use it: install Carnet on a computer, then “Bring a collective back” on "
                       "its first screen, with two sheets and the password of the shared folder."),
                     _("Try it once a year: Synchronisation, “Try two sheets”. Nothing changes, "
                       "and one knows."),
                     _("A sheet that is lost or was seen by others: have a new kit made, and burn "
                       "the other two.")):
            story += [paragraph("•\u2002" + text), Spacer(1, 2 * mm)]
    return build(around, story)
