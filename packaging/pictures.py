"""Grabs every workspace of the sample collective, and every widget, in each theme: python packaging/pictures.py FOLDER."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

from desktop.app import application, make_window
from desktop.base.paths import Home
from desktop.base.settings import Settings
from desktop.tasks.profiles import create_sample
from desktop.ui.jobs import Jobs
from desktop.ui.rail import PLACES
from desktop.vault import Cost
from tests.screens.specimens import SPECIMENS, page, picture

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
with tempfile.TemporaryDirectory() as scratch:
    home = Home(Path(scratch) / "sample")
    # A throw-away profile of fictional people: a costly passphrase would protect nothing.
    vault, _code, _counts = create_sample(home, "exemple", cost=Cost.TEST)
    jobs = Jobs()
    for theme in ("light", "dark", "contrast"):
        settings = Settings(theme=theme)
        application(settings)
        window = make_window(home, jobs, settings, vault)
        window.resize(1366, 768)
        window.show()
        for place in PLACES:
            window.go(place.name)
            # The first pass gives widths, the second the heights that follow from them.
            for _pass in range(4):
                QApplication.processEvents()
            window.grab().save(str(folder / f"{place.name}-{theme}.png"))
        window.hide()
        for name, make in SPECIMENS.items():
            shown = page(make())
            shown.grab().save(str(picture(folder, name, theme)))
            shown.close()
    jobs.close()
    vault.close()
print(f"{len(list(folder.glob('*.png')))} pictures of the screens and their widgets: {folder}")
