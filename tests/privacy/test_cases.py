"""Texts that failed once: what must be masked in them, whole."""

import json
from pathlib import Path

import pytest

from desktop.privacy.detect import find_identities

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "identities.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_what_names_somebody_is_masked_whole(case: dict[str, list[str]]) -> None:
    text = str(case["text"])
    spans = find_identities(text)
    for words in case["masked"]:
        start = text.index(words)
        assert all(
            any(span.start <= at < span.end for span in spans)
            for at in range(start, start + len(words))
            if text[at].isalnum()
        ), spans
