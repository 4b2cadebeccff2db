"""Those who ask the identity check: records that name nobody, and minutes that will be
circulated."""

import pytest

from desktop.models.rules.texts import no_identity
from desktop.privacy.detect import CATEGORIES
from desktop.queries import gaps


@pytest.mark.parametrize(
    "text",
    [
        "Mme Fatoumata Diallo a appelé.",
        "appeler le 06 11 22 33 44",
        "écrire à zoe.lefevre@exemple.fr",
        "elle habite 14 rue des Lilas",
        "NIR 2 85 05 59 392 025 67",
        "compte FR76 3000 6000 0112 3456 7890 189",
    ],
)
def test_what_was_refused_is_refused_still(text: str) -> None:
    (violation,) = no_identity("account", text)
    assert "Diallo" not in str(violation)


@pytest.mark.parametrize(
    "text",
    [
        "Une mère dit que le guichet a refusé.",
        "vu fatou ce matin, elle portait une robe rose",
        "la maire de Feignies a refusé la salle",
    ],
)
def test_what_is_only_likely_refuses_no_record(text: str) -> None:
    assert list(no_identity("account", text)) == []


def test_the_follow_up_has_a_word_for_every_category() -> None:
    assert set(CATEGORIES) <= set(gaps.CATEGORIES)
    assert all(words() for words in gaps.CATEGORIES.values())
