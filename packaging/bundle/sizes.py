"""Prints how large a bundle is, and what its largest parts are: `sizes.py FOLDER [COUNT]`."""

import sys
from collections import Counter
from pathlib import Path

INSIDE = "_internal"
TITLE = 40


def part_of(path: Path) -> str:
    """The part that a file of the bundle is counted to: a folder, the libraries of Qt one by
    one."""
    parts = path.parts[1:] if path.parts[0] == INSIDE else path.parts
    if parts[:3] == ("PySide6", "Qt", "lib"):
        return f"Qt: {parts[3]}"
    if parts[0].startswith("PySide6"):
        return "Qt: modules, plugins, translations"
    if parts[0].endswith(".dist-info"):
        return "metadata of the parts"
    # The libraries of a wheel lie beside its package.
    return parts[0].removesuffix(".libs")


def sizes(folder: Path) -> Counter[str]:
    """Bytes by part; a link counts nothing."""
    found: Counter[str] = Counter()
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            found[part_of(file.relative_to(folder))] += file.stat().st_size
    return found


def main() -> None:
    """Print the table."""
    found = sizes(Path(sys.argv[1]))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    print(f"{'Part':{TITLE}} {'MB':>7}")
    for name, size in found.most_common(count):
        print(f"{name[:TITLE]:{TITLE}} {size / 1e6:7.1f}")
    rest = sum(size for _name, size in found.most_common()[count:])
    print(
        f"{'The rest':{TITLE}} {rest / 1e6:7.1f}\n{'All':{TITLE}} {sum(found.values()) / 1e6:7.1f}")


if __name__ == "__main__":
    main()
