"""How trainings are said, on the screen and on paper alike."""

from babel.numbers import format_decimal

from desktop.base.i18n import N_, _, language
from desktop.queries.trainings import Trained

WORDS = {Trained.TO_TRAIN: N_("to be trained"), Trained.TO_REFRESH: N_("to be refreshed"),
         Trained.TRAINED: N_("trained")}


def state_words(state: Trained) -> str:
    """Say how a person stands."""
    return _(WORDS[state])


def hours_words(hours: float) -> str:
    """Say a number of hours, 3,5 h; empty for none."""
    return f"{format_decimal(hours, locale=language())}\u00a0h" if hours else ""


def share_words(trained: int, people: int) -> str:
    """Say how many people are trained: 4 of 6."""
    return _("{count} of {whole}").format(count=trained, whole=people)
