"""Who may write what: one table, for each kind of record, each group of its fields and each verb.

Commands refuse by it, the window does not offer what it refuses, the exchange keeps out what comes
in spite of it, and the help prints it. What a row is judged by stands in the row itself, in its
channel and in the certificate of who wrote it: everybody comes to the same, in any order of
arrival. A certificate with several roles may what any of them may. A vault without a collective has
no roles, and no restriction.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.choices import codes_of, label
from desktop.models.record import COMMON, INTERNAL, OBSERVATORY, beside, derived_id
from desktop.models.states import MeetingState, ObservationState, Party

Roles = frozenset[str]


class Verb(StrEnum):
    """What is done to a record. To bring one back from the bin is the verb of putting it there."""

    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"
    ERASE = "erase"


READER = "lecture"
EVERY_ROLE: Roles = frozenset(codes_of("role"))
ANYONE: Roles = EVERY_ROLE - {READER}
"""Anyone but readers."""
COORDINATION: Roles = frozenset({"coordination"})
OFFICE: Roles = frozenset({"coordination", "secretariat"})
TEAM: Roles = frozenset({"observatoire"})
BY_PARTY: dict[str, Roles] = {Party.STATE: frozenset({"validation_etat"}),
                              Party.AGGLOMERATION: frozenset({"validation_agglo"})}
"""The party of a validation -> the roles that speak for it."""

READERS: dict[str, Roles] = {COMMON: EVERY_ROLE, INTERNAL: OFFICE, OBSERVATORY: COORDINATION | TEAM}
"""The roles whose computers read a channel; a confidential group's is read by name."""

ERASERS: dict[str, Roles] = {OBSERVATORY: COORDINATION | TEAM}
"""The roles that erase for good what travels in a channel; in every other the coordination
alone."""


@dataclass(frozen=True)
class Fields:
    """A group of fields of one kind. `roles`: who may write them. `values`: only these values of
    them;
    empty: whatever they say."""

    names: frozenset[str]
    roles: Roles
    values: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rights:
    """Who may write one kind: the fields of no group when it is made (`create`) and later (`edit`),
    and who puts it into the bin and takes it out (`delete`); None: the roles of its party.
    `readers_only`: only who reads the channel of the record writes it. `of_group`: where it is
    about a confidential group, only who reads that group's channel writes it. Erasing hangs on the
    channel (`ERASERS`).
    """

    create: Roles | None
    edit: Roles | None
    delete: Roles | None
    groups: tuple[Fields, ...] = ()
    readers_only: bool = False
    of_group: bool = False


def _all(roles: Roles, *groups: Fields, readers_only: bool = False,
         of_group: bool = False) -> Rights:
    return Rights(roles, roles, roles, groups, readers_only, of_group)


_FROM_VALIDATED = frozenset(
    {MeetingState.VALIDATED, MeetingState.CORRECTION, MeetingState.ARCHIVED})
_OF_THE_TEAM = frozenset({ObservationState.RECEIVED, ObservationState.QUALIFIED,
                          ObservationState.LINKED, ObservationState.SET_ASIDE})

TABLE: dict[str, Rights] = {
    "plan": _all(COORDINATION), "axis": _all(COORDINATION), "objective": _all(COORDINATION),
    "indicator": _all(COORDINATION), "charter": _all(COORDINATION), "clause": _all(COORDINATION),
    "commitment": _all(COORDINATION), "term": _all(COORDINATION),
    "place": _all(COORDINATION), "collective": _all(COORDINATION), "dispositif": _all(COORDINATION),
    "indicator_value": _all(OFFICE),
    # To ask for an accord is anyone's; all the rest, with what later versions add, is the party's.
    "validation": Rights(None, None, None, (
        Fields(
            frozenset({"action_id", "party", "asked_on", "until_on", "committee", "created_by_id"}),
            ANYONE),)),
    "group": _all(OFFICE, of_group=True), "membership": _all(OFFICE, of_group=True),
    "minutes_version": _all(OFFICE),
    "decision": _all(ANYONE, Fields(frozenset({"number"}), OFFICE)),
    "meeting": _all(ANYONE,
                    Fields(frozenset({"state"}), OFFICE, frozenset(map(str, _FROM_VALIDATED)))),
    "observation": _all(
        ANYONE, Fields(frozenset({"state"}), TEAM, frozenset(map(str, _OF_THE_TEAM))),
        Fields(
            frozenset({"qualification", "discarded_reason", "action_id", "qualified_criteria",
                       "qualified_form",
                       "qualified_setting", "qualified_evidence", "qualified_elements",
                       "advised_recourse",
                       "account_erased_in", "account_erased_by"}), TEAM)),
    "feedback": _all(TEAM),
    # What was published stays.
    "release": Rights(TEAM, TEAM, frozenset()),
    "note_block": _all(ANYONE, readers_only=True), "note_update": _all(ANYONE, readers_only=True),
    "action": _all(ANYONE), "action_funding": _all(ANYONE), "follow_up": _all(ANYONE),
    "notice": _all(ANYONE), "agenda_item": _all(ANYONE), "attendance": _all(ANYONE),
    "attendance_slot": _all(ANYONE), "sheet": _all(ANYONE), "attachment": _all(ANYONE),
    "organisation": _all(ANYONE), "person": _all(ANYONE), "resource": _all(ANYONE),
    "resource_loan": _all(ANYONE), "resource_use": _all(ANYONE),
    "internship_offer": _all(ANYONE), "internship_request": _all(ANYONE),
    "internship_application": _all(ANYONE), "training": _all(ANYONE),
    "referral": _all(ANYONE), "referral_step": _all(ANYONE), "reminder": _all(ANYONE),
    "erasure_request": _all(ANYONE),
}
"""Kind of record -> who may write it. What a kind that is not in it says is written by anyone but
readers."""

DECIDING: dict[str, tuple[str, ...]] = {
    "validation": ("action_id", "party"),
    "membership": ("group_id", "person_id", "organisation_id")}
"""Kinds of which these fields decide who may write the rest: they make the id, and travel with each
edit."""

_UNLISTED = _all(ANYONE)


def rights_of(kind: str) -> Rights:
    """Return the line of the table for a kind."""
    return TABLE.get(kind, _UNLISTED)


ERASED_AT_ONCE = 50
"""How many records a package of others than the coordination erases for good without being asked
about."""


def erasers(channel: str) -> Roles:
    """Return the roles that erase for good what travels in a channel."""
    return ERASERS.get(channel, COORDINATION)


@lru_cache(maxsize=2_000)
def roles_for(kind: str, verb: Verb, field: str = "", party: str | None = None, *,
              value: str | None = None, channel: str = COMMON) -> Roles:
    """Return the roles of which a writer needs one.

    Args:
        field: the field that is written; empty for those of no group.
        party: whose answer it is, of a validation; that of any party will do where it is None.
        value: what the field is to say, where the roles hang on that; None for whatever may be
        said.
        channel: where the record travels; it decides who erases, and who writes notes.
    """
    rights = rights_of(kind)
    if verb is Verb.ERASE:
        return erasers(channel)
    needed = (rights.delete if verb is Verb.DELETE else rights.create if verb is Verb.CREATE
              else rights.edit)
    for group in rights.groups if verb is not Verb.DELETE else ():
        if field in group.names and (not group.values or value in group.values):
            needed = group.roles
    if needed is None:
        every: Roles = frozenset().union(*BY_PARTY.values())
        return every if party is None else BY_PARTY.get(party, frozenset())
    return needed & READERS.get(channel, EVERY_ROLE) if rights.readers_only else needed


def may(roles: Roles, kind: str, verb: Verb = Verb.EDIT, fields: Iterable[str] = ("",),
        party: str | None = None, *, channel: str = COMMON) -> bool:
    """Whether a computer with these roles may do something to records of a kind. No role: no
    collective, no bar.

    Where it hangs on what a field is to say, it is asked of whatever may be said: see `roles_for`.
    """
    return not roles or all(roles & roles_for(kind, verb, name, party, channel=channel)
                            for name in fields)


def party_of(record_id: bytes, action_id: bytes | None) -> str | None:
    """Return the party that a validation stands for, by its id, which is made of it; None where it
    is made of no party."""
    if action_id is None:
        return None
    action = uuid.UUID(bytes=action_id)
    return next((str(party) for party in BY_PARTY if
                 beside(derived_id("validation", action, party), action).bytes == record_id), None)


def is_of_group(record_id: bytes, group_id: bytes | None, members: Iterable[bytes | None]) -> bool:
    """Whether a membership is one of this group, by its id, which is made of the group and one of
    these members."""
    if group_id is None:
        return False
    group = uuid.UUID(bytes=group_id)
    return any(derived_id("membership", group, uuid.UUID(bytes=member)).bytes == record_id
               for member in members if member is not None)


def refusals(kind: str, verb: Verb, values: dict[str, object], party: str | None, channel: str,
             roles: Roles) -> Iterator[Roles]:
    """Yield the roles that would be needed, for each thing of a gesture that these roles may not
    do."""
    by_value = {name for group in rights_of(kind).groups if group.values for name in group.names}
    for name, value in values.items():
        acts = Verb.DELETE if name == "deleted" else verb
        said = str(value) if name in by_value and value is not None else None
        needed = roles_for(kind, acts, name, party, value=said, channel=channel)
        if not roles & needed:
            yield needed


def refuse(kind: str, verb: Verb, values: dict[str, object], party: str | None, channel: str,
           roles: Roles) -> None:
    """AppError, which says who may, where the certificate of this computer lacks the role: the
    others would not take what it writes. `values`: what is written, by the name of its field."""
    if not roles:
        return
    for needed in refusals(kind, verb, values, party, channel, roles):
        if READER in roles and len(roles) == 1:
            raise AppError(_("This computer reads and writes nothing."),
                           _("The coordination gives the roles."))
        if not needed:
            raise AppError(_("What was published stays: it is neither changed nor deleted."))
        raise AppError(_("Only a computer with this role may write that: {roles}.").format(
            roles=names_of(needed)),
                       _("Ask the person who has it; the coordination gives the roles."))


def names_of(roles: Roles) -> str:
    """Roles in words."""
    return ", ".join(label("role", role).lower() for role in sorted(roles))
