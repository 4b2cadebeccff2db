"""The tables in a real PostgreSQL, and as Parquet."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from desktop.base.errors import AppError
from desktop.exchange.publication.parquet import parquet_of
from desktop.tasks.publish import publish
from desktop.vault import Vault
from tests.tasks.test_publish import TODAY, filled

__all__ = ["filled"]
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL of Debian's package, alone on a port of its own."""
    if not SERVERS:
        pytest.skip("Debian's package postgresql is not installed")
    # A folder that another user may come to: those of pytest are root's alone.
    folder = Path(tempfile.mkdtemp(prefix="carnet-pg"))
    data = folder / "data"
    as_other: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_other = [
            shutil.which("setpriv") or "setpriv",
            f"--reuid={user.pw_uid}",
            f"--regid={user.pw_gid}",
            "--clear-groups",
        ]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bin_folder = SERVERS[-1].parent
    subprocess.run(
        [*as_other, bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "carnet"],
        check=True,
        capture_output=True,
        cwd="/",
    )
    control = [*as_other, str(bin_folder / "pg_ctl"), "-D", str(data)]
    subprocess.run(
        [
            *control,
            "-w",
            "-l",
            str(data / "log"),
            "-o",
            f"-p {port} -h 127.0.0.1 -k {data}",
            "start",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    yield f"postgresql://carnet@127.0.0.1:{port}/postgres"
    subprocess.run(
        [*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd="/"
    )
    shutil.rmtree(folder)


def test_postgresql_holds_each_period_once(filled: Vault, tmp_path: Path, postgresql: str) -> None:
    for name in ("one", "two"):
        found = publish(filled, "2025", "partenaires", tmp_path / name, TODAY, to=postgresql)
    publish(filled, "2025", "public", tmp_path / "public", TODAY, to=postgresql)
    engine = create_engine(postgresql.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        for table in found.publication.tables:
            rows = connection.execute(
                text(
                    f"SELECT value, conf_status FROM carnet_{table.name} WHERE audience = "
                    f"'partenaires'"
                )
            )
            assert sorted((value is None, status) for value, status in rows) == sorted(
                (cell.value is None, cell.conf_status) for cell in table.cells
            )
        assert set(connection.scalars(text("SELECT audience FROM carnet_domain_family"))) == {
            "partenaires",
            "public",
        }
    engine.dispose()


def test_parquet_holds_the_same_rows(filled: Vault, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    found = publish(filled, "2025", "partenaires", tmp_path / "out", TODAY, parquet=True)
    table = found.publication.tables[0]
    read = parquet.read_table(tmp_path / f"out/tables-parquet/{table.name}.parquet")
    assert read.column("value").to_pylist() == [cell.value for cell in table.cells]
    assert (
        parquet_of(table, "2025")
        == (tmp_path / f"out/tables-parquet/{table.name}.parquet").read_bytes()
    )


def test_the_tables_go_into_a_database_once(filled: Vault, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'warehouse.db'}"
    publish(filled, "2025", "partenaires", tmp_path / "one", TODAY, to=url)
    publish(filled, "2025", "partenaires", tmp_path / "two", TODAY, to=url)
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT domain, value, conf_status FROM carnet_domain_family")
        ).all()
    engine.dispose()
    assert len(rows) == len({row.domain for row in rows}) and any(row.value is None for row in rows)
    with pytest.raises(AppError):
        publish(filled, "2025", "partenaires", tmp_path / "three", TODAY, to="nowhere://x")
