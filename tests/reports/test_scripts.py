"""Names in other scripts on the papers: each letter drawn, right-to-left words in their order,
copied as they are read."""

import dataclasses
import shutil
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

from desktop.models.half_days import half_days
from desktop.queries.documents.sheet import Participant, Point
from desktop.reports import attendance_sheet, handouts
from desktop.reports.minutes import paper as minutes
from desktop.reports.page.document import drawable, printable
from desktop.reports.page.fonts import BOLD, BOLD_ITALIC, FONT, ITALIC
from desktop.reports.page.scripts import LONGEST, ordered, shaped
from desktop.reports.page.table import cell
from tests.reports import papers

FATIMA = ("\N{ARABIC LETTER FEH}\N{ARABIC LETTER ALEF}\N{ARABIC LETTER TAH}"
          "\N{ARABIC LETTER MEEM}\N{ARABIC LETTER TEH MARBUTA}")
BEN_ALI = "بن علي"
DAVID, COHEN = "דוד", "כהן"
LONG = "جمعية التضامن والمساعدة الاجتماعية في المنطقة الشمالية الكبرى"
NAMES = ((BEN_ALI, FATIMA, "Association الأمل", "Médiatrice"),
         (COHEN, DAVID, "CCAS", "עובד סוציאלי"),
         ("Martin 🌸", "Lou 👩🏽‍🎓", "Maison des jeunes 🏠", "Éducatrice ✅"),
         ("Al-Khatib (الخطيب)", "Yasmine", LONG, ""))


def _people() -> tuple[Participant, ...]:
    return tuple(dataclasses.replace(one, family=family, given=given, organisation=organisation,
                                     function=function,
                                     state="present")
                 for one, (family, given, organisation, function)
                 in zip(papers.people(4, marked=True), NAMES, strict=True))


def _sheet() -> bytes:
    return attendance_sheet.draw(dataclasses.replace(papers.sheet(0), people=_people()))


def _training() -> bytes:
    sheet = dataclasses.replace(papers.sheet(0, "formation", marked=True), people=_people())
    slots = half_days(sheet.starts_at, sheet.ends_at)
    followed = {(person.id, slot.code): "present" for person in sheet.people for slot in slots}
    return attendance_sheet.draw(dataclasses.replace(sheet, half_days=followed))


def _attestations() -> bytes:
    return handouts.draw_attestations(
        dataclasses.replace(papers.sheet(0, marked=True), people=_people()))


def _minutes() -> bytes:
    point = Point("Accueil 👋", f"{FATIMA} {BEN_ALI}", 20, "Échange", papers.LINES)
    return minutes.draw(papers.minutes(0, people=_people(), points=(point,)))


@pytest.mark.skipif(shutil.which("pdftotext") is None or shutil.which("qpdf") is None,
                    reason="poppler-utils and qpdf judge the files")
@pytest.mark.parametrize("draw", [_sheet, _training, _attestations, _minutes])
def test_every_name_is_on_the_paper_and_is_copied_as_it_is_read(draw: object,
                                                                tmp_path: Path) -> None:
    path = papers.written(tmp_path, draw())  # type: ignore[operator]
    papers.run("qpdf", "--check", path)
    said = " ".join("".join(char for char in papers.run("pdftotext", path, "-")
                            if char not in "\u202a\u202b\u202c").split())
    for words in (FATIMA, BEN_ALI, DAVID, COHEN, "الأمل", "الخطيب", "الاجتماعية", "🌸", "👩🎓"):
        assert words in said, words
    assert "\N{REPLACEMENT CHARACTER}" not in said


def test_the_four_faces_draw_the_same_letters() -> None:
    wanted = {char for words in NAMES for text in words for char in drawable(text)} | {"👍"}
    for face in (FONT, BOLD, ITALIC, BOLD_ITALIC):
        assert {char for char in wanted
                if ord(char) not in pdfmetrics.getFont(face).face.charToGlyph} == set(), face


def test_a_name_keeps_its_place_in_a_french_sentence() -> None:
    # The forms of a feh that begins a word, and of a teh marbuta that ends one: drawn from the last
    # to the first.
    assert printable(FATIMA)[0] == "\N{ARABIC LETTER TEH MARBUTA FINAL FORM}"
    assert printable(FATIMA)[-1] == "\N{ARABIC LETTER FEH INITIAL FORM}"
    assert printable(f"{DAVID}, 20 min") == DAVID[::-1] + ", 20 min"
    assert printable(f"{DAVID}, {COHEN} (CCAS)") == f"{DAVID[::-1]}, {COHEN[::-1]} (CCAS)"
    # Two words of one name: the first at the right, and never on two lines.
    assert (printable(f"Mme {DAVID} {COHEN} propose")
            == f"Mme {COHEN[::-1]}\N{NO-BREAK SPACE}{DAVID[::-1]} propose")
    assert printable("Éloïse, 3 min") == "Éloïse, 3 min"


def test_lines_that_go_leftwards_are_read_from_the_top() -> None:
    drawn = cell(LONG, 90).text.split("<br/>")
    assert (len(drawn) > 2 and drawn[0]
            == ordered(shaped(" ".join(LONG.split()[:drawn[0].count("\N{NO-BREAK SPACE}") + 1]))))
    long = " ".join([LONG] * 4)
    pieces = ordered(shaped(long)).split(" ")
    assert len(pieces) > 2 and all(len(piece) <= LONGEST for piece in pieces)
    assert pieces[0].endswith(shaped(LONG)[:4][::-1])


def test_the_colour_of_a_sign_is_left_out() -> None:
    assert printable("👍🏽 ❤️") == "👍 ❤"
