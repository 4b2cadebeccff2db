"""What the tagger looks at around each word, as numbers of weights.

The same function serves training and use. Identities of words that are not closed classes can be
hidden (`hidden`): in training, the weights must learn the sentence and not the names that they were
shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from desktop.privacy.detect.lexicon import Lexicon
from desktop.privacy.detect.tokens import Token

SIZE = 1 << 20
_MASK = SIZE - 1
_ENDS = frozenset('.!?\n:•*>«"|;')
_VOWELS = frozenset("aeiouy")
_VERBAL = (
    "aient",
    "erait",
    "erent",
    "ions",
    "eront",
    "ent",
    "ait",
    "ais",
    "ant",
    "era",
    "ons",
    "ez",
    "es",
    "ee",
    "e",
    "a",
)


@dataclass(frozen=True, slots=True)
class TokenView:
    """Tokens as the tagger sees them, one entry a token in each list."""

    words: list[str]
    """Folded words; those of other classes than the closed ones may be hidden as `*`."""
    status: list[str]
    shapes: list[str]
    registers: list[str]
    starts: list[str]
    folded: list[str]


def shape_of(word: str) -> str:
    """`l` lower, `T` one capital first, `U` capitals, `1` one capital alone, `M` mixed."""
    if word.islower():
        return "l"
    if word.isupper():
        return "1" if len(word) == 1 else "U"
    return "T" if word[0].isupper() and word[1:].islower() else "M"


def view_of(
    tokens: list[Token], lexicon: Lexicon, hidden: bool = False, taken: Sequence[bool] = ()
) -> TokenView:
    """Look at all tokens of a text; those that are taken (a plate, a mail address) look like
    numbers."""
    status, shapes, words, folded = [], [], [], []
    for at, token in enumerate(tokens):
        folded.append(token.folded)
        if taken and taken[at] and token.kind != "n":
            status.append("D")
            shapes.append("d")
            words.append("D2")
        elif token.kind == "w":
            known = lexicon.status(token.folded)
            status.append(known)
            shapes.append(shape_of(token.text))
            open_word = known in "VWTU"
            words.append("*" + known if open_word and (hidden or known in "UT") else token.folded)
        elif token.kind == "d":
            status.append("D")
            shapes.append("d")
            words.append(f"D{min(len(token.text), 5)}")
        else:
            status.append(token.folded)
            shapes.append("p")
            words.append(token.folded)
    return TokenView(words, status, shapes, _registers(tokens, shapes), _starts(tokens), folded)


def _starts(tokens: list[Token]) -> list[str]:
    """`s` at the beginning of a sentence or line, `q` after an opening sign, `m` inside."""
    starts, fresh = [], "s"
    for token in tokens:
        starts.append(fresh)
        if token.kind == "p" and token.folded in "-–—(\"'«" and fresh == "s":
            continue
        fresh = "s" if token.folded in _ENDS else "m"
    return starts


def _registers(tokens: list[Token], shapes: list[str]) -> list[str]:
    """How each line is written: `l` no capital, `u` capitals, `t` each word with one, `m` as usual;
    short lines as the text."""
    whole = _register(shapes)
    registers: list[str] = []
    begin = 0
    for place in range(len(tokens) + 1):
        if place == len(tokens) or tokens[place].kind == "n":
            line = shapes[begin:place]
            count = sum(shape in "lTU1M" for shape in line)
            register = _register(line) if count >= 4 else whole
            registers += [register] * (min(place + 1, len(tokens)) - begin)
            begin = place + 1
    return registers


def _register(shapes: list[str]) -> str:
    lower, title, upper = shapes.count("l"), shapes.count("T"), shapes.count("U")
    if not title + upper:
        return "l"
    if upper > 2 * (lower + title):
        return "u"
    return "t" if title > 2 * lower and title > 3 else "m"


def morphology(word: str, lexicon: Lexicon) -> str:
    """How a French word is built: infinitive, form of a verb in -er, participle, plural, what has a
    plural, or none of these."""
    if (word[-1] == "r" and lexicon.knows(word + "a")) or (
        word.endswith("re") and lexicon.knows(word[:-1] + "a")
    ):
        return "inf"
    for ending in _VERBAL:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            if lexicon.knows(word[: -len(ending)] + "er"):
                return "v" + ending
            break
    if word[-1] in "sx" and lexicon.knows(word[:-1]):
        return "pl"
    if word[-1] in "iu" and lexicon.knows(word + "es"):
        return "pp"
    return "n" if lexicon.knows(word + "s") else "-"


def _nearly_french(word: str, lexicon: Lexicon) -> str:
    """Say by what an unknown word misses a French one.

    A glued elision (« lagence »), a mute ending (« voitur »), a double letter, the sound of an
    ending, vowels (« pck »).
    """
    length = len(word)
    if not _VOWELS & set(word):
        return "c"
    if length > 4 and word[0] in "ldjnmsct" and word[1] in "aeiouhy" and lexicon.knows(word[1:]):
        return "g"
    if length > 5 and word[:2] == "qu" and lexicon.knows(word[2:]):
        return "g"
    if length < 4:
        return ""
    if word[-1] not in _VOWELS and lexicon.knows(word + "e"):
        return "m"
    for at in range(1, length):
        if word[at] == word[at - 1]:
            if lexicon.knows(word[:at] + word[at + 1 :]):
                return "d"
        elif word[at] in "lmnprstfc" and lexicon.knows(word[:at] + word[at] + word[at:]):
            return "d"
    if word[-1] in "ei" and (
        lexicon.knows(word + "r") or lexicon.knows(word + "s") or lexicon.knows(word + "t")
    ):
        return "e"
    if "k" in word and lexicon.knows(word.replace("k", "qu")):
        return "k"
    if "e" in word[1:] and lexicon.knows(word.replace("e", "ai", 1)):
        return "a"
    if length > 6 and any(
        lexicon.knows(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
        for at in range(length - 1)
    ):
        return "t"
    return ""


def features_at(view: TokenView, place: int, lexicon: Lexicon) -> list[int]:
    """Return the weights that speak at a token; signs and numbers have few."""
    status, words, shapes, starts = view.status, view.words, view.shapes, view.starts
    last = len(status) - 1
    known, shape = status[place], shapes[place]
    before = status[place - 1] if place else "^"
    after = status[place + 1] if place < last else "$"
    if shape == "p" or shape == "d":
        names = [
            f"p{known}",
            f"p{known}{before}{after}",
            f"p{known}"
            f"{shapes[place - 1] if place else '^'}"
            f"{shapes[place + 1] if place < last else '$'}",
        ]
        return [crc32(name.encode()) & _MASK for name in names]
    before2 = status[place - 2] if place > 1 else "^"
    after2 = status[place + 2] if place < last - 1 else "$"
    word_before = words[place - 1] if place else "^"
    word_after = words[place + 1] if place < last else "$"
    word_before2 = words[place - 2] if place > 1 else "^"
    word_after2 = words[place + 2] if place < last - 1 else "$"
    shape_before = shapes[place - 1] if place else "^"
    shape_after = shapes[place + 1] if place < last else "$"
    start, register = starts[place], view.registers[place]
    word = view.folded[place]
    look = shape + register
    if known in "VWTU":
        kind = known
    else:
        kind = known + "~" if lexicon.is_also_name(word) else known
    names = [
        f"a{look}{start}",
        f"b{kind}{look}{start}",
        f"c{kind}",
        f"d{word_before}",
        f"e{word_after}",
        f"f{before}|{kind}|{after}",
        f"g{word_before}|{kind}{shape}",
        f"h{kind}{shape}|{word_after}",
        f"i{word_before2}|{word_before}|{kind}",
        f"j{kind}|{word_after}|{word_after2}",
        f"k{before2}|{before}|{kind}",
        f"l{kind}|{after}|{after2}",
        f"m{shape_before}{look}{shape_after}",
        f"n{word_before}|{word_after}|{kind}",
        f"o{before}{start}|{kind}{look}",
        f"p2{kind}{look}|{after}",
        f"q{word_before2}|{kind}",
        f"r{kind}|{word_after2}",
        f"s{shape_before}{before}|{shape}{kind}|{after}{shape_after}",
    ]
    if known in "VWTU":
        length = len(word)
        names.append(f"L{known}{min(length, 9)}{look}")
        if words[place][0] != "*":
            names += (f"w{word}", f"w{word}{look}", f"w{word}{start}{shape}")
        if known in "VW":
            form = morphology(word, lexicon)
            names += (
                f"x{known}{word[-3:]}",
                f"y{known}{form}|{before}",
                f"z{known}{form}|{after}",
                f"x{form}{look}{start}",
            )
        else:
            padded = f"<{word}>"
            names += [f"t{padded[at : at + 3]}" for at in range(length)]
            names += [f"u{padded[at : at + 4]}" for at in range(length - 1)]
            near = _nearly_french(word, lexicon)
            if near:
                names += (f"Q{near}", f"Q{near}{look}", f"Q{near}|{before}", f"Q{near}|{after}")
            names += (
                f"B{word[:2]}{register}",
                f"E{word[-2:]}{register}",
                f"E{word[-3:]}|{after}",
                f"E{word[-2:]}|{before}",
            )
            names += (
                f"T{known}{look}|{before}",
                f"T{known}{look}|{word_before}",
                f"A{known}{look}|{word_after}",
            )
        if after in "VW" and place < last:
            names.append(f"F{kind}{shape}|{view.folded[place + 1][-3:]}")
        elif after == "U":
            names.append(f"G{kind}{shape}|{view.folded[place + 1][-2:]}")
    else:
        names += (
            f"w{word}{shape}{start}",
            f"w{word}{look}",
            f"w{word}|{word_before}",
            f"w{word}|{word_after}",
            f"w{word}{shape}|{before}|{after}",
        )
    return [crc32(name.encode()) & _MASK for name in names]
