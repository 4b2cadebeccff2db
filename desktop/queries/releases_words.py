"""The words that a release keeps: of its categories as they are on that day, of who publishes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.i18n import N_, words_in
from desktop.models.choices import CHOICES
from desktop.models.vocabularies import Collective, Place, Term
from desktop.privacy.disclosure.counting import LATE, ON_TIME
from desktop.queries import counted_records as counts

_VOCABULARIES = {
    "criterion_families": "criterion",
    "domain_families": "domain",
    "no_recourse_reasons": "no_recourse",
}
_OURS = {
    f"criterion:{counts.UNKNOWN}": N_("Does not know"),
    f"domain:{counts.UNKNOWN}": N_("Does not know"),
    f"kind:{counts.UNKNOWN}": N_("Does not know"),
    f"zone:{counts.ELSEWHERE}": N_("Other communes"),
    f"zone:{counts.NO_PLACE}": N_("Place not told"),
    f"no_recourse:{counts.WITH_RECOURSE}": N_("A recourse was sought"),
    f"no_recourse:{counts.NOT_ANSWERED}": N_("Not answered"),
    f"late:{ON_TIME}": N_("Collected in the period"),
    f"late:{LATE}": N_("Come after their period was closed"),
    f"outcome:{counts.FOUND}": N_("Found"),
    f"outcome:{counts.NOT_FOUND}": N_("Not found"),
    f"place:{counts.IN_QPV}": N_("In a neighbourhood of the politique de la ville"),
    f"place:{counts.OUT_OF_QPV}": N_("Elsewhere or not told"),
}


def words_of_release(session: Session, language: str) -> dict[str, str]:
    """Labels by « dimension:code »."""
    _ = words_in(language)
    words = {key: _(label) for key, label in _OURS.items()}
    terms = select(Term.vocabulary, Term.code, Term.label_fr, Term.label_en).where(
        Term.vocabulary.in_(_VOCABULARIES)
    )
    for vocabulary, code, french, english in session.execute(terms):
        words[f"{_VOCABULARIES[vocabulary or '']}:{code}"] = (
            (english if language == "en" and english else french) or code or ""
        )
    for code, name in session.execute(
        select(Place.code, Place.name).where(Place.kind.in_(("zone", "commune")))
    ):
        words[f"zone:{code}"] = name or code or ""
    words |= {f"follow_up:{c.code}": _(c.label) for c in CHOICES["observation_state"]}
    words |= {f"kind:{c.code}": _(c.label) for c in CHOICES["referral_kind"]}
    return words


def publisher_of(session: Session) -> tuple[str, str]:
    """Return the name of the collective and of its territory."""
    row = session.execute(select(Collective.name, Collective.territory)).first()
    return (row[0] or "", row[1] or "") if row is not None else ("", "")
