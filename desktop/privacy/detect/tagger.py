"""The linear-chain tagger: how likely each token is a part of somebody's name.

Two labels. The weights are trained by `packaging/tagger`; here they are only read and added up, in
plain Python: 7 to 12 ms for 1,000 characters.
"""

import math
import struct
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from desktop.base.paths import resource
from desktop.privacy.detect.features import SIZE, TokenView, features_at
from desktop.privacy.detect.lexicon import Lexicon

WEIGHTS = "weights.bin"
_HEAD = struct.Struct("<4sf4f")
_MAGIC = b"CTG1"
_FAR = 30.0
_LOADING = Lock()


@dataclass(frozen=True)
class Weights:
    """What the training left. `scores` are of "name" against "other", times `scale`."""

    scale: float
    moves: tuple[float, float, float, float]
    """Other to other, other to name, name to other, name to name."""
    scores: "array[int]"

    def write(self, file: Path) -> None:
        """Write the weights as `read_weights` reads them."""
        packed = struct.pack(f"<{SIZE}h", *self.scores)
        file.write_bytes(_HEAD.pack(_MAGIC, self.scale, *self.moves) + packed)


def read_weights(file: Path) -> Weights:
    """Read weights. Raise ValueError if the file holds something else."""
    data = file.read_bytes()
    if len(data) != _HEAD.size + 2 * SIZE or data[:4] != _MAGIC:
        raise ValueError(f"{file.name} holds no weights of this version")
    _magic, scale, *moves = _HEAD.unpack_from(data)
    scores = array("h")
    scores.frombytes(data[_HEAD.size :])
    return Weights(scale, (moves[0], moves[1], moves[2], moves[3]), scores)


@cache
def _shipped() -> Weights:
    return read_weights(resource("identities", WEIGHTS))


def shipped_weights() -> Weights:
    """Return the weights that are shipped, read at the first call, whichever thread asks."""
    with _LOADING:
        return _shipped()


def probabilities(view: TokenView, lexicon: Lexicon, trained: Weights) -> list[float]:
    """How likely each token is in a name, all of the text considered (forward-backward)."""
    if not view.status:
        return []
    scores = trained.scores
    odds = []
    for place in range(len(view.status)):
        total = (
            sum([scores[number] for number in features_at(view, place, lexicon)]) / trained.scale
        )
        odds.append(math.exp(max(-_FAR, min(_FAR, total))))
    return _marginals(odds, [math.exp(move) for move in trained.moves])


def _marginals(odds: list[float], moves: list[float]) -> list[float]:
    """Marginals of the label "name"; each step is scaled so that nothing overflows."""
    stay, begin, stop, go_on = moves
    ahead = []
    other, name = 1.0, odds[0]
    for place, odd in enumerate(odds):
        if place:
            other, name = other * stay + name * stop, (other * begin + name * go_on) * odd
        total = other + name
        other, name = other / total, name / total
        ahead.append((other, name))
    marginals = [0.0] * len(odds)
    other, name = 1.0, 1.0
    for place in range(len(odds) - 1, -1, -1):
        before_other, before_name = ahead[place]
        total = before_other * other + before_name * name
        marginals[place] = before_name * name / total
        pulled = name * odds[place]
        other, name = stay * other + begin * pulled, stop * other + go_on * pulled
        total = other + name
        other, name = other / total, name / total
    return marginals
