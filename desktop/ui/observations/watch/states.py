"""How the states of an observation look: the drawing and the tone beside the word."""

from desktop.models.states import ENTERED, ObservationState
from desktop.ui.widgets.glyphs import BEGUN, CROSSED, DONE, HALF, WAITED

GLYPHS: dict[str, str] = {ObservationState.DRAFT: WAITED, ENTERED: WAITED,
                          ObservationState.HANDED_IN: WAITED,
                          ObservationState.RECEIVED: BEGUN,
                          ObservationState.QUALIFIED: HALF, ObservationState.LINKED: DONE,
                          ObservationState.SET_ASIDE: CROSSED}
TONES: dict[str, str] = {ObservationState.RECEIVED: "accent", ObservationState.QUALIFIED: "accent",
                         ObservationState.LINKED: "ok"}


def tone(state: str) -> str:
    """Return the tone of a state; neutral where nothing is done."""
    return TONES.get(state, "neutral")
