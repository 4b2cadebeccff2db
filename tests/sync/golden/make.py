"""Makes the golden share of a release: `python -m tests.sync.golden.make NAME`, once; what is there
is never made again.

A founder, a colleague and a member, whose keys lie beside (but the founder's); a record of every
kind, a conflict, a note, a file, a deletion, an erasure, all of them sealed by the code of that
day.
"""

import base64
import hashlib
import json
import shutil
import sys
import tempfile
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.attachments import attach
from desktop.commands.collective import add_author
from desktop.commands.meetings import create_meeting
from desktop.commands.minutes import validate
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.purge import erase_record
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.record import RECORDS, STAMP, Field, fields_of
from desktop.models.rules.context import RuleContext
from desktop.models.rules.judge import violations
from desktop.queries.meetings.notes import note_of
from desktop.queries.records import list_records
from desktop.sync.rounds.engine import run_round
from desktop.sync.trust import state
from desktop.tasks import enrol, profiles, shared_folder
from desktop.vault import Cost, Vault
from tests.commands.test_minutes import held

GOLDEN = Path(__file__).parent
PASSPHRASE = "cerisier bleu du jardin"
_APART = {"collective", "note_block", "note_update", "meeting", "minutes_version", "validation",
          "membership"}
"""Kinds that come by a gesture of their own; an accord belongs to a party, for which none of these
computers speaks."""


def value_of(kind: str, field: Field) -> Any:
    """A value of the right form for any field."""
    some = uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}.{field.name}")
    values: dict[str, Any] = {
        "text": f"{field.name} « é\u202f» 🌳", "code": field.name[:8], "codes": ["un", "deux"],
        "integer": -3, "boolean": True,
        "date": "2026-11-23", "datetime": "2026-11-23T09:30", "month": "2026-11", "reference": some,
        "references": [str(some)], "bytes": b"\x00\xff octets"}
    return values[field.kind]


def one_of_each(session: Session) -> None:
    """A record of every kind, with a value in every field that a rule does not refuse."""
    context = RuleContext(session, date(2026, 11, 23))
    for kind, cls in sorted(RECORDS.items()):
        if kind in _APART:
            continue
        values = {f.name: value_of(kind, f) for f in fields_of(cls)
                  if f.name not in ("deleted", "created_by_id")}
        record = SimpleNamespace(id=uuid.uuid5(uuid.NAMESPACE_OID, kind), **values, deleted=None,
                                 created_by_id=None)
        while broken := {violation.field for violation in violations(cls, record, context)}:
            wrong = broken & values.keys()
            assert wrong, (kind, broken)
            for name in wrong:
                del values[name]
                setattr(record, name, None)
        session.add(cls(id=record.id, **values))
    add_record(session, "membership", {
        "group_id": str(uuid.uuid5(uuid.NAMESPACE_OID, "group")),
        "person_id": str(uuid.uuid5(uuid.NAMESPACE_OID, "person"))})


def stamps_of(session: Session, fields: dict[str, list[str]]) -> str:
    """One figure for the stamps of these fields of all records."""
    whole = hashlib.sha256()
    for kind, names in sorted(fields.items()):
        for name in sorted(names):
            for row in session.connection().exec_driver_sql(f'SELECT id, "{name}{STAMP}" FROM '
                                                            f'"{kind}" ORDER BY id'):
                whole.update(repr((kind, name, tuple(row))).encode())
    return whole.hexdigest()


def records_of(vault: Vault) -> dict[str, list[dict[str, Any]]]:
    """Every record that a vault holds, as JSON values; only the fields that hold one."""
    found = {
        kind: [{name: value for name, value in record.items()
                if value is not None and name != "kind_of_record"}
               for record in vault.ask(list_records, kind, True)] for kind in sorted(RECORDS)}
    return {kind: records for kind, records in found.items() if records}


def founder_at(home: Home, share: Path) -> Vault:
    """A collective without the lists of a territory, which would fill the packages."""
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    author = vault.do(add_author, "Camille LEROY")
    vault.save_identity(
        replace(vault.identity, person_id=author, roles=frozenset(enrol.FOUNDER_ROLES)))
    collective = vault.do(add_record, "collective", {"name": "Doré"})
    vault.save_identity(replace(vault.identity, collective_id=collective))
    enrol.found_trust(vault, "Camille LEROY")
    shared_folder.open_store(vault, share.as_uri())
    return vault


def joined(founder: Vault, home: Home, role: str) -> Vault:
    vault, _code, words = profiles.join(home, PASSPHRASE, enrol.invite(founder, [role]),
                                        "Jo DUPONT", Cost.TEST)
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    return vault


def sync(*vaults: Vault) -> None:
    for vault in vaults:
        assert run_round(vault, shared_folder.open_store(vault, None)).refused == []


def main(name: str) -> None:
    target = GOLDEN / name
    if target.exists():
        raise SystemExit(f"{target} is there: golden packages are made once")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        share = folder / "share"
        share.mkdir()
        founder = founder_at(Home(folder / "founder"), share)
        founder.do(one_of_each)
        meeting = founder.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                             starts_at="2026-11-03T14:00")
        block = founder.do(ensure_block, meeting)
        founder.do(write_note, block, ["Bonjour à tous"])
        founder.do(validate, founder.do(held), date(2026, 11, 23))
        scan = founder.do(attach, "meeting", meeting, "Feuille.pdf", b"zygomatique")
        gone = founder.do(add_record, "resource", {"title": "Effacée", "kind": "outil"})
        reader = joined(founder, Home(folder / "reader"), "coordination")
        member = joined(founder, Home(folder / "member"), "membre")
        sync(founder, reader)
        action = uuid.uuid5(uuid.NAMESPACE_OID, "action")
        founder.do(edit_record, action, {"title": "Titre de l’une"})
        founder.do(delete_record, gone)
        founder.do(erase_record, gone)
        reader.do(edit_record, action, {"title": "Titre de l’autre", "progress": 60})
        reader.do(delete_record, uuid.uuid5(uuid.NAMESPACE_OID, "notice"))
        reader.do(write_note, block, ["Ouverture. Bonjour à tous"])
        sync(reader, founder, member, reader)
        records = records_of(reader)
        fields = {kind: [f.name for f in fields_of(RECORDS[kind]) if f.travels] for kind in records}
        kept = reader.ask(
            lambda session: [list(row) for row in session.connection().exec_driver_sql(
                'SELECT kind, field, value FROM "version" ORDER BY kind, field, stamp')])
        target.mkdir()
        shutil.copytree(share, target / "share", ignore=shutil.ignore_patterns("join", ".*"))
        roster = reader.ask(state.roster_in_force)
        (target / "keys.json").write_text(json.dumps({
            "collective": roster.collective, "root": roster.root, "devices": {name: {
                "signing_key": base64.b64encode(vault.identity.signing_key).decode(),
                "age_identity": vault.identity.age_identity} for name, vault in (
                    ("reader", reader), ("member", member))}},
            indent=1) + "\n")
        (target / "expected.json").write_text(json.dumps({
            "note": [str(block), reader.ask(note_of, block)], "file": [str(scan), "zygomatique"],
            "versions": kept, "fields": fields, "stamps": reader.ask(stamps_of, fields),
            "records": records,
            "member": {kind: len(rows) for kind, rows in records_of(member).items()},
            "unread": member.ask(lambda session: session.connection().exec_driver_sql(
                "SELECT count(*) FROM unread").scalar_one())}, ensure_ascii=False,
                                                         separators=(",", ":")) + "\n")
        for vault in (founder, reader, member):
            vault.close()


if __name__ == "__main__":
    main(sys.argv[1])
