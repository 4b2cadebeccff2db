"""What the strip and the screens say of the exchange: from receipts and what the last round met,
never more."""

from dataclasses import dataclass
from datetime import date, datetime

from desktop.base.dates.french import DAYS_FR, short_date, time_of
from desktop.base.i18n import _, language, ngettext
from desktop.queries.sync import SyncState
from desktop.sync.stores.storage import StoreProblem
from desktop.sync.trust.alarms import WORDS
from desktop.ui.screen.rounds import Course

NO_NETWORK = frozenset(
    {StoreProblem.OFFLINE, StoreProblem.NAME, StoreProblem.TIMEOUT, StoreProblem.PROXY})


@dataclass(frozen=True)
class Sign:
    """How the strip looks: a drawing, the tone of its colour, the words."""

    icon: str
    tone: str
    words: str


def when_words(moment: datetime, today: date) -> str:
    """Return the day and the hour, in this computer's time: mar. 14 h 02, or the date when it is
    more than six days before `today`."""
    here = moment.astimezone() if moment.tzinfo else moment
    days = (today - here.date()).days
    day = DAYS_FR[here.weekday()][:3] + "." if language() == "fr" else f"{here:%a}"
    return f"{day if 0 <= days < 7 else short_date(here.date())} {time_of(here)}"


def trust_words(state: SyncState, today: date) -> str:
    """Return what is kept, what waits, when it last left."""
    parts = [_("Everything is kept on this computer")]
    if state.store is None and state.last_success is None:
        # Nothing leaves before a folder is chosen: a count would only worry who has just begun.
        return " · ".join((*parts, _("no shared folder chosen")))
    if state.to_send:
        parts.append(ngettext("{count} change to send", "{count} changes to send", state.to_send)
                     .format(count=state.to_send))
    elif state.last_success is not None:
        parts.append(_("nothing to send"))
    if state.last_success is not None:
        parts.append(_("last exchange {when}").format(when=when_words(state.last_success, today)))
    else:
        parts.append(_("never exchanged yet"))
    return " · ".join(parts)


def trouble_words(course: Course) -> str:
    """Return the trouble in two or three words; the screen of synchronisation says it whole."""
    trouble = course.store_problem
    if trouble in NO_NETWORK:
        return _("no network")
    return {
        StoreProblem.PORTAL: _("connection to validate in a web page"),
        StoreProblem.PASSWORD: _("password of the shared folder refused"),
        StoreProblem.FORBIDDEN: _("access to the shared folder refused"),
        StoreProblem.OTHERS: _("wrong shared folder"),
        StoreProblem.ABSENT: _("shared folder not found"),
        StoreProblem.ADDRESS: _("wrong address of the shared folder"),
        StoreProblem.FULL: _("shared folder full"),
        StoreProblem.REMOVED: _("this computer was removed from the collective"),
        StoreProblem.NEWER: _("a newer Carnet is needed"),
        StoreProblem.CERTIFICATE: _("the server is not who it says"),
        StoreProblem.HOST_KEY: _("the server shows another key"),
        StoreProblem.MET: _("the server is not known yet"),
        StoreProblem.BUSY: _("server busy"),
        StoreProblem.SPOILT: _("format.json is to be put back"),
        StoreProblem.MISSING: _("format.json is to be put back"),
        StoreProblem.EMPTIED: _("the shared folder is empty"),
    }.get(trouble, _("the exchange failed")) if trouble is not None else _("the exchange failed")


def clock_words(ahead: float) -> str:
    """By how much this computer's clock is off, and which way; `ahead` in seconds."""
    minutes = round(abs(ahead) / 60)
    hours = round(minutes / 60)
    days = round(hours / 24)
    if minutes < 120:
        much = ngettext("{count} min", "{count} min", minutes).format(count=minutes)
    elif hours < 48:
        much = ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    else:
        much = ngettext("{count} day", "{count} days", days).format(count=days)
    return (_("the clock of this computer is {much} ahead of the server's") if ahead > 0 else
            _("the clock of this computer is {much} behind the server's")).format(much=much)


def _alarm_words(kinds: tuple[str, ...]) -> str:
    """Return what is to be looked at, in a few words: the newest, and how many more."""
    more = f" (+{len(kinds) - 1})" if len(kinds) > 1 else ""
    return _("to be looked at: {what}").format(what=_(WORDS[kinds[0]].short)) + more


def course_words(course: Course) -> str:
    """How far an exchange that runs is: Receiving 3 / 9."""
    words = course.step or _("Exchanging")
    if course.whole:
        words += f" {course.done}\u202f/\u202f{course.whole}"
    return words


def running_sign(course: Course) -> Sign:
    """Return what the strip shows while an exchange runs."""
    return Sign("refresh-cw", "accent",
                " · ".join((_("Everything is kept on this computer"), course_words(course))))


def sign_of(state: SyncState, course: Course, today: date) -> Sign:
    """Return what the strip shows; never more than receipts prove."""
    if course.running:
        return running_sign(course)
    if course.error is not None:
        calm = course.store_problem in NO_NETWORK
        first, *rest = trust_words(state, today).split(" · ")
        return Sign("cloud-upload" if calm else "triangle-alert", "neutral" if calm else "warn",
                    " · ".join((first, trouble_words(course), *rest)))
    if state.alarms:
        first, *rest = trust_words(state, today).split(" · ")
        return Sign("triangle-alert", "warn",
                    " · ".join((first, _alarm_words(state.alarms), *rest)))
    if state.refused:
        return Sign("triangle-alert", "warn", " · ".join((trust_words(state, today), ngettext(
            "{count} package refused", "{count} packages refused",
            state.refused).format(count=state.refused))))
    if course.awaits_approval:
        return Sign("clock", "warn", " · ".join((_("Everything is kept on this computer"),
                                                 _("the coordination has not let this computer in "
                                                   "yet"))))
    if state.ahead is not None and state.clock_is_off:
        first, *rest = trust_words(state, today).split(" · ")
        return Sign("clock", "warn", " · ".join((first, clock_words(state.ahead), *rest)))
    waiting = state.to_send > 0 or state.last_success is None
    return Sign("cloud-upload" if waiting else "shield-check", "warn" if waiting else "ok",
                trust_words(state, today))
