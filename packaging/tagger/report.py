"""Measure the identity check on what it was not trained on; print a table.

    python packaging/tagger/report.py [--part report] [--notes N] [--missed N]

Names: the carrier sentences of the part are held out (by their letters: one in ten each for `tune`
and `report`), and all names: those of `names/checking.txt`, half for each part, and as origin
`insee` the given names of the part. Numbers: written by `formats.py` with right keys. Other kinds:
the lines of `marked.txt`, by the author of the rules, who has seen them: no promise for others'
notes. Clean notes: traps of the part, without days and numbers. Something is found if every letter
and figure of it is masked, under whatever name.
"""

import argparse
import math
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.privacy.detect import BLOCK, Span, find_identities
from desktop.privacy.detect.tokens import tokens_of
from tagger import formats, notes, people
from tagger.train import writer

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
    # Half of the names for each part: what was looked at while thresholds were chosen is not
    # reported.
    half = 1 if part == "report" else 0
    lists = {
        origin: tuple([name for name in side if crc32(name.encode()) % 2 == half] for side in sides)
        for origin, sides in made.crowd.lists.items()
    }
    lists["insee"] = (
        made.crowd.given,
        [name for _given, family in lists.values() for name in family],
    )
    made.crowd = HeldOut(lists, [], [])
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
        note = made.note(
            chance,
            altered=False,
            register=CHECKED[number // len(made.crowd.origins) % len(CHECKED)],
            empty=0.3,
        )
        spans = find_identities(note.text)
        masked = bytearray(len(note.text))
        for span in spans:
            masked[span.start : span.end] = b"\1" * (span.end - span.start)
        for (start, end), person in zip(note.names, note.persons, strict=True):
            right = all(masked[at] for at in range(start, end) if note.text[at].isalpha())
            tally = found[person.origin, note.register]
            tally[0] += right
            tally[1] += 1
            if not right:
                missed.append(
                    (note.register, note.text[start:end], note.text[max(0, start - 50) : end + 40])
                )
        words += sum(token.kind == "w" for token in tokens_of(note.text))
        for span in spans:
            if span.category == "name" and not any(
                start < span.end and span.start < end for start, end in note.names
            ):
                alarms += 1
                wrong[span.text] += 1
                missed.append(
                    (
                        "ALARM " + note.register,
                        span.text,
                        note.text[max(0, span.start - 50) : span.end + 40],
                    )
                )
    return {
        "found": {
            f"{origin}/{register}": tally for (origin, register), tally in sorted(found.items())
        },
        "alarms": alarms,
        "words": words,
        "missed": missed,
    }


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


KINDS = {
    "a": "address",
    "d": "date",
    "b": "birthdate",
    "r": "unique_role",
    "o": "organisation",
    "p": "age_trade_place",
    "h": "handle",
    "f": "file_number",
    "l": "plate",
    "u": "url",
}
_MARK = re.compile(r"\[(\w)\|([^\]]*)\]")
_NAMED = re.compile(r"\[N\|([^\]]*)\]")
_LEAD = re.compile(r"(?:la |le |les |l'|au |chez sa sœur, )", re.IGNORECASE)


def is_masked(text: str, start: int, end: int, spans: list[Span]) -> bool:
    """Tell whether each letter and figure of a part is in a span."""
    return all(
        any(span.start <= at < span.end for span in spans)
        for at in range(start, end)
        if text[at].isalnum()
    )


def measure_numbers(count: int, seed: int = 11) -> dict[str, list[int]]:
    """Count the numbers found, of `count` of each kind."""
    chance, found = random.Random(seed), {}
    for kind, (make, carriers) in formats.KINDS.items():
        found[kind] = [0, count]
        for _each in range(count):
            number, carrier = make(chance), chance.choice(carriers)
            text = carrier.format(number)
            start = carrier.index("{}")
            found[kind][0] += is_masked(text, start, start + len(number), find_identities(text))
    return found


def marked_lines() -> list[tuple[str, list[tuple[int, int, str]]]]:
    """The lines of `marked.txt`: the text, and where what is marked stands."""
    lines = []
    for line in (people.HERE / "marked.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, marks, place = "", [], 0
        for match in _MARK.finditer(line):
            text += line[place : match.start()]
            marks.append((len(text), len(text) + len(match[2]), KINDS[match[1]]))
            text += match[2]
            place = match.end()
        lines.append((text + line[place:], marks))
    return lines


def measure_marked() -> dict[str, list[int]]:
    """Count what is found of `marked.txt`, without the article before."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for text, marks in marked_lines():
        spans = find_identities(text)
        for start, end, kind in marks:
            lead = _LEAD.match(text, start, end)
            found[kind][0] += is_masked(text, lead.end() if lead else start, end, spans)
            found[kind][1] += 1
    return dict(found)


def measure_written() -> dict[str, list[int]]:
    """Count the names found in the whole notes of `written.txt`, as written, in small letters and
    in capitals, and alarms."""
    found: dict[str, list[int]] = {}
    notes_written = (people.HERE / "written.txt").read_text(encoding="utf-8").splitlines()
    for way, write in (("written", str), ("lower", str.lower), ("upper", str.upper)):
        tally = found[way] = [0, 0, 0, 0]
        for line in notes_written:
            if not line or line.startswith("#"):
                continue
            text, names, place = "", [], 0
            for match in _NAMED.finditer(line):
                text += line[place : match.start()]
                names.append((len(text), len(text) + len(match[1])))
                text += match[1]
                place = match.end()
            text = write(text + line[place:])
            spans = find_identities(text)
            tally[0] += sum(is_masked(text, start, end, spans) for start, end in names)
            tally[1] += len(names)
            tally[2] += sum(
                not any(span.start < end and start < span.end for start, end in names)
                for span in spans
            )
            tally[3] += len(text.split())
    return found


def measure_clean(part: str, count: int, seed: int = 5) -> tuple[list[int], int]:
    """Count the questions in each of `count` clean notes of a part, and the hard stops in all."""
    made, chance = held_out_writer(part), random.Random(seed)
    made.without = [line for line in made.without if not re.search(r"\{[DTXS]\}", line)]
    questions, stops = [], 0
    for number in range(count):
        note = made.note(
            chance,
            altered=False,
            register=CHECKED[number % len(CHECKED)],
            empty=1.0,
            lines=chance.choice((1, 2, 3, 4, 5)),
        )
        spans = find_identities(note.text)
        questions.append(len({span.text.lower() for span in spans}))
        stops += sum(span.severity == BLOCK for span in spans)
    return questions, stops


def show_rest(part: str) -> None:
    """Print the other kinds and the clean notes."""
    for title, found in (("numbers", measure_numbers(300)), ("marked", measure_marked())):
        for kind, (right, of) in found.items():
            low, high = interval(right, of)
            print(f"{title:8} {kind:16} {right / of:.4f}  [{low:.4f} {high:.4f}]  of {of}")
    for way, (right, of, alarms, words) in measure_written().items():
        low, high = interval(right, of)
        print(
            f"written  {way:16} {right / of:.4f}  [{low:.4f} {high:.4f}]  of {of}, "
            f"{100 * alarms / words:.2f} alarms per 100 words"
        )
    questions, stops = measure_clean(part, 600)
    questions.sort()
    print(
        f"clean notes: median {questions[len(questions) // 2]}, 95 % within "
        f"{questions[int(len(questions) * 0.95)]} questions; hard stops {stops}"
    )


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--part", default="report", choices=("tune", "report"))
    given.add_argument("--notes", type=int, default=9000)
    given.add_argument("--missed", type=int, default=0)
    chosen = given.parse_args()
    measured = measure_names(chosen.part, chosen.notes)
    show(measured)
    show_rest(chosen.part)
    for line in random.Random(1).sample(
        measured["missed"], min(chosen.missed, len(measured["missed"]))
    ):
        print(line)


if __name__ == "__main__":
    main()
