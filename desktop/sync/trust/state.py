"""What this device holds of the trust: the roster in force, channel keys, the root key where it is
the founder's."""

import msgspec
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.sync import ChannelKey, TrustFile
from desktop.sync.stores.storage import Credentials, same_server
from desktop.sync.trust.roster import Roster, rank
from desktop.vault import sql
from desktop.vault.identity import read_value, write_value

CREDENTIALS = "sync.credentials"
TOLD = "sync.told"
UNSAID = "sync.unsaid"
"""Since when others do not know of something that was read here, in milliseconds since 1970."""
SAID = "sync.said"
"""That a package of ours has told once what was read."""
_FORMAT, _LATE = "sync.format", "sync.late"
STORE, ROOT_PUBLIC, ROOT_SECRET = "sync.store", "sync.root", "sync.root_key"
JOINING, LAST = "sync.joining", "sync.last"


def current_roster(session: Session) -> Roster | None:
    """Return the last roster of the chain, or None before joining."""
    found = sql.fetch(session, "SELECT roster FROM trust_file ORDER BY number DESC LIMIT 1")
    return msgspec.json.decode(found[0][0], type=Roster) if found else None


def roster_in_force(session: Session) -> Roster:
    """Return the same; AppError where this device belongs to no collective yet."""
    roster = current_roster(session)
    if roster is None:
        raise AppError(_("This device belongs to no collective yet."),
                       _("Create one, or join one by an invitation."))
    return roster


def root_key(session: Session) -> bytes | None:
    """Return the root key of the collective, where this device holds it."""
    return read_value(session, ROOT_SECRET) or None


def keep_root(session: Session, root: bytes) -> None:
    """Hold the root key, or none (empty): another device holds it."""
    write_value(session, ROOT_SECRET, root)


def last_trust(session: Session) -> tuple[int, str] | None:
    """Return (number, hash) of the last link of the chain."""
    found = sql.fetch(session, "SELECT number, sha256 FROM trust_file ORDER BY number DESC LIMIT 1")
    return (found[0][0], found[0][1]) if found else None


def keep_roster(session: Session, roster: Roster, sha256: str) -> None:
    """Remember a verified link; where another of its number is known, the one that stands."""
    known = session.get(TrustFile, roster.number)
    if known is None or rank(msgspec.json.decode(known.roster, type=Roster),
                             known.sha256) < rank(roster, sha256):
        session.merge(
            TrustFile(number=roster.number, sha256=sha256, roster=msgspec.json.encode(roster)))


def keep_key(session: Session, channel: str, epoch: int, identity: str) -> None:
    """Remember a channel's secret key, beside another one of the same epoch."""
    known = session.get(ChannelKey, (channel, epoch))
    both = dict.fromkeys(
        [*(known.identity.split() if known is not None else ()), *identity.split()])
    session.merge(ChannelKey(channel=channel, epoch=epoch, identity=" ".join(both)))


def channel_keys(session: Session) -> dict[tuple[str, int], str]:
    """Return the secret keys held: (channel, epoch) -> age identity, or several with spaces between
    them.

    Two computers that held the root key may each have made one.
    """
    return {(channel, epoch): identity
            for channel, epoch, identity
            in sql.fetch(session, "SELECT channel, epoch, identity FROM channel_key")}


def note_unsaid(session: Session, now: int) -> None:
    """Note that records of others were read that no package of ours tells of yet."""
    sql.run(session, "INSERT OR IGNORE INTO local_value (key, value) VALUES (?, ?)", UNSAID,
            str(now).encode())


def late_writers(session: Session) -> dict[str, str]:
    """Writer -> computer (both in hexadecimal) of what came after its computer was taken out."""
    return msgspec.json.decode(read_value(session, _LATE) or b"{}", type=dict[str, str])


def note_late(session: Session, writer: str, device: str) -> None:
    """Remember whose a writer is of which packages are held."""
    known = late_writers(session)
    if known.get(writer) != device:
        write_value(session, _LATE, msgspec.json.encode(known | {writer: device}))


def keep_format(session: Session, data: bytes) -> None:
    """Remember the format.json of the collective's own folder, to put it back if it is spoilt."""
    write_value(session, _FORMAT, data)


def kept_format(session: Session) -> bytes | None:
    """Return the format.json of the collective's own folder, as it was last read."""
    return read_value(session, _FORMAT)


def store_url(session: Session) -> str | None:
    """Return the address of the shared folder, if one is remembered."""
    value = read_value(session, STORE)
    return None if value is None else value.decode()


class _StoredState(msgspec.Struct, frozen=True):
    url: str
    credentials: Credentials


def store_credentials(session: Session, url: str) -> Credentials:
    """Return what opens the store at `url`; nothing where what is remembered is for another
    server."""
    value = read_value(session, CREDENTIALS)
    kept = None if value is None else msgspec.json.decode(value, type=_StoredState)
    return kept.credentials if kept is not None and same_server(kept.url, url) else Credentials()


def remember_store(session: Session, url: str, credentials: Credentials) -> None:
    """Remember the address of the shared folder and what opens it: in the vault alone."""
    write_value(session, STORE, url.encode())
    write_value(session, CREDENTIALS, msgspec.json.encode(_StoredState(url, credentials)))
