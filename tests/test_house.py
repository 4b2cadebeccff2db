"""The house keeps its own rules: layers, translations, fonts."""

import ast
import subprocess
import sys
from pathlib import Path

from desktop.base.i18n import ngettext

ROOT = Path(__file__).resolve().parents[1]


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
