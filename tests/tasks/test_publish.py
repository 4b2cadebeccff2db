"""Publishing from a real vault: what is counted, what is refused, what the files hold and what
they never hold."""

import csv
import io
import json
import random
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import frictionless
import openpyxl
import pytest
from odf import opendocument
from odf.table import Table as OdsTable
from sqlalchemy.orm import Session

from desktop.base.errors import AppError, StoppedError
from desktop.commands.collective import vocabulary_rows
from desktop.commands.internships import add_application, open_search
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.commands.releases import keep_release
from desktop.models.releases import release_id
from desktop.privacy.disclosure.cells import Cell
from desktop.privacy.disclosure.making import prepare
from desktop.privacy.disclosure.release import FrozenRelease, encode
from desktop.queries.counted_records import counted_records
from desktop.queries.releases import (
    frozen_releases,
    periods_of,
    release_of,
    releases_of,
)
from desktop.tasks.publish import preview, publish
from desktop.vault import Vault

TODAY = date(2026, 2, 3)
SECRET = "Zyxwvut-Quokka"
"""Planted in every text of the vault."""


def _fill(session: Session, count: int, months: list[str], seed: int = 1) -> list[uuid.UUID]:
    chance = random.Random(seed)
    organisations = [
        add_record(session, "organisation", {"name": f"{SECRET} structure {n}"}) for n in range(6)
    ]
    made = []
    for number in range(count):
        form = "PROPOS_VIOLENCE" if number % 9 == 0 else "DIRECTE"
        made.append(
            add_record(
                session,
                "observation",
                {
                    "month": chance.choice(months),
                    "domain": chance.choices(
                        ["EMPLOI_PRIVE", "LOGEMENT_SOCIAL", "SANTE", "COMMERCE", "ECOLE"],
                        [40, 25, 20, 10, 5],
                    )[0],
                    "principal_criterion": chance.choices(
                        ["ORIG", "HAND", "SEXE", "AGE", "ORSE", "NSP"], [40, 25, 15, 10, 5, 5]
                    )[0],
                    "form": form,
                    "account": f"Refus. {SECRET}",
                    "state": chance.choice(["recue", "qualifiee"]),
                    "qualification": "PLAUSIBLE",
                    "recourse": ["AUCUN"],
                    "no_recourse_reason": chance.choice(["PEUR", "INUTILE"]),
                    "place_kind": "unknown",
                    "organisation_id": str(chance.choice(organisations)),
                },
            )
        )
    return made


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """A vault with the vocabularies and 160 observations of 2025."""

    def begin(session: Session) -> None:
        for cls, values in vocabulary_rows():
            add_record(session, cls.kind_name(), {k: v for k, v in values.items() if v is not None})
        add_record(session, "collective", {"name": "Collectif d’essai", "territory": "Val d’essai"})
        _fill(session, 160, [f"2025-{month:02}" for month in range(1, 13)])

    vault.do(begin)
    return vault


def test_a_year_is_published_for_partners_with_all_its_files(filled: Vault, tmp_path: Path) -> None:
    found = publish(filled, "2025", "partenaires", tmp_path / "out", TODAY)
    names = {
        str(path.relative_to(tmp_path / "out"))
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert names >= {
        "datapackage.json",
        "tables.xlsx",
        "tables.ods",
        "rapport.pdf",
        "certificate.json",
        "certificate.txt",
        "README.md",
        "catalog.jsonld",
        "tables/domain_family.csv",
        "tables-excel/domain_family.csv",
    }
    rows = list(
        csv.DictReader(
            io.StringIO((tmp_path / "out/tables/domain_family.csv").read_text(encoding="utf-8"))
        )
    )
    assert list(rows[0]) == ["period", "domain", "domain_label", "value", "conf_status", "base"]
    assert rows[0]["domain"] == "TOTAL" and rows[0]["value"] == rows[0]["base"]
    assert {row["conf_status"] for row in rows} == {"F", "C"}
    assert all((row["conf_status"] == "C") == (row["value"] == "") for row in rows)
    assert all(not row["value"] or int(row["value"]) >= 5 for row in rows)
    assert "criterion_family_by_domain_family" in {table.name for table in found.publication.tables}
    assert (tmp_path / "out/rapport.pdf").read_bytes().startswith(b"%PDF")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".carnet-")]


def test_the_package_is_valid_and_the_workbooks_open(filled: Vault, tmp_path: Path) -> None:
    found = publish(filled, "2025", "partenaires", tmp_path / "out", TODAY, parquet=False)
    report = frictionless.validate(str(tmp_path / "out/datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    book = openpyxl.load_workbook(tmp_path / "out/tables.xlsx")
    assert len(book.sheetnames) == len(found.publication.tables)
    assert any(cell.value == "▨" for row in book.worksheets[0] for cell in row)
    sheets = opendocument.load(str(tmp_path / "out/tables.ods")).getElementsByType(OdsTable)
    assert len(sheets) == len(found.publication.tables)


def test_a_hidden_cell_tells_nothing_but_that_it_is_hidden(filled: Vault, tmp_path: Path) -> None:
    found = publish(filled, "2025", "partenaires", tmp_path / "out", TODAY)
    statuses = {
        status
        for part in found.publication.release.parts.values()
        if part.told
        for status in part.told.hidden.values()
    }
    assert len(statuses) > 1
    files = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    for path, data in files.items():
        if path.suffix in (".csv", ".json", ".txt", ".md", ".jsonld"):
            words = data.decode("utf-8-sig")
            assert not any(
                f'"{status}"' in words or f",{status}," in words
                for status in ("small", "large", "free")
            ), path
    certificate = json.loads((tmp_path / "out/certificate.json").read_bytes())
    assert certificate["recovered_cells"] == 0 and certificate["narrowest_interval"] == [0, 4]


def test_the_same_release_twice_is_the_same_bytes(filled: Vault, tmp_path: Path) -> None:
    publish(filled, "2025", "partenaires", tmp_path / "one", TODAY)
    filled.do(_fill, 40, ["2025-05"], 7)
    assert publish(filled, "2025", "partenaires", tmp_path / "two", date(2027, 1, 1)).kept
    for path in (tmp_path / "one").rglob("*"):
        if path.is_file():
            assert (
                path.read_bytes()
                == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()
            ), path
    assert len(filled.ask(releases_of)) == 1


def test_a_preview_keeps_and_writes_nothing(filled: Vault, tmp_path: Path) -> None:
    seen = preview(filled, "2025", "partenaires", TODAY)
    assert not seen.kept and filled.ask(releases_of) == []
    assert (
        publish(filled, "2025", "partenaires", tmp_path / "out", TODAY).publication
        == seen.publication
    )


@pytest.mark.parametrize(
    ("period", "audience", "today", "words"),
    [
        ("2025", "partenaires", date(2026, 1, 29), "n’est pas close"),
        ("2025-T5", "partenaires", TODAY, "n’est pas une période"),
        ("2025", "presse", TODAY, "presse"),
        ("2024-2025", "partenaires", TODAY, "couples"),
        ("2023", "public", TODAY, "trop peu"),
    ],
)
def test_what_is_refused_says_why(
    filled: Vault, tmp_path: Path, period: str, audience: str, today: date, words: str
) -> None:
    with pytest.raises(AppError, match=words):
        publish(filled, period, audience, tmp_path / "out", today)
    assert not (tmp_path / "out").exists() and filled.ask(releases_of) == []


def test_a_part_of_what_was_published_and_a_clock_set_back_are_refused(
    filled: Vault, tmp_path: Path
) -> None:
    publish(filled, "2025", "partenaires", tmp_path / "year", TODAY)
    with pytest.raises(AppError, match="est dans 2025"):
        preview(filled, "2025-T2", "partenaires", TODAY)
    with pytest.raises(AppError, match="horloge"):
        preview(filled, "2025", "public", date(2026, 2, 2))
    barred = {
        choice.period: choice.barred
        for choice in filled.ask(periods_of, TODAY)
        if choice.audience == "partenaires"
    }
    assert barred["2025"] is not None and barred["2025"].reason == "published"
    assert barred["2026"] is not None and barred["2026"].reason == "open"


def test_what_comes_late_counts_in_the_next_block_and_what_leaves_changes_nothing(
    filled: Vault, tmp_path: Path
) -> None:
    before = publish(
        filled, "2025-S1", "partenaires", tmp_path / "s1", date(2025, 8, 1)
    ).publication.release
    base = before.parts["observations"].told
    assert base is not None

    def change(session: Session) -> None:
        counted = [uuid.UUID(text) for text in before.parts["observations"].counted]
        for record_id in counted[:10]:
            delete_record(session, record_id)
        edit_record(session, counted[20], {"domain": "COMMERCE"})
        _fill(session, 18, ["2025-03"], 5)

    filled.do(change)
    after = publish(filled, "2025", "partenaires", tmp_path / "year", TODAY).publication.release
    told = after.parts["observations"].told
    assert told is not None
    blocks = after.parts["observations"].blocks
    assert set(blocks) == {"2025-T3", "2025-T4"}
    late = sum(n for (codes, _who), n in blocks["2025-T4"].counts.items() if codes[-1] == "APRES")
    assert late == 16  # Of the 18, two are words and violence.
    assert told.visible[Cell("2025")] == base.visible[Cell("2025-S1")] + sum(
        cube.total for cube in blocks.values()
    )


def test_what_waits_or_was_set_aside_is_not_counted(filled: Vault) -> None:
    def add(session: Session) -> None:
        for state, more in (("transmise", {}), ("ecartee", {"discarded_reason": "Hors champ."})):
            add_record(
                session,
                "observation",
                {
                    "month": "2025-02",
                    "domain": "ECOLE",
                    "principal_criterion": "ORIG",
                    "state": state,
                    **more,
                },
            )

    def counts() -> int:
        return len(filled.ask(counted_records)["observations"][1])

    before = counts()
    filled.do(add)
    assert counts() == before


def _made(vault: Vault, period: str, past: list[FrozenRelease]) -> FrozenRelease:
    made = prepare(period, "partenaires", past, vault.ask(counted_records), TODAY)
    assert isinstance(made, FrozenRelease)
    return made


def test_of_two_computers_at_once_the_earlier_stands_and_the_other_is_told(filled: Vault) -> None:
    ours = _made(filled, "2025-S1", [])
    theirs = replace(_made(filled, "2025-S2", []), made_on="2026-02-04")
    filled.do(keep_release, ours)
    with pytest.raises(AppError, match="autre ordinateur"):
        filled.do(keep_release, theirs)
    content = encode(theirs)
    filled.do(
        add_record,
        "release",
        {
            "id": str(release_id(content)),
            "period": theirs.window,
            "audience": theirs.audience,
            "made_on": theirs.made_on,
            "content": content,
        },
    )
    assert [(row.period, row.stands) for row in filled.ask(releases_of)] == [
        ("2025-S1", True),
        ("2025-S2", False),
    ]
    # What did not stand may be made again, with the other.
    again = _made(filled, "2025-S2", filled.ask(frozen_releases)[0])
    filled.do(keep_release, again)
    assert [row.stands for row in filled.ask(releases_of)] == [True, False, True]


def test_a_release_cannot_be_undone_and_one_in_the_bin_still_counts(filled: Vault) -> None:
    filled.do(keep_release, _made(filled, "2025-S1", []))
    filled.undo()
    assert len(filled.ask(releases_of)) == 1
    filled.do(delete_record, filled.ask(releases_of)[0].id)
    assert filled.ask(release_of, "2025-S1", "partenaires") is not None


def test_an_altered_release_bars_every_other(filled: Vault) -> None:
    filled.do(keep_release, _made(filled, "2025-S1", []))
    row = filled.ask(releases_of)[0]
    filled.do(edit_record, row.id, {"content": "{}"})
    with pytest.raises(AppError, match="altérée"):
        preview(filled, "2025", "partenaires", TODAY)


def test_work_that_is_stopped_leaves_nothing(filled: Vault, tmp_path: Path) -> None:
    told: list[str] = []
    with pytest.raises(StoppedError):
        publish(
            filled,
            "2025",
            "partenaires",
            tmp_path / "out",
            TODAY,
            progress=told.append,
            stopping=lambda: len(told) > 1,
        )
    assert (
        told and list(tmp_path.iterdir()) == [filled.home.folder] and filled.ask(releases_of) == []
    )


def test_a_folder_that_is_not_empty_is_left_alone(filled: Vault, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("x")
    with pytest.raises(AppError, match="dossier vide"):
        publish(filled, "2025", "partenaires", tmp_path / "out", TODAY)
    assert filled.ask(releases_of) == []


def test_no_byte_of_a_publication_holds_what_is_secret(filled: Vault, tmp_path: Path) -> None:
    found = publish(filled, "2025", "partenaires", tmp_path / "out", TODAY)
    counted = [
        bytes.fromhex(text)
        for part in found.publication.release.parts.values()
        for text in part.counted
    ]
    tokens = [
        SECRET.encode(),
        SECRET.encode("utf-16-le"),
        SECRET.encode("utf-16-be"),
        str(filled.home.folder).encode(),
        filled.home.folder.name.encode() + b"/",
        b"Refus.",
    ]
    tokens += [
        form
        for one in counted
        for form in (one, one.hex().encode(), str(uuid.UUID(bytes=one)).encode())
    ]
    seen = 0
    for path in (tmp_path / "out").rglob("*"):
        for data in _all_bytes(path.read_bytes()) if path.is_file() else ():
            seen += len(data)
            assert not [token for token in tokens if token in data], path
    assert seen > 50_000


def _all_bytes(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield archive.read(name)
    for start in range(len(data) if data.startswith(b"%PDF") else 0):
        if data.startswith(b"stream\n", start):
            try:
                yield zlib.decompressobj().decompress(data[start + 7 :])
            except zlib.error:
                continue


def test_searches_are_published_as_their_applications_say(filled: Vault) -> None:
    def begin(session: Session) -> None:
        chance = random.Random(3)
        for answer, qpv, count in (
            ("acceptee", "oui", 24),
            ("acceptee", "non", 31),
            ("refusee", "oui", 27),
            ("attente", "non", 22),
        ):
            for _each in range(count):
                search = open_search(session, {"month": "2025-10", "lives_in_qpv": qpv})
                # One search sends many: it is one person all the same.
                for said in [answer] + ["refusee"] * chance.randint(0, 6):
                    add_application(
                        session,
                        {"request_id": str(search), "month": "2025-10", "answer": said},
                    )

    filled.do(begin)
    tables = preview(filled, "2025", "partenaires", TODAY).publication.tables
    (table,) = [one for one in tables if one.name == "internships"]
    assert table.base == 104
    assert {
        codes: table.value(*codes)
        for codes in (
            ("TROUVE", "EN_QPV"),
            ("TROUVE", "HORS_QPV"),
            ("NON_TROUVE", "EN_QPV"),
            ("NON_TROUVE", "HORS_QPV"),
        )
    } == {
        ("TROUVE", "EN_QPV"): 24,
        ("TROUVE", "HORS_QPV"): 31,
        ("NON_TROUVE", "EN_QPV"): 27,
        ("NON_TROUVE", "HORS_QPV"): 22,
    }
