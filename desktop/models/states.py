"""The states that records go through, and the questions that rules ask of them. The codes are
stored: a file format."""

from datetime import date, timedelta
from enum import StrEnum


class MeetingState(StrEnum):
    """From the first word to the archive: draft, convened, held, minutes drafted, validated,
    corrected, archived."""

    DRAFT = "brouillon"
    CONVENED = "convoquee"
    IN_SESSION = "en_seance"
    MINUTES_DRAFT = "projet"
    VALIDATED = "valide"
    CORRECTION = "rectification"
    ARCHIVED = "archivee"


class MinutesState(StrEnum):
    """What a version of the minutes is."""

    DRAFT = "projet"
    VALIDATED = "valide"
    CORRECTION = "rectificatif"


class AttendanceState(StrEnum):
    """How somebody was at a meeting; a row exists from the convocation on."""

    EXPECTED = "attendu"
    PRESENT = "present"
    REMOTE = "distance"
    REPRESENTED = "represente"
    EXCUSED = "excuse"
    ABSENT = "absent"


class ActionState(StrEnum):
    """From the idea to its end."""

    IDEA = "idee"
    PROPOSED = "proposee"
    TO_VALIDATE = "a_valider"
    UNDER_WAY = "en_cours"
    SUSPENDED = "suspendue"
    DONE = "faite"
    GIVEN_UP = "abandonnee"


class ValidationAnswer(StrEnum):
    """What a party says to an action."""

    GIVEN = "donnee"
    REFUSED = "refusee"


class Party(StrEnum):
    """Whose accord an action of the politique de la ville needs."""

    STATE = "etat"
    AGGLOMERATION = "agglo"


class NoticeHow(StrEnum):
    """How the members were told of an action."""

    MEETING = "reunion"
    MESSAGE = "message"


class ReminderHow(StrEnum):
    """How a reminder went out."""

    PAPER = "imprimee"
    MESSAGE = "message"
    SPOKEN = "oral"


class ReminderAbout(StrEnum):
    """What an organisation was reminded of."""

    LATE = "retard"
    HAS_VALIDATED = "validation"
    INFORMS = "information"
    SHARES = "partage"
    ADEQUACY = "adequation"
    TRAINED = "formation"
    CHARTER = "charte"


class Evidence(StrEnum):
    """By which rule the records of the collective show that a clause of the charter is kept."""

    TRAINED = "formation"
    TAKES_PART = "participation"
    SHARES = "partage"
    HAS_VALIDATED = "validation"
    INFORMS = "information"
    CONFIDENTIALITY = "confidentialite"
    ADEQUACY = "adequation"
    OBSERVATORY = "observatoire"
    RESOURCES = "ressources"


class ObservationState(StrEnum):
    """From the worker's draft to what the watch group made of it."""

    DRAFT = "brouillon"
    HANDED_IN = "transmise"
    RECEIVED = "recue"
    QUALIFIED = "qualifiee"
    LINKED = "liee"
    SET_ASIDE = "ecartee"


ENTERED = "saisie"
"""Stands for HANDED_IN wherever it is read while the observation has not left this computer; it is
never stored."""
SHOWN_OBSERVATION_STATES = (ObservationState.DRAFT, ENTERED, *tuple(ObservationState)[1:])
"""What its author reads of an observation, in the order of the work."""


def shown_state(observation: str, *, has_left: bool) -> str:
    """Return what its author reads: entered, until what was handed in has left this computer."""
    return ENTERED if observation == ObservationState.HANDED_IN and not has_left else observation


class ReferralState(StrEnum):
    """How far a referral is."""

    PROPOSED = "proposee"
    ACCEPTED = "acceptee"
    CONTACT_MADE = "contact_pris"
    UNDER_WAY = "en_cours"
    CLOSED = "close"


class ApplicationAnswer(StrEnum):
    """What an organisation said to an application for an internship; silence is told by the months
    that pass."""

    WAITING = "attente"
    ACCEPTED = "acceptee"
    REFUSED = "refusee"
    NO_ANSWER = "sans_reponse"


class QpvAnswer(StrEnum):
    """Whether who searches lives in a neighbourhood of the politique de la ville."""

    YES = "oui"
    NO = "non"


class JournalWhat(StrEnum):
    """What is written into the journal of a computer."""

    ERASED = "erased"
    LEFT = "left"
    PRINTED = "printed"
    SAVED = "saved"
    SENT = "sent"
    EXPORTED = "exported"
    COPIED = "copied"
    PUBLISHED = "published"
    LET_IN = "let in"
    REMOVED = "removed"
    ROLES = "roles"
    READERS = "readers"


class ResourceKind(StrEnum):
    """What the members share, where a rule hangs on it."""

    TOOL = "outil"
    SPEAKER = "intervenant"
    DOCUMENT = "document"
    PLACE = "lieu"
    VALIDATION = "validation"
    MEMORY = "memoire"


POLITIQUE_DE_LA_VILLE = "politique_de_la_ville"
"""The funding whose actions need both accords."""

SILENT_AFTER_DAYS = 15
"""Days without a word after which an application for an internship counts as unanswered."""

_FROZEN = frozenset({MeetingState.VALIDATED, MeetingState.ARCHIVED})
_BEFORE = frozenset({MeetingState.DRAFT, MeetingState.CONVENED})
_ENDED = frozenset({ActionState.DONE, ActionState.GIVEN_UP})
_RUNNING = frozenset({ActionState.UNDER_WAY, ActionState.DONE})
_THERE = frozenset({AttendanceState.PRESENT, AttendanceState.REMOTE})
_COUNTED = _THERE | {AttendanceState.REPRESENTED}
_IN_FIGURES = frozenset(
    {ObservationState.RECEIVED, ObservationState.QUALIFIED, ObservationState.LINKED})
_WITH_AUTHOR = frozenset({ObservationState.DRAFT, ObservationState.HANDED_IN})
_SETTLED = frozenset({ObservationState.LINKED, ObservationState.SET_ASIDE})
_ANSWERS = frozenset(ApplicationAnswer)


def is_frozen(meeting: str | None) -> bool:
    """Whether the minutes of a meeting are validated: its notes and its roll-call stay as they
    are."""
    return meeting in _FROZEN


def is_planned(meeting: str | None) -> bool:
    """Whether a meeting has not begun."""
    return meeting in _BEFORE


def was_held(meeting: str | None) -> bool:
    """Whether a meeting took place, or is taking place."""
    return meeting is not None and meeting not in _BEFORE


def is_over(meeting: str | None) -> bool:
    """Whether the session of a meeting was closed."""
    return was_held(meeting) and meeting != MeetingState.IN_SESSION


def is_open(action: str | None) -> bool:
    """Whether an action still waits for its end."""
    return action not in _ENDED


def needs_accords(action: str | None, funding: str | None) -> bool:
    """Whether an action in this state may be so only with both accords."""
    return funding == POLITIQUE_DE_LA_VILLE and action in _RUNNING


def is_funded(source: str | None) -> bool:
    """Whether a contribution is of the politique de la ville."""
    return source == POLITIQUE_DE_LA_VILLE


def is_there(attendance: str | None) -> bool:
    """Whether somebody takes part: in the room or from afar."""
    return attendance in _THERE


def counts_for_quorum(attendance: str | None, remote_counts: bool = True) -> bool:
    """Whether somebody counts for the quorum, in person or by who holds their voice; the remote do
    if the meeting says so."""
    return attendance in _COUNTED and (remote_counts or attendance != AttendanceState.REMOTE)


def counts_in_figures(observation: str | None) -> bool:
    """Whether an observation is one of those that the observatory counts: received, and not set
    aside."""
    return observation in _IN_FIGURES


def is_with_author(observation: str | None) -> bool:
    """Whether an observation is still its author's to correct: the watch group has not taken it
    in."""
    return observation is None or observation in _WITH_AUTHOR


def is_settled(observation: str | None) -> bool:
    """Whether the watch group has said what became of an observation: linked to an action, or set
    aside."""
    return observation in _SETTLED


def answer_by(answer: str | None, sent_month: str | None, today: date) -> ApplicationAnswer:
    """Return what an application came to by a day: silence, once 15 days have passed since the end
    of the month it was sent in.

    The day on which it was sent is not kept: the last of the month is the latest that it can be.
    """
    said = ApplicationAnswer(answer) if answer in _ANSWERS else ApplicationAnswer.WAITING
    if said != ApplicationAnswer.WAITING or not sent_month:
        return said
    year, month = int(sent_month[:4]), int(sent_month[5:7])
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return ApplicationAnswer.NO_ANSWER if today > last + timedelta(days=SILENT_AFTER_DAYS) else said
