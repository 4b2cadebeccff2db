"""No name of a person in any byte that another program of the computer could read, after a day at
the window."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.clear import in_clear


def test_no_name_in_clear_after_a_day_at_the_window(tmp_path: Path) -> None:
    for name in ("temporaire", "maison"):
        (tmp_path / name).mkdir()
    house = tmp_path / "maison"
    away = {"HOME": str(house), "TMPDIR": str(tmp_path / "temporaire"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONUTF8": "1", "CARNET_LANGUAGE": "fr"}
    away |= {f"XDG_{kind}_HOME": str(house / kind.lower())
             for kind in ("CONFIG", "CACHE", "DATA", "STATE")}
    done = subprocess.run([sys.executable, "-m", "tests.stories.sample_day", str(tmp_path)],
                          capture_output=True,
                          text=True, timeout=120, env=os.environ | away)
    assert done.returncode == 0, done.stderr
    names = json.loads(done.stdout)
    assert len(names) > 50
    written = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")
               if path.is_file()}
    assert {"profil", "partage", "maison"} <= written
    assert (tmp_path / "profil" / "log" / "carnet.log").stat().st_size > 0
    assert in_clear(names, tmp_path) == []


def test_a_name_in_clear_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("xx CHÂTAIGNE".encode("utf-16-be"))
    (tmp_path / "b").write_bytes("xchâtaigney".encode())
    (tmp_path / "lettre à Châtaigne").touch()
    (tmp_path / "c").write_bytes(b"rien")
    assert ({file.name for file, _word in in_clear({"Châtaigne"}, tmp_path)}
            == {"a", "b", "lettre à Châtaigne"})
