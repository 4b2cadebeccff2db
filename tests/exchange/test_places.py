"""Neighbourhoods from a table: what would be done is said line by line, then done whole, and undone
by one gesture."""

import pytest

from desktop.base.errors import AppError
from desktop.commands.collective import found_records
from desktop.exchange.territory.places import (
    COMPLETED,
    CONFIRMED,
    NEW,
    REFUSED,
    RENAMED,
    SAME,
    import_places,
    plan_places,
)
from desktop.queries.observations import words_of
from desktop.queries.places import PlaceDetail, neighbourhoods_of
from desktop.vault import Vault

NATIONAL = """code_qp,lib_qp,insee_com,lib_com,siren_epci
QN05915M,Pont de Pierre,59392,Maubeuge,200043396
QN05914M,Long-Prés et Paradis,59365,Louvroil,200043396
QN05994N,Sous-le-Bois - Montplaisir,59392,Maubeuge,200043396
QN05994N,Sous-le-Bois - Montplaisir,59365,Louvroil,200043396
QN05995N,Les Présidents,59392,Maubeuge,200043396
QN05996N,Ailleurs,75056,Paris,200054781
,Sans code,59392,Maubeuge,200043396
QN05995N,Un autre nom,59392,Maubeuge,200043396
"""


@pytest.fixture
def founded(vault: Vault) -> Vault:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    return vault


def _rows(vault: Vault) -> dict[str, PlaceDetail]:
    return {row.code: row for row in vault.ask(neighbourhoods_of)}


def test_the_national_list_is_held_up_to_what_is_known(founded: Vault) -> None:
    plan = founded.ask(plan_places, NATIONAL)
    assert [(line.number, line.state) for line in plan.lines] == [
        (2, SAME), (3, RENAMED), (4, CONFIRMED), (6, NEW), (7, REFUSED), (8, REFUSED), (9, REFUSED)]
    assert "75056" in plan.lines[4].reason and "6" in plan.lines[6].reason
    assert ("X59-SOUS-LE-BOIS" in plan.lines[2].reason
            and plan.lines[2].communes == ("59392", "59365"))
    assert "siren_epci" in plan.told[0]
    before = _rows(founded)
    done = founded.do(import_places, NATIONAL)
    assert (done.added, done.changed) == (2, 1)
    after = _rows(founded)
    assert after["QN05994N"].others == ("Louvroil",) and not after["QN05994N"].to_confirm
    assert after["X59-SOUS-LE-BOIS"].valid_to and not after["X59-SOUS-LE-BOIS"].to_confirm
    assert founded.ask(words_of, "fr").place("QN05914M", "2020-01") == before["QN05914M"].name
    assert after["QN05914M"].name == "Long-Prés et Paradis"
    again = founded.ask(plan_places, NATIONAL)
    assert {line.state for line in again.lines if line.state != REFUSED} == {SAME}
    founded.undo()
    assert _rows(founded) == before


def test_a_table_completes_what_is_known_with_its_figures_and_days(founded: Vault) -> None:
    text = ("Code;Nom;Commune;Population;Vérifié le;Source\n"
            "QN05915M;Pont de Pierre;maubeuge;2\u202f450;12/03/2026;ANCT\n")
    assert [line.state for line in founded.ask(plan_places, text).lines] == [COMPLETED]
    founded.do(import_places, text)
    row = _rows(founded)["QN05915M"]
    assert (row.population, row.verified_on, row.source) == (2450, "2026-03-12", "ANCT")


@pytest.mark.parametrize(("cell", "words"), [
    ("QN1;Nom;59392;beaucoup;;", "population"), ("QN1;Nom;59392;;hier;", "hier"),
    ("QN1;;59392;;;", "code et un nom"),
    ("QN1;Nom;;;;", "commune"), (f"{'Q' * 60};Nom;59392;;;", "code et un nom"),
    ("QN1;Nom;59392;;31/02/2026;", "31/02/2026")])
def test_a_line_that_is_wrong_is_left_out_and_says_why(founded: Vault, cell: str,
                                                       words: str) -> None:
    (line,) = founded.ask(plan_places,
                          f"code;nom;commune;population;vérifié le;source\n{cell}\n").lines
    assert line.state == REFUSED and words in line.reason


@pytest.mark.parametrize("text", ["", "a;b;c\n1;2;3\n", "code;nom;commune\n"])
def test_a_table_that_names_no_neighbourhood_is_refused(founded: Vault, text: str) -> None:
    with pytest.raises(AppError):
        founded.ask(plan_places, text)
