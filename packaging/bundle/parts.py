"""Lists the parts of a bundle: `parts.py BUNDLE ORIGINS` writes the texts of their licences and a
bill of materials into it.

BUNDLE/licences/ holds a folder a part; BUNDLE/carnet.cdx.json is CycloneDX 1.6. Python's parts come
from their own metadata, libraries of the system from the package of Debian that each file came from
(ORIGINS, written by carnet.spec).
"""

import json
import platform
import re
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop import __version__  # noqa: E402
from desktop.base.licences import LICENCE, licence_of, runtime  # noqa: E402

COMMON = Path("/usr/share/common-licenses")
# The wheels of Qt name their licence and carry no text of it: the LGPL is written upon the GPL.
QT = ("LGPL-3", "GPL-3")
# Libraries under the GPL, which would bind the whole.
REFUSED = {"libreadline8", "libreadline8t64", "libgdbm6", "libgdbm6t64"}
TEXTS = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part: its name, version and licence, how a bill of materials names it, and the files that
    hold its licence."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...] = ()


def texts_of(part: Distribution) -> tuple[Path, ...]:
    """The files of a distribution that hold its licence; for those of Qt, Debian's copies of the
    same texts."""
    files = [Path(str(file.locate())) for file in part.files or ()
             if TEXTS.search(file.name)
             and file.suffix not in {".py", ".pyc", ".pyi", ".so", ".html"}]
    common = QT if part.name.lower().startswith(("pyside6", "shiboken6")) else ()
    return tuple(file for file in files if file.exists()) or tuple(COMMON / name for name in common)


def python_parts() -> list[Part]:
    """The distributions that Carnet needs."""
    return [
        Part(name=part.name, version=part.version, licence=licence_of(part), texts=texts_of(part),
             purl=f"pkg:pypi/{part.name.lower().replace('_', '-')}@{part.version}")
            for part in runtime() if part.name != "carnet"]


def interpreter() -> Part:
    """Python itself."""
    version = platform.python_version()
    short = version.rpartition(".")[0]
    texts = (Path(sys.base_prefix, "lib", f"python{short}", "LICENSE.txt"),
             Path(f"/usr/share/doc/python{short}/copyright"))
    return Part(name="Python", version=version, licence="PSF-2.0",
                purl=f"pkg:generic/python@{version}",
                texts=tuple(file for file in texts if file.exists())[:1])


def debian_parts(origins: Path) -> list[Part]:
    """The packages of Debian that files of the bundle came from."""
    packages = set()
    for line in origins.read_text(encoding="utf-8").splitlines():
        source = Path(line.split("\t")[1])
        # What lies in a folder of Python or of its packages is part of them.
        if (re.match(r"(/usr)?/lib/[^/]+-linux-gnu/", str(source))
            and not source.name.startswith("libpython")):
            packages.add(_owner(source))
    if packages & REFUSED:
        raise SystemExit(f"under the GPL: {', '.join(sorted(packages & REFUSED))}")
    return [_debian(name) for name in sorted(packages)]


def _owner(file: Path) -> str:
    # /lib is a link to /usr/lib, and dpkg knows a file by the name that its package gave it.
    for name in (file, file.resolve(), Path(str(file.resolve()).removeprefix("/usr"))):
        done = subprocess.run(["dpkg-query", "-S", str(name)], capture_output=True, text=True,
                              check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    raise SystemExit(f"no package of the system owns {file}")


def _debian(name: str) -> Part:
    told = subprocess.run(["dpkg-query", "-W", "-f", "${Version}\n", name], capture_output=True,
                          text=True, check=True).stdout
    version, text = told.split("\n")[0], Path(f"/usr/share/doc/{name}/copyright")
    return Part(name=name, version=version, licence="see its copyright file",
                purl=f"pkg:deb/debian/{name}@{version}",
                texts=(text,) if text.exists() else ())


def write_licences(parts: list[Part], folder: Path) -> None:
    """Copy the texts of all licences, a folder a part; those of fonts, icons and data lie beside
    them in `resources`."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in parts:
        place = folder / part.name
        place.mkdir(parents=True)
        for number, text in enumerate(part.texts):
            # Two texts of one name come from two folders of a wheel.
            name = text.name if not (place / text.name).exists() else f"{number}-{text.name}"
            shutil.copyfile(text, place / name)
        if not part.texts:
            (place / "LICENCE.txt").write_text(f"{part.name} {part.version}: {part.licence}\n",
                                               encoding="utf-8")


def bill(parts: list[Part]) -> dict[str, Any]:
    """The bill of materials; equal parts give equal bytes."""
    known = [f"{part.purl}" for part in parts]
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(known))}",
        "metadata": {"component": {
            "type": "application", "bom-ref": "carnet", "name": "carnet", "version": __version__,
            "licenses": [{"license": {"id": LICENCE}}]}},
        "components": [{
            "type": "library", "bom-ref": part.purl, "name": part.name, "version": part.version,
            "purl": part.purl,
            "licenses": [{"license": {"name": part.licence or "not stated"}}]} for part in parts],
        "dependencies": [{"ref": "carnet", "dependsOn": known}],
    }


def main() -> None:
    """Write both; say what has no text of its licence."""
    bundle, origins = Path(sys.argv[1]), Path(sys.argv[2])
    parts = sorted([*python_parts(), interpreter(), *debian_parts(origins)],
                   key=lambda part: part.purl)
    write_licences(parts, bundle / "licences")
    (bundle / "carnet.cdx.json").write_text(json.dumps(bill(parts), indent=1, ensure_ascii=False)
                                            + "\n", encoding="utf-8")
    bare = [part.name for part in parts if not part.texts]
    print(f"{len(parts)} parts; without a text of their licence, which is named alone: "
          f"{', '.join(bare) or 'none'}")


if __name__ == "__main__":
    main()
