"""Prints what a bundle asks of a Debian system, as the Depends of its package: `depends.py BUNDLE
[recommends]`.

Each library that a file of the bundle names and the bundle has not is looked up; one without a
known package ends the build.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.base.system.libraries import PACKAGES  # noqa: E402

# Debian 13 and Ubuntu 24.04 renamed them with the length of their times.
RENAMED = {"libglib2.0-0", "libssl3", "libcups2"}
KNOWN = {**PACKAGES, "libssl.so.3": "libssl3", "libcrypto.so.3": "libssl3",
         "libcups.so.2": "libcups2"}
# Without it no printer is listed, and all else works.
RECOMMENDED = {"libcups2"}
# Data that libraries of the bundle read, or the program: keyboards, time zones.
ALWAYS = ("xkb-data", "tzdata")
ALSO_RECOMMENDED = ("ca-certificates", "xdg-utils")
GLIBC = re.compile(r"(lib(c|m|dl|pthread|rt|util|resolv)\.so\.\d|ld-linux.*)")
# The release of GCC that brought a version of its C++ library.
GLIBCXX = {(3, 4, 29): "11", (3, 4, 30): "12", (3, 4, 31): "13", (3, 4, 32): "13.2",
           (3, 4, 33): "14", (3, 4, 34): "15"}
VERSIONS = re.compile(r"\b(GLIBC|GLIBCXX)_(\d+(?:\.\d+)+)\b")


def binaries(bundle: Path) -> list[Path]:
    """The programs and libraries of a bundle."""
    files = [file for file in bundle.rglob("*") if file.is_file() and not file.is_symlink()]
    return [file for file in files if file.open("rb").read(4) == b"\x7fELF"]


def headers(file: Path) -> str:
    """What the headers of a binary say of the libraries and versions that it asks for."""
    return subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True,
                          check=True).stdout


def asked(bundle: Path) -> tuple[set[str], dict[str, tuple[int, ...]]]:
    """The libraries asked of the system, and the newest versions of glibc and of the C++
    library."""
    files = binaries(bundle)
    inside, wanted = {file.name for file in files}, set[str]()
    newest: dict[str, tuple[int, ...]] = {}
    for file in files:
        said = headers(file)
        wanted |= {line.split()[1] for line in said.splitlines()
                   if line.strip().startswith("NEEDED")}
        for kind, number in VERSIONS.findall(said.partition("Version References:")[2]):
            newest[kind] = max(newest.get(kind, ()), tuple(map(int, number.split("."))))
    return wanted - inside, newest


def packages(libraries: set[str],
             newest: dict[str, tuple[int, ...]]) -> tuple[list[str], list[str]]:
    """The packages that must be there, and those that should; SystemExit for a library that no
    package is known for."""
    unknown = sorted(name for name in libraries if name not in KNOWN and not GLIBC.fullmatch(name))
    if unknown:
        raise SystemExit(f"no package is known for {', '.join(unknown)}")
    names = {KNOWN[name] for name in libraries if name in KNOWN}
    floor = {"libc6": ".".join(map(str, newest["GLIBC"]))}
    if "GLIBCXX" in newest:
        floor["libstdc++6"] = next(release for version, release in GLIBCXX.items()
                                   if version >= newest["GLIBCXX"])
    names |= set(floor)
    said = {name: f"{name}t64 | {name}" if name in RENAMED else f"{name} (>= {floor[name]})"
            if name in floor else name
            for name in names}
    return (sorted([*(said[name] for name in names - RECOMMENDED), *ALWAYS]),
            sorted([*(said[name] for name in names & RECOMMENDED), *ALSO_RECOMMENDED]))


if __name__ == "__main__":
    must, should = packages(*asked(Path(sys.argv[1])))
    print(", ".join(should if sys.argv[2:] == ["recommends"] else must))
