"""What Carnet is made of: every part that is bundled, its version and its licence, read from the
parts themselves."""

import platform
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires

from desktop.base.i18n import N_
from desktop.base.paths import resource

LICENCE = "EUPL-1.2"
LIBRARY, INSIDE, FONT, ICONS, DATA = N_("library"), N_("inside a library"), N_("font"), N_(
    "icons"), N_("data")
_KINDS = {"fonts": FONT, "icons": ICONS}
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_LONGEST = 60
_TEXTS = (("Permission is hereby granted, free of charge", "MIT"),
          ("without any express or implied warranty. In no event will the authors", "Zlib"))
"""Words of a licence that tell it, for a distribution that names none."""


@dataclass(frozen=True)
class LicensedPart:
    """One part; `kind` is translated where it is shown."""

    name: str
    version: str
    licence: str
    kind: str

    @property
    def id(self) -> tuple[str, str]:
        """What tells it from the others in a list."""
        return self.name, self.kind


def parts(qt: str, cipher: str, sqlite: str) -> list[LicensedPart]:
    """All parts, libraries first; the versions of Qt, SQLCipher and its SQLite are those that
    run."""
    libraries = sorted((LicensedPart(d.name, d.version, licence_of(d), LIBRARY) for d in runtime()),
                       key=lambda p: p.name.lower())
    # These lie inside the files of the libraries, whose own licence says nothing of them.
    inside = [LicensedPart("Python", platform.python_version(), "PSF-2.0", INSIDE),
              LicensedPart("Qt", qt, "LGPL-3.0-only", INSIDE),
              LicensedPart("SQLCipher", cipher, "BSD-3-Clause", INSIDE),
              LicensedPart("SQLite", sqlite, N_("public domain"), INSIDE),
              LicensedPart("OpenSSL", "", "Apache-2.0", INSIDE)]
    return [*libraries, *inside, *_resources()]


def _roots() -> list[str]:
    """Return what Carnet asks for: from its own metadata, or from the project file of a checkout
    that is not installed."""
    project = resource().parent / "pyproject.toml"
    if project.exists():
        read = tomllib.loads(project.read_text("utf-8"))
        return [str(line) for line in read["project"]["dependencies"]]
    return requires("carnet") or []


def runtime() -> Iterator[Distribution]:
    """Yield the installed distributions that running Carnet needs, each once."""
    waiting, seen = _roots(), set[str]()
    while waiting:
        wanted = waiting.pop()
        name = _NAME.match(wanted)
        if name is None or "extra ==" in wanted:
            continue
        try:
            found = distribution(name[0])
        except PackageNotFoundError:
            continue  # for another system or another Python: it is not bundled here
        if found.name.lower() not in seen:
            seen.add(found.name.lower())
            waiting += found.requires or []
            yield found


def licence_of(found: Distribution) -> str:
    """Return the licence as the distribution states it: an SPDX expression, classifiers, a first
    line, or its text."""
    said = found.metadata
    if "License-Expression" in said:
        return said["License-Expression"]
    classified = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or []
                  if line.startswith("License :: ") and line != "License :: OSI Approved"]
    if classified:
        return ", ".join(classified)
    first = "\n".join(said.get_all("License") or []).strip().partition("\n")[0]
    if first:
        return first if len(first) <= _LONGEST else first[:_LONGEST - 1] + "…"
    texts = [found.read_text(f"licenses/{file}") or ""
             for file in said.get_all("License-File") or []]
    return ", ".join(name for words, name in _TEXTS
                     if any(words in " ".join(text.split()) for text in texts))


def _resources() -> list[LicensedPart]:
    """Fonts, icons and data, from the table that is kept beside them."""
    made = []
    for line in resource("LICENCES.md").read_text("utf-8").splitlines():
        cells = [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and "/" in cells[0]:
            file, _holds, source, licence = cells
            made.append(
                LicensedPart(f"{file} · {source}", "", licence,
                             _KINDS.get(file.split("/")[0], DATA)))
    return made
