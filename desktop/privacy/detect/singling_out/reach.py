"""Say how far a name or a place reaches in a text, and whether a word is a commune."""

import re

from desktop.privacy.detect.features import morphology
from desktop.privacy.detect.lexicon import PLACES, Lexicon
from desktop.privacy.detect.singling_out.patterns import OF, PUBLIC
from desktop.privacy.detect.tokens import fold

_QUALIFIES = re.compile(
    r".*(?:ique|al|ale|ales|aux|aire|aires|if|ive|ien|ienne|iens|el|elle|ain|"
    r"aine|eux|euse|ier|iere|ais|aise|ois|oise)$"
)
_LINKS = frozenset(
    (
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "en",
        "sur",
        "sous",
        "aux",
        "au",
        "saint",
        "sainte",
    )
)


_ENDING = frozenset(
    ("aux", "clit", "conj", "prep", "neg", "say", "adv", "wh", "greet", "civ", "sms")
)


def flatten(text: str) -> str:
    """Fold a text letter by letter: the same length, so that places in it are places in the
    text."""
    if text.isascii():
        return text.lower()
    out = []
    for sign in text:
        if sign in "’‘`´":
            out.append("'")
        elif sign in "\u00a0\u202f":
            out.append(" ")
        elif sign.isascii():
            out.append(sign.lower())
        else:
            plain = fold(sign)
            out.append(plain[0] if plain else " ")
    return "".join(out)


def is_capital(text: str, at: int) -> bool:
    return at < len(text) and text[at].isupper()


def is_cased(text: str) -> bool:
    """Tell whether capitals mean something: neither all letters are, nor none, nor the first of
    each word."""
    if text.isupper() or text == text.lower():
        return False
    firsts = [match.group()[0] for match in _LONG.finditer(text)]
    return 4 * sum(first.islower() for first in firsts) >= len(firsts)


_LONG = re.compile(r"[^\W\d_]{4,}")


def end_of_name(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Say where a name that begins here ends: words with capitals, or unknown ones; `start` if
    there is none."""
    last, cased = start, is_cased(text)
    for match in re.finditer(r"[^\W\d_](?:[\w’'-]*\w)?|\d+|\S", text[start:end]):
        word = match.group()
        if not word[0].isalnum():
            break
        folded = fold(word)
        status = lexicon.status(re.split(r"[-'’]", folded)[-1])
        joint = folded in (
            "de",
            "du",
            "des",
            "la",
            "le",
            "les",
            "et",
            "d",
            "l",
            "en",
            "sur",
            "sous",
            "aux",
        )
        if cased:
            good = word[0].isupper() or word[0].isdigit()
        else:
            good = status in ("U", *PLACES, "thing")
        if good and word[0].isdigit() and last == start:
            break
        if good and folded not in PUBLIC:
            last = start + match.end()
        elif not joint or (not cased and last > start):
            break
    return last


def is_town(text: str, flat: str, start: int, word: str, lexicon: Lexicon) -> bool:
    """Tell a commune from the rest: a name of one, or hyphened names of which the parts are."""
    parts = [part for part in re.split(r"[-']", word) if part]
    if not parts:
        return False
    if is_cased(text) and not is_capital(text, start) and lexicon.status(parts[-1]) not in PLACES:
        return False
    if any(lexicon.is_town(part) for part in parts):
        return len(parts) > 1 or lexicon.is_town(word)
    return False


def end_of_chain(text: str, flat: str, at: int, lexicon: Lexicon, linked: bool = False) -> int:
    """Follow « du club de judo de Jeumont » from `at` to its proper name or place; -1 if none comes
    within eight words."""
    last, links, spare = -1, 0, 1
    places, after = lexicon.phrases["places"], lexicon.phrases["named_after"]
    cased = is_cased(text)
    for count, match in enumerate(re.finditer(r"[^\W\d_][\w-]*|\d+|\S", flat[at : at + 90])):
        word = match.group()
        start, end = at + match.start(), at + match.end()
        if word == "'":
            continue
        if count > 11 or not word[0].isalnum():
            break
        if word in _LINKS:
            links += not linked
            linked = True
            continue
        status = lexicon.status(re.split(r"[-']", word)[-1])
        capital = is_capital(text, start)
        # In small letters an unknown word is as good as a capital, and so are hyphens and the
        # second « de la ... ».
        named = (
            capital
            if cased
            else status in ("U", *PLACES)
            or "-" in word
            or (linked and links > 1 and status in "VW")
        )
        if (named and status not in ("aux", "clit", "conj", "say")) or (
            linked and (word in places or word in after)
        ):
            last = end
        elif status in _ENDING:
            break
        elif not (linked or _QUALIFIES.match(word)):
            if last > 0:
                break
            # One noun may stand beside another: « le rayon boucherie », « un chantier école ».
            if not spare or morphology(word, lexicon)[0] in "vi":
                break
            spare -= 1
        linked = False
    return last


def end_of_complement(text: str, flat: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Say where the name ends that follows « de l'école »; -1 if it is none."""
    if start < 0:
        return -1
    lead = re.match(rf"\s+(?:{OF})?(?:la\s+|le\s+|les\s+|l')?", flat[start:])
    begin = start + (lead.end() if lead else 0)
    last = end_of_name(text, begin, end, lexicon)
    return last if last > begin else -1
