"""The collective survives the loss of the coordinator's computer: its kit, trying it, using it,
handing the key over."""

import uuid
from dataclasses import replace
from datetime import date

import msgspec
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.commands.collective import add_author
from desktop.commands.journal import append
from desktop.models.directory import Person
from desktop.models.record import group_of
from desktop.models.states import JournalWhat
from desktop.models.sync import TrustCopy
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.chunks import ChunkedStorage
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import Credentials, Storage
from desktop.sync.trust import rescue, state
from desktop.sync.trust.links import add_link, own_key, refresh_trust, sealed_keys
from desktop.sync.trust.roster import Channel, Device, Roster
from desktop.tasks.enrol import FOUNDER_ROLES, recipient_of, root_in_hand
from desktop.tasks.profiles import whole_or_none
from desktop.tasks.removal import renewed
from desktop.vault import Cost, Vault
from desktop.vault.identity import read_value, write_value

_MADE, _TRIED = "sync.kit_made", "sync.kit_tried"


def make_kit(vault: Vault, storage: Storage, today: date) -> list[str]:
    """Make a kit: the codes of its three sheets, shown this once. A kit made before opens nothing
    that comes after."""
    refresh_trust(vault, storage)
    roster = vault.ask(state.roster_in_force)
    root, last = root_in_hand(vault)
    recipient, codes = rescue.new_kit(roster.root)
    grown = msgspec.structs.replace(roster, number=last[0] + 1, previous=last[1], kit=recipient)
    held = vault.ask(state.channel_keys)
    files = sealed_keys(grown, held, [], set(held)) | rescue.sealed_root(grown, root, [recipient])
    add_link(vault, storage, grown, root, files)
    crash_point("kit.linked")
    vault.do(write_value, _MADE, today.isoformat().encode())
    return codes


def kit_dates(session: Session) -> tuple[date | None, date | None]:
    """(when a kit was made here, when it was last tried); None where it never was."""
    found = [read_value(session, name) for name in (_MADE, _TRIED)]
    made, tried = (date.fromisoformat(value.decode()) if value else None for value in found)
    return made, tried


def try_kit(vault: Vault, first: str, second: str, today: date) -> None:
    """Prove that two sheets would save the collective, and change nothing; AppError where they
    would not."""
    roster = vault.ask(state.roster_in_force)
    identity, _tag = rescue.kit_identity(first, second)
    if not rescue.is_kit_of(roster, identity):
        raise AppError(_("These two sheets are not of the kit in force."),
                       _("Look for the last ones, or make a new kit."))
    if not any(rescue.opened_root(data, identity, roster.root)
               for data in vault.ask(rescue.root_files)):
        raise AppError(_("These sheets open the list of computers, and not the root key."),
                       _("Make a new kit."))
    vault.do(write_value, _TRIED, today.isoformat().encode())


def take_over(vault: Vault, storage: Storage, first: str, second: str, lost: list[str]) -> Roster:
    """Become the coordinator's computer by two sheets of the kit; `lost`: the keys of the computers
    to take out.

    Works in a vault that takes part already, and in a new one. AppError where the sheets or the
    folder are not right.
    """
    found = rescue.found_on(storage, first, second)
    identity = vault.identity
    own = own_key(vault)
    before = found.roster.device(own)
    pinned = vault.ask(lambda session: read_value(session, state.ROOT_PUBLIC))
    if pinned is not None and pinned.decode() != found.roster.root:
        raise AppError(_("This kit is of another collective."))
    person = str(identity.person_id) if identity.person_id else None
    name = before.name if before is not None else vault.ask(_own_name, identity.person_id)
    device = Device(own, recipient_of(identity.age_identity), name, person, sorted(FOUNDER_ROLES))

    def keep(session: Session) -> None:
        write_value(session, state.ROOT_PUBLIC, found.roster.root.encode())
        write_value(session, state.ROOT_SECRET, found.root)
        state.keep_roster(session, found.roster, found.sha256)
        session.merge(TrustCopy(name=found.link[0], data=found.link[1]))
        for (channel, epoch), secret in found.keys.items():
            state.keep_key(session, channel, epoch, secret)
        state.remember_store(session, storage.url, storage.credentials)

    vault.do(keep)
    crash_point("takeover.kept")
    others = [d for d in found.roster.devices if d.key != own]
    grown = msgspec.structs.replace(found.roster, number=found.roster.number + 1,
                                    previous=found.sha256,
                                    devices=[*others, device], channels=_read_by(found.roster, own),
                                    holder=own)
    held = vault.ask(state.channel_keys)
    grown = add_link(vault, storage, grown, found.root,
                     sealed_keys(grown, held, [device], set(held)))
    crash_point("takeover.linked")
    vault.save_identity(replace(vault.identity, roles=frozenset(FOUNDER_ROLES),
                                collective_id=uuid.UUID(grown.collective)))
    # What the lost computers sent is read before they are taken out: nothing that they wrote is
    # left outside.
    run_round(vault, storage)
    crash_point("takeover.read")
    leaving = [d for d in others if d.key in lost]
    if not leaving:
        return grown
    root, last = root_in_hand(vault)
    return renewed(vault, storage, vault.ask(state.roster_in_force), root, last, leaving)


def _read_by(roster: Roster, key: str) -> dict[str, Channel]:
    """Return the channels with one more reader of every confidential group: who holds the root key
    lets others in."""
    return {name: msgspec.structs.replace(channel, readers=sorted({*channel.readers, key}))
            if group_of(name) is not None else channel for name, channel in roster.channels.items()}


def rescue_collective(home: Home, passphrase: str, store: str, credentials: Credentials,
                      codes: tuple[str, str], person: str,
                      lost: list[str], cost: Cost = Cost.STANDARD, *,
                      meet: bool = True) -> tuple[Vault, str]:
    """Return a new profile that takes the collective over by two sheets: its vault, open, and the
    recovery code.

    `meet`: see `open_storage`.
    """
    storage = open_storage(store, credentials, meet=meet)
    rescue.found_on(ChunkedStorage(storage), *codes)
    vault, code = Vault.create(home, passphrase, cost=cost, whole=False)
    with whole_or_none(vault):
        author = vault.do(add_author, person)
        vault.save_identity(replace(vault.identity, person_id=author))
        take_over(vault, ChunkedStorage(storage, vault), *codes, lost)
    return vault, code


def _own_name(session: Session, person_id: uuid.UUID | None) -> str:
    person = session.get(Person, person_id) if person_id is not None else None
    return (f"{person.given_name or ''} {(person.family_name or '').upper()}".strip()
            if person is not None else "")


def hand_over(vault: Vault, storage: Storage, key: str) -> Roster:
    """Give the root key to another computer: it alone lets in and removes from then on, and this
    one no more."""
    refresh_trust(vault, storage)
    roster = vault.ask(state.roster_in_force)
    root, last = root_in_hand(vault)
    heir = roster.device(key)
    if heir is None or key == own_key(vault):
        raise AppError(_("There is no such computer in the collective."))
    heir = msgspec.structs.replace(heir, roles=sorted({*heir.roles, "coordination"}))
    devices = [heir if d.key == key else d for d in roster.devices]
    grown = msgspec.structs.replace(roster, number=last[0] + 1, previous=last[1], devices=devices,
                                    channels=_read_by(roster, key), holder=key)
    held = vault.ask(state.channel_keys)
    files = rescue.sealed_root(grown, root,
                               [heir.recipient]) | sealed_keys(grown, held, [heir], set(held))
    grown = add_link(vault, storage, grown, root, files)
    crash_point("handover.linked")
    # It lies on the folder by now, for the other computer alone.
    vault.do(state.keep_root, b"")
    vault.do(append, JournalWhat.ROLES, "computer", how=",".join(heir.roles))
    return grown
