"""A territory that Carnet does not ship: from a table of communes to its first meeting."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.cli.main import run
from desktop.queries.directory import people_of, places_of
from desktop.queries.records import list_records
from tests.stories.hands import at_laptop

TABLE = ("Code INSEE;Commune;Population "
         "municipale\n62041;Arras;42\u202f000\n62021;Agny;1\u202f990\n62004;Achicourt;7900\n62099;Beaurains;5600\n62013;Acq;700\n")
PEOPLE = "Nom\tPrénom\tStructure\nCHÂTAIGNE\tZoé\tCCAS\nBENALI\tNour\tMaison du quartier\n"


@pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs under the offscreen platform
def test_from_a_table_of_communes_to_the_first_meeting(qtbot: QtBot, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CARNET_LANGUAGE", "fr")
    table, preset = tmp_path / "communes.csv", tmp_path / "arras.json"
    table.write_text(TABLE, encoding="utf-8")
    assert run(
        ["preset", "new", str(table), "--out", str(preset), "--territory", "Pays d’Arras", "--name",
          "Collectif du pays d’Arras", "--population-year", "2023"]) == 0
    assert "Agny et Acq" in capsys.readouterr().out
    broken = tmp_path / "faux.json"
    broken.write_text(preset.read_text(encoding="utf-8").replace("42000", '"beaucoup"'),
                      encoding="utf-8")
    assert run(["preset", "check", str(broken)]) == 1
    told = capsys.readouterr()
    line = 1 + broken.read_text(encoding="utf-8").split("beaucoup")[0].count("\n")
    assert f"Ligne {line}" in told.out and "1 erreur" in told.err
    with at_laptop(tmp_path / "profile") as zoe:
        zoe.click("Créer un collectif. Vous coordonnez : vous inviterez les autres ensuite.")
        zoe.click("Continuer")
        zoe.choose("Territoire", "Un autre territoire")
        zoe.write("Vos prénom et NOM", "Zoé CHÂTAIGNE\n")
        assert "Choisissez le fichier du territoire" in zoe.screen()
        zoe.click("Choisir le fichier du territoire")
        zoe.answer_file(broken)
        assert f"faux.json · Ligne {line} : « population »" in zoe.screen()
        zoe.click("Choisir le fichier du territoire")
        zoe.answer_file(preset)
        assert "Pays d’Arras : 5 communes" in zoe.screen() and "faux.json" not in zoe.screen()
        assert "Collectif du pays d’Arras" in zoe.screen()
        zoe.click("Continuer")
        zoe.passphrase_and_code()
        zoe.click("Ouvrir Carnet")
        vault = zoe.window.vault
        assert vault is not None
        assert [place.name for place in vault.ask(places_of, "zone")] == ["Agny et Acq"]
        zoe.go("Annuaire")
        zoe.click("Importer")
        zoe.write("Lignes à importer", PEOPLE.replace("\t", ";"))
        zoe.wait(lambda: "Importer 1 ligne" in zoe.screen() or "Importer 2 lignes" in zoe.screen())
        zoe.click("Importer 1 ligne" if "Importer 1 ligne" in zoe.screen() else "Importer 2 lignes")
        zoe.wait(lambda: len(vault.ask(people_of)) == 2)
        zoe.go("Réunions")
        zoe.keys(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        zoe.write("Titre", "Première réunion")
        zoe.keys(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        zoe.wait(lambda: len(vault.ask(list_records, "meeting")) == 1)
        assert vault.ask(list_records, "meeting")[0]["title"] == "Première réunion"
