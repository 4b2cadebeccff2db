"""The house keeps its own rules: layers, translations, fonts, what the documents name."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop.base.i18n import ngettext

ROOT = Path(__file__).resolve().parents[1]
TREE = ("desktop", "docs", "packaging", "resources", "tests")


def test_each_room_imports_only_what_lies_below_it() -> None:
    done = subprocess.run([str(Path(sys.executable).with_name("lint-imports")), "--config",
                           ".importlinter"], cwd=ROOT,
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


def test_every_sentence_has_its_french_and_the_catalogue_is_compiled() -> None:
    code = ("import sys; sys.path.insert(0, 'packaging'); import translations as t; "
            "print('\\n'.join(t.missing())); sys.exit(t.COMPILED.read_bytes() != "
            "t.compile_catalogue())")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          timeout=120)
    assert done.stdout.strip() == ""
    assert done.returncode == 0, "run packaging/translations.py"


def test_modules_stay_small_and_say_what_they_are_for() -> None:
    for file in (ROOT / "desktop").rglob("*.py"):
        if "versions" in file.parts:  # generated from the models, one a release
            continue
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, file
        assert text.startswith('"""') or not text.strip(), file


def test_no_two_classes_share_a_name() -> None:
    known: dict[str, Path] = {}
    for file in sorted((ROOT / "desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert known.setdefault(node.name, file) == file, (node.name, file)


def test_numbers_are_said_in_french_whatever_they_are() -> None:
    # The compiled rule once had a form for millions that no entry has: English came up from two on.
    assert {ngettext("{count} change to send", "{count} changes to send", count)
            for count in (2, 5, 1_000_000)} == {
                "{count} modifications à envoyer"}
    assert {ngettext("{count} change to send", "{count} changes to send", count)
            for count in (0, 1)} == {
                "{count} modification à envoyer"}


def test_what_the_documents_name_exists() -> None:
    files = {f"/{path.relative_to(ROOT).as_posix()}": path
             for top in TREE for path in (ROOT / top).rglob("*") if "__pycache__" not in path.parts}
    named = list(_named_in_documents())
    assert len(named) > 100
    assert [(document, name) for document, name in named if not _exists(name, files)] == []


def _named_in_documents() -> Iterator[tuple[str, str]]:
    """Yield (document, name) for what stands in backticks and is a file or folder of the
    repository: it ends with .py, or begins with a folder of the tree or of the program."""
    rooms = {*TREE} | {folder.name for top in ("desktop", "desktop/sync")
                       for folder in (ROOT / top).iterdir() if folder.is_dir()}
    shape = re.compile(r"[\w/.-]+(::\w+)?")
    # The change log tells of older days.
    documents = {path for top in (ROOT, ROOT / "packaging") for path in top.glob("*.md")}
    documents |= {*(ROOT / "docs").rglob("*.md")}
    for document in sorted(documents - {ROOT / "CHANGELOG.md"}):
        for quoted in re.findall(r"`([^`\n]+)`", document.read_text(encoding="utf-8")):
            for name in filter(shape.fullmatch, quoted.split()):
                file = name.partition("::")[0]
                # Words in capitals stand for something else: trust/NUMBER-SHA256.age.
                if not re.search("[A-Z]{4}", file) and not file.startswith(".") and (
                        file.endswith(".py") or ("/" in file and file.split("/")[0] in rooms)):
                    yield str(document.relative_to(ROOT)), name


def _exists(name: str, files: dict[str, Path]) -> bool:
    """Whether a file or folder ends so, with or without .py; what follows `::` or the last dot must
    stand in it."""
    file, _, member = name.partition("::")
    file = file.rstrip("/")
    stem, _, inner = file.rpartition(".")
    return any(
        known.endswith(f"/{end}")
        and (not word or re.search(rf"\b{word}\b", path.read_text(encoding="utf-8")))
        for end, word in ((file, member), (f"{file}.py", member), (f"{stem}.py", inner),
                          (f"{stem}/__init__.py", inner))
        for known, path in files.items())
