"""The verb that publishes figures, as automation uses it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_contract import Carnet

YEAR = date.today().year - 2
"""A year that is closed whatever the day on which the tests run."""


@pytest.fixture
def filled(tmp_path: Path) -> Carnet:
    """A collective with 120 reports of one year."""
    carnet = Carnet(tmp_path)
    carnet.create()
    ids = carnet.ok(
        "add",
        "organisation",
        stdin="\n".join(json.dumps({"name": f"Structure {n}"}) for n in range(5)),
    )["added"]
    domains = [
        "EMPLOI_PRIVE",
        "EMPLOI_PRIVE",
        "LOGEMENT_SOCIAL",
        "SANTE",
        "EMPLOI_PRIVE",
        "COMMERCE",
    ]
    criteria = ["ORIG", "HAND", "ORIG", "SEXE"]
    rows = [
        {
            "month": f"{YEAR}-{1 + n % 12:02}",
            "domain": domains[n % 6],
            "principal_criterion": criteria[n // 7 % 4],
            "state": "recue",
            "form": "DIRECTE",
            "place_kind": "unknown",
            "organisation_id": ids[n % 5],
        }
        for n in range(120)
    ]
    carnet.ok("add", "observation", stdin="\n".join(map(json.dumps, rows)))
    return carnet


def test_a_period_is_published_listed_and_read_again(filled: Carnet, tmp_path: Path) -> None:
    arguments = ("publish", "--period", str(YEAR), "--audience", "partenaires")
    seen = filled.ok(*arguments, "--dry-run")
    assert filled.ok("publish", "--list") == []
    done: Any = filled.ok(*arguments, "--out", str(tmp_path / "out"))
    assert done["tables"] == seen["tables"] and not done["again"]
    assert json.loads((tmp_path / "out/datapackage.json").read_bytes())["resources"]
    listed = filled.ok("publish", "--list")
    assert [set(row) for row in listed] == [
        {"period", "audience", "made_on", "sha256", "tables", "narrowest_interval", "stands"}
    ]
    assert (
        listed[0]["period"] == str(YEAR)
        and listed[0]["sha256"] == done["sha256"]
        and listed[0]["stands"]
    )
    assert filled.ok(*arguments, "--out", str(tmp_path / "again"))["again"]
    for path in (tmp_path / "out").rglob("*.csv"):
        assert (
            path.read_bytes()
            == (tmp_path / "again" / path.relative_to(tmp_path / "out")).read_bytes()
        )


def test_what_is_refused_is_one_line(filled: Carnet, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "out"))
    assert "n’est pas close" in filled.wrong(
        "publish", "--period", str(YEAR + 2), "--audience", "partenaires", *out
    )
    assert "n’est pas une période" in filled.wrong(
        "publish", "--period", "hier", "--audience", "partenaires", *out
    )
    assert "--audience" in filled.wrong("publish", "--period", str(YEAR))
    assert not (tmp_path / "out").exists()


def test_the_solver_is_loaded_by_who_publishes_alone() -> None:
    import subprocess
    import sys

    told = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys, desktop.cli.main, desktop.cli.publications, desktop.tasks.publish, "
                "desktop.queries.releases\nprint(sorted({'numpy', 'highspy', 'openpyxl', "
                "'reportlab'} & set(sys.modules)))"
            ),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
