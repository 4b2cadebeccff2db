"""A vault of before keeps the day on which an accord was reminded of: it becomes a reminder, the
same on every computer."""

import uuid
from pathlib import Path

from alembic import command
from alembic.config import Config

from desktop.base.paths import MIGRATIONS
from desktop.models.record import beside
from desktop.vault.database import for_writing, open_engine
from desktop.vault.schema import migrate

STAMP = b"\x01\x97\x00\x00\x00\x00\x00\x01" + b"w" * 8
ACTION = uuid.UUID(int=5).bytes
OPEN = uuid.UUID("019a0000-0000-7000-8000-000000000001")
SECRET = uuid.UUID("019a0000-0000-8000-8000-0000aabbccdd")


def test_the_day_becomes_a_reminder_in_the_channel_of_the_accord(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        engine = open_engine(tmp_path / f"{name}.db", bytes(32))
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with for_writing(engine).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0020")
            for id_, channel, day in ((OPEN, "commun", "2026-03-04"),
                                      (SECRET, "groupe-" + "0" * 32, "2026-03-05"),
                                      (uuid.UUID(int=9), "commun", None)):
                connection.exec_driver_sql(
                    "INSERT INTO validation (id, channel, action_id, party, reminded_on, "
                    "reminded_on_stamp) VALUES (?, ?, ?, 'etat', ?, ?)",
                    (id_.bytes, channel, ACTION, day, STAMP if day else None))
        migrate(engine)
        with engine.connect() as connection:
            found.append([tuple(row) for row in connection.exec_driver_sql(
                'SELECT id, channel, action_id, party, "on", on_stamp FROM reminder ORDER BY '
                '"on"')])
            columns = {row[1] for row
                       in connection.exec_driver_sql("PRAGMA table_info(validation)")}
        engine.dispose()
        assert "reminded_on" not in columns
    assert found[0] == found[1] == [
        (uuid.uuid5(OPEN, "reminder").bytes, "commun", ACTION, "etat", "2026-03-04", STAMP),
        (beside(uuid.uuid5(SECRET, "reminder"), SECRET).bytes, "groupe-" + "0" * 32, ACTION, "etat",
         "2026-03-05", STAMP)]
