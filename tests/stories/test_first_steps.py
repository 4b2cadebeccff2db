"""First run asks little: each way in, walked to its end by what is on the screen, counting the
screens and what they announce."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.tasks import enrol, shared_folder
from desktop.tasks.kit import make_kit
from tests.stories.hands import Hands, at_laptop, plain
from tests.sync.laptops import Laptops

MOST = 5
Walk = Callable[[Hands, Callable[[], None], Laptops], None]


def _indicator(hands: Hands) -> str:
    return next(plain(w.text()) for w in hands.window.findChildren(QLabel)
                if w.isVisible() and w.objectName() == "overline" and w.text().startswith("Étape "))


def _choose(hands: Hands, seen: Callable[[], None], way: str) -> None:
    hands.click(way)
    seen()
    hands.click("Continuer")


def _create(hands: Hands, seen: Callable[[], None], _laptops: Laptops) -> None:
    _choose(hands, seen, "Créer un collectif. Vous coordonnez : vous inviterez les autres ensuite.")
    seen()
    hands.write("Vos prénom et NOM", "Zoé CHÂTAIGNE\n")


def _join(hands: Hands, seen: Callable[[], None], laptops: Laptops) -> None:
    invitation = laptops.folder / "invitation.carnet"
    invitation.write_bytes(enrol.invite(laptops.founder, ["membre"]))
    _choose(hands, seen, "Rejoindre un collectif. Vous avez reçu une invitation : un fichier ou un "
                         "texte.")
    seen()
    hands.click("Choisir le fichier d’invitation…")
    hands.answer_file(invitation)
    # The same screen, with the file.
    seen()
    hands.write("Vos prénom et NOM", "Lou MARTIN\n")


def _rescue(hands: Hands, seen: Callable[[], None], laptops: Laptops) -> None:
    codes = make_kit(laptops.founder, shared_folder.open_store(laptops.founder, None),
                     date(2026, 11, 23))
    _choose(hands, seen, "Faire revivre un collectif. Ses ordinateurs sont perdus ; "
                         "vous avez deux feuilles de son jeu de secours.")
    seen()
    hands.write("Code d’une feuille", codes[0])
    hands.write("Code d’une autre feuille", codes[2])
    hands.write("Adresse du dossier partagé, telle qu’elle figure sur les feuilles", laptops.url)
    hands.write("Vos prénom et NOM", "Nour BENALI\n")


def _sample(hands: Hands, seen: Callable[[], None], _laptops: Laptops) -> None:
    _choose(hands, seen, "Découvrir d’abord. Un collectif fictif, riche en exemples ; rien à "
                         "régler.")


@pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs under the offscreen platform
@pytest.mark.parametrize(("walk", "total"), [(_create, 5), (_join, 5), (_rescue, 5), (_sample, 3)])
def test_a_way_in_takes_five_screens_at_most_and_counts_them_right(qtbot: QtBot, tmp_path: Path,
                                                                   total: int,
                                                                  walk: Walk) -> None:
    met: list[str] = []
    with closing(Laptops(tmp_path / "others")) as laptops, at_laptop(tmp_path / "profile") as hands:

        def seen() -> None:
            shown = _indicator(hands)
            if not met or met[-1] != shown:
                met.append(shown)

        walk(hands, seen, laptops)
        seen()
        hands.passphrase_twice()
        hands.wait(lambda: _indicator(hands) != met[-1])
        seen()
        if total == MOST:
            hands.type_the_code()
            seen()
        assert met == [f"Étape {number} sur {total}" for number in range(1, total + 1)]
        assert len(met) <= MOST
        hands.click("Ouvrir Carnet")
        assert hands.window.current is not None and hands.window.current.name == "today"
