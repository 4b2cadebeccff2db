"""Letters that are read from right to left, for pages whose lines are drawn from left to right."""

import re
import textwrap
import unicodedata

RIGHT_TO_LEFT = ("R", "AL")
GLUE = "\N{NO-BREAK SPACE}"
LONGEST = 80
"""Characters of a line of a document, more or less."""
_LETTER = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_LEFTWARDS = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U0001efff]")
"""Wider than the letters that are meant, which it finds quickly that there are none of."""
_RUN = re.compile(rf"{_LETTER}(?:[\d .'’\-]*{_LETTER})*")


def goes_leftwards(text: str) -> bool:
    """Whether something of it is read from right to left."""
    return (_LEFTWARDS.search(text) is not None
            and any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text))


def shaped(text: str) -> str:
    """`text` in the order in which it is read, each Arabic letter with the form of its place in the
    word, without points."""
    if not goes_leftwards(text):
        return text
    # Imported here: most documents never need it.
    from arabic_reshaper import ArabicReshaper

    made: str = ArabicReshaper().reshape(text)
    # Without the tables that place them, points would fall beside their letters.
    return "".join(char for char in made
                   if unicodedata.category(char) != "Mn" or not "\u0590" <= char <= "\u06ff")


def said(code: int) -> str:
    """Return what a drawn character stands for, as a PDF writes it: the letter itself, whatever its
    place in the word."""
    char = chr(code)
    # Two letters drawn as one stand backwards, as all that is drawn from left to right does.
    letters = unicodedata.normalize("NFKC", char)[::-1] if "\ufb50" <= char <= "\ufefc" else char
    return letters.encode("utf-16-be").hex().upper()


def ordered(text: str) -> str:
    """Return what `shaped` gives as it is drawn from left to right.

    Words that go leftwards change places among themselves, not with what stands beside a comma or a
    bracket: a name keeps its place in a French sentence. They stay on one line, which keeps their
    order; beyond `LONGEST` they go on on the next.
    """
    return _RUN.sub(_drawn, text) if goes_leftwards(text) else text


def _drawn(found: re.Match[str]) -> str:
    from bidi import get_display

    lines = textwrap.wrap(found[0], LONGEST, break_long_words=False, break_on_hyphens=False)
    return " ".join(get_display(line, base_dir="R").replace(" ", GLUE) for line in lines)
