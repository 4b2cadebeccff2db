"""What a paper is called as a file, what its .docx says of its making, and the names that no font
of ours draws."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime

from docx import Document

from desktop.reports.minutes.docx import docx
from desktop.reports.names import file_name, undrawn_names
from tests.reports import papers


def test_a_file_is_named_by_its_kind_its_group_and_its_day() -> None:
    content = papers.minutes(2, starts_at=datetime(2026, 3, 12, 14, 30))
    content = replace(content,
                      heading=replace(content.heading, group="Groupe d’écoute : œuvres / « été »"))
    assert file_name("Compte rendu interne", content, "docx") == (
        "compte-rendu-interne-groupe-d-ecoute-oeuvres-ete-2026-03-12.docx")
    alone = replace(content, heading=replace(content.heading, group=""), starts_at=None)
    assert file_name("Compte rendu", alone, "pdf") == "compte-rendu-2026-11-22.pdf"
    long = replace(content, heading=replace(content.heading, group="mot " * 5_000))
    assert len(file_name("Compte rendu", long, "pdf")) < 120


def test_a_name_that_no_font_draws_is_told_with_the_person() -> None:
    sheet = papers.sheet(3)
    assert undrawn_names(sheet) == []
    arabic = replace(sheet, people=(replace(sheet.people[0], family="بن علي"), sheet.people[1]))
    assert undrawn_names(arabic) == []
    chinese = replace(sheet, people=(replace(sheet.people[0], family="李", given="Wei"),
                                     sheet.people[1]), place="漢字")
    assert undrawn_names(chinese) == ["漢字", "李 Wei"]


def test_a_word_processor_document_says_nothing_of_the_template_of_its_library() -> None:
    data = docx(papers.minutes(3))
    assert data == docx(papers.minutes(3))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        said = b"".join(packed.read(name) for name in names
                        if name.startswith(("docProps", "customXml")))
    assert not any("thumbnail" in name or name.startswith("customXml") for name in names)
    assert b"python-docx" not in said and b"Microsoft" not in said and b"Carnet" in said
    opened = Document(io.BytesIO(data))
    assert (opened.core_properties.title.startswith("Compte rendu")
            and opened.core_properties.language == "fr-FR")
