"""A vault of before keeps its internships: free words become those of the lists, totals become
applications."""

import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from desktop.base.paths import MIGRATIONS
from desktop.vault.database import for_writing, open_engine
from desktop.vault.schema import migrate

STAMP, LATER = (b"\x01\x97\x00\x00\x00\x00\x00\x01" + b"w" * 8, b"\x01\x98\x00\x00\x00\x00\x00\x01"
                + b"w" * 8)
PERSON = uuid.UUID(int=9).bytes


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    """A file as it was before internships had applications."""
    made = open_engine(tmp_path / "vault.db", bytes(32))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = next(one for one in ScriptDirectory.from_config(config).walk_revisions()
                  if one.path.endswith("_internships.py"))
    with for_writing(made).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(script.down_revision))
    yield made
    made.dispose()


def insert(engine: Engine, table: str, **values: Any) -> bytes:
    record_id = uuid.uuid4().bytes
    row = {"id": record_id, "channel": "observatoire" if table == "internship_request"
           else "commun", **values}
    with for_writing(engine).begin() as connection:
        connection.exec_driver_sql(f'INSERT INTO "{table}" ({", ".join(row)}) VALUES '
                                   f'({", ".join("?" * len(row))})',
                                   tuple(row.values()))
    return record_id


def rows(engine: Engine, table: str, columns: str, record_id: bytes,
         key: str = "id") -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f'SELECT {columns} FROM "{table}" WHERE "{key}" = ? '
                                           f'ORDER BY id', (record_id,))
        return [tuple(row) for row in found]


def searched(engine: Engine, **values: Any) -> bytes:
    return insert(engine, "internship_request", code="x", code_stamp=STAMP, **values)


def test_totals_become_as_many_applications(engine: Engine) -> None:
    search = searched(engine, month="2026-03", sent=8, sent_stamp=STAMP, refused=3,
                      refused_stamp=LATER, no_answer=2,
                      no_answer_stamp=STAMP, found=1, found_stamp=STAMP, neighbourhood="QN1",
                      neighbourhood_stamp=STAMP,
                      level="3e", domain="Métiers de la santé")
    migrate(engine)
    made = rows(engine, "internship_application",
                "answer, month, channel, offer_id, answer_stamp, request_id_stamp", search,
                "request_id")
    assert Counter(row[0] for row in made) == {"acceptee": 1, "refusee": 3, "sans_reponse": 2,
                                               "attente": 2}
    assert {row[1:] for row in made} == {("2026-03", "observatoire", None, LATER, LATER)}
    assert rows(engine, "internship_request", "lives_in_qpv, lives_in_qpv_stamp, level, domain",
                search) == [
                    ("oui", STAMP, "troisieme", "sante")]


def test_two_computers_make_the_same_rows_and_the_author_alone_sends_them(engine: Engine,
                                                                          tmp_path: Path) -> None:
    totals = {"sent": 2, "sent_stamp": STAMP, "found": 1, "found_stamp": STAMP}
    search = searched(engine, created_by_id=PERSON, created_by_id_stamp=STAMP, **totals)
    others = searched(engine, **totals)
    migrate(engine)
    ids = [row[0] for row in rows(engine, "internship_application", "id", search, "request_id")]
    assert ids == sorted(uuid.uuid5(uuid.UUID(bytes=search), f"application {number}").bytes
                         for number in range(2))
    assert len(rows(engine, "internship_application", "id", others, "request_id")) == 2
    with engine.connect() as connection:
        pending = connection.exec_driver_sql("SELECT kind, record_id, low FROM pending ORDER BY "
                                             "record_id").fetchall()
    assert ([tuple(row) for row in pending]
            == [("internship_application", one, STAMP) for one in ids])
    # Without a month of its own, that in which it was written.
    assert (
        {row[0] for row in rows(engine, "internship_application", "month", search, "request_id")}
            == {"2025-05"})


def test_totals_that_contradict_or_are_not_there_bring_nothing_down(engine: Engine) -> None:
    more = searched(engine, month="2026-03", sent=1, refused=4, refused_stamp=STAMP, no_answer=-2)
    none = searched(engine, month="2026-03", domain="", level=None)
    migrate(engine)
    assert ([row[0] for row in rows(engine, "internship_application", "answer", more, "request_id")]
            == ["refusee"] * 4)
    assert rows(engine, "internship_application", "answer", none, "request_id") == []
    assert rows(engine, "internship_request", "domain, level, lives_in_qpv",
                none) == [(None, None, None)]


def test_the_words_of_an_offer_become_those_of_the_lists_and_what_is_not_understood_stays(
    engine: Engine) -> None:
    known = insert(engine, "internship_offer", domain="Espaces verts", domain_stamp=STAMP,
                   level="Bac professionnel", places=2,
                   period="du 14/12/2026 au 18/12/2026", period_stamp=LATER)
    strange = insert(engine, "internship_offer", domain="Menuiserie", domain_stamp=STAMP,
                     level="Tous", level_stamp=STAMP,
                     period="Pâques", period_stamp=LATER)
    backwards = insert(engine, "internship_offer", period="du 31/02/2026 au 18/12/2026",
                       period_stamp=STAMP)
    migrate(engine)
    columns = "domain, level, starts_on, ends_on, ends_on_stamp, description, description_stamp, places"
    assert rows(engine, "internship_offer", columns, known) == [
        ("environnement", "bac_pro", "2026-12-14", "2026-12-18", LATER, "Espaces verts", STAMP, 2)]
    assert rows(engine, "internship_offer", columns, strange) == [
        ("autre", None, None, None, None, "Menuiserie, Tous, Pâques", LATER, None)]
    assert rows(engine, "internship_offer", columns, backwards) == [
        (None, None, None, None, None, "du 31/02/2026 au 18/12/2026", STAMP, None)]
