"""A process of its own: the real window, from the first screen to its closing, over the sample;
prints the names.

python -m tests.stories.sample_day FOLDER
"""

import json
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.app import run
from desktop.base.paths import Home
from desktop.queries.directory import people_of
from desktop.ui.screen.printing import DocumentDialog
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.rail import PLACES
from tests.clear import in_clear
from tests.conftest import PASSPHRASE
from tests.stories.hands import Hands, plain
from tests.window import settle


def names_of(window: MainWindow) -> list[str]:
    """Every name of a person in the vault, long enough not to be met by chance."""
    return sorted({name for person in window.vault.ask(people_of)
                   for name in (person.given_name, person.family_name)
                   if len(name) >= 6})


def day(hands: Hands, folder: Path) -> list[str]:
    """Opens the sample, goes everywhere, writes, looks at papers, fails, exchanges, locks and
    unlocks."""
    window = hands.window
    hands.click("Découvrir d’abord. Un collectif fictif, riche en exemples ; rien à régler.")
    hands.click("Continuer")
    hands.write("Phrase de passe", PASSPHRASE)
    hands.write("La même encore une fois", PASSPHRASE + "\n")
    hands.wait(lambda: "Ouvrir Carnet" in hands.screen())
    hands.click("Ouvrir Carnet")
    names = names_of(window)
    for place in PLACES:
        window.go(place.name)
        settle()
    hands.go("Réunions")
    hands.click("Séance")
    note = next(words for words in hands.names() if words.startswith("Notes : "))
    hands.write(note, f"Échange avec {names[0]} et {names[-1]}.\n> {names[1]} vend. : écrire à "
                      f"{names[2]}\n")
    hands.keys(Qt.Key.Key_F9)
    hands.wait(lambda: isinstance(hands.top, DocumentDialog) and hands.top.pdf.pageCount() > 0)
    hands.click("Fermer")
    hands.go("Synchronisation")
    (folder / "autre").mkdir()
    (folder / "autre" / "lettre.txt").write_text("déjà là")
    hands.click("Choisir le dossier partagé")
    hands.click("Parcourir")
    hands.answer_file(folder / "autre")
    hands.wait(lambda: "n’est pas vide" in plain(hands.screen()))
    (folder / "partage").mkdir()
    hands.click("Parcourir")
    hands.answer_file(folder / "partage")
    hands.said("Échange fait")
    hands.keys(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not any(name in hands.screen() for name in names)
    hands.write("Phrase de passe", "un mot de passe faux\n")
    hands.wait(
        lambda: any(w.objectName() == "bad" and w.text() for w in window.findChildren(QLabel)))
    hands.write("Phrase de passe", PASSPHRASE + "\n")
    hands.wait(lambda: window.vault.is_open and window.current is not None)
    hands.go("Annuaire")
    hands.click("Personnes")
    hands.write("Chercher dans la liste", names[3])
    assert names[3] in hands.screen()
    assert in_clear(names, folder) == []
    return names


def main(folder: Path) -> int:
    """The day, and the window closed; 1 where something went wrong."""
    done: list[list[str]] = []

    def ready(window: MainWindow) -> None:
        # The day goes on after the lock, in this process: that it would end has a story of its own.
        window.succession = None
        try:
            done.append(day(Hands(window), folder))
        except BaseException:
            traceback.print_exc()
        finally:
            window.close()
            QApplication.quit()

    code = run(Home(folder / "profil"), ready=ready)
    if done:
        print(json.dumps(done[0]))
    return code if done else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
