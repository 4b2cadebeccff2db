"""Money as French types and reads it."""

import pytest

from desktop.base.errors import AppError
from desktop.base.money import cents_of, euros, typed_euros


@pytest.mark.parametrize(("typed", "cents"), [
    ("1 250,50 €", 125_050), ("1250.5", 125_050), ("1\u202f250,50", 125_050), ("0,05", 5),
    ("3000", 300_000), ("12 €", 1_200),
    ("-4,20", -420), ("", None), ("  ", None), (None, None)])
def test_an_amount_is_read_as_it_is_typed(typed: str | None, cents: int | None) -> None:
    assert cents_of(typed) == cents


@pytest.mark.parametrize("typed", ["douze", "1,2,3", "12,345", "1e5", "٣", "99999999999999"])
def test_what_is_no_amount_is_told_with_its_field(typed: str) -> None:
    with pytest.raises(AppError) as caught:
        cents_of(typed, "granted_cents")
    assert caught.value.fields == ("granted_cents",) or caught.value.field == "granted_cents"


@pytest.mark.parametrize(("cents", "words"),
                         [(125_050, "1\u202f250,50\u00a0€"), (300_000, "3\u202f000\u00a0€"),
                          (-420, "-4,20\u00a0€"), (0, "0\u00a0€")])
def test_an_amount_is_written_as_french_does_and_typed_again(cents: int, words: str) -> None:
    assert euros(cents) == words
    assert cents_of(typed_euros(cents)) == cents
