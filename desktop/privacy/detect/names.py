"""Find the names of persons: what the tagger thinks of each word, and then what a reader knows.

Thresholds are low on purpose: a name that passes costs a person, an alarm costs a key. What follows a civility is held, what
hangs together by hyphens, particles and capitals is held as a whole, and a name that was found once is found again.
"""

from collections.abc import Sequence

from desktop.privacy.detect.features import shape_of, view_of
from desktop.privacy.detect.lexicon import Lexicon
from desktop.privacy.detect.tagger import Weights, probabilities
from desktop.privacy.detect.tokens import Token, words_of

OPEN = frozenset("VWTU")
IN_VOCABULARY, ALSO_NAME, UNKNOWN, CAPITAL_INSIDE = 0.12, 0.06, 0.012, 0.02
CLOSED, CLOSED_CAPITAL = 0.75, 0.30
AGAIN = 0.004
PARTICLES = words_of(
    """de du des d la le l el al ben bin ibn bou abou abu aït ait van von den der ter da dos do das
    di della dell lo y e of mac mc saint sainte st ste n m o ould bint abd ul ur t s"""
)
_CIVILITIES = words_of(
    "m mr mme mlle mmes mm melle mrs monsieur madame mademoiselle messieurs "
    "mesdames dr docteur me maitre pr"
)
_SMALL = frozenset(("clit", "det", "prep", "conj", "neg", "aux", "adv", "wh", "num", "sms", "say"))
"""Closed classes of which a capital inside a sentence, beside a name, is a name too: « Zhiwei Ou », « Tran Van »."""


def find_names(
    text: str, tokens: list[Token], lexicon: Lexicon, trained: Weights, taken: Sequence[bool]
) -> list[tuple[int, int]]:
    """Find the names, as offsets. `taken` tells which tokens are already held as something else."""
    if not any(token.kind == "w" for token in tokens):
        return []
    likely = probabilities(tokens, lexicon, trained)
    view = view_of(tokens, lexicon)
    held = [
        not taken[at] and _holds(at, tokens, likely, view.status, view.starts, view.registers)
        for at in range(len(tokens))
    ]
    _after_civilities(tokens, view.status, likely, held, taken)
    _again(tokens, view.status, likely, held, taken)
    _glue(text, tokens, view.status, view.registers, likely, held, taken)
    return _runs(tokens, held)


def _holds(
    at: int,
    tokens: list[Token],
    likely: list[float],
    status: list[str],
    starts: list[str],
    registers: list[str],
) -> bool:
    token = tokens[at]
    if token.kind != "w":
        return False
    chance, known = likely[at], status[at]
    if len(token.text) == 1:
        return _initial(at, tokens, chance, starts[at])
    capital = token.text[0].isupper()
    inside = capital and starts[at] == "m" and registers[at] == "m"
    if known == "U" or known == "T":
        return chance >= (UNKNOWN if known == "U" else ALSO_NAME)
    if known in OPEN:
        if inside:
            return chance >= CAPITAL_INSIDE
        return chance >= (ALSO_NAME if known == "W" else IN_VOCABULARY)
    return chance >= (CLOSED_CAPITAL if inside else CLOSED)


def _initial(at: int, tokens: list[Token], chance: float, start: str) -> bool:
    """Tell « K. » and « k.b. » from « l' », « à » and the end of a list."""
    dotted = (
        at + 1 < len(tokens)
        and tokens[at + 1].folded == "."
        and tokens[at].end == tokens[at + 1].start
    )
    if not dotted:
        return chance >= (0.2 if tokens[at].text.isupper() else 0.5)
    if (
        at + 2 < len(tokens)
        and len(tokens[at + 2].text) == 1
        and tokens[at + 2].kind == "w"
        and tokens[at + 1].end == tokens[at + 2].start
    ):
        return chance >= 0.03
    return chance >= (0.05 if tokens[at].text.isupper() and start == "m" else 0.12)


def _after_civilities(
    tokens: list[Token],
    status: list[str],
    likely: list[float],
    held: list[bool],
    taken: Sequence[bool],
) -> None:
    """Hold the word after « Mme », « M. », « Monsieur », if it can be a name at all."""
    for at, token in enumerate(tokens):
        if token.folded not in _CIVILITIES or (
            len(token.text) == 1
            and token.text.islower()
            and likely[at] < 0.5
            and (at + 1 >= len(tokens) or tokens[at + 1].folded == "'")
        ):
            continue
        after = at + 1
        if after < len(tokens) and tokens[after].folded == ".":
            after += 1
        while (
            after < len(tokens) - 1
            and tokens[after].folded in PARTICLES
            and tokens[after + 1].kind == ("w")
            and tokens[after].end < tokens[after + 1].start
        ):
            after += 1
        if (
            after >= len(tokens)
            or tokens[after].kind != "w"
            or taken[after]
            or tokens[after].start - token.end > 3 + 4 * (after - at)
        ):
            continue
        name, known = tokens[after], status[after]
        capital = name.text[0].isupper() and token.text[0].isupper() and not token.text.isupper()
        if len(name.text) == 1:
            if (
                token.folded == "m"
                and token.end + 1 == name.start
                and tokens[at + 1].folded == (".")
                and after + 1 < len(tokens)
                and tokens[after + 1].folded == "."
                and tokens[after + 1].start == name.end
            ):
                held[at] = held[at + 1] = held[after] = True
                continue
            dotted = (
                after + 1 < len(tokens)
                and tokens[after + 1].folded == "."
                and tokens[after + 1].start == name.end
            )
            held[after] = (
                held[after]
                or (dotted and token.folded != "m")
                or (name.text.isupper() and token.text[0].isupper() and likely[after] > 0.01)
            )
            continue
        if (
            known == "U"
            or (known in OPEN and (capital or likely[after] >= 0.03))
            or (capital and likely[after] >= 0.05)
        ):
            held[after] = True
            if capital:
                for particle in range(at + 1, after):
                    held[particle] = tokens[particle].kind == "w"


def _again(
    tokens: list[Token],
    status: list[str],
    likely: list[float],
    held: list[bool],
    taken: Sequence[bool],
) -> None:
    """Hold the other places of a word that is surely a name here."""
    sure = {
        token.folded
        for at, token in enumerate(tokens)
        if held[at] and likely[at] >= 0.5 and len(token.folded) > 2 and status[at] in OPEN
    }
    for at, token in enumerate(tokens):
        if token.folded in sure and not held[at] and not taken[at]:
            rare = status[at] == "U" or (token.text[0].isupper() and status[at] != "V")
            held[at] = rare or likely[at] >= AGAIN * 5


def _glue(
    text: str,
    tokens: list[Token],
    status: list[str],
    registers: list[str],
    likely: list[float],
    held: list[bool],
    taken: Sequence[bool],
) -> None:
    """Hold what hangs together with a held word: hyphens, apostrophes, particles, initials, neighbouring capitals."""
    last = len(tokens) - 1
    for _round in range(2):
        for at in range(last + 1):
            if not held[at] or tokens[at].kind != "w":
                continue
            for step in (-1, 1):
                _reach(at, step, tokens, status, registers, likely, held, taken)


def _reach(
    at: int,
    step: int,
    tokens: list[Token],
    status: list[str],
    registers: list[str],
    likely: list[float],
    held: list[bool],
    taken: Sequence[bool],
) -> None:
    last = len(tokens) - 1
    near, far = at + step, at + 2 * step
    if not 0 <= near <= last or taken[near]:
        return
    joint = tokens[near]
    touching = _touch(tokens[at], joint, step)
    if (
        joint.folded in "-'"
        and touching
        and 0 <= far <= last
        and tokens[far].kind == "w"
        and _touch(joint, tokens[far], step)
    ):
        clitic = (
            joint.folded == "'"
            and step < 0
            and tokens[far].folded
            in ("d", "l", "qu", "j", "s", "n", "m", "c", "t", "jusqu", "lorsqu", "puisqu")
        )
        if (
            not clitic
            and (joint.folded == "-" or likely[far] > 0.02)
            and not taken[far]
            and _hyphened(tokens, at, far, status)
        ):
            held[near] = held[far] = True
        return
    if joint.kind == "w" and not held[near]:
        touching_blank = (
            abs(tokens[at].start - joint.end) <= 1
            if step < 0
            else joint.start - tokens[at].end <= 1
        )
        if (step < 0 and near > 0 and tokens[near - 1].folded in ".!?\n:-") or near == 0:
            touching_blank = False
        cased = registers[at] in "mt" and tokens[at].text[0].isupper()
        capital = cased and joint.text[0].isupper()
        if (
            capital
            and registers[at] == "m"
            and status[near] not in OPEN
            and len(joint.text) > 1
            and status[near] in _SMALL
            and touching_blank
        ) or (
            capital
            and status[near] in OPEN
            and (step > 0 or likely[near] > 0.003)
            and likely[near] > 0.0008
        ):
            held[near] = True
        elif (
            joint.folded in PARTICLES
            and 0 <= far <= last
            and (
                held[far]
                or (
                    cased
                    and tokens[far].kind == "w"
                    and tokens[far].text[0].isupper()
                    and likely[far] > 0.005
                )
            )
            and (
                likely[near] > 0.08
                or (
                    cased
                    and (joint.text[0].isupper() or (likely[far] > 0.01 and status[far] in "UVW"))
                )
            )
        ):
            held[near] = held[far] = True
        elif (
            len(joint.text) == 1
            and step > 0
            and far <= last
            and tokens[far].folded == "."
            and tokens[far].start == joint.end
        ) or (len(joint.text) == 1 and joint.text.isupper() and (likely[near] > 0.1)):
            held[near] = True
    elif joint.folded == "." and len(tokens[at].text) == 1 and touching and step > 0:
        if (
            0 <= far <= last
            and tokens[far].kind == "w"
            and (held[far] or likely[far] > 0.1)
            and not taken[far]
        ):
            held[far] = True
        held[near] = True
    elif (
        joint.folded == "."
        and step < 0
        and 0 <= far <= last
        and len(tokens[far].text) == 1
        and tokens[far].text.isupper()
        and _touch(joint, tokens[far], step)
        and likely[far] > 0.05
    ):
        held[near] = held[far] = True
    elif joint.kind == "n" and 0 <= far <= last and held[far] and likely[near] > 0.2:
        held[near] = True


def _hyphened(tokens: list[Token], at: int, far: int, status: list[str]) -> bool:
    """Tell names (« Marie-Pascale ») from inversions (« dit-elle »)."""
    return status[far] not in ("clit", "det", "adv") or shape_of(tokens[far].text) in "TU"


def _touch(one: Token, other: Token, step: int) -> bool:
    return one.end == other.start if step > 0 else other.end == one.start


def _runs(tokens: list[Token], held: list[bool]) -> list[tuple[int, int]]:
    """Join held tokens that follow one another."""
    runs: list[tuple[int, int]] = []
    open_run = False
    for at, token in enumerate(tokens):
        if not held[at]:
            open_run = False
            continue
        if open_run and (token.start - runs[-1][1] <= 3):
            runs[-1] = (runs[-1][0], token.end)
        else:
            runs.append((token.start, token.end))
        open_run = True
    return runs
