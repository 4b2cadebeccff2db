"""Three laptops by window alone: a collective is founded, meets, observes, exchanges, and lets two
colleagues in."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop.base.dates.french import long_date
from tests.clear import in_clear
from tests.stories.hands import Hands, at_laptop

ACCOUNT = "Une mère dit que le bailleur exigeait un garant en plus, sans motif."


def everything_in(session: Session) -> Iterator[bytes]:
    """Every value of every table of an open vault, as bytes."""
    connection = session.connection()
    for (table,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table'").all():
        for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
            yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)


def holds(hands: Hands, words: str) -> bool:
    return any(words.encode() in value
               for value in hands.window.vault.ask(lambda session: list(everything_in(session))))


def found_a_collective(camille: Hands, share: Path) -> None:
    camille.click("Créer un collectif. Vous coordonnez : vous inviterez les autres ensuite.")
    camille.click("Continuer")
    camille.write("Vos prénom et NOM", "Camille LEROY")
    camille.click("Continuer")
    camille.passphrase_and_code()
    camille.click("Ouvrir Carnet")
    camille.go("Synchronisation")
    camille.click("Choisir le dossier partagé")
    camille.click("Parcourir")
    camille.answer_file(share)
    camille.said("Échange fait")


def hold_a_meeting(camille: Hands) -> None:
    camille.go("Annuaire")
    camille.click("Personnes")
    for given, family in (("Fatima", "BENALI"), ("Zoé", "CHÂTAIGNE")):
        camille.click("Nouvelle personne")
        camille.write("Prénom", given)
        camille.write("Nom", family)
        camille.click("Enregistrer")
    camille.go("Réunions")
    camille.keys(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    camille.write("Titre", "Rencontre de rentrée")
    camille.choose("Groupe", "Plén")
    camille.click("Enregistrer")
    camille.write("Intitulé du nouveau point", "Accès au logement\n")
    camille.choose("Personne à convoquer", "BENALI")
    camille.type("CHÂT\n")
    camille.click("Séance")
    camille.click("Ouvrir la séance")
    camille.click(f"Aujourd’hui, {long_date(date.today())}")
    camille.type("fat\n")
    camille.type("cha e\n")
    camille.type("+ Dupont Marie, CCAS\n")
    assert all(words in camille.screen()
               for words in ("BENALI Fatima, Présence", "Absence excusée", "DUPONT Marie, CCAS"))
    camille.write("Notes : Accès au logement",
                  "Tour de table.\n> Fatima B. sous 15 j : relancer la CPAM\n! Une permanence par "
                  "mois\nSuite en mai.")
    camille.go("Actions")
    assert "Relancer la CPAM" in camille.screen() and "BENALI Fatima" in camille.screen()


def observe(hands: Hands) -> None:
    hands.keys(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier
               | Qt.KeyboardModifier.ShiftModifier)
    hands.write("Domaine", "logement soc\n")
    hands.type("origi\n")
    hands.write("Récit", ACCOUNT)
    hands.click("Enregistrer")
    hands.said("Observation enregistrée")


def let_in(camille: Hands, newcomer: Hands, name: str, role: str, file: Path) -> None:
    camille.go("Synchronisation")
    camille.choose("Rôle du nouvel ordinateur", role)
    camille.click("Créer une invitation")
    camille.wait(lambda: "Enregistrer le fichier…" in camille.names())
    camille.click("Enregistrer le fichier…")
    camille.answer_file(file)
    camille.said(f"Invitation écrite : {file.name}")
    newcomer.click(
        "Rejoindre un collectif. Vous avez reçu une invitation : un fichier ou un texte.")
    newcomer.click("Continuer")
    newcomer.click("Choisir le fichier d’invitation…")
    newcomer.answer_file(file)
    newcomer.write("Vos prénom et NOM", name)
    newcomer.click("Continuer")
    newcomer.passphrase_and_code()
    words = newcomer.screen().partition("entrer cet ordinateur : ")[2].split("|")[0].strip()
    assert len(words.split()) == 6
    newcomer.click("Ouvrir Carnet")
    newcomer.go("Synchronisation")
    newcomer.click("Échanger maintenant")
    newcomer.said("La coordination n’a pas encore")
    camille.click("Chercher les demandes")
    camille.wait(lambda: f"Six mots de {name}" in camille.names())
    camille.write(f"Six mots de {name}", words)
    camille.click("Faire entrer")
    camille.said(f"Entrée acceptée : {name}")
    newcomer.exchange()


def reads_the_meeting(hands: Hands) -> None:
    hands.go("Réunions")
    hands.pick("Réunions", "Rencontre de rentrée")
    hands.click("Séance")
    screen = hands.screen()
    for words in ("BENALI Fatima, Présence", "Absence excusée", "Tour de table.", "Suite en mai."):
        assert words in screen, (words, screen)
    hands.go("Actions")
    hands.pick("Actions", "Relancer la CPAM")
    assert "BENALI Fatima" in hands.screen()


# dialogs and pop-ups under the offscreen platform
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_three_laptops_by_window_alone(qtbot: QtBot, tmp_path: Path) -> None:
    share = tmp_path / "partage"
    share.mkdir()
    with ExitStack() as table:
        camille = table.enter_context(at_laptop(tmp_path / "camille"))
        found_a_collective(camille, share)
        hold_a_meeting(camille)
        observe(camille)
        camille.exchange()
        lou = table.enter_context(at_laptop(tmp_path / "lou"))
        let_in(camille, lou, "Lou MARTIN", "Observatoire", tmp_path / "lou.carnet")
        reads_the_meeting(lou)
        lou.go("Observations")
        lou.click("Cellule de veille")
        lou.pick("Cellule de veille, observations reçues", "Logement social")
        assert ACCOUNT in lou.screen()
        noor = table.enter_context(at_laptop(tmp_path / "noor"))
        let_in(camille, noor, "Noor ADAM", "Membre", tmp_path / "noor.carnet")
        reads_the_meeting(noor)
        noor.go("Observations")
        assert "Pas encore d’observation" in noor.screen() and ACCOUNT not in noor.screen()
        words = "exigeait un garant"
        assert holds(lou, words) and not holds(noor, words)
    assert in_clear({words, "BENALI", "CHÂTAIGNE", "Fatima", "Dupont", "LEROY", "MARTIN",
                     "relancer"}, tmp_path) == []
