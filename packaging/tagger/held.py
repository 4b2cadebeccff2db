"""Measure the identity check on the notes that were written before it was tuned on them.

    python packaging/tagger/held.py [--missed] [--half tune|report|both]

`tests/privacy/held_notes.jsonl`: notes as field workers write them, what must be masked in each, in
the order of the text, and under which categories. `tests/privacy/innocent_notes.jsonl`: notes in
which nothing tells who somebody is. A part is found if each letter and figure of it is masked,
under
whatever category; a span that touches nothing of what must be masked is an alarm. What is missed is
printed of the half `tune` alone: the other half was looked at by nobody who tuned.
"""

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.privacy.detect import BLOCK, Span, find_identities
from desktop.privacy.detect.tokens import tokens_of
from tagger import notes

_HURRIED = "sms: "
HERE = Path(__file__).resolve().parents[2] / "tests" / "privacy"


class Part(NamedTuple):
    """What must be masked: from, to, category."""

    start: int
    end: int
    category: str


@dataclass
class Held:
    """What a measure found: by category, found and of; alarms by category; words; questions a note."""

    found: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    registers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    alarms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    told: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    words: int = 0
    stops: int = 0
    questions: list[int] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def alarms_per_100_words(self) -> float:
        """How many spans touch nothing that must be masked, in 100 words."""
        return 100 * sum(self.alarms.values()) / max(1, self.words)


def read_notes(name: str) -> list[tuple[str, str, list[Part]]]:
    """Read a file of notes: register, text and parts of each; ValueError where a part is not in the
    text.
    """
    read = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parts, place = [], 0
        for words, category in zip(row["masked"], row.get("categories", ()), strict=True):
            start = row["text"].index(words, place)
            place = start + len(words)
            parts.append(Part(start, place, category))
        read.append((row.get("register", ""), row["text"], parts))
    return read


def half_of(text: str) -> str:
    """Say whether a note may be looked at while rules are mended (`tune`) or only counted
    (`report`).
    """
    return ("tune", "report")[crc32(text.encode()) % 2]


def measure(name: str, half: str = "both") -> Held:
    """Look through a file of notes, or through one half of it."""
    held = Held()
    for register, text, parts in read_notes(name):
        if half not in ("both", half_of(text)):
            continue
        spans = find_identities(text)
        held.words += sum(token.kind == "w" for token in tokens_of(text))
        held.questions.append(len({span.text.lower() for span in spans}))
        for part in parts:
            right = _is_masked(text, part, spans)
            for tally in (held.found[part.category], held.registers[register]):
                tally[0] += right
                tally[1] += 1
            if not right:
                held.missed.append(
                    f"MISSED {part.category} {text[part.start : part.end]!r} in {text!r}"
                )
        for span in spans:
            held.told[span.category] += 1
            if not any(part.start < span.end and span.start < part.end for part in parts):
                held.alarms[span.category] += 1
                held.stops += span.severity == BLOCK
                held.missed.append(f"ALARM {span.category} {span.text!r} in {text!r}")
    return held


def _is_masked(text: str, part: Part, spans: list[Span]) -> bool:
    return all(
        any(span.start <= at < span.end for span in spans)
        for at in range(part.start, part.end)
        if text[at].isalnum()
    )


def everyday_lines(half: str) -> list[tuple[str, str]]:
    """Return the sentences of `everyday.txt`, each as it is written and in three other ways, with
    the way; hurried ones as they are and in capitals."""
    lines = []
    for line in (HERE / "everyday.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or half not in ("both", half_of(line)):
            continue
        if line.startswith(_HURRIED):
            text = line.removeprefix(_HURRIED)
            lines += [("sms", text), ("sms upper", text.upper())]
        else:
            lines += [("written", line), ("no accents", notes.without_accents(line))]
            lines += [("lower", line.lower()), ("upper", line.upper())]
    return lines


def measure_everyday(half: str = "both") -> dict[str, tuple[int, int, list[str]]]:
    """Count the questions about sentences that tell nobody: by way, questions, words, and what was
    asked."""
    found: dict[str, tuple[int, int, list[str]]] = {}
    for way, text in everyday_lines(half):
        asked = [f"{span.category} {span.text!r} in {text!r}" for span in find_identities(text)]
        count, words, told = found.get(way, (0, 0, []))
        more = sum(token.kind == "w" for token in tokens_of(text))
        found[way] = (count + len(asked), words + more, told + asked)
    return found


def show_everyday(half: str, missed: bool) -> None:
    """Print the questions in 1,000 words of everyday sentences."""
    for way, (count, words, _asked) in measure_everyday(half).items():
        print(f"everyday {way:16} {1000 * count / words:5.1f} questions in 1,000 words of {words}")
    if missed:
        for _count, _words, asked in measure_everyday("tune").values():
            print("\n".join(asked))


def show(title: str, held: Held) -> None:
    """Print recall and precision by category, recall by register, alarms and questions."""
    for category in sorted({*held.found, *held.told}):
        right, of = held.found.get(category, (0, 0))
        told, wrong = held.told.get(category, 0), held.alarms.get(category, 0)
        recall = f"{right / of:.3f} of {of:3}" if of else "   –      "
        precision = f"{1 - wrong / told:.3f} of {told:3}" if told else "–"
        print(f"{title} {category:16} recall {recall}   precision {precision}")
    for register, (right, of) in held.registers.items():
        print(f"{title} {register or '-':16} recall {right / of:.3f} of {of}")
    questions = sorted(held.questions)
    print(
        f"{title} alarms per 100 words {held.alarms_per_100_words():.2f}, hard stops wrongly "
        f"{held.stops}; questions: median {questions[len(questions) // 2]}, 95 % within "
        f"{questions[int(len(questions) * 0.95)]}"
    )


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--missed", action="store_true")
    given.add_argument("--half", default="both", choices=("tune", "report", "both"))
    chosen = given.parse_args()
    for title, name in (("held", "held_notes.jsonl"), ("innocent", "innocent_notes.jsonl")):
        show(title, measure(name, chosen.half))
        if chosen.missed:
            print("\n".join(measure(name, "tune").missed))
    show_everyday(chosen.half, chosen.missed)


if __name__ == "__main__":
    main()
