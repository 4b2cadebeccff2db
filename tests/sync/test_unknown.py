"""An older version between two newer ones: it keeps what it does not know, word for word; a newer
one finds it in its place."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED, stamp_bytes
from desktop.commands.purge import erase_record
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.sync import Unknown
from desktop.queries.digest import digest_of
from desktop.queries.records import get_record, list_records
from desktop.sync.merging.unknown import lift_known
from desktop.sync.packages.package import Rows
from desktop.vault import Vault
from desktop.vault.search.index import search
from tests.conftest import PASSPHRASE
from tests.sync.forge import STAMP, drop
from tests.sync.laptops import Laptops
from tests.sync.older import forget_field, forget_table, grow_old

LATER = stamp_bytes(1_800_000_000_001, 0, b"forgedby")
STRANGE: list[Any] = [{"a": [1, {"b": None}]}, "« é » \u202f", 2**60, -0.5, True, None, [],
                      ["x"] * 3, "", 10**17]


def unknown(vault: Vault) -> dict[tuple[str, str], Any]:
    return vault.ask(lambda session: {(row.kind, row.field): json.loads(row.value or "")
                                      for row in session.query(Unknown)})


@pytest.fixture
def second(laptops: Laptops) -> Vault:
    """Another reader of everything, up to date."""
    vault = laptops.join("second", "coordination")
    for one in (laptops.founder, vault, laptops.founder, vault):
        laptops.sync(one)
    return vault


def test_an_older_version_keeps_word_for_word_what_it_does_not_know(laptops: Laptops, second: Vault,
                                                                    tmp_path: Path) -> None:
    made = laptops.founder.do(add_record, "organisation", {"name": "Connue"})
    laptops.sync(laptops.founder)
    fields = [f"f{number}" for number in range(len(STRANGE))]
    drop(laptops.founder, laptops.share,
         Rows("organisation", fields, [[made.hex, STAMP.hex(), *STRANGE]]),
         Rows("parcours", fields, [[made.hex, STAMP.hex(), *STRANGE]]))
    assert laptops.sync(second).refused == []
    expected = {(kind, name): value for kind in ("organisation", "parcours")
                for name, value in zip(fields, STRANGE, strict=True)}
    assert unknown(second) == expected
    assert not set(fields) & set(second.ask(get_record, made))
    second.do(edit_record, made, {"name": "Renommée"})
    for vault in (second, laptops.founder, second):
        laptops.sync(vault)
    assert laptops.founder.ask(get_record, made)["name"] == "Renommée"
    copy = tmp_path / "copie"
    second.back_up(copy)
    second.close()
    second.restore(copy, PASSPHRASE)
    assert unknown(second) == expected
    drop(laptops.founder, laptops.share,
         Rows("organisation", ["f0", "f1"], [[made.hex, [LATER.hex(), STAMP[:-1].hex() + "00"],
                                             "après", "avant"]]))
    laptops.sync(second)
    assert unknown(second) == {**expected, ("organisation", "f0"): "après"}


def test_after_a_migration_it_lies_where_it_belongs(laptops: Laptops, second: Vault) -> None:
    made = laptops.founder.do(add_record, "organisation", {
        "name": "Maison", "notes": "zygomatique", "domains": ["SANTE"], "college": "association"})
    owner = laptops.founder.do(add_record, "person", {"family_name": "BENALI"})
    laptops.founder.do(add_record, "action",
                       {"title": "Atelier", "owner_id": str(owner), "progress": 3})
    laptops.founder.do(add_record, "resource", {"title": "Affiche", "kind": "outil"})
    laptops.founder.do(add_record, "observation",
                       {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"})
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    whole = second.ask(digest_of)

    def grow_younger(session: Session) -> int:
        return sum((forget_field(session, "organisation", "notes"),
                    forget_field(session, "organisation", "domains", False),
                    forget_field(session, "action", "owner_id"),
                    forget_field(session, "action", "progress"),
                    forget_field(session, "organisation", "deleted"),
                    forget_table(session, "resource"),
                    forget_table(session, "observation"), forget_table(session, "group"),
                    forget_table(session, "term")))

    assert second.do(grow_younger) > 100 and second.ask(digest_of) != whole
    grow_old(second)
    assert lift_known(second) > 5 and unknown(second) == {}
    for name in ("resource", "observation", "term"):
        assert second.ask(list_records, name) == [
            record | ({"created_by_id": None} if name == "observation" else {})
            for record in laptops.founder.ask(list_records, name)]
    assert second.ask(get_record, made) == laptops.founder.ask(get_record, made)
    assert made in {hit.id for hit in second.ask(search, "zygomatique")}
    assert lift_known(second) == 0
    laptops.sync(second)
    assert second.ask(digest_of) == whole


def test_a_round_lifts_by_itself(laptops: Laptops, second: Vault) -> None:
    whole = second.ask(digest_of)
    second.do(forget_table, "place")
    grow_old(second)
    laptops.sync(second)
    assert second.ask(digest_of) == whole == laptops.founder.ask(digest_of)


def test_a_version_that_knows_the_table_finds_what_an_older_one_kept(laptops: Laptops,
                                                                     second: Vault) -> None:
    one, two, three = (uuid.uuid5(uuid.NAMESPACE_OID, name) for name in ("un", "deux", "trois"))
    drop(laptops.founder, laptops.share, Rows("parcours", ["title", "steps", "length", "colour"], [
        [one.hex, STAMP.hex(), "Accueil", ["a", "b"], 3, "bleu"],
        [two.hex, [LATER.hex(), STAMP.hex(), STAMP.hex(), STAMP.hex()], "Écoute", None, 2, None]]),
        Rows("parcours", ["length"], [[three.hex, STAMP.hex(), "trois"]]))
    assert laptops.sync(second).refused == []
    folder = second.home.folder
    second.close()
    done = subprocess.run([sys.executable, "-m", "tests.sync.newer", str(folder)],
                          capture_output=True, text=True,
                          timeout=60, cwd=Path(__file__).parents[2], check=True)
    lifted, rows, left = json.loads(done.stdout)
    assert lifted == 2 and sorted(left) == ["colour", "colour", "length"]
    assert {(row["id"], row["title"], tuple(row["steps"] or ()), row["length"])
            for row in rows} == {
                (str(one), "Accueil", ("a", "b"), 3), (str(two), "Écoute", (), 2)}


def test_the_command_line_lifts_by_itself(laptops: Laptops, second: Vault) -> None:
    whole = second.ask(list_records, "axis")
    second.do(forget_table, "place")
    grow_old(second)
    second.close()
    done = subprocess.run([sys.executable, "-m", "desktop", "--home", str(second.home.folder),
                           "--json", "list", "axis"],
                          capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[2],
                          check=True,
                          env=os.environ | {"CARNET_PASSPHRASE": PASSPHRASE})
    assert [row["id"] for row in json.loads(done.stdout)] == [row["id"] for row in whole] != []


def test_a_later_edit_beats_what_was_lifted(laptops: Laptops, second: Vault) -> None:
    made = laptops.founder.do(add_record, "organisation", {"name": "Maison", "notes": "ancien"})
    for vault in (laptops.founder, second):
        laptops.sync(vault)
    second.do(lambda session: forget_field(session, "organisation", "notes"))
    grow_old(second)
    second.do(edit_record, made, {"notes": "écrit depuis"})
    lift_known(second)
    assert second.ask(get_record, made)["notes"] == "écrit depuis"
    for vault in (second, laptops.founder):
        laptops.sync(vault)
    assert laptops.founder.ask(get_record, made)["notes"] == "écrit depuis"


def test_what_has_the_wrong_form_or_came_by_another_channel_is_not_lifted(laptops: Laptops,
                                                                          second: Vault) -> None:
    good, bad, other = (laptops.founder.do(add_record, "organisation", {"name": n})
                        for n in ("A", "B", "C"))
    for vault in (laptops.founder, second):
        laptops.sync(vault)

    def keep(session: Session) -> None:
        for record_id, value, channel in ((good, "juste", "commun"), (bad, 3, "commun"),
                                          (other, "autre voie", "interne")):
            session.add(
                Unknown(kind="organisation", record_id=record_id.bytes, field="notes", stamp=LATER,
                        value=json.dumps(value), channel=channel))
        session.add(
            Unknown(kind="validation", record_id=uuid.uuid4().bytes, field="party", stamp=LATER,
                    value='"etat"', channel="commun", roles="membre"))

    second.do(keep)
    grow_old(second)
    assert lift_known(second) == 2
    assert [second.ask(get_record, one)["notes"]
            for one in (good, bad, other)] == ["juste", None, None]
    assert second.ask(list_records, "validation") == []
    assert {(kind, name) for kind, name in unknown(second)} == {("organisation", "notes")}


def test_an_erased_record_stays_empty_of_fields_that_came_later(laptops: Laptops,
                                                                second: Vault) -> None:
    made = laptops.founder.do(add_record, "resource",
                              {"title": "Affiche", "kind": "outil", "access": "zygomatique"})
    for vault in (laptops.founder, second):
        laptops.sync(vault)
    laptops.founder.do(delete_record, made)
    laptops.founder.do(erase_record, made)
    for vault in (laptops.founder, second):
        laptops.sync(vault)
    drop(laptops.founder, laptops.share,
         Rows("resource", ["couleur"], [[made.hex, STAMP.hex(), "zygomatique"]]))
    assert laptops.sync(second).refused == [] and unknown(second) == {}

    def new_field(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE resource SET access_stamp = NULL WHERE id = ?",
                                             (made.bytes,))
        session.add(Unknown(kind="resource", record_id=made.bytes, field="access", stamp=STAMP,
                            value='"zygomatique"',
                            channel="commun"))

    second.do(new_field)
    grow_old(second)
    lift_known(second)
    drop(laptops.founder, laptops.share,
         Rows("resource", ["access"], [[made.hex, STAMP.hex(), "zygomatique"]]))
    laptops.sync(second)
    assert second.ask(get_record, made)["access"] is None and unknown(second) == {}
    assert second.ask(lambda session: session.connection().exec_driver_sql(
        "SELECT access_stamp FROM resource WHERE id = ?", (made.bytes,)).scalar()) == ERASED


def test_a_member_cannot_leave_a_new_field_of_a_validation(laptops: Laptops, second: Vault) -> None:
    member = laptops.join("member")
    for vault in (member, laptops.founder):
        laptops.sync(vault)
    drop(member, laptops.share,
         Rows("validation", ["party", "motif"], [[uuid.uuid4().hex, STAMP.hex(), "etat", "faux"]]))
    assert laptops.sync(laptops.founder).refused == []
    assert unknown(laptops.founder) == {} and laptops.founder.ask(list_records, "validation") == []
