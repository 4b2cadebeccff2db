"""The whole story on three laptops and one shared folder, for who wants to see it without a
window."""

import secrets
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.commands.meetings import (
    add_agenda_item,
    add_decision,
    add_walk_in,
    create_meeting,
    end_meeting,
    mark_attendance,
    start_meeting,
)
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.observations import record_observation
from desktop.commands.records import add_record
from desktop.models.notes import Embed
from desktop.queries.records import list_records
from desktop.sync.rounds.engine import run_round
from desktop.tasks import documents, enrol, profiles, shared_folder
from desktop.vault import Cost, Vault

PRESET = "maubeuge-val-de-sambre"
_PEOPLE = (("Fatima", "BENALI", "CCAS de la ville haute"),
           ("Jean-Baptiste", "DE LA MOTTE", "Maison des possibles"),
           ("Zoé", "LEFÈVRE", "Mission locale"), ("Karim", "HADDAD", "Association L’Escale"),
           ("Éloïse", "ŒUVRARD", "Maison des possibles"))


def play(out: Path, *, cost: Cost = Cost.STANDARD,
         progress: Callable[[str], None] = lambda _text: None) -> dict[str, str]:
    """Play the story under `out`; where each thing was written. AppError where a former story lies
    there."""
    share = out / "share"
    if share.exists():
        raise AppError(_("A story was already played in {path}.").format(path=out),
                       _("Choose another folder."))
    try:
        share.mkdir(parents=True)
    except OSError as error:
        raise disk_error(error, out) from error
    # The laptops of the story hold nobody's data; nothing opens them once it is over.
    passphrase = secrets.token_urlsafe(12)
    opened: list[Vault] = []
    try:
        return _play(out, share, passphrase, cost, progress, opened)
    finally:
        for vault in opened:
            vault.close()


def _play(out: Path, share: Path, passphrase: str, cost: Cost, progress: Callable[[str], None],
          opened: list[Vault]) -> dict[str, str]:
    store = share.resolve().as_uri()
    progress(_("1. The secretary creates the collective from the territory preset."))
    secretary, _code = profiles.create_collective(
        Home(out / "secretary"), passphrase, preset=PRESET, name=_("Collective of the story"),
        person=profiles.SAMPLE_PERSON, store=store, cost=cost)
    opened.append(secretary)
    progress(_("2. She prepares a meeting, ticks the people present, takes notes with an action "
               "and a decision."))
    meeting = _meeting(secretary)
    written = {}
    for kind, name in (("attendance_sheet", "feuille-emargement.pdf"),
                       ("minutes", "compte-rendu.pdf")):
        path = out / name
        path.write_bytes(documents.make(secretary, kind, meeting, date.today()))
        written[kind] = str(path)
        progress(_("3. Printed: {path}").format(path=path))
    progress(_("4. A worker's observation is recorded; it can name nobody."))
    secretary.do(record_observation, {"domain": "LOGEMENT_PRIVE", "principal_criterion": "ORIG",
                                      "account": "Visite annulée au téléphone après l’énoncé du "
                                                 "nom de famille."})
    done = run_round(secretary, shared_folder.open_store(secretary, None))
    progress(_("5. Sealed into {count} packages on the shared folder.").format(count=done.pushed))
    for number, folder, person, role in ((6, "observatory", "Karim HADDAD", "observatoire"),
                                         (7, "worker", "Zoé LEFÈVRE", "membre")):
        vault = _laptop(out / folder, passphrase, secretary, person, role, cost, opened)
        done = run_round(vault, shared_folder.open_store(vault, None))
        progress(
            _("{number}. A laptop joins as {role}: {applied} records read, {count} observations, "
              "{unread} packages that are not for it.").format(
            number=number, role=role, applied=done.applied, unread=done.unread,
            count=len(vault.ask(list_records, "observation"))))
    written["packages"] = str(share / "w")
    return written


def _laptop(folder: Path, passphrase: str, secretary: Vault, person: str, role: str, cost: Cost,
            opened: list[Vault]) -> Vault:
    vault, _code, words = profiles.join(Home(folder), passphrase, enrol.invite(secretary, [role]),
                                        person, cost)
    opened.append(vault)
    storage = shared_folder.open_store(secretary, None)
    (request,) = enrol.pending_requests(secretary, storage)
    enrol.approve(secretary, storage, request.id, words)
    return vault


def _meeting(vault: Vault) -> uuid.UUID:
    group = next(g for g in vault.ask(list_records, "group") if g["kind"] == "pleniere")
    people = []
    for given, family, organisation in _PEOPLE:
        known = {o["name"]: o["id"] for o in vault.ask(list_records, "organisation")}
        place = known.get(organisation) or vault.do(
            add_record, "organisation", {"name": organisation, "college": "association"})
        person = vault.do(add_record, "person", {
            "given_name": given, "family_name": family, "organisation_id": str(place)})
        vault.do(add_record, "membership",
                 {"group_id": group["id"], "person_id": str(person), "role": "membre"})
        people.append(person)
    start = datetime.combine(date.today(), datetime.min.time()) + timedelta(hours=14)
    meeting = vault.do(create_meeting, group_id=uuid.UUID(group["id"]), title=_("Autumn plenary"),
                       kind="pleniere",
                       starts_at=start.isoformat(timespec="minutes"),
                       ends_at=(start + timedelta(hours=2)).isoformat(timespec="minutes"),
                       place="Salle des fêtes, Maubeuge", animator_id=people[0], quorum=4)
    item = vault.do(add_agenda_item, meeting,
                    _("Access to rights: what the member organisations observe"), minutes=40)
    vault.do(start_meeting, meeting, start)
    for person in people[:3]:
        vault.do(mark_attendance, meeting, person, "present")
    vault.do(mark_attendance, meeting, people[3], "represente", represented_by_id=people[0])
    vault.do(mark_attendance, meeting, people[4], "excuse")
    vault.do(add_walk_in, meeting, "Marie", "DUPONT", "CPAM du Hainaut")
    action = vault.do(add_record, "action", {
        "title": "Relancer la CPAM pour la permanence de janvier", "owner_id": str(people[0]),
        "state": "proposee",
        "due_on": (date.today() + timedelta(days=15)).isoformat(), "meeting_id": str(meeting),
        "agenda_item_id": str(item)})
    decision = vault.do(add_decision, meeting,
                        "Une permanence d’accès aux droits ouvre chaque premier mardi du mois.",
                        item)
    block = vault.do(ensure_block, meeting, item)
    vault.do(write_note, block,
             ["Les structures signalent des refus répétés au guichet.\n", Embed("action", action),
              "\n", Embed("decision", decision), "\n"])
    vault.do(end_meeting, meeting, start + timedelta(hours=1, minutes=50))
    return meeting
