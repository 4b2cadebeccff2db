"""Whose signature makes minutes validated, and which of the versions of a meeting bear one.

Believed is a computer that has the role of those who validate on the list of computers in force, or
had it when it left: neither is ever taken back. A vault of no collective believes its own key.
"""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.models.authority import Verb, may
from desktop.models.channels import audience_in
from desktop.models.meetings import Meeting, MinutesVersion
from desktop.models.signed_minutes import SIGNED, signed_id, signed_line, signer_of
from desktop.models.sync import TrustFile
from desktop.vault.identity import read_identity


class _Device(msgspec.Struct, frozen=True):
    key: str
    roles: list[str]


class _Removed(msgspec.Struct, frozen=True):
    device: _Device


class _Roster(msgspec.Struct, frozen=True):
    devices: list[_Device]
    removed: list[_Removed] = []


_KEPT = select(MinutesVersion).where(
    MinutesVersion.body.is_not(None), MinutesVersion.deleted.is_not(True))


@dataclass(frozen=True)
class Signed:
    """A version of the minutes as it is kept.

    `signer`: the key of the computer that validated it, None for what nobody did.
    `again`: another text was validated too under its number, for the same readers.
    """

    row: MinutesVersion
    signer: str | None
    fingerprint: str
    again: bool = False


class Signatures:
    """Judges the signatures on minutes, by the list of computers that is in force here."""

    def __init__(self, session: Session) -> None:
        identity = read_identity(session)
        # Before the collective was founded, the same computer signed for none.
        own = identity.collective_id
        self._collectives: Sequence[uuid.UUID | None] = (own, None) if own is not None else (None,)
        latest = session.scalar(select(TrustFile.roster).order_by(TrustFile.number.desc()).limit(1))
        self._believed = ({sshsig.public_key(identity.signing_key).hex()} if latest is None
                          else _validators(msgspec.json.decode(latest, type=_Roster)))

    def signer(self, row: MinutesVersion) -> str | None:
        """Return the key of the computer that validated this version; None for what nobody did."""
        if row.signature is None or row.body is None:
            return None
        line = line_of(row)
        if signed_id(row.channel, line, row.signature) != row.id:
            return None
        signer = signer_of(row.signature, self._collectives, line)
        return signer if signer in self._believed else None


def _validators(roster: _Roster) -> set[str]:
    devices = [*roster.devices, *(removal.device for removal in roster.removed)]
    return {device.key for device in devices
            if device.roles and may(frozenset(device.roles), "minutes_version", Verb.CREATE)}


def line_of(row: MinutesVersion) -> bytes:
    """Return what a version of the minutes says, as it is signed."""
    return signed_line(row.channel, {name: getattr(row, name) for name in (*SIGNED, "body")})


def signed_versions(session: Session, meeting_id: uuid.UUID, audience: str) -> list[Signed]:
    """Return the versions of a meeting for one audience, what nobody validated too, by number.

    Of several under one number the one in force comes first: that of the earliest day, then of the
    lesser key.
    """
    rows = session.scalars(_KEPT.where(MinutesVersion.meeting_id == meeting_id))
    return _sorted(Signatures(session),
                   (row for row in rows if audience_in(row.channel, row.audience) == audience))


def _sorted(signatures: Signatures, rows: Iterable[MinutesVersion]) -> list[Signed]:
    judged = [(row, signatures.signer(row)) for row in rows]
    judged.sort(key=lambda one: (one[0].number or 0, one[1] is None, one[0].validated_on or "",
                                 one[1] or "", one[0].id))
    texts: dict[int, set[bytes]] = {}
    kept: list[tuple[MinutesVersion, str | None]] = []
    for row, signer in judged:
        said = texts.setdefault(row.number or 0, set())
        # Anyone can lay a signature again with other ends of its lines: it is the same text, once.
        if signer is None or (line := line_of(row)) not in said:
            kept.append((row, signer))
            said |= {line} if signer is not None else set()
    several = {number for number, said in texts.items() if len(said) > 1}
    return [Signed(row=row, signer=signer,
                   fingerprint=hashlib.sha256((row.body or "").encode()).hexdigest(),
                   again=signer is not None and (row.number or 0) in several)
            for row, signer in kept]


@dataclass(frozen=True)
class Doubtful:
    """Minutes to be looked at: nobody validated them, or (`again`) two have the last number."""

    title: str
    number: int
    again: bool


def doubtful_minutes(session: Session) -> list[Doubtful]:
    """Return what is wrong with the minutes of all meetings, each meeting and number once."""
    signatures = Signatures(session)
    groups: dict[tuple[uuid.UUID | None, str], list[MinutesVersion]] = {}
    for row in session.scalars(_KEPT.order_by(MinutesVersion.id)):
        groups.setdefault((row.meeting_id, audience_in(row.channel, row.audience)), []).append(row)
    found: dict[tuple[uuid.UUID | None, int, bool], None] = {}
    for (meeting_id, _audience), rows in groups.items():
        kept = _sorted(signatures, rows)
        last = max((one.row.number or 0 for one in kept if one.signer is not None), default=0)
        found |= dict.fromkeys((meeting_id, one.row.number or 0, one.again) for one in kept
                               if one.signer is None or (one.again and one.row.number == last))
    return [Doubtful(_title_of(session, meeting_id), number, again)
            for meeting_id, number, again in found]


def _title_of(session: Session, meeting_id: uuid.UUID | None) -> str:
    return session.scalar(select(Meeting.title).where(Meeting.id == meeting_id)) or ""
