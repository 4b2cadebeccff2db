"""What singles out without a name: roles, small organisations, age with trade and place."""

import pytest

from desktop.privacy.detect import find_identities
from desktop.privacy.detect.singling_out import flatten


def found(text: str, kind: str) -> list[str]:
    return [span.text for span in find_identities(text) if span.category == kind]


@pytest.mark.parametrize(
    "role",
    [
        "la maire de Feignies",
        "le curé de Bavay",
        "l'imam de la mosquée du quartier",
        "le seul médecin du village",
        "le gardien de la tour B",
        "la directrice de l'école Jules-Ferry",
        "la présidente du club de judo de Jeumont",
        "la seule élève voilée du lycée",
        "l'unique femme du chantier",
        "le pasteur de l'église évangélique de Louvroil",
        "l'adjoint au maire de Marly",
        "la secrétaire de mairie de Beaufort",
    ],
)
def test_a_role_that_one_person_holds_is_found_whole(role: str) -> None:
    assert found(f"Selon {role}, rien.", "unique_role") == [role]


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a été interpellé.",
        "La directrice a répondu.",
        "L'agente de la CAF a soupiré.",
        "Le chef de rayon rit.",
        "Il est le seul à attendre.",
        "Le travailleur social du CCAS est en arrêt.",
        "La juriste du CIDFF prend le relais.",
        "Le médecin refuse.",
    ],
)
def test_a_role_of_many_is_left(text: str) -> None:
    assert found(text, "unique_role") == []


@pytest.mark.parametrize(
    "name",
    [
        "l'association Les Colombes",
        "la boulangerie de la rue Gambetta",
        "l'auto-école Centrale",
        "le salon de coiffure Élégance",
        "l'asso les colombes",
        "la société Batinord",
        "l'épicerie du coin",
    ],
)
def test_small_organisations(name: str) -> None:
    assert found(f"Elle vient de {name} hier.", "organisation") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "L'école ne répond pas.",
        "La boulangerie ne l'a pas rappelée.",
        "L'agence demande trois fiches de paie.",
        "Le magasin Carrefour de Lille.",
        "L'association aide les familles.",
    ],
)
def test_organisations_without_a_name_are_left(text: str) -> None:
    assert found(text, "organisation") == []


@pytest.mark.parametrize(
    "text",
    [
        "une aide-soignante de 52 ans de Jeumont",
        "Caissière, 34 ans, Hautmont",
        "plombier de 30 ans à solesmes",
        "prof de 61 ans au Quesnoy",
    ],
)
def test_age_trade_and_place_together(text: str) -> None:
    assert found(text + ".", "age_trade_place") == [text]


def test_age_or_trade_alone_is_left() -> None:
    assert (
        find_identities(
            "Elle a 42 ans et deux enfants. Il travaille comme peintre. Elle vit à Lille."
        )
        == []
    )


def test_folding_keeps_places() -> None:
    text = "L’École Œuvrière à Łódź, ß"
    assert len(flatten(text)) == len(text)
