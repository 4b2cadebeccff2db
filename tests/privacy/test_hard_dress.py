"""Identities in hard dress: told, spelt, cut by signs that are not seen, in wide letters; and texts
that are made to take long."""

import json
import re
import time
from pathlib import Path

import pytest

from desktop.privacy.detect import BLOCK, find_identities
from desktop.privacy.detect.text import plain_of

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "hard_dress.jsonl").read_text("utf-8").splitlines()
]
_ARTICLE = re.compile(r"(?:la |le |les |l'|au |une |un |il |rue |a )", re.IGNORECASE)
UNSEEN = "\u200b\u00ad\u2060\ufeff\u200d"


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"]))
def test_hard_dress_is_masked_whole_and_places_are_those_of_the_text(case: dict[str, str]) -> None:
    text = case["text"]
    spans = find_identities(text)
    assert all(text[span.start : span.end] == span.text for span in spans)
    for words in case["masked"]:
        start = text.index(words)
        article = _ARTICLE.match(words)
        assert all(
            any(span.start <= at < span.end for span in spans)
            for at in range(start + (article.end() if article else 0), start + len(words))
            if text[at].isalnum()
        ), spans


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
@pytest.mark.parametrize("words", ["06 12 34 56 78", "dupont@exemple.fr", "2850359350123 05"])
def test_signs_that_are_not_seen_hide_no_number(sign: str, words: str) -> None:
    text = f"Vu. Contact {sign.join(words)} ce jour."
    (span,) = find_identities(text)
    assert span.text == sign.join(words) == text[span.start : span.end]
    assert span.category in ("phone", "email", "nir")
    assert span.severity == find_identities(f"Vu. Contact {words} ce jour.")[0].severity


def test_a_plain_text_is_itself_and_an_odd_one_leads_back() -> None:
    assert plain_of("Reçu hier, né à Denain.").starts is None
    plain = plain_of("a\u200bE\u0301\u00a0ﬁn")
    assert plain.text == "aÉ fin"
    assert plain.at(1, 2) == (2, 4) and plain.at(3, 5) == (5, 6)


def test_a_replacement_begins_in_the_text_as_given() -> None:
    text = "Reçue\u200b hier\u00a0: Mme\u00a0Du\u00adrand, seule."
    (span,) = find_identities(text)
    assert span.text == "Du\u00adrand"
    start = span.replace_from if span.replace_from >= 0 else span.start
    assert text[start : span.end] == "Mme\u00a0Du\u00adrand"


def test_bodies_and_letters_in_order_are_no_spelt_names() -> None:
    for text in (
        "Le R.S.A. est suspendu.",
        "Les groupes A B C D E sont pleins.",
        "Y A T IL DU PAIN",
        "rdv a l a c m demain",
    ):
        assert not find_identities(text), text


def test_an_account_is_barred_in_any_grouping() -> None:
    for text in ("FR 76 30006 00001 12345678901 89", "FR7630006000011234567890189 merci beaucoup"):
        (span,) = [span for span in find_identities(text) if span.category == "iban"]
        assert span.severity == BLOCK and span.text.endswith("89")


@pytest.mark.parametrize(
    "unit", ["a", "0", "a\u200b", "e\u0301", "12 rue ", "Mme ", "a@", "D-"], ids=ascii
)
def test_the_time_grows_with_the_length(unit: str) -> None:
    """100,000 code points take a second or two: quadratic rules would take hours."""
    text = (unit * 100_000)[:100_000]
    start = time.process_time()
    find_identities(text)
    assert time.process_time() - start < 20
