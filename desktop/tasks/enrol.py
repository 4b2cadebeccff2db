"""Founding a collective's trust, inviting a laptop, joining, approving with six words."""

import hashlib
import hmac
import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.paths import resource
from desktop.base.text import fold
from desktop.commands.journal import append
from desktop.models.choices import codes_of
from desktop.models.directory import Organisation, Person
from desktop.models.states import JournalWhat
from desktop.queries.names import person_name
from desktop.sync.stores.format import check_format
from desktop.sync.stores.storage import (
    Credentials,
    Storage,
    completed,
)
from desktop.sync.trust import roster as rosters
from desktop.sync.trust import state
from desktop.sync.trust.links import (
    add_link,
    own_key,
    refresh_trust,
    sealed_keys,
)
from desktop.sync.trust.roster import Device, Roster
from desktop.tasks.invitation import as_file
from desktop.tasks.shared_folder import open_store, reach
from desktop.vault import Vault
from desktop.vault.identity import read_value, write_value
from desktop.vault.keys.slots import read_slots

VALID_FOR = timedelta(days=7)
FOUNDER_ROLES = ("coordination", "observatoire", "secretariat")
_INVITATIONS = "sync.invitations"
_MAX_REQUEST = 20_000


@dataclass(frozen=True)
class JoinRequest:
    """A laptop that asks to join. `claimed`: who of the directory its user says to be, with the
    organisation; empty for somebody who is not in it."""

    id: str
    name: str
    words: str
    roles: tuple[str, ...]
    claimed: str


class _JoinDraft(msgspec.Struct, frozen=True):
    key: str
    recipient: str
    name: str
    person_id: str
    mac: str


def found_trust(vault: Vault, name: str) -> Roster:
    """Return the first link of the chain: root key, this device as coordination, keys of every
    channel. Nothing leaves yet."""
    identity = vault.identity
    if identity.collective_id is None:
        raise RuntimeError("the collective's record comes first")
    root = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw,
                                                      NoEncryption())
    channels, secret = rosters.new_channels()
    device = Device(sshsig.public_key(identity.signing_key).hex(),
                    recipient_of(identity.age_identity), name,
                    str(identity.person_id) if identity.person_id else None, sorted(FOUNDER_ROLES))
    roster = Roster(1, "", str(identity.collective_id), sshsig.public_key(root).hex(),
                    read_slots(vault.home).recipient, [device], channels, holder=device.key)

    def keep(session: Session) -> None:
        write_value(session, state.ROOT_SECRET, root)
        write_value(session, state.ROOT_PUBLIC, roster.root.encode())
        for channel, secret_identity in secret.items():
            state.keep_key(session, channel, 1, secret_identity)

    vault.do(keep)
    keys = {(name, 1): identity for name, identity in secret.items()}
    return add_link(vault, None, roster, root, sealed_keys(roster, keys, [device], set(keys)))


def recipient_of(identity: str) -> str:
    """Return the age recipient of an identity."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


# Inviting

def invite(vault: Vault, roles: list[str], store: str | None = None,
           credentials: Credentials | None = None) -> bytes:
    """Return an invitation file for one laptop, valid for seven days; it is secret until used."""
    for role in roles:
        if role not in codes_of("role"):
            raise AppError(_("There is no role called {role}.").format(role=role[:40]),
                           _("Choose one of: {roles}.").format(roles=", ".join(codes_of("role"))))
    storage = open_store(vault, store, credentials)
    roster = vault.ask(state.roster_in_force)
    root_in_hand(vault)
    one_time: Any = pyrage.x25519.Identity.generate()
    secret = secrets.token_hex(32)
    expires = (datetime.now(UTC) + VALID_FOR).isoformat(timespec="seconds")
    kept = {"identity": str(one_time), "secret": secret, "expires": expires,
            "roles": sorted(set(roles) or {"membre"})}
    vault.do(_keep_invitation, _request_id(secret), kept)
    crash_point("invite.kept")
    # Who the server is travels with its address; what opens it does not.
    server = {"authority": storage.credentials.authority, "host_key": storage.credentials.host_key}
    return json.dumps({
        "carnet": "invitation", "version": 1, "store": storage.url, "server": server,
        "collective": roster.collective,
        "root": roster.root, "recipient": str(one_time.to_public()), "secret": secret,
        "expires": expires,
        "roles": kept["roles"]}, indent=1).encode() + b"\n"


def _request_id(secret: str) -> str:
    return hashlib.sha256(b"carnet join " + secret.encode()).hexdigest()[:32]


def _invitations(session: Session) -> dict[str, dict[str, Any]]:
    value = read_value(session, _INVITATIONS)
    return {} if value is None else json.loads(value)


def _keep_invitation(session: Session, request_id: str, kept: dict[str, Any]) -> None:
    write_value(session, _INVITATIONS,
                json.dumps(_invitations(session) | {request_id: kept}).encode())


def _drop_invitation(session: Session, request_id: str) -> None:
    kept = {k: v for k, v in _invitations(session).items() if k != request_id}
    write_value(session, _INVITATIONS, json.dumps(kept).encode())


# Joining

def read_invitation(data: bytes) -> dict[str, Any]:
    """Return the invitation in a file, or in the text that stands for one; AppError when it is
    damaged or too old."""
    data = as_file(data)
    try:
        read: dict[str, Any] = json.loads(data)
        if read["carnet"] != "invitation" or read["version"] != 1:
            raise ValueError
        uuid.UUID(read["collective"])
        bytes.fromhex(read["secret"])
        pyrage.x25519.Recipient.from_str(read["recipient"])
        if len(bytes.fromhex(read["root"])) != 32 or not isinstance(read["store"], str):
            raise ValueError
        msgspec.convert(read.get("server", {}), Credentials)
        expires = datetime.fromisoformat(read["expires"])
        late = datetime.now(UTC) > expires
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, pyrage.RecipientError,
            msgspec.MsgspecError) as error:
        raise AppError(_("This file is not an invitation of Carnet, or it is damaged."),
                       _("Ask for a new one.")) from error
    if late:
        raise AppError(_("This invitation is more than seven days old."), _("Ask for a new one."))
    return read


def ask_to_join(vault: Vault, invitation: dict[str, Any], name: str, person_id: uuid.UUID,
                credentials: Credentials | None = None) -> str:
    """Put a request on the store, pin the root key; the six words to read aloud."""
    server = msgspec.convert(invitation.get("server", {}), Credentials)
    storage = reach(vault, invitation["store"], completed(credentials or Credentials(), Credentials(
        authority=server.authority, host_key=server.host_key)))
    check_format(storage, invitation["collective"])
    key = sshsig.public_key(vault.identity.signing_key).hex()
    recipient = recipient_of(vault.identity.age_identity)
    asked = _JoinDraft(key, recipient, name, str(person_id),
                   _mac(invitation["secret"], key, recipient, name, str(person_id)))
    request_id = _request_id(invitation["secret"])
    storage.put(f"join/{request_id}.req.age",
                rosters.seal_to(msgspec.json.encode(asked), [invitation["recipient"]]))

    crash_point("join.request-put")
    words = six_words(invitation["secret"], invitation["root"], key, recipient)

    def keep(session: Session) -> None:
        write_value(session, state.ROOT_PUBLIC, invitation["root"].encode())
        write_value(session, state.JOINING,
                    json.dumps({"collective": invitation["collective"], "words": words}).encode())
        state.remember_store(session, storage.url, storage.credentials)

    vault.do(keep)
    crash_point("join.kept")
    return words


def _mac(secret: str, key: str, recipient: str, name: str, person_id: str) -> str:
    # The name last: it alone may hold a line break, and stand for nothing else with it.
    return hmac.new(bytes.fromhex(secret), "\n".join((key, recipient, person_id, name)).encode(),
                    hashlib.sha256).hexdigest()


def six_words(secret: str, root: str, key: str, recipient: str) -> str:
    """Six words (66 bits) that both people see only when they hold the same keys."""
    words = resource("words", "french.txt").read_text(encoding="utf-8").split()
    digest = (hashlib.sha256("\n".join(("carnet six words", secret, root, key, recipient)).encode())
              .digest())
    number = int.from_bytes(digest, "big")
    return " ".join(words[(number >> (11 * i)) % 2048] for i in range(6))


# Approving

def pending_requests(vault: Vault, storage: Storage) -> list[JoinRequest]:
    """Return the requests on the store that answer our invitations and are authentic."""
    roster = vault.ask(state.roster_in_force)
    known = vault.ask(_invitations)
    found = []
    for request_id in sorted(known):
        asked = _read_request(storage, request_id, known[request_id])
        if asked is not None:
            # On one line: a name of two would tell of itself what is told of it.
            found.append(JoinRequest(request_id, " ".join(asked.name.split()),
                                 six_words(known[request_id]["secret"], roster.root, asked.key,
                                           asked.recipient),
                                 tuple(known[request_id]["roles"]),
                                 vault.ask(_claimed, uuid.UUID(asked.person_id))))
    return found


def _claimed(session: Session, person_id: uuid.UUID) -> str:
    person = session.get(Person, person_id)
    if person is None:
        return ""
    organisation = session.get(Organisation, person.organisation_id or uuid.UUID(int=0))
    name = person_name(session, person_id)
    return f"{name}, {organisation.name}" if organisation and organisation.name else name


def _read_request(storage: Storage, request_id: str, kept: dict[str, Any]) -> _JoinDraft | None:
    data = storage.get(f"join/{request_id}.req.age")
    if (data is None or len(data) > _MAX_REQUEST
        or datetime.now(UTC) > datetime.fromisoformat(kept["expires"])):
        return None
    opened = rosters.unseal(data, kept["identity"])
    if opened is None:
        return None
    try:
        asked = msgspec.json.decode(opened, type=_JoinDraft)
        uuid.UUID(asked.person_id)
        if len(bytes.fromhex(asked.key)) != 32:
            return None
        pyrage.x25519.Recipient.from_str(asked.recipient)
    except (msgspec.MsgspecError, ValueError, RecursionError, pyrage.RecipientError):
        return None
    # As bytes: compare_digest takes no text beyond ASCII.
    right = hmac.compare_digest(asked.mac.encode(),
                                _mac(kept["secret"], asked.key, asked.recipient, asked.name,
                                     asked.person_id).encode())
    return asked if right else None


def approve(vault: Vault, storage: Storage, request_id: str, words: str | None) -> Device:
    """Let a laptop in: a new link of the chain. `words`: the six words as heard; None where the
    person skips them."""
    kept = vault.ask(_invitations).get(request_id)
    asked = _read_request(storage, request_id, kept) if kept else None
    if kept is None or asked is None:
        raise AppError(_("There is no such request."), _("`carnet approve` lists them."))
    # A link that was published just before the end of a process counts: the next one follows it.
    refresh_trust(vault, storage)
    roster = vault.ask(state.roster_in_force)
    right = six_words(kept["secret"], roster.root, asked.key, asked.recipient)
    # Heard on the telephone, they are often typed without accents: no two words of the list differ
    # by them alone.
    if words is not None and fold(" ".join(words.split())) != fold(right):
        raise AppError(_("The six words are not the same: do not let this device in."),
                       _("Read them again together; where they still differ, make a new "
                         "invitation."))
    root, last = root_in_hand(vault)
    device = Device(asked.key, asked.recipient, asked.name, asked.person_id, list(kept["roles"]))
    others = [d for d in roster.devices if d.key != device.key]
    grown = msgspec.structs.replace(roster, number=last[0] + 1, previous=last[1],
                                    devices=[*others, device])
    secrets_held = vault.ask(state.channel_keys)
    epochs = {(name, epoch) for name, epoch in secrets_held if grown.reads(device, name)}
    add_link(vault, storage, grown, root, sealed_keys(grown, secrets_held, [device], epochs))
    vault.do(_drop_invitation, request_id)
    vault.do(append, JournalWhat.LET_IN, "computer", how=",".join(sorted(device.roles)))
    crash_point("approve.kept")
    return device


def root_in_hand(vault: Vault) -> tuple[bytes, tuple[int, str]]:
    """Return the root key, and (number, hash) of the last link; AppError where another device holds
    the key."""
    root, last, roster = vault.ask(state.root_key), vault.ask(state.last_trust), vault.ask(
        state.roster_in_force)
    # A copy put back from before it was handed over still has the key.
    if root is None or last is None or roster.holder not in ("", own_key(vault)):
        raise AppError(_("Only the device that holds the root key of the collective can do this."),
                       _("It is the one of the coordinator."))
    return root, last
