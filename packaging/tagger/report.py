"""Measure the identity check on what it was not trained on; print a table and write JSON.

    python packaging/tagger/report.py [--part report] [--notes N] [--json FILE]

Held out: the carrier sentences of the part (by their letters: one in ten each for `tune` and `report`) and all names (of
`checking.txt`, of Faker's locales if it is installed). A name is found if every letter of it is masked.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from desktop.privacy.detect import find_identities
from desktop.privacy.detect.tokens import tokens_of
from tagger import notes, people
from tagger.train import lines_of, writer

CHECKED = ("cased", "lower", "upper", "plain", "lower_plain", "sms", "title", "names_lower")
CASED = ("cased", "plain", "title")


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's interval at 95 %."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half


def held_out_writer(part: str) -> notes.Writer:
    """A writer of notes of a part: its carriers, and names that were never trained on."""
    made = writer(part, people.HERE / "names" / "checking.txt")
    lists = {origin: tuple([name for name in side if notes.part_of(name + "x") != "none"] for side in sides)
             for origin, sides in made.crowd.lists.items()}
    made.crowd = HeldOut(lists, lines_of("given.txt"), [])
    return made


class HeldOut(people.Crowd):
    """Draws persons of the lists alone."""

    origin: str | None = None

    def draw(self, chance: random.Random) -> people.Person:
        origin = self.origin or chance.choice(self.origins)
        given, family = (chance.choice(part) for part in self.lists[origin])
        if chance.random() < 0.06:
            family += "-" + chance.choice(self.lists[origin][1])
        return people.Person(given, family, origin)


def measure_names(part: str, count: int, seed: int = 7) -> dict:
    """Count the names found by origin and register, and the alarms."""
    made, chance = held_out_writer(part), random.Random(seed)
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    missed: list[tuple[str, str, str]] = []
    words = alarms = 0
    wrong: Counter[str] = Counter()
    for number in range(count):
        made.crowd.origin = made.crowd.origins[number % len(made.crowd.origins)]
        note = made.note(chance, altered=False, register=CHECKED[number // len(made.crowd.origins) % len(CHECKED)], empty=0.3)
        spans = [span for span in find_identities(note.text)]
        masked = bytearray(len(note.text))
        for span in spans:
            masked[span.start:span.end] = b"\1" * (span.end - span.start)
        for (start, end), person in zip(note.names, note.persons, strict=True):
            right = all(masked[at] for at in range(start, end) if note.text[at].isalpha())
            tally = found[person.origin, note.register]
            tally[0] += right
            tally[1] += 1
            if not right:
                missed.append((note.register, note.text[start:end], note.text[max(0, start - 50):end + 40]))
        words += sum(token.kind == "w" for token in tokens_of(note.text))
        for span in spans:
            if span.category == "name" and not any(start < span.end and span.start < end for start, end in note.names):
                alarms += 1
                wrong[span.text] += 1
                missed.append(("ALARM " + note.register, span.text, note.text[max(0, span.start - 50):span.end + 40]))
    return {"found": {f"{origin}/{register}": tally for (origin, register), tally in sorted(found.items())},
            "alarms": alarms, "words": words, "missed": missed}


def tables(measured: dict) -> dict:
    """Sum up by register and by origin."""
    by_register, by_origin = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0, 0, 0])
    for key, (right, of) in measured["found"].items():
        origin, register = key.split("/")
        by_register[register][0] += right
        by_register[register][1] += of
        side = 0 if register in CASED else 2
        by_origin[origin][side] += right
        by_origin[origin][side + 1] += of
    return {"registers": dict(by_register), "origins": dict(by_origin)}


def show(measured: dict) -> None:
    """Print the tables."""
    summed = tables(measured)
    print(f"alarms per 100 words: {100 * measured['alarms'] / max(1, measured['words']):.2f}")
    for register, (right, of) in summed["registers"].items():
        low, high = interval(right, of)
        print(f"{register:12} {right / of:.4f}  [{low:.4f} {high:.4f}]  of {of}")
    for origin, (right, of, right2, of2) in summed["origins"].items():
        print(f"{origin:14} cased {right / of:.4f} of {of:5}   other {right2 / of2:.4f} of {of2}")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--part", default="report", choices=("tune", "report"))
    given.add_argument("--notes", type=int, default=3000)
    given.add_argument("--missed", type=int, default=0)
    chosen = given.parse_args()
    measured = measure_names(chosen.part, chosen.notes)
    show(measured)
    for line in random.Random(1).sample(measured["missed"], min(chosen.missed, len(measured["missed"]))):
        print(line)


if __name__ == "__main__":
    main()
