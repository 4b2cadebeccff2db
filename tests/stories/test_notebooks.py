"""Several notebooks on one computer, the sample set apart and erased, first run without a mouse."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.base.home.notebooks import notebooks
from desktop.base.paths import Home
from desktop.queries.directory import collective_name
from desktop.tasks import profiles
from desktop.vault import Cost
from tests.conftest import PASSPHRASE
from tests.stories.hands import Hands, at_laptop, plain

TAB, SPACE, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return


def _made(home: Home, name: str) -> None:
    vault, _code = profiles.create_collective(home, PASSPHRASE, preset="maubeuge-val-de-sambre",
                                              name=name,
                                              person="Camille LEROY", cost=Cost.TEST)
    vault.close()


def _tab_to(hands: Hands, name: str) -> None:
    """Press Tab until what is called `name` has the focus."""
    for _press in range(40):
        focus = QApplication.focusWidget()
        if focus is not None and plain(focus.accessibleName()) == name:
            return
        hands.keys(TAB)
    raise AssertionError(f"Tab never reaches « {name} »")


def test_first_run_with_the_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    with at_laptop(tmp_path / "profile-1") as zoe:
        _tab_to(zoe, "Créer un collectif. Vous coordonnez : vous inviterez les autres ensuite.")
        zoe.keys(SPACE)
        _tab_to(zoe, "Continuer")
        zoe.keys(SPACE)
        _tab_to(zoe, "Vos prénom et NOM")
        zoe.type("Zoé CHÂTAIGNE\n")
        _tab_to(zoe, "Phrase de passe")
        zoe.type("motdepasse")
        zoe.wait(lambda: "Trop facile à deviner" in zoe.screen())
        QApplication.focusWidget().selectAll()  # type: ignore[union-attr]
        zoe.type(PASSPHRASE)
        zoe.wait(lambda: "Trop facile à deviner" not in zoe.screen())
        zoe.keys(TAB)
        zoe.type(PASSPHRASE + "\n")
        zoe.wait(lambda: "Votre clé de secours" in zoe.screen())
        parts = next(w.text() for w in zoe.window.findChildren(QLabel)
                     if w.isVisible() and w.accessibleName() == "Clé de secours").split("-")
        for field in [w for w in zoe.window.findChildren(QLineEdit) if w.isVisible()]:
            _tab_to(zoe, plain(field.accessibleName()))
            zoe.type(parts[int(plain(field.accessibleName()).split()[1]) - 1].lower())
        zoe.keys(ENTER)
        _tab_to(zoe, "Ouvrir Carnet")
        zoe.keys(SPACE)
        assert zoe.window.current is not None and zoe.window.current.name == "today"


def test_two_notebooks_and_a_name_for_one(qtbot: QtBot, tmp_path: Path) -> None:
    one, two = Home(tmp_path / "profile-1"), Home(tmp_path / "profile-2")
    _made(one, "Collectif de la Sambre")
    with at_laptop(one.folder) as camille:
        assert "Carnet 1" not in camille.screen(), "nothing to choose while there is one"
        camille.click("Autre carnet")
        camille.click("Retour")
        assert "Carnet est verrouillé" in camille.screen()
        camille.click("Autre carnet")
        camille.click("Continuer")
        camille.write("Nom du collectif", "Collectif de l’Escaut")
        camille.write("Vos prénom et NOM", "Camille LEROY")
        camille.click("Continuer")
        camille.passphrase_and_code()
        camille.click("Ouvrir Carnet")
        assert camille.window.home == two and notebooks(one) == [one, two]
        camille.go("Réglages")
        camille.write("Nom sur l’écran verrouillé", "Bureau du fond\n")
        camille.keys(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert "Bureau du fond" in camille.screen() and "Escaut" not in camille.screen()
        camille.choose("Carnet", "Carnet 1")
        assert camille.window.home == one
        camille.write("Phrase de passe", PASSPHRASE + "\n")
        camille.wait(lambda: camille.window.current is not None)
        assert camille.window.vault.ask(collective_name) == "Collectif de la Sambre"


def test_the_sample_is_tried_beside_the_real_one_and_erased(qtbot: QtBot, tmp_path: Path) -> None:
    one, sample = Home(tmp_path / "profile-1"), Home(tmp_path / "sample")
    with at_laptop(one.folder) as fatima:
        fatima.click("Découvrir d’abord. Un collectif fictif, riche en exemples ; rien à régler.")
        fatima.click("Continuer")
        fatima.write("Phrase de passe", PASSPHRASE)
        fatima.write("La même encore une fois", PASSPHRASE + "\n")
        fatima.wait(lambda: "Ouvrir Carnet" in fatima.screen())
        fatima.click("Ouvrir Carnet")
        assert sample.exists and not one.exists and fatima.window.home == sample
        for title in ("Réunions", "Réglages"):
            fatima.go(title)
            assert "Collectif d’exemple" in fatima.screen()
        fatima.click("L’effacer et commencer pour de bon")
        assert "Bienvenue dans Carnet" in fatima.screen() and fatima.window.home == one
        assert not sample.folder.exists()


def test_erasing_the_sample_comes_back_to_the_real_notebook(qtbot: QtBot, tmp_path: Path) -> None:
    one, sample = Home(tmp_path / "profile-1"), Home(tmp_path / "sample")
    _made(one, "Collectif de la Sambre")
    vault, _code, _counts = profiles.create_sample(sample, PASSPHRASE, cost=Cost.TEST)
    vault.close()
    kept = sample.folder / "photo.jpg"
    kept.write_bytes(b"not Carnet's")
    with at_laptop(one.folder) as camille:
        camille.choose("Carnet", "Collectif d’exemple")
        camille.write("Phrase de passe", PASSPHRASE + "\n")
        camille.wait(lambda: camille.window.current is not None)
        camille.click("L’effacer et commencer pour de bon")
        assert "Carnet est verrouillé" in camille.screen() and camille.window.home == one
        assert [file.name for file in sample.folder.iterdir()] == ["photo.jpg"]
        camille.click("Autre carnet")
        assert "Découvrir d’abord" in camille.screen(), "it may be tried again"
