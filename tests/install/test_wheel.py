"""What a person installs: the wheel and the source archive of a clean copy hold all that the
program needs, wherever it runs."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

from desktop.base.paths import MIGRATIONS, PROGRAM, resource

ROOT = PROGRAM.parent
PASSPHRASE = "cerisier bleu du jardin"
SECONDS = 60

WALK = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
import desktop
from desktop.app import run
from desktop.base.paths import Home
from desktop.ui.window.rail import PLACES
from desktop.vault import Vault

def walk(window):
    for place in PLACES:
        window.go(place.name)
        while not window.current.is_settled:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    print(desktop.__file__, QApplication.font().family(), window.work.upper_rail.item(1).text().strip(), sep="\\n")
    window.close()

vault = Vault(Home(Path(sys.argv[1])))
vault.unlock(sys.argv[2])
sys.exit(run(vault.home, vault, lambda window: QTimer.singleShot(0, lambda: walk(window))))
"""


def built(tree: Path, kind: str, folder: Path) -> Path:
    """A wheel or a source archive (`sdist`) of a tree, as `pip` has it made, but with the tools
    that are here."""
    code = ("import sys; from setuptools import build_meta; "
            "print(getattr(build_meta, 'build_' + sys.argv[1])(sys.argv[2]))")
    done = subprocess.run([sys.executable, "-c", code, kind, str(folder)], cwd=tree,
                          capture_output=True, text=True,
                          timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.splitlines()[-1]


def clean_copy(folder: Path) -> Path:
    """The files that a clone would hold."""
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True,
                          timeout=SECONDS, check=True)
    for name in [name for name in kept.stdout.split("\0") if name and (ROOT / name).exists()]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def installed(wheel: Path, folder: Path) -> Path:
    """A Python that has this wheel, and beside it what the tests' own Python has, but for the
    checkout; its `bin`."""
    venv.create(folder, with_pip=False, symlinks=True)
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)}, scheme="venv")
    subprocess.run([sys.executable, "-m", "pip", "--python", str(Path(paths["scripts"]) / "python"),
                    "install", "--quiet",
                    "--no-index", "--no-deps", "--disable-pip-version-check", str(wheel)],
                   check=True, timeout=SECONDS,
                   env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"})
    # Where a folder is named so, what the checkout left in it to be found by is not looked at.
    (Path(paths["purelib"]) / "others.pth").write_text(sysconfig.get_path("purelib") + "\n",
                                                       encoding="utf-8")
    return Path(paths["scripts"])


def said(*command: "str | Path", folder: Path, environment: dict[str, str], given: str = "") -> str:
    """What a command prints, which must go well and complain of nothing."""
    done = subprocess.run([str(part) for part in command], cwd=folder, env=environment, input=given,
                          capture_output=True,
                          text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0 and "arning" not in done.stderr and "Traceback" not in done.stderr, (command, done)
    return done.stdout


def test_an_installed_wheel_does_all_from_any_folder(tmp_path: Path) -> None:
    copy, elsewhere = clean_copy(tmp_path / "copy"), tmp_path / "elsewhere"
    for folder in (elsewhere, tmp_path / "from the archive"):
        folder.mkdir()
    wheel, archive = (built(copy, kind, tmp_path) for kind in ("wheel", "sdist"))
    with tarfile.open(archive) as packed:
        # Python 3.11.4 and later are to be told; what is unpacked is our own.
        packed.extractall(tmp_path / "from the archive",
                          **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    (tree,) = (tmp_path / "from the archive").iterdir()
    again = built(tree, "wheel", tmp_path / "from the archive")
    names = [set(zipfile.ZipFile(file).namelist()) for file in (wheel, again)]
    assert names[0] == names[1]
    wanted = {f"desktop/resources/{file.relative_to(resource())}" for file in resource().rglob("*")
              if file.is_file()}
    wanted |= {f"desktop/vault/migrations/{file.name}" for file in MIGRATIONS.iterdir()
               if file.is_file()}
    assert (wanted <= names[0]
            and not [name for name in names[0] if not name.startswith(("desktop/", "carnet-"))])

    programs = installed(wheel, tmp_path / "installed")
    for language, told, meetings in (("fr", "le dossier du profil", "Réunions"),
                                     ("en", "the folder of the profile", "Meetings")):
        home = str(elsewhere / language)
        own = {"PATH": os.environ["PATH"], "HOME": str(elsewhere / "home"),
               "QT_QPA_PLATFORM": "offscreen",
               "CARNET_HOME": home, "CARNET_LANGUAGE": language, "CARNET_PASSPHRASE": PASSPHRASE,
               "PYTHONUTF8": "1"}
        assert told in said(programs / "carnet", "--help", folder=elsewhere, environment=own)
        if language == "fr":
            said(programs / "carnet", "demo", "--headless", folder=elsewhere, environment=own)
            listed = said(programs / "carnet", "--json", "list", "meeting", folder=elsewhere,
                          environment=own)
            meeting = json.loads(listed)[0]["id"]
        else:
            said(programs / "carnet", "create", "--preset", "maubeuge-val-de-sambre", "--name",
                 "Trial", "--person", "Zoé LEE",
                 folder=elsewhere, environment=own)
            added = said(programs / "carnet", "--json", "add", "meeting", folder=elsewhere,
                         environment=own,
                         given='{"kind": "pleniere", "title": "Trial", "starts_at": '
                               '"2026-11-03T14:00"}')
            meeting = json.loads(added)["added"][0]
            Path(home, "settings.json").write_text('{"language": "en"}', encoding="utf-8")
        said(programs / "carnet", "report", "attendance_sheet", meeting, "--out", "sheet.pdf",
             folder=elsewhere,
             environment=own)
        assert (elsewhere / "sheet.pdf").read_bytes().startswith(b"%PDF-")
        window = said(programs / "python", "-c", WALK, home, PASSPHRASE, folder=elsewhere,
                      environment=own).splitlines()
        assert (window[1:] == ["Inter", meetings]
                and Path(window[0]).is_relative_to(tmp_path / "installed"))
    # A file of the program that is gone is named itself, not the home that needed it.
    (gone,) = (tmp_path / "installed").rglob("schema.sql")
    gone.unlink()
    home = elsewhere / "new"
    done = subprocess.run([programs / "carnet", "create", "--preset", "maubeuge-val-de-sambre",
                           "--name", "Trial", "--person", "Zoé LEE"], cwd=elsewhere,
                          env=own | {"CARNET_HOME": str(home)}, capture_output=True,
                          text=True, timeout=SECONDS, check=False)
    assert done.returncode == 1 and str(gone) in done.stderr, done
    assert str(home) not in done.stderr and "Traceback" not in done.stderr, done
