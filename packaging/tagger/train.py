"""Train the identity check: write its vocabulary and its weights into `resources/identities`.

python packaging/tagger/train.py words --npm FOLDER     the vocabulary, from the two npm packages
unpacked there python packaging/tagger/train.py weights [--notes N]    the weights: same seed, same
notes, same weights

What the shipped weights were trained on is kept in `trained.json`, as sums of the lists and of the
weights.
"""

import argparse
import json
import random
import sys
import tempfile
from array import array
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.base.paths import resource
from desktop.privacy.detect import lexicon as known
from desktop.privacy.detect.features import SIZE, features_at, view_of
from desktop.privacy.detect.tagger import WEIGHTS, Weights
from desktop.privacy.detect.tokens import fold, tokens_of
from tagger import notes, people

HERE = Path(__file__).parent
SEED = 20251
NOTES = 60_000
WORDS = HERE / "words"
TRAINED = HERE / "trained.json"


def vocabulary() -> list[str]:
    """The French words, as they are written."""
    import lzma

    return lzma.decompress((WORDS / "french.txt.xz").read_bytes()).decode().splitlines()


def lines_of(name: str) -> list[str]:
    return (WORDS / name).read_text(encoding="utf-8").splitlines()


def write_words(npm: Path) -> None:
    """Write the lists that training and use share, out of the npm packages."""
    import lzma

    words = json.loads(
        (npm / "an-array-of-french-words" / "index.json").read_text(encoding="utf-8")
    )
    communes = json.loads(
        (npm / "@etalab" / "decoupage-administratif" / "data" / "communes.json").read_text(
            encoding="utf-8"
        )
    )
    WORDS.mkdir(exist_ok=True)
    (WORDS / "french.txt.xz").write_bytes(lzma.compress("\n".join(words).encode(), preset=9))
    named = sorted({row["nom"] for row in communes if row["type"] == "commune-actuelle"})
    (WORDS / "communes.txt").write_text("\n".join(named) + "\n", encoding="utf-8")


def pack_words() -> None:
    """Write the vocabulary, the communes and the words that are also names as the lexicon reads
    them."""
    folder = resource("identities")
    folded = {
        fold(part)
        for word in vocabulary() + lines_of("more.txt")
        for part in word.replace("-", " ").replace("'", " ").split()
    }
    folded = {word for word in folded if len(word) > 1}
    towns = {
        fold(part)
        for name in lines_of("communes.txt")
        for part in name.replace("-", " ").replace("'", " ").split()
    }
    given = {
        fold(part) for name in lines_of("given.txt") for part in name.replace("-", " ").split()
    }
    listed = people.read_names(people.HERE / "names" / "training.txt")
    also = {
        fold(part)
        for names in listed.values()
        for side in names
        for name in side
        for part in name.replace("-", " ").replace("'", " ").split()
    }
    (folder / "vocabulary.bin").write_bytes(known.sums_of(folded))
    (folder / "communes.bin").write_bytes(
        known.sums_of({word for word in towns if len(word) > 3} - folded)
    )
    whole = {
        fold(name)
        for name in lines_of("communes.txt")
        if "-" not in name and " " not in name and "'" not in name
    }
    small = set(lines_of("no_towns.txt"))
    (folder / "towns.bin").write_bytes(
        known.sums_of({word for word in towns | whole if len(word) > 3} - small)
    )
    (folder / "also_names.bin").write_bytes(
        known.sums_of(
            {
                word
                for word in given | also | set(lines_of("also_names.txt"))
                if len(word) > 1 and word in folded
            }
        )
    )


def writer(part: str = "train", lists: Path | None = None) -> notes.Writer:
    """A writer of notes from the carriers and given names of a part."""
    words = vocabulary()
    folded = known.shipped_lexicon()
    # What is checked by its name is met nowhere in the training, whoever else bears it.
    checked = people.folded_names(people.HERE / "names" / "checking.txt") if part == "train" else ()
    given = [
        name
        for name in lines_of("given.txt")
        if notes.part_of(name) == part and fold(name) not in checked
    ]
    named = people.read_names(lists or people.HERE / "names" / "training.txt")
    if lists is None:
        named |= people.read_names(people.HERE / "names" / "words.txt")
    crowd = people.Crowd(
        named,
        given,
        [word for word in words if 1 < len(word) < 10 and "-" not in word],
        [name for name in lines_of("communes.txt") if name.isalpha()],
    )
    chosen = [
        [line for line in notes.carriers(kind) if notes.part_of(line) == part] for kind in "10"
    ]
    also = [word for word in words if len(word) > 2 and folded.is_also_name(fold(word))]
    return notes.Writer(chosen[0], chosen[1], crowd, lines_of("communes.txt"), words, also)


def labels_of(note: notes.Note, tokens: list) -> list[str]:
    """`1` for the tokens of names."""
    labels, spans = [], list(note.names)
    for token in tokens:
        while spans and spans[0][1] <= token.start:
            spans.pop(0)
        labels.append("1" if spans and spans[0][0] <= token.start else "0")
    return labels


def train(count: int, seed: int = SEED, rounds: int = 90) -> Weights:
    """Write notes, learn from them, round the weights."""
    import pycrfsuite

    words, source, chance = known.shipped_lexicon(), writer(), random.Random(seed)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for _each in range(count):
        note = source.note(chance)
        tokens = tokens_of(note.text)
        view = view_of(tokens, words, hidden=chance.random() < 0.3)
        rows = [
            [str(number) for number in features_at(view, place, words)]
            for place in range(len(tokens))
        ]
        trainer.append(rows, labels_of(note, tokens))
    trainer.set_params(
        {"c1": 0.0, "c2": 0.6, "max_iterations": rounds, "feature.possible_transitions": True}
    )
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "model"))
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
    raw = [0.0] * SIZE
    for (feature, label), value in info.state_features.items():
        raw[int(feature)] += value if label == "1" else -value
    top = max(abs(value) for value in raw)
    scale = 32_000 / top
    moves = tuple(
        info.transitions.get(pair, 0.0) for pair in (("0", "0"), ("0", "1"), ("1", "0"), ("1", "1"))
    )
    return Weights(scale, moves, array("h", [round(value * scale) for value in raw]))


def stamp_of(weights: Path) -> dict[str, int]:
    """Sum up the lists that a training reads, and the weights that it left."""
    lists = [*sorted((HERE / "carriers").iterdir()), *sorted((HERE / "names").iterdir())]
    lists += [file for file in sorted(WORDS.iterdir()) if file.name != "no_towns.txt"]
    lists.append(resource("identities", known.CLASSES))
    total = 0
    for file in lists:
        total = crc32(file.read_bytes().replace(b"\r\n", b"\n"), total)
    return {"lists": total, "weights": crc32(weights.read_bytes())}


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("what", choices=("words", "pack", "weights"))
    given.add_argument("--npm", type=Path)
    given.add_argument("--notes", type=int, default=NOTES)
    given.add_argument("--out", type=Path, default=resource("identities", WEIGHTS))
    chosen = given.parse_args()
    if chosen.what == "words":
        write_words(chosen.npm)
    if chosen.what in ("words", "pack"):
        pack_words()
    else:
        train(chosen.notes).write(chosen.out)
        if chosen.out == resource("identities", WEIGHTS):
            TRAINED.write_text(json.dumps(stamp_of(chosen.out)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
