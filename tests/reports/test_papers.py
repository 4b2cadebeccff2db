"""Both papers as files: sound, embedded fonts, the same bytes, and the words that they must
hold."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base.i18n import set_language
from desktop.reports import REPORTS, attendance_sheet
from desktop.reports.minutes import paper as minutes
from desktop.reports.page.document import printable
from desktop.reports.page.fonts import NARROW, STAND_IN
from tests.reports import papers

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None or shutil.which("qpdf") is None,
                                reason="poppler-utils and qpdf judge the files")

DRAWN = {
    "sheet of 10": lambda: attendance_sheet.draw(papers.sheet(10)),
    "sheet of 60": lambda: attendance_sheet.draw(papers.sheet(60)),
    "sheet of nobody": lambda: attendance_sheet.draw(papers.sheet(0)),
    "sheet filled": lambda: attendance_sheet.draw(papers.sheet(24, marked=True)),
    "training": lambda: attendance_sheet.draw(papers.sheet(14, "formation")),
    "minutes of 10": lambda: minutes.draw(papers.minutes(10)),
    "minutes of 60": lambda: minutes.draw(papers.minutes(60, "interne")),
    "minutes of nobody": lambda: minutes.draw(
        papers.minutes(0, points=(), actions=(), decisions=(), starts_at=None)),
}


@pytest.mark.parametrize("name", DRAWN)
def test_sound_and_embedded_and_the_same_each_time(name: str, tmp_path: Path) -> None:
    data = DRAWN[name]()
    assert data == DRAWN[name]()
    path = papers.written(tmp_path, data)
    papers.run("qpdf", "--check", path)
    fonts = papers.run("pdffonts", path).splitlines()[2:]
    assert fonts and all(re.search(r"yes\s+yes\s+(yes|no)\s", line) for line in fonts), fonts
    described = papers.run("pdfinfo", path)
    assert re.search(r"Title:\s+\S", described) and "A4" in described
    assert b"/Lang (fr-FR)" in data and b"/Outlines" in data


def test_sheet_holds_each_person_once_and_numbers_every_row(tmp_path: Path) -> None:
    path = papers.written(tmp_path, attendance_sheet.draw(papers.sheet(60)))
    text = papers.text_of(path, "-layout")
    assert "FEUILLE D’ÉMARGEMENT" in text and "jeudi 12 mars 2026, de 14 h 30 à 17 h 00" in text
    assert text.count("STANISŁAW") == 0 and text.count("WOJCIECHOWSKI") == 10
    assert "VANDERMEULEBROUCKEZEGERSTEEN" in text, "a long name is not cut"
    numbers = [int(n) for n in re.findall(r"^\s{0,4}(\d{1,2})\b(?=\s|$)",
                                          papers.run("pdftotext", "-layout", path, "-"),
                                          re.MULTILINE)]
    assert set(range(1, 64)) <= set(numbers)
    pages = papers.pages_of(path)
    assert text.count("Signature") == pages and text.count(
        "Réunion KRTV") == pages, "the header row repeats"
    assert f"page {pages}/{pages}" in text and "Visa de la personne responsable" in text
    assert "Finalité" in text and "@" not in text


def test_sheet_leaves_room_to_sign() -> None:
    assert attendance_sheet.ROW >= 9 / 25.4 * 72 and attendance_sheet.SIGNATURE >= 45 / 25.4 * 72
    drawn = attendance_sheet._plain_table(papers.sheet(60), 527)
    assert drawn._colWidths[-1] >= 45 / 25.4 * 72
    assert (min(drawn._rowHeights[1:]) >= 9 / 25.4 * 72 and drawn.repeatRows == 1
            and not drawn.splitInRow)


def test_training_is_signed_by_half_day(tmp_path: Path) -> None:
    text = papers.text_of(
        papers.written(tmp_path, attendance_sheet.draw(papers.sheet(8, "formation"))))
    for half_day in ("12/03/2026, matin", "12/03/2026, après-midi", "13/03/2026, matin",
                     "13/03/2026, après-midi"):
        assert half_day in text
    assert "Formation assurée par" in text and "14 heures" in text


def test_filled_sheet_says_who_came(tmp_path: Path) -> None:
    text = papers.text_of(
        papers.written(tmp_path, attendance_sheet.draw(papers.sheet(12, marked=True))))
    assert "Présences : 4 · à distance : 2 · représentations : 2" in text
    assert "Représentation" in text and "à partir de 14 h 20" in text


def test_minutes_say_what_was_decided(tmp_path: Path) -> None:
    text = papers.text_of(papers.written(tmp_path, minutes.draw(papers.minutes(12))))
    for words in ("Compte rendu, groupe de travail Accompagnement socio-juridique du 12 mars 2026",
                  "Présences (6)", "Représentations (2)", "Absences excusées (2)", "Absences (2)",
                  "Quorum atteint : 8 pour 4.",
                  "ŒUVRARD Éloïse, Chargée d’accès aux droits, Assurance maladie, à distance",
                  "Le compte rendu du 15 janvier 2026 est soumis à l’approbation.",
                  "Décision RD-2026-03-01 :",
                  "BENALI Fatima, 01/04/2026", "mardi 12 mai 2026, à 9 h 30, Mairie.",
                  "Fiche de liaison.pdf",
                  "Sans remarque d’ici au 27 mars 2026", "données à jour au 22 novembre 2026",
                  "Diffusion · Projet"):
        assert words in text, words


def test_nothing_overflows_the_page(tmp_path: Path) -> None:
    for name in ("sheet of 60", "training", "minutes of 60"):
        path = papers.written(tmp_path, DRAWN[name]())
        boxes = papers.run("pdftotext", "-bbox", path, "-")
        width = float(re.search(r'page width="([\d.]+)"', boxes).group(1))
        height = float(re.search(r'page width="[\d.]+" height="([\d.]+)"', boxes).group(1))
        for x0, y0, x1, y1 in re.findall(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" '
                                         r'yMax="([-\d.]+)"', boxes):
            assert (float(x0) >= 25 and float(x1) <= width - 25 and float(y0) >= 10
                    and float(y1) <= height - 8)


def test_a_confidential_paper_says_so_on_every_page_however_long_the_name_of_its_group(
    tmp_path: Path) -> None:
    heading = replace(papers.HEADING, group="Cellule d’écoute des situations de harcèlement " * 4,
                      confidential=True)
    path = papers.written(tmp_path, minutes.draw(replace(papers.minutes(60), heading=heading)))
    for page in range(1, papers.pages_of(path) + 1):
        top = papers.run("pdftotext", "-f", page, "-l", page, "-x", 0, "-y", 0, "-W", 600, "-H", 60,
                         path, "-")
        assert re.search("Confidentiel · ", top), top
        assert re.search(r"harcèlement\W*…|\w…", top), "a name that is cut says so"
    assert "Confidentiel" not in papers.text_of(
        papers.written(tmp_path, minutes.draw(papers.minutes(10))))


def test_narrow_space_is_drawn_and_strange_characters_show() -> None:
    assert printable("Objet\u202f:") == f"Objet{chr(STAND_IN)}:"
    assert "\N{REPLACEMENT CHARACTER}" in printable("漢") and printable("a\x00b\u200bc") == "abc"
    assert NARROW != STAND_IN


def test_markup_in_a_text_is_only_text(tmp_path: Path) -> None:
    drawn = minutes.draw(papers.minutes(0, title="<b>Tarifs & <i>seuils", place="</para>"))
    text = papers.text_of(papers.written(tmp_path, drawn))
    assert "<b>Tarifs & <i>seuils" in text and "</para>" in text


def test_english_papers(tmp_path: Path) -> None:
    set_language("en")
    data = attendance_sheet.draw(papers.sheet(5))
    text = papers.text_of(papers.written(tmp_path, data))
    assert "ATTENDANCE SHEET" in text and "Thursday 12 March 2026, from 14:30 to 17:00" in text
    assert b"/Lang (en-GB)" in data


def test_every_report_names_what_it_is_about() -> None:
    assert all(report.kind == kind and report.label and report.needs
               for kind, report in REPORTS.items())


def test_two_hundred_people_leave_no_page_half_empty(tmp_path: Path) -> None:
    path = papers.written(tmp_path, minutes.draw(papers.minutes(200)))
    count = papers.pages_of(path)
    for page in range(1, count):
        text = papers.run("pdftotext", "-layout", "-f", page, "-l", page, path, "-")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        assert len(lines) > 40, (page, len(lines))
        assert not lines[-2].startswith(("Représentations", "Absences", "Présences"))
