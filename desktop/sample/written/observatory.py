"""The observations, what their authors are told, the referrals: never a name."""

import uuid
from collections.abc import Iterator
from datetime import date

from desktop.models.observations import Feedback, Observation
from desktop.models.referrals import Referral, ReferralStep
from desktop.models.states import ObservationState
from desktop.privacy.case_codes import make_case_code
from desktop.sample.world import Row, World
from desktop.sample.written.tables import Entry, month, organisation, person, place, read

FILES = ("observations-daily", "observations-work")
MINE = 9
"""One observation in so many was handed in by who tries the sample."""
_SEEN = frozenset({ObservationState.QUALIFIED, ObservationState.LINKED})
_ELEMENTS = ["traitement", "critere", "domaine"]


def rows(world: World) -> Iterator[Row]:
    """Yield what only the observatory team reads in full."""
    made: dict[str, uuid.UUID] = {}
    for number, entry in enumerate(read("observation", *FILES)):
        values = _observation(world, entry)
        if world.me is not None and number % MINE == 0:
            values["created_by_id"] = world.me
        made[entry["account"]] = values["id"]
        yield Observation, values
        if values["state"] != ObservationState.HANDED_IN:
            title = world.titles.get(entry["became"].get("action", ""))
            changed = month(world, max(entry["met"]["ago"] - 1, 0))
            yield (
                Feedback,
                {
                    "id": world.id_at(date.fromisoformat(f"{changed}-01")),
                    "state": values["state"],
                    "month": changed,
                    "handle": values["feedback_handle"],
                    "action_id": values["action_id"],
                    "action_title": title,
                    "sentence": entry.get("word"),
                },
            )
    for entry in read("referral", "referrals"):
        yield from _referral(world, entry, made)


def _observation(world: World, entry: Entry) -> Entry:
    met, filed, came, became = entry["met"], entry["filed"], entry["came"], entry["became"]
    on, also, state = month(world, met["ago"]), filed.get("also", []), became["state"]
    quarter = f"{on[:4]}-T{(int(on[5:]) - 1) // 3 + 1}"
    known = filed["criterion"] != "NSP"
    values = {
        "id": world.random_id(),
        "month": on,
        **place(world, met["place"]),
        "domain": filed["domain"],
        "principal_criterion": filed["criterion"],
        "criteria": also,
        "form": filed["form"],
        "setting": filed["setting"],
        "source": met["source"],
        "repetition": met["repetition"],
        "age": met["age"],
        "gender": met["gender"],
        "facts_period": {"T": quarter, "A": on[:4], "avant": f"avant-{on[:4]}"}[met["facts"]],
        "consequences": came["consequences"],
        "evidence": came["evidence"],
        "recourse": came["recourse"],
        "no_recourse_reason": came.get("why"),
        "confidence": came["confidence"],
        "account": entry["account"],
        "agrees": met["source"] != "TEMOIN",
        "elements": _ELEMENTS if known else [],
        "state": state,
        "discarded_reason": entry.get("discarded"),
        "qualification": became.get("qualification", "NON_EXAMINEE"),
        "action_id": world.keyed[became["action"]] if "action" in became else None,
        "organisation_id": organisation(world, became["of"]),
        "created_by_id": person(world, became["of"]),
        "feedback_handle": f"{world.rng.getrandbits(64):016x}",
    }
    if state in _SEEN:
        values |= {
            "qualified_criteria": [filed["criterion"], *also],
            "qualified_form": filed["form"],
            "qualified_setting": filed["setting"],
            "qualified_evidence": came["evidence"],
            "qualified_elements": _ELEMENTS,
        }
    return values


def _referral(world: World, entry: Entry, observations: dict[str, uuid.UUID]) -> Iterator[Row]:
    made, closed = world.random_id(), entry.get("closed")
    words = entry.get("observation")
    yield (
        Referral,
        {
            "id": made,
            "case_code": make_case_code(world.rng),
            "kind": entry["kind"],
            "state": entry["state"],
            "observation_id": next(i for told, i in observations.items() if told.startswith(words))
            if words
            else None,
            "organisation_id": organisation(world, entry["to"]),
            "urgency": entry.get("urgency", "normale"),
            "opened_month": month(world, entry["opened"]),
            "outcome": entry.get("outcome"),
            "result": entry.get("result"),
            "consents": True,
            "closed_month": month(world, closed) if closed is not None else None,
        },
    )
    for ago, step, text in entry["steps"]:
        yield (
            ReferralStep,
            {
                "id": world.random_id(),
                "referral_id": made,
                "month": month(world, ago),
                "step": step,
                "text": text,
            },
        )
