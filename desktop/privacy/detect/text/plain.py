"""Write a text as a reader sees it: without signs that are not seen, accents with their letters,
wide and ornamental letters as usual ones, every blank a space.

`Plain.at` leads back to the text as given: what is found is told in its code points.
"""

import re
import unicodedata
from dataclasses import dataclass

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_MARKS = "\u0300-\u036f"
_ORNATE = "\ufb00-\ufb06\uff01-\uff5e\u2460-\u24ff\u2100-\u214f\U0001d400-\U0001d7ff"
_ODD = re.compile(f"[{_UNSEEN}{_BLANKS}{_MARKS}{_ORNATE}]")
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_IS_BLANK = re.compile(f"[{_BLANKS}]")
_IS_MARK = re.compile(f"[{_MARKS}]")


@dataclass(frozen=True)
class Plain:
    """A text as it is looked through; `starts` and `ends` are places in the text as given, one a
    code point, None where both are the same."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part that is not empty stands in the text as given."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def plain_of(text: str) -> Plain:
    """Write a text plainly; the same text where nothing is odd, which costs one look."""
    if text.isascii() or not _ODD.search(text):
        return Plain(text)
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, sign in enumerate(text):
        if _IS_MARK.match(sign) and signs and ends[-1] == place:
            joined = unicodedata.normalize("NFC", signs[-1] + sign)
            if len(joined) == 1:
                signs[-1], ends[-1] = joined, place + 1
                continue
        for plain in _written(sign):
            signs.append(plain)
            starts.append(place)
            ends.append(place + 1)
    return Plain("".join(signs), starts, ends)


def _written(sign: str) -> str:
    """Return what stands for one sign: nothing, a space, or plain letters."""
    if sign.isascii() or not _ODD.match(sign):
        return sign
    if _IS_UNSEEN.match(sign):
        return ""
    if _IS_BLANK.match(sign):
        return " "
    return sign if _IS_MARK.match(sign) else unicodedata.normalize("NFKC", sign)
