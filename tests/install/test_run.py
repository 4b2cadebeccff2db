"""What people run asks for nothing that only the tests have."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from desktop.base.licences import runtime
from desktop.base.paths import PROGRAM

ROOT = PROGRAM.parent
RUN = (*sorted(PROGRAM.rglob("*.py")), *sorted((ROOT / "packaging" / "gallery").glob("*.py")),
       ROOT / "packaging" / "pictures.py")
"""What `make run` and the program itself are made of."""

IMPORTING = """
import importlib, sys
own, tools = sys.argv[1].split(), set(sys.argv[2].split())

class Refuses:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in tools:
            raise ModuleNotFoundError(f"{name} is a tool of the tests")

sys.meta_path.insert(0, Refuses())
sys.path.insert(0, "packaging")
for name in own:
    importlib.import_module(name)
"""


def tools() -> set[str]:
    """What can be imported here and is part of nothing that Carnet asks for; the tests
    themselves."""
    asked = {part.name.lower() for part in runtime()} | {"carnet"}
    return {"tests"} | {name for name, owners in packages_distributions().items()
                        if not asked & {owner.lower() for owner in owners}}


def extras() -> set[str]:
    """The packages that people may add."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"]
    return {re.split(r"[^\w-]", line, maxsplit=1)[0] for extra, lines in asked.items()
            if extra not in ("dev", "bundle")
            for line in lines}


def roots(file: Path) -> set[str]:
    """The first words of all that a file imports, late or at once."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_no_file_names_a_tool_of_the_tests() -> None:
    refused = tools()
    assert {"pytest", "hypothesis", "tests"} <= refused
    # What an extra of the program brings is imported late, and told where it is missing.
    refused -= extras()
    assert {str(file): named for file in RUN if (named := roots(file) & refused)} == {}


def test_all_is_imported_where_those_tools_are_not() -> None:
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
             .removeprefix("packaging.")
             for file in RUN if "migrations" not in file.parts and file.name != "__main__.py"]
    done = subprocess.run([sys.executable, "-c", IMPORTING, " ".join(names), " ".join(tools())],
                          cwd=ROOT, capture_output=True,
                          text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
