"""The French catalogue: its typography, and the words that it keeps to."""

import re

import pytest
from babel.messages.mofile import read_mo

from desktop.base.paths import resource

NARROW = "\u202f"
WRONG = re.compile(f"[ \u00a0][;:!?»](?![^\\s\"\\\\,.)])|«[^{NARROW}]|[^{NARROW}]»")
"""A narrow no-break space stands before ; : ! ? and », and after «: one choice for all of them."""
WORDS = {
    "clé racine": "tenir la coordination", r"\bkits?\b": "jeu de secours",
    r"[Cc]ode de secours": "clé de secours",
    r"jeu de feuilles": "jeu de secours", r"\bsortes? de fiche": "type de fiche",
    r"\bTouches\b": "Raccourcis",
    r"\bsans pilote\b|pas de pilote": "responsable", r"\bClose en\b|: Close\b": "clôturée",
    r"séances? (?:préparée|du bon groupe)|prochaines séances": "réunion",
}


def sentences() -> list[str]:
    """Every French sentence of the compiled catalogue, each of its forms."""
    with (resource("translations") / "fr" / "LC_MESSAGES" / "carnet.mo").open("rb") as stream:
        messages = list(read_mo(stream))
    return [form for message in messages if message.id
            for form in ([message.string] if isinstance(message.string, str) else message.string)]


def test_no_sentence_breaks_the_typography() -> None:
    wrong = [sentence for sentence in sentences() if WRONG.search(sentence)]
    assert len(sentences()) > 1500 and not wrong, wrong


@pytest.mark.parametrize(("sentence", "is_wrong"), [
    ("Phrase : suite", True), ("Phrase\u00a0: suite", True), ("Phrase\u202f: suite", False),
    ("Quoi ?", True),
    ("« mot »", True), ("«\u202fmot\u202f»", False), ("type: avec: depuis:", False),
    ("14:20", False)])
def test_the_rule_of_typography_tells_right_from_wrong(sentence: str, is_wrong: bool) -> None:
    assert bool(WRONG.search(sentence)) is is_wrong


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_was_given_up_is_nowhere(word: str) -> None:
    assert not [sentence for sentence in sentences()
                if re.search(word, sentence)], f"say {WORDS[word]}"
