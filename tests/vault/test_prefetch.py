"""Questions asked ahead: taken while they hold, asked anew otherwise, and never what may reach into
the window."""

import uuid
from threading import Thread

import pytest
from sqlalchemy.orm import Session

from desktop.base.errors import AppError, LockedError
from desktop.commands.actions import create_action
from desktop.queries.actions import actions_of
from desktop.queries.records import record_for_form
from desktop.vault import Vault
from desktop.vault.prefetch import LAST, Prefetched, QueryLog


def _titles(session: Session, least: int = 0) -> list[str]:
    return [row.title for row in actions_of(session) if len(row.title) >= least]


def _noted(vault: Vault) -> QueryLog:
    asked = QueryLog()
    vault.asking.note_in(asked)
    return asked


def test_an_answer_holds_until_something_is_written(vault: Vault) -> None:
    vault.do(create_action, "Relancer")
    asked = _noted(vault)
    assert vault.ask(_titles) == ["Relancer"]
    answers = vault.asking.ahead(vault.ask, list(asked))
    with vault.asking.foreseen(answers):
        assert vault.ask(_titles) is next(iter(answers.of.values()))
        vault.do(create_action, "Écrire")
        assert sorted(vault.ask(_titles)) == ["Relancer", "Écrire"]
    assert not vault.asking.holds(answers)


def test_what_is_asked_twice_within_is_answered_once_until_it_is_written(vault: Vault) -> None:
    vault.do(create_action, "Relancer")
    with vault.asking.foreseen(Prefetched(vault.asking.written, {})):
        assert vault.ask(_titles) is vault.ask(_titles)
        assert vault.ask(_titles, 3) is not vault.ask(_titles)
        vault.do(create_action, "Écrire")
        assert sorted(vault.ask(_titles)) == ["Relancer", "Écrire"]


def test_what_was_written_while_it_was_asked_spoils_it(vault: Vault) -> None:
    asked = _noted(vault)
    vault.ask(_titles)
    writing = [lambda: vault.do(create_action, "Écrire")]

    def ask(query: object, *args: object) -> object:
        said = vault.ask(query, *args)  # type: ignore[arg-type]
        writing.pop()()
        return said

    answers = vault.asking.ahead(ask, list(asked))
    with vault.asking.foreseen(answers):
        assert vault.ask(_titles) == ["Écrire"]


def test_who_opens_the_vault_again_takes_nothing_of_before(vault: Vault) -> None:
    asked = _noted(vault)
    vault.ask(_titles)
    answers = vault.asking.ahead(vault.ask, list(asked))
    key = vault.data_key
    vault.lock()
    vault.unlock_with_key(key)
    assert not vault.asking.holds(answers)


def test_a_question_that_has_no_answer_any_more_is_left_out(vault: Vault) -> None:
    asked = _noted(vault)
    with pytest.raises(AppError):
        vault.ask(record_for_form, uuid.uuid4())
    vault.ask(_titles)
    answers = vault.asking.ahead(vault.ask, list(asked))
    assert [question.query for question in answers.of] == [_titles]
    vault.lock()
    with pytest.raises(LockedError):
        vault.asking.ahead(vault.ask, list(asked))


def test_another_thread_notes_nothing_and_takes_nothing(vault: Vault) -> None:
    asked = _noted(vault)
    vault.ask(_titles, 3)
    answers = vault.asking.ahead(vault.ask, list(asked))
    said: list[object] = []
    with vault.asking.foreseen(answers):
        thread = Thread(target=lambda: said.extend((vault.ask(_titles, 3), vault.ask(_titles, 99))))
        thread.start()
        thread.join()
    assert said[0] == [] and said[0] is not next(iter(answers.of.values()))
    assert [question.args for question in asked] == [(3,)]


def test_of_a_query_the_last_askings_are_noted(vault: Vault) -> None:
    asked = _noted(vault)
    for least in (*range(LAST + 3), LAST + 1):
        vault.ask(_titles, least)
    assert sorted(question.args for question in asked) == [(least,) for least in range(3, LAST + 3)]
    assert list(asked)[-1].args == (LAST + 1,)


def test_what_may_reach_into_the_window_is_not_noted(vault: Vault) -> None:
    asked, shown = _noted(vault), ["the choice of a list"]

    class Screen:
        def rows(self, session: Session) -> list[str]:
            return _titles(session)

    vault.ask(Screen().rows)
    vault.ask(lambda session: [*shown, *_titles(session)])
    vault.ask(lambda _session, words: words, shown)
    assert list(asked) == []
