"""What a reader knows of the words that are names: the thresholds at which the tagger is
believed, and words that join, begin or are hardly ever names.
"""

from collections.abc import Iterator, Sequence

from desktop.privacy.detect.lexicon import Lexicon
from desktop.privacy.detect.tokens import Token, words_of

OPEN = frozenset("VWTU")
"""What is no closed class: vocabulary, also a name, commune, unknown."""

# The least probability at which a word is held, measured on notes of the part `tune`.
IN_VOCABULARY, ALSO_NAME, UNKNOWN, CAPITAL_INSIDE = 0.18, 0.04, 0.008, 0.012
VERB_FORM, PLURAL = 0.4, 0.95
CLOSED, CLOSED_CAPITAL, PLACE, DAY = 0.4, 0.1, 0.75, 0.97
INITIAL, BARE_INITIAL = 0.12, 0.5
SURE = 0.5
"""A word at this probability is held wherever it comes back."""
AGAIN = 0.02
BESIDE = 0.07
"""A word beside a held one, where no capital tells: « dahir abdi omar »."""

CIVILITIES = words_of(
    "m mr mme mlle mmes mm melle mrs monsieur madame mademoiselle messieurs mesdames dr docteur me "
    "maitre pr"
)
PARTICLES = words_of(
    "de du des d la le l el al ben bin ibn bou abou abu ait van von den der ter da dos do das di "
    "della dell lo y e of mac mc saint sainte st ste n m o ould bint abd ul ur t s"
)
FOREIGN = words_of(
    "van von den der ter da dos do das di della el al ben bin ibn ould bint abou abu ait"
)
"""Particles that are no French words: before a name they are its beginning."""
PLURALS = words_of("les des ces aux nos vos mes tes ses leurs plusieurs quelques deux trois quatre")
LISTS = words_of(
    "groupe salle batiment bat annexe axe point classe bloc hall lot equipe type plan niveau "
    "section porte"
)
"""What a letter numbers: « groupe B »."""
INSIDE = frozenset("@_*$€")
"""Signs that stand for letters within a name."""
ELISIONS = words_of("d l qu j s n m c t jusqu lorsqu puisqu")
NOUNS = words_of("kin role school brandhead org thing nation street sign month lang")
"""Closed classes of nouns: some are names too (« Benjamin », « Cadet », « Pasteur »)."""
OF_PLACES = words_of("country local nation sigle")
HARDLY_NAMES = words_of("france europe noel paques toussaint careme ascension pentecote alzheimer")
"""Names now and then, and hardly in these texts."""
NAMED_AS_PLACES = words_of("liban israel kenya cuba")
SMALL = words_of("clit det prep conj neg aux adv wh num sms say")
"""Closed classes of which a capital inside a sentence, beside a name, is a name too: « Zhiwei Ou »,
« Tran Van »."""


MEASURES = words_of(
    "euros euro mois ans an jours jour heures heure semaines semaine minutes annees annee km kg"
)


def is_measured(tokens: list[Token], at: int) -> bool:
    """Tell the place of « retard » in « deux mois de retard »."""
    return at > 1 and tokens[at - 1].folded == "de" and tokens[at - 2].folded in MEASURES


def with_fixed(tokens: list[Token], lexicon: Lexicon, taken: Sequence[bool]) -> list[bool]:
    """Take out the words of expressions that name nobody, as « Rosa Parks » and « de longue date »;
    after a civility they may."""
    found = list(taken)
    words = [at for at, token in enumerate(tokens) if token.kind == "w"]
    for number, at in enumerate(words):
        for phrase in lexicon.fixed(tokens[at].folded):
            span = words[number : number + len(phrase)]
            if tuple(tokens[place].folded for place in span) == phrase and not (
                number and tokens[words[number - 1]].folded in CIVILITIES
            ):
                joined = all(
                    tokens[place].kind == "w" or tokens[place].folded in "-'"
                    for place in range(at, span[-1] + 1)
                )
                found[at : span[-1] + 1] = [joined or held for held in found[at : span[-1] + 1]]
                break
    for first, last in _runs_of_letters(tokens):
        letters = [token.folded for token in tokens[first : last + 1] if token.kind == "w"]
        known = lexicon.status("".join(letters))
        in_order = letters == _FIRST[: len(letters)]
        if len(letters) > 2 and (in_order or known in ("sigle", "org", "thing")):
            found[first : last + 1] = [True] * (last + 1 - first)
    return found


_FIRST = list("abcdefghijklmnopqrstuvwxyz")


def _runs_of_letters(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Find « R.S.A. » and « A B C D »: letters by themselves, with a point between each two or
    none."""
    first = last = -1
    for at, token in enumerate(tokens):
        if token.kind == "w" and len(token.text) == 1:
            first, last = (at if first < 0 else first), at
        elif first >= 0 and not (token.folded == "." and at == last + 1):
            yield first, last
            first = -1
    if first >= 0:
        yield first, last
