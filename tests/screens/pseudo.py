"""A language nobody speaks: every English sentence 40 % longer, accented, between brackets, its
placeholders untouched."""

import gettext
import re

_KEPT = re.compile(r"(\{[^}]*\}|\n)")
_ACCENTS = str.maketrans("aceinouyACEINOUY", "àçéîñöûÿÀÇÉÎÑÖÛŸ")
_VOWELS = frozenset("àéîöûÿÀÉÎÖÛŸ")
LONGER = 1.4


def stretched(message: str) -> str:
    """`message` in that language: vowels are doubled from its beginning on, then dots are added,
    until it is long enough."""
    parts = _KEPT.split(message)
    words = sum(len(part) for part in parts[::2])
    owed = round(words * (LONGER - 1))
    made = []
    for number, part in enumerate(parts):
        if number % 2:
            made.append(part)
            continue
        letters = []
        for letter in part.translate(_ACCENTS):
            letters.append(letter)
            if owed > 0 and letter in _VOWELS:
                letters.append(letter)
                owed -= 1
        made.append("".join(letters))
    return "[" + "".join(made) + "·" * max(0, owed) + "]"


class Pseudo(gettext.NullTranslations):
    """The catalogue of that language."""

    def gettext(self, message: str) -> str:
        return stretched(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return stretched(msgid1 if n == 1 else msgid2)
