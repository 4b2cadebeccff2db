"""How the screen and the papers say how an organisation stands with the charter."""

from desktop.base.dates.french import month_label
from desktop.base.i18n import N_, _, ngettext
from desktop.models.choices import label as choice_label
from desktop.models.states import Evidence
from desktop.queries.charter_evidence import MEASURED, EvidenceCell, EvidenceFact, Standing

SHORT: dict[str, str] = {
    Evidence.TRAINED: N_("Trained"), Evidence.TAKES_PART: N_("Takes part"),
    Evidence.SHARES: N_("Shares"),
    Evidence.HAS_VALIDATED: N_("Has validated"), Evidence.INFORMS: N_("Informs"),
    Evidence.CONFIDENTIALITY: N_("Confidentiality"), Evidence.ADEQUACY: N_("Adequacy"),
    Evidence.OBSERVATORY: N_("Observatory"), Evidence.RESOURCES: N_("Resources")}
TONES = {Standing.KEPT: "ok", Standing.IN_PART: "warn", Standing.NOT_YET: "bad",
         Standing.UNMEASURED: "neutral",
         Standing.NOT_CONCERNED: ""}
KEPT = {Standing.KEPT: N_("kept"), Standing.IN_PART: N_("in part"), Standing.NOT_YET: N_("not yet"),
        Standing.UNMEASURED: N_("cannot be measured yet"),
        Standing.NOT_CONCERNED: N_("does not apply")}
RULES: dict[str, str] = {
    Evidence.TRAINED: N_("Of its people, those who attended every half-day of a training within "
                         "three years."),
    Evidence.TAKES_PART: N_("Over twelve months, the meetings to which it was convened, and came "
                            "or was represented."),
    Evidence.SHARES: N_("Its actions funded by the politique de la ville that were presented in a "
                        "meeting."),
    Evidence.HAS_VALIDATED: N_("Its actions funded by the politique de la ville that have both "
                               "accords."),
    Evidence.INFORMS: N_("Its other actions of which the members were told within sixty days of "
                         "the start."),
    Evidence.CONFIDENTIALITY: N_(
        "The day on which it accepted the confidentiality of what is said."),
    Evidence.ADEQUACY: N_("Its funded actions that name an existing scheme, or say why there is "
                          "none."),
    Evidence.OBSERVATORY: N_("Whether it reported to the observatory; how much is told nowhere."),
    Evidence.RESOURCES: N_("The resources that it holds for the others.")}
_FACTS = {
    "trained": N_("trained"), "not trained": N_("to be trained"),
    "presented": N_("presented in a meeting"),
    "not presented": N_("to be presented"), "both accords": N_("both accords"),
    "accords missing": N_("accord missing"),
    "scheme named": N_("scheme named"), "no scheme named": N_("no scheme named"),
    "told in time": N_("told in time"),
    "not told in time": N_("not told in time"), "in the resources": N_("in the resources")}


def cell_words(evidence: str, cell: EvidenceCell) -> str:
    """Say a cell in a word or two: 4 of 6, a month, yes or no."""
    if cell.kept is Standing.NOT_CONCERNED:
        return "–"
    if evidence == Evidence.TAKES_PART and cell.kept is Standing.UNMEASURED:
        return ngettext("{count} meeting", "{count} meetings", cell.whole).format(count=cell.whole)
    if cell.kept is Standing.UNMEASURED:
        return _("not read here")
    if evidence == Evidence.CONFIDENTIALITY:
        return month_label(f"{cell.on:%Y-%m}") if cell.on else _("to be dated")
    if evidence == Evidence.OBSERVATORY:
        return _("yes") if cell.kept is Standing.KEPT else _("no")
    if evidence == Evidence.RESOURCES:
        return str(cell.count)
    return _("{count} of {whole}").format(count=cell.count, whole=cell.whole)


def kept_words(evidence: str, cell: EvidenceCell) -> str:
    """Say how a promise stands, and with what: in part, 4 of 6."""
    if evidence == Evidence.TAKES_PART and cell.kept is Standing.UNMEASURED:
        return _("cannot be measured under {count} meetings").format(count=MEASURED)
    said = _(KEPT[cell.kept])
    return (said if cell.kept in (Standing.NOT_CONCERNED, Standing.UNMEASURED)
            else f"{said}, {cell_words(evidence, cell)}")


def fact_words(line: EvidenceFact) -> str:
    """Say how one fact counts."""
    return (_(_FACTS[line.word]) if line.word in _FACTS
            else choice_label("attendance_state", line.word).lower())
