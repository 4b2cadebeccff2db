"""Notes taken apart and put together: nothing is lost, and words stay in the channel of their
line."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.note_lines import (
    Apart,
    is_apart,
    joined,
    lines_of,
    put_together,
    sign_of,
    taken_apart,
    without_sign,
)
from desktop.models.notes import Embed, Segment

ACTION = Embed("action", uuid.UUID(int=7))
signs = st.sampled_from(("", "", "~", "~ ", "~~", "?", "? ", "~?", "~ ?", " ~", "a~", "a ?"))
line = st.tuples(signs, st.text("abé ~?", max_size=6), st.booleans()).map(
    lambda drawn: [part for part in (drawn[0] + drawn[1], ACTION if drawn[2] else "")
                   if part != ""])
whole = st.lists(line, max_size=6).map(joined)


def new_id(_audience: str) -> uuid.UUID:
    return uuid.uuid4()


def table(placed: list[Apart]) -> dict[uuid.UUID, Apart]:
    return {one.id: one for one in placed}


@given(whole)
def test_what_is_taken_apart_is_put_together_as_it_was(text: list[Segment]) -> None:
    common, placed = taken_apart(text, [], new_id)
    assert put_together(common, table(placed)) == text
    assert not any(is_apart(line) for line in lines_of(common))
    assert [one.id for one in placed] == [part.id for part in common
                                          if isinstance(part, Embed) and part != ACTION]


@given(whole, whole)
def test_a_line_keeps_its_id_only_within_its_channel(before: list[Segment],
                                                     after: list[Segment]) -> None:
    _common, old = taken_apart(before, [], new_id)
    common, new = taken_apart(after, old, new_id)
    assert put_together(common, table(new)) == after
    was = table(old)
    assert len({one.id for one in new}) == len(new)
    assert all((one.audience, one.kind) == (was[one.id].audience, was[one.id].kind) for one in new
               if one.id in was)


def test_a_line_being_written_keeps_its_id() -> None:
    _common, first = taken_apart(["Accueil\n~ Madame\n? La salle"], [], new_id)
    _common, then = taken_apart(
        ["Accueil, tour de table\n~ Madame K. a\n? La salle est prise\n~ Autre"], first, new_id)
    assert [one.id for one in then[:2]] == [one.id for one in first] and len(then) == 3


def test_signs() -> None:
    assert (sign_of(["~ x"]) == ("interne", "texte")
            and sign_of(["~~x"]) == ("observatoire", "texte"))
    assert (sign_of(["~? x"]) == ("interne", "question")
            and sign_of(["? x"]) == ("commun", "question"))
    assert sign_of(["x ~ ?"]) == sign_of([ACTION, "~ x"]) == sign_of([]) == ("commun", "texte")
    assert without_sign(" ~? Qui vient ? ") == "Qui vient ?" and without_sign("Oui ?") == "Oui ?"


def test_words_that_are_not_here_leave_a_card_and_words_without_a_place_come_last() -> None:
    away, lost = Embed("note_block",
                       uuid.UUID(int=1)), Apart(uuid.UUID(int=2), "interne", "texte",
                                                ("sans signe\nsuite",))
    assert put_together(["Un\n", away, "\nDeux"],
                        table([lost])) == ["Un\n", away, "\nDeux\n~ sans signe\n~ suite"]
