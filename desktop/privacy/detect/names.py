"""Find the names of persons: what the tagger thinks of each word, and then what a reader knows.

Thresholds are low on purpose: a name that passes costs a person, an alarm costs a key. What follows
a civility is held, what hangs together by hyphens, particles and capitals is held as a whole, and a
name that was found once is found again.
"""

from collections.abc import Sequence

from desktop.privacy.detect.features import TokenView, morphology, shape_of, view_of
from desktop.privacy.detect.lexicon import Lexicon
from desktop.privacy.detect.name_words import (
    AGAIN,
    ALSO_NAME,
    BARE_INITIAL,
    BESIDE,
    CAPITAL_INSIDE,
    CIVILITIES,
    CLOSED,
    CLOSED_CAPITAL,
    DAY,
    ELISIONS,
    FOREIGN,
    HARDLY_NAMES,
    IN_VOCABULARY,
    INITIAL,
    INSIDE,
    LISTS,
    NAMED_AS_PLACES,
    NOUNS,
    OF_PLACES,
    OPEN,
    PARTICLES,
    PLACE,
    PLURAL,
    PLURALS,
    SMALL,
    SURE,
    UNKNOWN,
    VERB_FORM,
    is_measured,
    with_fixed,
)
from desktop.privacy.detect.tagger import Weights, probabilities
from desktop.privacy.detect.tokens import Token


def find_names(
    text: str, tokens: list[Token], lexicon: Lexicon, trained: Weights, taken: Sequence[bool]
) -> list[tuple[int, int]]:
    """Find the names, as offsets. `taken` tells which tokens are already held as something else."""
    if not any(token.kind == "w" for token in tokens):
        return []
    view = view_of(tokens, lexicon, taken=taken)
    reading = _Reading(tokens, view, lexicon, probabilities(view, lexicon, trained), taken)
    reading.hold_likely()
    reading.hold_after_civilities()
    reading.hold_again()
    reading.hold_together()
    return reading.runs()


class _Reading:
    """The tokens of one text while it is decided which are held."""

    def __init__(
        self,
        tokens: list[Token],
        view: TokenView,
        lexicon: Lexicon,
        likely: list[float],
        taken: Sequence[bool],
    ) -> None:
        self.tokens, self.view, self.lexicon = tokens, view, lexicon
        self.likely = likely
        self.taken = with_fixed(tokens, lexicon, taken)
        self.held = [False] * len(tokens)

    # What the tagger says

    def hold_likely(self) -> None:
        """Hold each word at the threshold of what it is."""
        for at, token in enumerate(self.tokens):
            if token.kind == "w" and not self.taken[at]:
                self.held[at] = self.likely[at] >= self._threshold(at)

    def _threshold(self, at: int) -> float:
        token, known = self.tokens[at], self.view.status[at]
        if len(token.text) == 1:
            return self._initial(at)
        if known in "UT":
            return UNKNOWN if known == "U" else ALSO_NAME
        inside = self._is_capital_inside(at)
        if known not in OPEN:
            if known in ("day", "num"):
                return DAY
            if known in OF_PLACES and token.folded not in NAMED_AS_PLACES:
                return PLACE
            if token.folded in HARDLY_NAMES or (known == "month" and not inside):
                return SURE
            if known in NOUNS and self.lexicon.is_also_name(token.folded):
                return CAPITAL_INSIDE if inside else IN_VOCABULARY
            return CLOSED_CAPITAL if inside else CLOSED
        if inside:
            return CAPITAL_INSIDE
        form = morphology(token.folded, self.lexicon) if self.likely[at] >= ALSO_NAME else "-"
        counted = form == "pl" and at and self.tokens[at - 1].folded in PLURALS
        if counted or (known == "V" and token.text.islower() and is_measured(self.tokens, at)):
            return PLURAL
        if known == "W":
            return SURE if self._is_adjective(at) else ALSO_NAME
        return VERB_FORM if form in ("inf", "pp") or form[0] == "v" else IN_VOCABULARY

    def _is_adjective(self, at: int) -> bool:
        """Tell the place of « rose » in « une robe rose »."""
        status = self.view.status
        return (
            at > 1
            and status[at - 1] == "V"
            and status[at - 2] == "det"
            and self._beside(at - 1, at)
        )

    def _initial(self, at: int) -> float:
        """Tell « K. » and « k.b. » from « l' », « à » and the letter of a group."""
        capital = self.tokens[at].text.isupper()
        if not self._is_dotted(at):
            numbered = at > 0 and self.tokens[at - 1].folded in LISTS
            return 0.2 if capital and not numbered else BARE_INITIAL
        after = at + 2
        if self._is_letter(after) and self._touches(at + 1, after):
            return 0.03
        return 0.05 if capital and self.view.starts[at] == "m" else INITIAL

    # What a civility says

    def hold_after_civilities(self) -> None:
        """Hold the word after « Mme », « M. », « Monsieur », if it can be a name at all."""
        for at, token in enumerate(self.tokens):
            if token.folded in CIVILITIES and not self._is_elision(at):
                self._hold_after(at)

    def _hold_after(self, at: int) -> None:
        tokens, token = self.tokens, self.tokens[at]
        first = at + 2 if self._sign(at + 1) == "." else at + 1
        name = first
        while name < len(tokens) - 1 and self._begins_name(name):
            name += 1
        if name >= len(tokens) or tokens[name].kind != "w" or self.taken[name]:
            return
        if tokens[name].start - token.end > 3 + 4 * (name - at):
            return
        if len(tokens[name].text) == 1:
            self._hold_initial_after(at, name)
            return
        known, chance = self.view.status[name], self.likely[name]
        capital = (
            tokens[name].text[0].isupper() and token.text[0].isupper() and not token.text.isupper()
        )
        if (
            known == "U"
            or (known in OPEN and (capital or chance >= 0.03))
            or (capital and chance >= 0.05)
        ):
            self.held[name] = True
            if capital:
                for particle in range(first, name):
                    self.held[particle] = tokens[particle].kind == "w"

    def _hold_initial_after(self, at: int, letter: int) -> None:
        token, dotted = self.tokens[at], self._is_dotted(letter)
        if (
            token.folded == "m"
            and dotted
            and self._sign(at + 1) == "."
            and self._touches(at + 1, letter)
        ):
            # « M.K. »: two initials.
            self.held[at] = self.held[at + 1] = self.held[letter] = True
        elif (dotted and token.folded != "m") or (
            self.tokens[letter].text.isupper()
            and token.text[0].isupper()
            and self.likely[letter] > 0.01
        ):
            self.held[letter] = True

    def _begins_name(self, at: int) -> bool:
        """Tell a particle before a word, as in « Madame de La Fontaine »."""
        token, after = self.tokens[at], self.tokens[at + 1]
        return token.folded in PARTICLES and after.kind == "w" and token.end < after.start

    def _is_elision(self, at: int) -> bool:
        """Tell the m of « m'a »."""
        token = self.tokens[at]
        return token.text == "m" and self.likely[at] < SURE and self._sign(at + 1) in ("'", "")

    # What the rest of the text says

    def hold_again(self) -> None:
        """Hold the other places of a word that is surely a name here."""
        sure = {
            token.folded
            for at, token in enumerate(self.tokens)
            if self.held[at]
            and self.likely[at] >= SURE
            and len(token.folded) > 2
            and self._is_open(at)
        }
        for at, token in enumerate(self.tokens):
            if token.folded in sure and not self.held[at] and not self.taken[at]:
                known = self.view.status[at]
                rare = known == "U" or (token.text[0].isupper() and known != "V")
                self.held[at] = rare or self.likely[at] >= AGAIN

    def hold_together(self) -> None:
        """Hold what hangs together with a held word: hyphens, particles, initials, neighbouring
        capitals."""
        for _round in range(2):
            for at, token in enumerate(self.tokens):
                if self.held[at] and token.kind == "w":
                    for step in (-1, 1):
                        self._reach(at, step)

    def _reach(self, at: int, step: int) -> None:
        near, far = at + step, at + 2 * step
        if not 0 <= near < len(self.tokens) or self.taken[near]:
            return
        joint = self.tokens[near]
        if joint.kind == "w":
            if not self.held[near]:
                self._reach_word(at, near, far, step)
        elif joint.folded in "-'":
            self._reach_joint(at, near, far, step)
        elif joint.folded == ".":
            self._reach_dot(at, near, far, step)
        elif joint.kind == "d" or joint.folded in INSIDE:
            self._reach_figure(at, near, far, step)
        elif joint.kind == "n" and self._is_held(far) and self.likely[near] > 0.2:
            self.held[near] = True

    def _reach_joint(self, at: int, near: int, far: int, step: int) -> None:
        """« Marie-Pascale », « D'Angelo »; not « dit-elle », not « l'ami »."""
        tokens = self.tokens
        if not self._is_word(far) or self.taken[far]:
            return
        if not (self._touches(*sorted((at, near))) and self._touches(*sorted((near, far)))):
            return
        if tokens[near].folded == "'":
            near_sure = self.likely[far] > 0.02 or self.view.status[far] == "U"
            joined = near_sure and not (step < 0 and tokens[far].folded in ELISIONS)
        else:
            joined = (
                self.view.status[far] not in ("clit", "det", "adv")
                or shape_of(tokens[far].text) in "TU"
            )
        if joined:
            self.held[near] = self.held[far] = True

    def _reach_word(self, at: int, near: int, far: int, step: int) -> None:
        """Neighbouring capitals, particles, and the letter of « Zineb L. »."""
        tokens, joint = self.tokens, self.tokens[near]
        known = self.view.status[near]
        cased = self.view.registers[at] in "mt" and tokens[at].text[0].isupper()
        capital = cased and joint.text[0].isupper()
        if capital and (known in OPEN or (known == "local" and self.likely[near] > 0.02)):
            fresh = self.view.starts[near] != "m"
            least = 0.0008 if step > 0 else 0.05 if fresh else 0.003
            self.held[near] = self.likely[near] > least
        elif (
            self._beside(at, near)
            and len(joint.text) > 1
            and self._is_small_name(near, step, capital)
        ):
            self.held[near] = True
        elif joint.folded in PARTICLES and self._joins(at, near, far, step, cased):
            self.held[near] = True
            if step > 0:
                self.held[far] = True
        elif len(joint.text) == 1 and (
            (step > 0 and self._is_dotted(near))
            or (joint.text.isupper() and self.likely[near] > 0.1)
        ):
            self.held[near] = True

    def _is_small_name(self, near: int, step: int, capital: bool) -> bool:
        """Tell closed classes that go on a name: « Zhiwei Ou », and « rose petit » in small
        letters."""
        known = self.view.status[near]
        if capital:
            return known in SMALL and self._is_capital_inside(near)
        if known in OPEN and self.likely[near] > BESIDE:
            return True
        also_name = self.lexicon.is_also_name(self.tokens[near].folded)
        return step > 0 and also_name and self.likely[near] > 0.03

    def _joins(self, at: int, near: int, far: int, step: int, cased: bool) -> bool:
        """Tell whether a particle belongs to the held word: before it, or between it and
        another."""
        joint = self.tokens[near]
        if step < 0:
            if joint.folded in FOREIGN and self._beside(at, near):
                return True
            return self.likely[near] > 0.3 or (
                self._is_capital_inside(near) and self._beside(at, near)
            )
        if not self._is_word(far) or self.taken[far]:
            return False
        capital = cased and self.tokens[far].text[0].isupper()
        if not (self.held[far] or (capital and self.likely[far] > 0.005)):
            return False
        named = self.likely[far] > 0.01 and self.view.status[far] in ("U", "V", "W")
        return self.likely[near] > 0.08 or (cased and (joint.text[0].isupper() or named))

    def _reach_dot(self, at: int, near: int, far: int, step: int) -> None:
        """« J. Dupont », « Dupont J. », « K.B. »."""
        if step > 0:
            if len(self.tokens[at].text) == 1 and self._touches(at, near):
                self.held[near] = True
                if self._is_word(far) and not self.taken[far] and self.likely[far] > 0.1:
                    self.held[far] = True
            elif self._is_cut(at, near, far):
                self.held[near] = self.held[far] = True
        elif (
            self._is_letter(far)
            and self.tokens[far].text.isupper()
            and self._touches(far, near)
            and self.likely[far] > 0.05
        ):
            self.held[near] = self.held[far] = True

    def _is_cut(self, at: int, near: int, far: int) -> bool:
        """Tell « Du.pont »: what follows the point is no word."""
        return (
            self._is_word(far)
            and not self.taken[far]
            and self._touches(at, near)
            and self._touches(near, far)
            and self.tokens[far].text.islower()
            and self.view.status[far] == "U"
        )

    def _reach_figure(self, at: int, near: int, far: int, step: int) -> None:
        """« Kar1m », « K@rim », « lea59 »: figures that touch a name are of it, and the letters after
        them."""
        if not self._touches(*sorted((at, near))):
            return
        follows = self._is_word(far) and not self.taken[far]
        if follows and self._touches(*sorted((near, far))):
            self.held[near] = self.held[far] = True
        elif self.tokens[near].kind == "d":
            self.held[near] = True

    def runs(self) -> list[tuple[int, int]]:
        """Join held tokens that follow one another, as offsets."""
        runs: list[tuple[int, int]] = []
        for at, token in enumerate(self.tokens):
            if not self.held[at]:
                continue
            if at and self.held[at - 1] and token.start - runs[-1][1] <= 3:
                runs[-1] = (runs[-1][0], token.end)
            else:
                runs.append((token.start, token.end))
        return runs

    # Small questions

    def _is_open(self, at: int) -> bool:
        return self.view.status[at] in OPEN

    def _is_held(self, at: int) -> bool:
        return 0 <= at < len(self.held) and self.held[at]

    def _is_word(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == "w"

    def _is_letter(self, at: int) -> bool:
        return self._is_word(at) and len(self.tokens[at].text) == 1

    def _is_capital_inside(self, at: int) -> bool:
        """Tell a capital that is not the first of its sentence, where capitals mean something."""
        return (
            self.tokens[at].text[0].isupper()
            and self.view.starts[at] == "m"
            and self.view.registers[at] == "m"
        )

    def _is_dotted(self, at: int) -> bool:
        return self._sign(at + 1) == "." and self._touches(at, at + 1)

    def _sign(self, at: int) -> str:
        """Return the folded token there; empty beyond the end."""
        return self.tokens[at].folded if 0 <= at < len(self.tokens) else ""

    def _touches(self, first: int, second: int) -> bool:
        return self.tokens[first].end == self.tokens[second].start

    def _beside(self, at: int, near: int) -> bool:
        """Tell whether one blank stands between two words."""
        first, second = sorted((at, near))
        return self.tokens[second].start - self.tokens[first].end <= 1
