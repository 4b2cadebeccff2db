"""Aujourd'hui tells what became of one's own observations, and takes the answer to the question of
the watch group."""

from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.collective import found_records
from desktop.commands.directory import person_named
from desktop.commands.observations import record_observation
from desktop.commands.watch import link, receive
from desktop.queries.feedback import told_about
from desktop.vault import Vault
from tests.window import settle, shown

SEEN = {"domain": "LOGEMENT_PRIVE", "principal_criterion": "ORIG"}


def test_today_tells_and_the_question_is_answered_by_a_choice(qtbot: QtBot, vault: Vault,
                                                              home: Home) -> None:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    me = vault.do(person_named, "Noor", "Adam", "Centre social")
    vault.do(record_observation, SEEN)  # somebody else's: written before this computer was Noor's
    vault.save_identity(replace(vault.identity, person_id=me))
    first, second = (vault.do(record_observation, SEEN) for _unused in range(2))
    action = vault.do(create_action, "Appels tests auprès des agences")
    vault.do(receive, [first, second])
    vault.do(link, first, action, sentence="Un appel test est proposé.", question="temoin")
    with shown(home, vault) as window:
        window.go("today")
        settle()
        screen = window.current
        assert screen is not None

        def words() -> str:
            return " | ".join(label.text() for label in screen.findChildren(QLabel)
                              if label.isVisible())

        for part in ("a mené à une action", "Appels tests auprès des agences",
                     "Un appel test est proposé.", "a été reçue",
                     "Quelqu’un d’autre l’a-t-il vu ou entendu"):
            assert part in words(), part
        assert words().count("Votre observation de") == 2
        answers = [one for one in screen.findChildren(QAbstractButton)
                   if one.isVisible() and one.accessibleName().startswith("Quelqu’un d’autre")]
        assert len(answers) == 3
        answers[0].click()
        settle()
        told = vault.ask(told_about, first)
        assert told is not None and told.answer == "oui"
        window.desk.undo(vault.history.last)
        settle()
        told = vault.ask(told_about, first)
        assert told is not None and told.answer == ""
