"""Find names that are told letter by letter: « D-U-P-O-N-T », « B E N A L I », « s'écrit K.O.N.E »."""

import re
from collections.abc import Iterator

from desktop.privacy.detect.lexicon import Lexicon
from desktop.privacy.detect.tokens import fold

_LETTERS = re.compile(
    r"(?<![^\W_])(?<![’'.])[^\W\d_]([ .\-–_·/])[^\W\d_](?:\1[^\W\d_])+"
    r"(?![^\W_])(?![’'])"
)
_CUE = re.compile(
    r"(?:[eé]cri(?:t|re|vez)|[eé]pel\w*|nom|pr[eé]nom|lettre par lettre)\W{1,4}$", re.I
)
_OPEN = frozenset("WTU")


def find_spelt_names(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Find names letter by letter, as offsets; initials of bodies and letters in the order of the
    alphabet are none."""
    for match in _LETTERS.finditer(text):
        letters = [sign for sign in match.group() if sign.isalpha()]
        cue = bool(_CUE.search(text, max(0, match.start() - 24), match.start()))
        least = 3 if cue else {" ": 4, ".": 6}.get(match[1], 4)
        if len(letters) < least or _in_order(letters):
            continue
        # « y a t i l »: between blanks only capitals are letters by themselves.
        if match[1] == " " and not cue and not all(sign.isupper() for sign in letters):
            continue
        if cue or lexicon.status(fold("".join(letters))) in _OPEN:
            yield match.span()


def _in_order(letters: list[str]) -> bool:
    folded = [fold(letter) for letter in letters]
    return folded == sorted(set(folded)) and ord(folded[-1][0]) - ord(folded[0][0]) < len(folded)
