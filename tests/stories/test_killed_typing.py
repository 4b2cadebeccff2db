"""A laptop that dies in the middle of a sentence: what was typed two seconds before is in the
vault."""

import os
import subprocess
import sys
import textwrap

from desktop.base.paths import Home
from desktop.queries.meetings.notes import blocks_of
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill

_TYPING = textwrap.dedent("""
    import sys, time
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication
    from desktop.base.paths import Home
    from desktop.vault import Vault
    from tests.window import settle, shown, type_into
    import uuid

    home = Home(Path(sys.argv[1]))
    vault = Vault(home)
    vault.unlock(sys.argv[2])
    with shown(home, vault) as window:
        window.go("meetings")
        settle()
        screen = window.current
        screen.open_record(uuid.UUID(sys.argv[3]))
        screen.show_tab(1)
        edit = screen.session.sections[1].edit
        edit.setFocus()
        start = time.monotonic()
        for number in range(10_000):
            type_into(edit, f"mot{number} ")
            print(number, time.monotonic() - start, flush=True)
            pause = time.monotonic() + 0.02
            while time.monotonic() < pause:
                QCoreApplication.processEvents()
""")


def test_kill_in_the_middle_of_a_sentence_loses_at_most_two_seconds(vault: Vault,
                                                                    home: Home) -> None:
    meeting = fill(vault).meeting
    vault.close()
    process = subprocess.Popen(
        [sys.executable, "-c", _TYPING, str(home.folder), PASSPHRASE, str(meeting)],
                               stdout=subprocess.PIPE, text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    assert process.stdout is not None
    typed: list[tuple[int, float]] = []
    for line in process.stdout:
        number, at = line.split()
        typed.append((int(number), float(at)))
        if typed[-1][1] > 5:
            process.kill()
            break
    process.stdout.close()
    process.wait()
    vault.unlock(PASSPHRASE)
    text = "".join(str(s) for block in vault.ask(blocks_of, meeting) for s in block.segments)
    end = typed[-1][1]
    lost = [number for number, at in typed if at < end - 2 and f"mot{number} " not in text]
    assert len(typed) > 20 and lost == []
