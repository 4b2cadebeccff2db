"""Grabs each screen of the sample collective, what comes before it, and every widget, in each
theme: pictures.py FOLDER; the screens alone, light: pictures.py --screens FOLDER.

`python packaging/pictures.py --for-help` draws those of the help again, small, into
resources/help/pictures.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gallery.specimens import SPECIMENS, page, picture
from gallery.walk import Seen, after_the_code, before_it_opens, first_steps
from gallery.window import shown
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.app import application, make_window
from desktop.base.home.settings import Settings
from desktop.base.i18n import set_language
from desktop.base.paths import Home, resource
from desktop.commands.records import delete_record
from desktop.queries.actions import actions_of
from desktop.queries.resources import resources_of
from desktop.tasks.profiles import create_sample
from desktop.ui.help.pages import ORDER, pages
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.rail import PLACES
from desktop.vault import Cost, Vault

THEMES = ("light", "dark", "contrast")
SMALL_LAPTOP = QSize(1366, 768)
HELP_WIDTH, COLOURS = 1000, 48
"""The width in pixels is half as many again as the lines of the help are wide, for sharp
screens."""


@contextmanager
def sample() -> Iterator[tuple[Home, Vault, Jobs]]:
    """The fictional collective, for as long as it is looked at."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch) / "sample")
        # A throw-away profile of fictional people: a costly passphrase would protect nothing.
        vault, _code, _counts = create_sample(home, "exemple", cost=Cost.TEST)
        jobs = Jobs()
        try:
            yield home, vault, jobs
        finally:
            jobs.close()
            vault.close()


def grab(window: MainWindow, name: str) -> QImage:
    """One screen, once its widths and then its heights are settled."""
    window.go(name)
    for _pass in range(6):
        QApplication.processEvents()
    return window.grab().toImage()


def save_small(picture: QImage, target: Path) -> None:
    """As a PNG of few colours, chosen from its own."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    image = Image.frombytes("RGB", (plain.width(), plain.height()), plain.constBits(), "raw", "RGB",
                            plain.bytesPerLine())
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2,
                   dither=Image.Dither.NONE).save(target, optimize=True)


def every_screen(folder: Path, themes: Sequence[str] = ("light",)) -> int:
    """Every screen of the sample."""
    folder.mkdir(parents=True, exist_ok=True)
    with sample() as (home, vault, jobs):
        for theme in themes:
            settings = Settings(theme=theme)
            application(settings)
            window = make_window(home, jobs, settings, vault)
            window.resize(SMALL_LAPTOP)
            window.show()
            for place in PLACES:
                grab(window, place.name).save(str(folder / f"{place.name}-{theme}.png"))
            window.hide()
    return len(list(folder.glob("*.png")))


def everything(folder: Path) -> int:
    """Every screen and every widget in every theme, and what is seen before a notebook opens."""
    every_screen(folder, THEMES)
    for theme in THEMES:
        application(Settings(theme=theme))
        for name, make in SPECIMENS.items():
            specimen = page(make())
            specimen.grab().save(str(picture(folder, name, theme)))
            specimen.close()
        before_a_notebook(folder, theme)
    return len(list(folder.glob("*.png")))


def before_a_notebook(folder: Path, theme: str) -> None:
    """The locked screen and the steps of the first run."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch) / "locked")
        vault, code = Vault.create(home, "cerisier bleu du jardin", cost=Cost.TEST)
        vault.close()
        with shown(home, None, theme) as window:
            save_all(folder, theme, chain(before_it_opens(window), after_the_code(window, code)))
        with shown(Home(Path(scratch) / "first"), None, theme) as window:
            save_all(folder, theme, first_steps(window))


def save_all(folder: Path, theme: str, places: Seen) -> None:
    """A picture of each place of a walk, under its name."""
    for name, root in places:
        root.grab().save(str(folder / f"{name.replace(',', '').replace(' ', '-')}-{theme}.png"))


def for_help(folder: Path) -> int:
    """The screen of each page of the help, light, in both languages: few colours, to be small."""
    made = 0
    with sample() as (home, vault, jobs):
        for gone in (vault.ask(actions_of)[-1].id, vault.ask(resources_of, date.today())[0].id):
            vault.do(delete_record, gone)
        for language in ("fr", "en"):
            settings = Settings(theme="light", language=language)
            application(settings)
            set_language(language)
            window = make_window(home, jobs, settings, vault)
            window.resize(SMALL_LAPTOP)
            window.show()
            (folder / language).mkdir(parents=True, exist_ok=True)
            for written in (written for written in pages(language) if written.screen):
                picture = (grab(window, written.screen)
                           .scaledToWidth(HELP_WIDTH, Qt.TransformationMode.SmoothTransformation))
                save_small(picture, folder / language / f"{written.name}.png")
                made += 1
            window.hide()
    return made


if __name__ == "__main__":
    if sys.argv[1] == "--for-help":
        target = resource("help", "pictures")
        print(f"{for_help(target)} pictures for {len(ORDER)} pages of the help: {target}")
    elif sys.argv[1] == "--screens":
        print(f"{every_screen(Path(sys.argv[2]))} pictures of the screens: {sys.argv[2]}")
    else:
        print(f"{everything(Path(sys.argv[1]))} pictures of the screens and their widgets: "
              f"{sys.argv[1]}")
