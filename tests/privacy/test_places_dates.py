"""Days, births and addresses; a month or a year alone is what an observation keeps."""

import pytest

from desktop.privacy.detect import find_identities


def found(text: str, *kinds: str) -> list[str]:
    return [span.text for span in find_identities(text) if span.category in kinds]


@pytest.mark.parametrize(
    "day",
    [
        "12 mars 2024",
        "3/04/2024",
        "14.02.25",
        "lundi 8 avril",
        "2024-11-05",
        "30 sept. 2023",
        "5 fev",
        "1er septembre",
        "douze mars deux mille vingt-quatre",
        "18 NOVEMBRE 2024",
        "mardi 12",
        "07/06",
    ],
)
def test_days_with_and_without_a_year(day: str) -> None:
    (words,) = found(f"Refus le {day}, sans motif.", "date")
    assert words.removeprefix("le ") == day


@pytest.mark.parametrize(
    "text",
    [
        "en mars 2024",
        "en 2023",
        "au printemps",
        "le 1er mai",
        "le 14 juillet",
        "trois jours",
        "24/24",
        "le 3 du couloir",
    ],
)
def test_months_years_and_feasts_stay(text: str) -> None:
    assert found(f"Refus {text}.", "date", "birthdate") == []


@pytest.mark.parametrize(
    "birth",
    [
        "née le 12/05/1987",
        "né le 3 mars 1990",
        "ddn 09061994",
        "né en 2012",
        "née en mars 1996",
        "date de naissance : 01.01.1975",
        "née un 4 février 1969",
        "née le vingt mai mille neuf cent quatre-vingts",
    ],
)
def test_births_in_every_way(birth: str) -> None:
    assert len(found(f"Personne {birth}.", "birthdate")) == 1


def test_a_birth_keeps_its_decade() -> None:
    (span,) = find_identities("née le 12/05/1987")
    assert span.suggestions[0] == "dans les années 1980"
    (span,) = find_identities("contrat fini le 30 septembre 2023")
    assert span.suggestions[0] == "en septembre 2023"


@pytest.mark.parametrize(
    "address",
    [
        "14 rue des Lilas",
        "3 bis, impasse du Four, bât. C, 2e étage",
        "27 avenue de la Gare 59600 Maubeuge",
        "8 rue jean moulin a hautmont",
        "45 boulevard Pasteur, 59300 Valenciennes",
        "16 rue du 8 mai 1945",
        "12 RUE DE MONS 59460 JEUMONT",
        "22 rue Voltaire, hall B, 4ème étage",
        "12 rue Jean Jaurès, 3e étage",
        "bât B, appt 12",
        "rue Gambetta n° 18",
        "tour Hainaut, 8e étage, porte 82",
        "BP 123, 59600 Maubeuge",
    ],
)
def test_addresses_are_masked_with_town_and_floor(address: str) -> None:
    assert found(f"Visite : {address}.", "address") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "la porte a été cassée",
        "12 personnes dans la rue",
        "la tour est fermée",
        "un contrôle rue de Paris",
        "le hall du bas",
    ],
)
def test_streets_and_doors_of_all_are_no_address(text: str) -> None:
    assert found(text, "address") == []
