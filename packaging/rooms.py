"""Prints how many statements of each room the tests went through: a line a folder of `desktop`."""

from collections import defaultdict
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parents[1]


def by_room(coverage: Coverage) -> dict[str, tuple[int, int]]:
    """Room -> its statements, and those that no test ran; a file that none imported counts
    whole."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for file in sorted((ROOT / "desktop").rglob("*.py")):
        _name, statements, _left_out, missed, _lines = coverage.analysis2(str(file))
        room = "/".join(file.relative_to(ROOT).parts[:-1][:2])
        count, without = found[room]
        found[room] = count + len(statements), without + len(missed)
    return dict(found)


def table(rooms: dict[str, tuple[int, int]]) -> str:
    """One line a room, and one for all."""
    total = tuple(map(sum, zip(*rooms.values(), strict=True)))
    lines = [f"{'room':20}{'statements':>11}{'missed':>8}{'per cent':>10}"]
    for room, (count, missed) in [*sorted(rooms.items()), ("all", (total[0], total[1]))]:
        per_cent = 100 * (count - missed) / count if count else 100
        lines.append(f"{room:20}{count:>11}{missed:>8}{per_cent:>10.1f}")
    return "\n".join(lines)


def main() -> None:
    """Put together what every process measured, and print it."""
    coverage = Coverage(config_file=str(ROOT / "pyproject.toml"))
    coverage.combine()
    print(table(by_room(coverage)))


if __name__ == "__main__":
    main()
