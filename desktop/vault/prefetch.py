"""Questions asked ahead: a thread answers what another is about to ask, and the answers hold while
nothing is written."""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType
from typing import Any, TypeVar

from desktop.base.errors import AppError, LockedError

R = TypeVar("R")
LAST = 4
"""Of each query, how many of its last askings are remembered."""


@dataclass(frozen=True)
class Query:
    """A query with what it is asked for."""

    query: Callable[..., Any]
    args: tuple[Hashable, ...]


class QueryLog:
    """What was asked, each question once; of a query asked for many things, the last few."""

    def __init__(self) -> None:
        self._by_query: dict[Callable[..., Any], dict[Query, None]] = {}

    def note(self, question: Query) -> None:
        """Remember it as the last of its query."""
        known = self._by_query.setdefault(question.query, {})
        known.pop(question, None)
        known[question] = None
        if len(known) > LAST:
            del known[next(iter(known))]

    def __iter__(self) -> Iterator[Query]:
        return (question for known in self._by_query.values() for question in known)


@dataclass(frozen=True)
class Prefetched:
    """What the vault said when it had been written so many times."""

    written: int
    of: dict[Query, Any]


class _Here(threading.local):
    noted: QueryLog | None = None
    answers: Prefetched | None = None


class Prefetcher:
    """Between a vault and who asks it. `written`: how many times it was written; whoever writes
    adds to it, at the end."""

    def __init__(self) -> None:
        self.written = 0
        self._here = _Here()

    def note_in(self, asked: QueryLog | None) -> None:
        """From now on, what this thread asks is noted there, or nowhere."""
        self._here.noted = asked

    def ahead(self, ask: Callable[..., Any], questions: Iterable[Query]) -> Prefetched:
        """Return the answers to these, for another thread. LockedError where the vault is being
        locked."""
        # Counted first: what is written meanwhile spoils them all.
        written, answers = self.written, dict[Query, Any]()
        for question in questions:
            try:
                answers[question] = ask(question.query, *question.args)
            except LockedError:
                raise
            except (AppError, LookupError):
                # Of a record that is gone by now, for one: who asks it still is told so there.
                continue
        return Prefetched(written, answers)

    def holds(self, answers: Prefetched) -> bool:
        """Whether nothing was written since before they were asked for."""
        return answers.written == self.written

    @contextmanager
    def foreseen(self, answers: Prefetched | None) -> Iterator[None]:
        """Ask nothing again of what this thread asks within where it is among these, if any, and
        they still hold.

        What is not among them is added: asked twice within, a question is answered once.
        """
        self._here.answers = answers
        try:
            yield
        finally:
            self._here.answers = None

    def answer(self, ask: Callable[[], R], query: Callable[..., R], args: tuple[Any, ...]) -> R:
        """Return what `ask` says of this, or what was said of it ahead."""
        noted, known = self._here.noted, self._here.answers
        question = _question(query, args) if noted is not None or known is not None else None
        if question is not None:
            if noted is not None:
                noted.note(question)
            if known is not None and self.holds(known):
                if question not in known.of:
                    said = ask()
                    if self.holds(known):
                        known.of[question] = said
                    return said
                kept: R = known.of[question]
                return kept
        return ask()


def _question(query: Callable[..., Any], args: tuple[Any, ...]) -> Query | None:
    """None for what another thread may not ask: a method, or a function within one, may reach into
    widgets."""
    if not isinstance(query, FunctionType) or query.__closure__:
        return None
    question = Query(query, args)
    try:
        hash(question)
    except TypeError:
        return None
    return question
