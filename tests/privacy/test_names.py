"""Names of persons: all origins and registers, whole; and words that are no names."""

import threading

import pytest

from desktop.privacy.detect import find_identities, preload


def names(text: str) -> list[str]:
    return [span.text for span in find_identities(text) if span.category == "name"]


@pytest.mark.parametrize(
    "name",
    [
        "Marcus Horvath",
        "Fatoumata Diallo",
        "Nguyen Thi Lan",
        "Zhang Wei",
        "Ayşe Yılmaz",
        "Krzysztof Wójcik",
        "Sivakumar Rajaratnam",
        "Rose Petit",
        "Pierre Marin",
        "Rakotomalala Haja",
        "Soilihi Attoumani",
        "Jean-Baptiste Le Goff",
        "Anahit Petrosyan",
        "Zelimkhan Dadaïev",
    ],
)
@pytest.mark.parametrize("write", [str, str.lower, str.upper], ids=["cased", "lower", "upper"])
def test_a_name_of_any_origin_is_masked_whole(name: str, write: type[str]) -> None:
    text = write(f"J'ai reçu {name} ce matin, le bailleur refuse le logement.")
    start = text.index(write(name))
    spans = find_identities(text)
    assert all(
        any(span.start <= at < span.end for span in spans)
        for at in range(start, start + len(name))
        if text[at].isalnum()
    ), spans


def test_particles_hyphens_and_initials_hang_together() -> None:
    assert names("Madame de La Fontaine nous a reçus.") == ["de La Fontaine"]
    assert names("Vu Anne-Sophie D'Angelo ce jour.") == ["Anne-Sophie D'Angelo"]
    assert names("Mme K. a rappelé, puis J. Dupont.") == ["K.", "J. Dupont"]


def test_a_name_is_found_again_in_the_same_text() -> None:
    text = "Mme Olive est venue. Selon olive, le chef rit. Olive reviendra."
    assert [name.lower() for name in names(text)] == ["olive"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "La pierre de l'entrée est cassée.",
        "Elle portait une robe rose.",
        "Il est marin de métier.",
        "Le petit dernier n'a pas été inscrit.",
        "Bilan de la permanence : six personnes.",
        "Relancer le bailleur avant vendredi.",
        "on ma dit de revenir demain",
        "RAS cette semaine.",
        "Le boulanger du coin ne prend pas d'apprenti noir.",
        "En avril, puis en juin, deux refus.",
    ],
)
def test_words_are_no_names(text: str) -> None:
    assert names(text) == []


def test_offsets_are_code_points_of_the_text_as_given() -> None:
    text = "🙂 Mme E\u0301milie Durand 🙂"
    (span,) = find_identities(text)
    assert text[span.start : span.end] == span.text == "E\u0301milie Durand"


def test_odd_texts_are_answered() -> None:
    for text in (
        "",
        "\n\n",
        "\ud800",
        "a" * 20_000,
        "Mme",
        "M.",
        "' - '",
        "1" * 3000,
        "« »",
        "ŁŁŁ\u0301\u0301",
    ):
        find_identities(text)


def test_many_threads_may_ask_at_once() -> None:
    answers: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: (
                preload(),
                answers.append(len(find_identities("Mme Durand est venue."))),
            )
        )
        for _each in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 8
