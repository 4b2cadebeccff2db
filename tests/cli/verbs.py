"""A verb of the command line in a process of its own: a new one, or a copy of one that has imported
the program already."""

import os
import subprocess
import sys
from pathlib import Path

# Everything that a verb may use, so that no copy has to import it again.
import desktop.cli.main
import desktop.reports.minutes.paper
import desktop.sample.world
import desktop.tasks.documents
import desktop.tasks.story  # noqa: F401
from tests.carnet import main
from tests.processes import ready

LONGEST = 120
"""Seconds."""

Done = subprocess.CompletedProcess[str]


def run_anew(arguments: list[str], folder: Path, stdin: str, environment: dict[str, str]) -> Done:
    """As a shell starts it."""
    return subprocess.run([sys.executable, "-m", "tests.carnet", *arguments], input=stdin,
                          capture_output=True, text=True,
                          timeout=LONGEST, env=environment)


def run_copied(arguments: list[str], folder: Path, stdin: str, environment: dict[str, str]) -> Done:
    """As `run_anew`, without the start of Python and the imports; its standard files lie in
    `folder`."""
    files = [folder / name for name in ("stdin", "stdout", "stderr")]
    files[0].write_text(stdin, encoding="utf-8")
    process = ready().Process(target=_live, args=(arguments, files, environment))
    process.start()
    process.join(LONGEST)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError(arguments)
    done = Done(arguments, process.exitcode,
                *(file.read_text(encoding="utf-8") for file in files[1:]))
    for file in files:
        file.unlink()
    return done


def _live(arguments: list[str], files: list[Path], environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, file in enumerate(files):
        os.dup2(os.open(file, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
                        0o600), number)
    # As Python opens them in its UTF-8 mode.
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = ["carnet", *arguments]
    sys.exit(main())
