"""What a server or a copy did that somebody should know of: it warns, and never bars the way.

A store that shows less than it had; packages that others have read and it does not show; a profile
of which two copies wrote; two computers that held the root key; a list of devices that is not for
this one, or that nobody signed; the root key in other hands; what a newer version made; a folder
that is suddenly empty.
"""

from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy.orm import Session

from desktop.base.i18n import N_
from desktop.base.log import log
from desktop.vault.identity import read_value, write_value

ROLLBACK, OMISSION, FORK = "rollback", "omission", "fork"
HOLDERS, OUTSIDE, FORGED, NEWER = "holders", "outside", "forged", "newer"
SUCCESSION, ENTRUSTED = "succession", "entrusted"
EMPTIED = "emptied"
_HIDDEN = "sync.hidden"
_KEY = "sync.alarms"
PATIENCE = 3
"""Thorough rounds in which the store hides what others have read, before it is told: a listing may
be late."""


class AlarmWords(NamedTuple):
    """An alarm in a few words, then what happened, what Carnet did, what a person can do."""

    short: str
    what: str
    did: str
    do: str


WORDS = {
    ROLLBACK: AlarmWords(
        N_("the shared folder shows less than it had"),
        N_("The shared folder shows less than it had"),
        N_("An older copy of it was probably put back. Carnet sent again what this computer holds: "
           "nothing is lost."),
        N_("Ask whoever looks after the server what was restored, and ask everybody to exchange "
           "once.")),
    OMISSION: AlarmWords(
        N_("the shared folder hides something"),
        N_("The shared folder hides something from this computer"),
        N_("Colleagues have read packages that it does not show here. Carnet goes on asking for "
           "them."),
        N_("Compare the six words with a colleague after an exchange; if they differ, carry a USB "
           "key between you.")),
    FORK: AlarmWords(
        N_("two copies of one computer wrote"),
        N_("Two copies of one computer wrote at the same time"),
        N_("A profile was copied or put back from an older day. The copies have parted ways, and "
           "nothing of either is lost."),
        N_("If nobody did that on purpose, ask whose computer it is: somebody may hold a copy.")),
    HOLDERS: AlarmWords(
        N_("two computers held the coordination"),
        N_("Two computers held the coordination at the same time"),
        N_("Each changed the list of computers. All follow the same list now; what was done on the "
           "other one is done again when a computer that holds the coordination exchanges."),
        N_("Agree on the one that keeps it and delete the copy, or hand the coordination over. "
           "Then look at the list of computers, and try the kit.")),
    OUTSIDE: AlarmWords(
        N_("a list of computers leaves this one out"),
        N_("A newer list of computers is not for this one"),
        N_("Two computers may hold the coordination, or a strange file lies on the shared folder. "
           "This computer goes on and waits; nothing that was written here is lost."),
        N_("Ask the coordination whether this computer is on its list; if not, it lets it in "
           "again.")),
    FORGED: AlarmWords(
        N_("a false list of computers"),
        N_("Somebody laid a false list of computers on the shared folder"),
        N_("The coordination did not sign it: Carnet passed it over and goes on with the true "
           "one."),
        N_("It takes the password of the shared folder to do this: have it changed, and tell the "
           "coordination.")),
    SUCCESSION: AlarmWords(
        N_("the coordination passed to another computer"),
        N_("The coordination passed to another computer"),
        N_("The list of computers shows which one lets in and takes out from now on; Carnet "
           "follows it."),
        N_("If nobody told you of it, ask the coordination: whoever kept a copy of its key could "
           "sign such a list. The password of the shared folder is then to be changed, and the "
           "coordination taken back with two sheets of the kit.")),
    ENTRUSTED: AlarmWords(
        N_("this computer has the coordination now"),
        N_("The coordination passed to this computer"),
        N_("It alone lets others in and takes them out from now on; the kit of three sheets stays "
           "good."),
        N_("If you did not expect it, ask who handed it over.")),
    EMPTIED: AlarmWords(
        N_("the shared folder is empty"),
        N_("The shared folder is empty: is it plugged in, or mounted?"),
        N_("Carnet wrote nothing there, and goes on looking. Nothing is lost: this computer holds "
           "what it held."),
        N_("Plug it in or mount it, then exchange again. If it was really emptied, or is a new "
           "one, let this computer fill it, by the button here or with `carnet sync --fill`.")),
    NEWER: AlarmWords(
        N_("something was made by a newer Carnet"),
        N_("Something on the shared folder was made by a newer Carnet"),
        N_("This computer cannot read it, and goes on with the rest."),
        N_("Update Carnet on this computer: it will be read then, and nothing is lost.")),
}


class Alarm(msgspec.Struct, frozen=True):
    """What happened, when it was first and last seen (ISO 8601, local), how often since somebody
    said to have seen it."""

    kind: str
    first: str
    last: str
    times: int = 1


def alarms(session: Session) -> list[Alarm]:
    """Those that nobody has acknowledged, the newest first."""
    found = msgspec.json.decode(read_value(session, _KEY) or b"[]", type=list[Alarm])
    return sorted(found, key=lambda alarm: alarm.last, reverse=True)


def raise_alarm(session: Session, kind: str, now: datetime) -> None:
    """Remember that this happened; once for all the times until it is acknowledged."""
    known = {alarm.kind: alarm for alarm in alarms(session)}
    at = now.isoformat(timespec="minutes")
    before = known.get(kind)
    known[kind] = Alarm(kind, before.first if before else at, at, before.times + 1 if before else 1)
    write_value(session, _KEY, msgspec.json.encode(list(known.values())))
    log.warning("alarm: %s", kind)


def acknowledge(session: Session, kind: str) -> None:
    """Somebody has seen it."""
    write_value(session, _KEY,
                msgspec.json.encode([alarm for alarm in alarms(session) if alarm.kind != kind]))


def note_hidden(session: Session, hidden: bool, now: datetime) -> None:
    """Whether a thorough round found that others have read what the store does not show; an alarm
    when it stays so."""
    before = int(read_value(session, _HIDDEN) or b"0")
    after = before + 1 if hidden else 0
    if after != before:
        write_value(session, _HIDDEN, str(after).encode())
    if after == PATIENCE:
        raise_alarm(session, OMISSION, now)
