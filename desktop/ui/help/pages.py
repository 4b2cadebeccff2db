"""The pages of the help: where they lie, what they say, and which of them hold some words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desktop.base.paths import resource
from desktop.base.text import fold

ORDER = ("start", "today", "meetings", "decisions", "actions", "observations", "referrals",
         "directory", "charter", "plan",
         "trainings", "internships", "resources", "observatory", "sync", "computers", "settings",
         "places", "bin",
         "rights", "trust")
"""As they are listed. All but the first and the last two are named as the screen that they are
about."""
AROUND = 44
WORD = re.compile(r"\w+")
_LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")
_MARKS = re.compile(r"^#+ |^- |[*`]", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page: its file without the ending, its first line, its Markdown."""

    name: str
    title: str
    text: str

    @property
    def screen(self) -> str:
        """The screen it is about; empty where it is about none."""
        return self.name if self.name not in ("start", "computers", "rights", "trust") else ""

    def picture(self, language: str) -> Path | None:
        """Return the picture of its screen, as packaging/pictures.py drew it; None where the page
        is about no screen."""
        return resource("help", "pictures", language, f"{self.name}.png") if self.screen else None

    @property
    def plain(self) -> str:
        """The words without the signs of Markdown."""
        return _MARKS.sub("", _LINK.sub(r"\1", self.text))

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [target for _words, target in _LINK.findall(self.text)]


@lru_cache(maxsize=2)
def pages(language: str) -> tuple[Page, ...]:
    """Return the pages in one language, in their order."""
    made = []
    for name in ORDER:
        text = resource("help", language, f"{name}.md").read_text("utf-8")
        made.append(Page(name, text.partition("\n")[0].removeprefix("# "), text))
    return tuple(made)


@dataclass(frozen=True)
class HelpMatch:
    """A page that holds the words sought: the line around the first of them, with its place
    there."""

    page: Page
    before: str
    word: str
    after: str


def found(among: Sequence[Page], words: str) -> list[HelpMatch]:
    """Return the pages in which each word sought begins a word, accents ignored; those whose title
    holds one come first."""
    wanted = WORD.findall(fold(words))
    hits = []
    for page in among:
        text = page.plain
        places = [re.search(rf"\b{re.escape(word)}", fold(text)) for word in wanted]
        if wanted and all(places):
            in_title = any(token.startswith(wanted[0]) for token in WORD.findall(fold(page.title)))
            hits.append((not in_title, _around(page, wanted[0])))
    return [hit for _rank, hit in sorted(hits, key=lambda pair: pair[0])]


def _around(page: Page, word: str) -> HelpMatch:
    # Letters may be more or fewer once folded, so the place is looked for word by word.
    body = page.plain.partition("\n")[2]
    for token in WORD.finditer(body):
        if fold(token[0]).startswith(word):
            line = body.rfind("\n", 0, token.start()) + 1
            end = body.find("\n", token.end())
            first = max(line, token.start() - AROUND)
            return HelpMatch(page, ("…" if first > line else "") + body[first:token.start()],
                             token[0],
                         body[token.end():end if end >= 0 else len(body)])
    return HelpMatch(page, "", "", body.strip().partition("\n")[0])
