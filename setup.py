"""A wheel carries `resources/` inside the package; a checkout, editable too, has it beside it
(desktop/base/paths.py)."""

from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py


class WithResources(build_py):
    """Builds the package with what it needs besides Python."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        inside = Path(self.build_lib, "desktop", "resources")
        # What an earlier build left there would be taken along.
        rmtree(inside, ignore_errors=True)
        copytree("resources", inside, ignore=ignore_patterns("__pycache__"))


setup(cmdclass={"build_py": WithResources})
