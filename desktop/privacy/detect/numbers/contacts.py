"""Find addresses of mail, links and names of accounts, written or told."""

import re
from collections.abc import Iterator

from desktop.base.i18n import N_
from desktop.privacy.detect.numbers.small_words import SMALL_WORDS
from desktop.privacy.detect.spans import BLOCK, Span, span_at
from desktop.privacy.detect.tokens import fold

_I = re.IGNORECASE
_DOT = r"(?:\s?\.\s?|\s*[\(\[]\s*(?:point|dot|\.)\s*[\)\]]\s*|\s+(?:point|dot|pt)\s+)"
_DASH = r"(?:\s?[-_]\s?|\s+(?:tiret(?:\s+du\s+(?:bas|6|8))?|underscore|undersc?or)\s+)"
_AT = (
    r"(?:\s?[@＠]\s?|\s*[\(\[\{<]\s*(?:at|a|@|arobase?s?|chez)\s*[\)\]\}>]\s*|\s+(?:ar+obas?e?s?|"
    r"at|arrobe|&#64;)\s+|&#64;|&commat;)"
)
_EMAILS = (
    re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(
        # Possessive: a hyphen is of the word or between two, and trying both would double at each.
        rf"(?<![\w+-])[\w+-]++(?:(?:{_DOT}|{_DASH})[\w+-]++){{0,4}}{_AT}[\w-]+(?:{_DASH}\w+)?(?:{_DOT}"
        rf"\w{{2,20}}){{1,3}}",
        _I,
    ),
    re.compile(
        r"[\w.+%-]{2,}\s?[@＠]\s?(?:gmail|hotmail|outlook|yahoo|orange|wanadoo|free|sfr|"
        r"laposte|live|icloud|proton(?:mail)?|"
        r"gmx|bbox|neuf)\b",
        _I,
    ),
)
_HOST = (
    r"(?:gmail|hotmail|outlook|yahoo|orange|wanadoo|free|sfr|laposte|live|icloud|"
    r"proton(?:mail)?|gmx|bbox|neuf)"
)
_TOLD_AT_HOST = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{2,60}}(?:\s+|-)"
    rf"(?:chez|at|a\s+commercial|ar+obas?e?s?|arrobe)(?:\s+|-){_HOST}"
    rf"(?:(?:\s*[.-]\s*|\s+)(?:(?:point|dot|pt)\s+)?(?:com|fr|net|be|eu|org|me))?(?![\w-])",
    _I,
)
_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>«»\"]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,6}/[^\s<>«»\"]+|"
    r"\b(?:[a-z0-9-]+\.)+(?:fr|com|org|net|eu|be|info|me|io|gg|gouv\.fr|asso\.fr)"
    r"(?:/[^\s<>«»\"]*)?(?![\w@.-]*@)(?![\w-])",
    _I,
)
_PLATFORM = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik\s?tok|twitter|discord|telegram|facebook|fb|"
    r"messenger|linkedin|twitch|"
    r"youtube|yt|skype|signal|steam|psn|bluesky|mastodon|threads|vinted|leboncoin|"
    r"whats?app|x)"
)
_HANDLES = (
    re.compile(r"(?<![\w.@])@\s?(?=[\w.]*[^\W\d_])[\w][\w.-]{1,40}\w"),
    re.compile(
        rf"\b(?:(?:compte|profil|pseudo(?:nyme)?|identifiant|"
        rf"page)\s+)?(?<!\w){_PLATFORM}\s*(?:[:=]|\bc'?est\b|->|→)\s*"
        r"(?P<it>@?[\w][\w.#-]{2,40})",
        _I,
    ),
    re.compile(
        rf"\b(?:son|mon|le|un|ton|leur|du|au|compte|profil|sur)\s+(?:compte\s+|profil\s+|"
        rf"pseudo\s+)?{_PLATFORM}\s+"
        r"(?:c'?est\s+|est\s+|:\s*)?(?P<it>@?(?=[\w.#-]*(?:[\d_#]|"
        r"\w\.\w))[\w][\w.#-]{3,40})",
        _I,
    ),
    re.compile(
        r"\b(?:pseudo(?:nyme)?|login|identifiant|user(?:name)?|nom d.utilisateur|alias|"
        r"gamertag)\b"
        r"(?:\s+(?:sur\s+)?(?:" + _PLATFORM + r"))?\s*(?:[:=]|est|c'est|=|,)?\s*[«\"“]?\s*"
        r"(?P<it>@?(?=[\w.#-]*[\d_.#-])[\w][\w.#-]{2,40})",
        _I,
    ),
    re.compile(
        r"\b(?:pseudo(?:nyme)?|login|user(?:name)?|gamertag)\s*(?::|=|"
        r"\best\b)\s*[«\"“]?\s*(?P<it>@?[\w][\w.#-]{2,40})",
        _I,
    ),
    re.compile(
        rf"(?<!\w){_PLATFORM}\s+(?P<it>@?(?=[\w.#-]*[a-z])(?=[\w.#-]*(?:[\d_]|\w\.\w))[\w][\w.#-]{{3,"
        rf"40}})",
        _I,
    ),
    re.compile(r"\b\w[\w.]{2,30}#\d{4}\b"),
    re.compile(
        rf"(?<!\w){_PLATFORM}\s+(?:elle|il|on|son\s+nom|son\s+pseudo)\s*"
        r"(?:c'?est|est|s'appelle|:)\s+"
        r"(?P<it>@?(?=[\w.#-]*(?:[\d_]|\w\.\w))[\w][\w.#-]{3,40}\w)",
        _I,
    ),
    re.compile(
        rf"(?<![\w@.])(?P<it>(?=[\w.#-]*(?:[\d_]|\w\.\w))[^\W\d][\w.#-]{{3,40}})\s+sur\s+"
        rf"(?:son\s+)?{_PLATFORM}(?!\w)",
        _I,
    ),
    re.compile(
        rf"\b(?:page|profil|compte|groupe)\s+{_PLATFORM}\s+(?:«\s*)?(?P<it>@?(?=[\w.#-]*[."
        rf"_\d])[\w][\w.#-]{{3,40}})",
        _I,
    ),
)
_PLAIN = re.compile(
    r"^(?:groupe|live|story|avec|pour|mais|dans|elle|qui|que|les|des|une|est|ete|"
    r"aussi|il|on|nous|par|chez)$",
    _I,
)


def find_mails(text: str) -> Iterator[Span]:
    folded = text.lower()
    if not any(
        sign in folded
        for sign in ("@", "＠", "aro", "arr", "at", "chez", "&#64", "&commat", "commercial")
    ):
        return
    for match in _TOLD_AT_HOST.finditer(text):
        yield span_at(text, *match.span(), "email", N_("a mail address"), BLOCK)
    for pattern in _EMAILS:
        for match in pattern.finditer(text):
            if " at " in match.group().lower() and not re.search(
                r"(?:\.|point|dot)\s?(?:fr|com|org|net|eu|be)\b", match.group(), _I
            ):
                continue
            yield span_at(text, match.start(), match.end(), "email", N_("a mail address"), BLOCK)


def find_links(text: str) -> Iterator[Span]:
    for match in _URL.finditer(text):
        end = match.end()
        while text[end - 1] in ".,;:!?)]'’»":
            end -= 1
        yield span_at(text, match.start(), end, "url", N_("a link"))


def find_handles(text: str) -> Iterator[Span]:
    for pattern in _HANDLES:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            word = match.group(group)
            if fold(word.strip("@.")) in SMALL_WORDS or (
                group and _PLAIN.match(word) and ":" not in match.group()
            ):
                continue
            yield span_at(text, *match.span(group), "handle", N_("the name of an account"))
