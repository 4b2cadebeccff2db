"""Words in the reader's language, through gettext, without Qt. French is the default."""

import gettext as _gettext
from collections.abc import Callable

from desktop.base.paths import resource

LANGUAGES = ("fr", "en")

_current = "fr"
_catalogue: _gettext.NullTranslations | None = None


def _load() -> _gettext.NullTranslations:
    global _catalogue
    if _catalogue is None:
        _catalogue = _gettext.translation("carnet", resource("translations"), languages=[_current],
                                          fallback=True)
    return _catalogue


def set_language(code: str) -> None:
    """Speak `code` ("fr" or "en") from now on; ValueError for another."""
    global _current, _catalogue
    if code not in LANGUAGES:
        raise ValueError(code)
    _current = code
    _catalogue = _gettext.NullTranslations() if code == "en" else None


def speak_from(catalogue: _gettext.NullTranslations) -> None:
    """Take the words from `catalogue` until a language is set: one that is tried and not
    shipped."""
    global _catalogue
    _catalogue = catalogue


def language() -> str:
    """Return the language spoken now."""
    return _current


def _(message: str) -> str:
    """`message` (a whole English sentence) in the current language."""
    return _load().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the singular or plural sentence for `count`."""
    return _load().ngettext(one, many, count)


def N_(message: str) -> str:
    """Mark `message` for the catalogue; it is translated later, where it is shown."""
    return message


def words_in(code: str) -> Callable[[str], str]:
    """Return what translates into `code`, whatever language is spoken now."""
    if code == "en":
        return _gettext.NullTranslations().gettext
    return _gettext.translation("carnet", resource("translations"), languages=[code],
                                fallback=True).gettext
