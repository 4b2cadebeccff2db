"""What the palette offers: the gestures of the window, and the records that hold the words
typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.base.i18n import N_, _, language
from desktop.base.text import fold
from desktop.models.authority import TEAM
from desktop.models.leaving import ROWS_STAY
from desktop.queries.found import owner_of
from desktop.queries.observations import own_among
from desktop.reports import REPORTS
from desktop.ui.help.pages import found, pages
from desktop.ui.records.kinds import ICONS, kind_name
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.window.rail import PLACES
from desktop.vault.search.index import Hit, Only, search

MARKS = ("\ue000", "\ue001")
FOUND = 40

SCREENS = {"meeting": "meetings", "action": "actions", "observation": "observations",
           "referral": "referrals",
           "organisation": "directory", "person": "directory", "group": "directory", "axis": "plan",
           "plan": "plan",
           "charter": "charter", "clause": "charter", "commitment": "charter",
           "internship_offer": "internships", "internship_request": "internships",
           "resource": "resources"}

KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Everything"), ()),
    (N_("Meetings"), ("meeting", "agenda_item", "note_block", "decision")),
    (N_("Actions"), ("action", "follow_up", "validation", "notice")),
    (N_("Observations"), ("observation",)),
    (N_("Referrals"), ("referral", "referral_step")),
    (N_("Directory"), ("organisation", "person", "group")),
    (N_("Resources"), ("resource",)),
)


# The first words of these are a whole text: it is shown where the words were found.
UNTITLED = frozenset({"observation", "follow_up"})


@dataclass(frozen=True)
class PaletteEntry:
    """One line of the palette; `about` says at the right what it is, `snippet` below where the
    words stand.

    `stays`: choosing it leaves the palette open.
    """

    title: str
    about: str
    icon: str
    run: Callable[[], None]
    snippet: str = ""
    stays: bool = False


def gestures(desk: Desk, current: Workspace | None, lock: Callable[[], None],
             make: dict[str, Callable[[], None]]) -> list[PaletteEntry]:
    """Screens, records to begin, documents of what is open, and the rest of the window."""
    found = [PaletteEntry(_(place.title), _("Go to"), place.icon, partial(desk.go, place.name))
             for place in PLACES]
    found += [PaletteEntry(title, _("Create"), "plus", run) for title, run in make.items()]
    if current is not None:
        found += [
            PaletteEntry(REPORTS[p.report].label, _("Print"), "printer", partial(desk.print, [p]))
                  for p in current.printables()]
    found += [
        PaletteEntry(_("Undo the last gesture"), "Ctrl+Z", "refresh-cw", lambda: desk.undo(None)),
              PaletteEntry(_("Lock"), "Ctrl+L", "lock", lock)]
    return found


def help_pages(desk: Desk) -> list[PaletteEntry]:
    """Each page of the help by its title."""
    return [PaletteEntry(page.title, _("Help"), "circle-question-mark",
                         partial(desk.help_on, page.name))
            for page in pages(language())]


def found_pages(desk: Desk, words: str) -> list[PaletteEntry]:
    """Return the pages of the help that hold the words."""
    return [PaletteEntry(hit.page.title, _("Help"), "circle-question-mark",
                  partial(desk.help_on, hit.page.name),
                  f"{hit.before}{MARKS[0]}{hit.word}{MARKS[1]}{hit.after}" if hit.word else "")
            for hit in found(pages(language()), words)]


def matching(entries: Sequence[PaletteEntry], words: str) -> list[PaletteEntry]:
    """Return the entries in which each word begins a word, accents ignored."""
    wanted = fold(words).split()
    return [entry for entry in entries
            if all(any(part.startswith(word)
                       for part in fold(f"{entry.title} {entry.about}").replace("'", " ").split())
                   for word in wanted)]


def found_records(desk: Desk, words: str, kinds: Sequence[str],
                  only: Only | None = None) -> list[PaletteEntry]:
    """Return the records that hold the words and that `only` lets through, each opening its
    page."""
    hits = desk.vault.ask(search, words, kinds, FOUND, MARKS, only)
    roles = desk.vault.identity.roles
    if roles and not roles & TEAM:
        # Who reads the channel without being of the team sees one's own alone.
        own = desk.vault.ask(own_among, tuple(hit.id for hit in hits if hit.kind in ROWS_STAY),
                             desk.vault.identity.person_id)
        hits = [hit for hit in hits if hit.kind not in ROWS_STAY or hit.id in own]
    return [_entry(desk, hit) for hit in hits]


def _entry(desk: Desk, hit: Hit) -> PaletteEntry:
    def open_it() -> None:
        kind, record_id = desk.vault.ask(owner_of, hit.kind, hit.id)
        screen = SCREENS.get(kind)
        if screen is None:
            desk.messages.say(_("This is kept, but no screen shows it yet."))
            return
        desk.go(screen, record_id)

    title = hit.title or _("(without a title)")
    snippet = hit.snippet
    if hit.kind in UNTITLED:
        title = kind_name(hit.kind)
        snippet = snippet or hit.title
    elif plain(snippet).strip("…") in title:
        snippet = ""
    return PaletteEntry(title, kind_name(hit.kind), ICONS.get(hit.kind, "search"), open_it, snippet)


def plain(snippet: str) -> str:
    """Return a snippet without its marks."""
    return snippet.replace(MARKS[0], "").replace(MARKS[1], "")
