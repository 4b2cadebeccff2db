"""Tokens, folding, the closed vocabulary and the weights file."""

from pathlib import Path

import pytest

from desktop.base.paths import resource
from desktop.privacy.detect.lexicon import read_lists, shipped_lexicon
from desktop.privacy.detect.tagger import read_weights
from desktop.privacy.detect.tokens import fold, tokens_of


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Łukasz", "lukasz"),
        ("Şahin", "sahin"),
        ("İnce", "ince"),
        ("Œuvrard", "oeuvrard"),
        ("Đorđević", "dordevic"),
        ("E\u0301milie", "emilie"),
        ("Weiß", "weiss"),
        ("Søren", "soren"),
    ],
)
def test_every_latin_letter_is_folded(word: str, plain: str) -> None:
    assert fold(word) == plain


def test_tokens_are_cut_at_apostrophes_and_hyphens() -> None:
    assert [token.text for token in tokens_of("d'Ana-Maria\n12h")] == [
        "d",
        "'",
        "Ana",
        "-",
        "Maria",
        "\n",
        "12",
        "h",
    ]


def test_the_lexicon_knows_words_communes_and_words_that_are_names() -> None:
    words = shipped_lexicon()
    assert words.knows("discrimination") and not words.knows("diallo")
    assert (
        words.status("dans") == "prep"
        and words.status("pierre") == "W"
        and words.status("wojcik") == ("U")
    )
    assert words.is_town("maubeuge") and words.is_also_name("rose")


def test_lists_are_read_with_blanks_or_semicolons() -> None:
    assert read_lists("# no\na: b c\nd: e f; g\n") == {"a": ["b", "c"], "d": ["e f", "g"]}


def test_all_that_is_read_is_small() -> None:
    assert sum(file.stat().st_size for file in resource("identities").iterdir()) < 10_000_000


def test_other_weights_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(b"CTG0" + resource("identities", "weights.bin").read_bytes()[4:])
    with pytest.raises(ValueError, match="holds no weights"):
        read_weights(file)
