"""What narrows a search of the palette, as it is typed: "kind:action with:benali since:march
before:12/01/2026"."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.base.dates.french import day_words, first_day, long_date
from desktop.base.errors import AppError
from desktop.base.i18n import N_, _, language
from desktop.base.text import fold
from desktop.ui.records.kinds import ICONS, NAMES, kind_name
from desktop.ui.screen.workspace import Desk
from desktop.vault.search.index import Only, indexed_kinds, titled

_NAMES = {"type": "kind", "genre": "kind", "kind": "kind", "avec": "with", "with": "with",
          "depuis": "since", "since": "since",
          "avant": "before", "before": "before"}
"""Both languages are understood, whichever is read; « genre » was the word before « type »."""
PREFIXES = (("kind", N_("kind:"), N_("one kind of record: action, meeting, decision…")),
            ("with", N_("with:"), N_("what a person wrote, carries or attended")),
            ("since", N_("since:"), N_("from a day on: march, monday, 12/01/2026…")),
            ("before", N_("before:"), N_("before a day: march, monday, 12/01/2026…")))
_ME = {"moi", "me"}
_TOKEN = re.compile(rf'(?<!\S)({"|".join(_NAMES)})\s?:\s*("[^"]*"?|“[^”]*”?|«[^»]*»?|[^\s"“«]*)',
                    re.IGNORECASE)
_QUOTES = "\"“”«» \u00a0\u202f"
MOST_PEOPLE, OFFERED = 20, 8


@dataclass(frozen=True)
class Filter:
    """One filter in force; `words` is what its chip says."""

    what: str
    words: str
    kinds: tuple[str, ...] = ()
    people: tuple[uuid.UUID, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class FilterToken:
    """A filter in the text typed, from `start` to `end`; `closed` once something else is typed
    after it."""

    what: str
    value: str
    start: int
    end: int
    closed: bool


@dataclass(frozen=True)
class Completion:
    """One way to complete a token."""

    title: str
    about: str
    icon: str
    filter: Filter


def tokens_in(text: str) -> list[FilterToken]:
    """Return the filters that the text holds, in their order."""
    found = []
    for match in _TOKEN.finditer(text):
        given = match[2]
        value = given.strip(_QUOTES)
        ended = (given[-1:] in "\"”»" and len(given) > 1 if given[:1] in ("\"", "“", "«")
                 else match.end() < len(text))
        found.append(FilterToken(_NAMES[match[1].lower()], value, match.start(), match.end(),
                           bool(value) and ended))
    return found


def without(text: str, tokens: Sequence[FilterToken]) -> str:
    """Return the text with these tokens taken out."""
    for token in reversed(tokens):
        text = text[:token.start] + text[token.end:].lstrip()
    return text


def only_of(filters: Sequence[Filter]) -> Only:
    """Return what the filters ask of a search; AppError where no day is both since and before."""
    since = next((f.day for f in filters if f.what == "since"), None)
    before = next((f.day for f in filters if f.what == "before"), None)
    if since is not None and before is not None and since >= before:
        raise AppError(_("No day is both since {since} and before {before}.")
                       .format(since=_day(since), before=_day(before)),
                       _("Backspace takes the last filter away."))
    return Only(tuple(kind for f in filters for kind in f.kinds),
                tuple(f.people for f in filters if f.people), since, before)


def joined(filters: Sequence[Filter], new: Filter) -> list[Filter]:
    """Return the filters with one more; a second day takes the place of the first."""
    return [f for f in filters
            if f != new and not (new.day is not None and f.what == new.what)] + [new]


def filter_of(desk: Desk, token: FilterToken) -> Filter:
    """Return what a token means; AppError says in words why it means nothing."""
    if token.what == "kind":
        return _of_kind(token.value)
    if token.what == "with":
        return _of_people(desk, token.value)
    return _of_day(token.what, token.value, desk.today())


def offers_for(desk: Desk, token: FilterToken) -> list[Completion]:
    """Return what a token may become, the likeliest first."""
    if token.what == "kind":
        return [
            Completion(kind_name(kind), _("Filter"), ICONS.get(kind, "search"), _kind_filter(kind))
                for kind in _kinds_named(token.value)]
    if token.what == "with":
        return _people_offered(desk, token.value)
    return _days_offered(token, desk.today())


def _of_kind(value: str) -> Filter:
    found = _kinds_named(value)
    exact = [kind for kind in found if _plain(kind_name(kind)) == _plain(value)]
    if len(exact or found) == 1:
        return _kind_filter((exact or found)[0])
    if found:
        raise AppError(_("Several kinds of records are called “{value}”.").format(value=value),
                       _("Choose one of them."))
    raise AppError(_("No kind of record is called “{value}”.").format(value=value),
                   _("Choose one of these."))


def _kinds_named(value: str) -> list[str]:
    wanted = _plain(value).split()
    kinds = sorted((kind for kind in indexed_kinds() if kind in NAMES),
                   key=lambda kind: fold(kind_name(kind)))
    return [kind for kind in kinds
            if all(any(part.startswith(word) for part in _plain(kind_name(kind)).split())
                   for word in wanted)]


def _plain(name: str) -> str:
    """For comparing names: without accents, nor the sign of a plural."""
    return " ".join(word.rstrip("s")
                    for word in fold(name).replace("-", " ").replace("'", " ").split())


def _kind_filter(kind: str) -> Filter:
    return Filter("kind", _("kind: {kind}").format(kind=kind_name(kind)), kinds=(kind,))


def _of_people(desk: Desk, value: str) -> Filter:
    if fold(value) in _ME:
        return _me(desk)
    hits = desk.vault.ask(titled, value, "person", MOST_PEOPLE + 1)
    if not hits:
        raise AppError(_("Nobody in the directory is called “{value}”.").format(value=value),
                       _("Type the beginning of a family name or of a given name."))
    if len(hits) > MOST_PEOPLE:
        raise AppError(_("Too many people are called “{value}”.").format(value=value),
                       _("Type more letters of the name."))
    words = (hits[0].title if len(hits) == 1
             else _("{value} ({count} people)").format(value=value, count=len(hits)))
    return Filter("with", _("with {name}").format(name=words), people=tuple(hit.id for hit in hits))


def _me(desk: Desk) -> Filter:
    me = desk.vault.identity.person_id
    if me is None:
        raise AppError(_("This computer is not tied to a person of the directory yet."))
    return Filter("with", _("with me"), people=(me,))


def _people_offered(desk: Desk, value: str) -> list[Completion]:
    found = []
    if (desk.vault.identity.person_id is not None
        and any(word.startswith(fold(value)) for word in _ME)):
        found.append(Completion(_("me"), _("Person"), "users", _me(desk)))
    hits = desk.vault.ask(titled, value, "person", OFFERED) if value else []
    return found + [Completion(hit.title, hit.snippet.partition(" · ")[0], "users",
                          Filter("with", _("with {name}").format(name=hit.title), people=(hit.id,)))
                    for hit in hits]


def _of_day(what: str, value: str, today: date) -> Filter:
    day = first_day(value, today)
    if day is None:
        raise AppError(_("“{value}” is no date.").format(value=value),
                       _("Write for instance march, march-2025, monday, 12/01/2026."))
    words = _("since {day}") if what == "since" else _("before {day}")
    return Filter(what, words.format(day=_day(day)), day=day)


def _days_offered(token: FilterToken, today: date) -> list[Completion]:
    """Return the word or the date as it is typed, then the words that begin so, each with the day
    that it means."""
    words = [word for word in day_words() if fold(word).startswith(fold(token.value))]
    typed = first_day(token.value, today)
    if typed is not None and typed not in {first_day(word, today) for word in words}:
        words.insert(0, token.value)
    found = [(word, _of_day(token.what, word, today)) for word in words[:OFFERED]]
    return [Completion(word, one.words, "calendar-days", one) for word, one in found]


def _day(day: date) -> str:
    return (long_date(day, weekday=False) if language() == "en"
            else f"le\u00a0{long_date(day, weekday=False)}")
