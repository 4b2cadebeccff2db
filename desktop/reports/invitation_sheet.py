"""The sheet of an invitation: handed to one person, read by a telephone, worth nothing after seven
days."""

from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.queries.documents.parts import Heading
from desktop.reports.page.document import MOST_OUTLINE, Frameset, Title, build, paragraph, shortened
from desktop.reports.page.qr import level_of
from desktop.reports.recovery_sheet import qr_code

SIDE = 78 * mm
LETTERS = 5


@dataclass(frozen=True)
class InvitationSheet:
    """The collective, the role of the new computer in words, the text of the invitation, its last
    day and its first."""

    collective: str
    role: str
    text: str
    until: date
    made_on: date


def draw(sheet: InvitationSheet) -> bytes:
    """Return the sheet as a PDF of one page."""
    around = Frameset(Heading(sheet.collective, "", "", "", sheet.made_on),
                      _("Invitation to join the collective"))
    story: list[Flowable] = [
        Title(_("Invitation to join the collective")), Spacer(1, 3 * mm),
        paragraph(_("For one computer: {role}. Good until {day}.").format(
            role=shortened(sheet.role, MOST_OUTLINE), day=long_date(sheet.until))),
        Spacer(1, 3 * mm),
        paragraph(_("It is a secret until it is used: kept like a key, then torn up.")),
        Spacer(1, 5 * mm)]
    level = level_of(sheet.text)
    if level is not None:
        story += [qr_code(sheet.text, SIDE, level), Spacer(1, 5 * mm)]
    for text in (_("Photograph the square with a telephone: it shows a text, from “CARNET1:” to "
                   "“:CARNET”. Send that text to yourself, by a way that only you read."),
                 _("On the computer: install Carnet, “Join a collective”, and paste the text. The "
                   "name and the password of the shared folder come by another way."),
                 _("Then read the six words that Carnet shows to the person who invited you, by "
                   "telephone or in person.")):
        story += [paragraph("•\u2002" + text), Spacer(1, 2 * mm)]
    # In small groups, for who has no telephone: spaces do not count.
    begin, letters, end = sheet.text.split(":")
    groups = [letters[start:start + LETTERS] for start in range(0, len(letters), LETTERS)]
    story += [Spacer(1, 4 * mm),
              paragraph(f"{begin}: {' '.join(groups)} :{end}", fontSize=8, leading=12)]
    return build(around, story)
