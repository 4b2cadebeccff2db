"""Who was reminded of an accord that is awaited, and of actions that are late."""

from collections.abc import Iterator
from datetime import timedelta

from desktop.models.reminders import Reminder
from desktop.models.states import ReminderAbout, ReminderHow
from desktop.sample.world import Row, World

ACCORDS = 6
REMARKS = ("Le dossier passe au comité du mois prochain, selon le service instructeur.",
           "Réponse promise après les arbitrages budgétaires.", None)
PAPERS = (
    (3, 45, ReminderHow.MESSAGE, (ReminderAbout.LATE, ReminderAbout.CHARTER), None),
    (5, 38, ReminderHow.PAPER, (ReminderAbout.INFORMS, ReminderAbout.ADEQUACY),
     "Remis en main propre à la fin de la plénière."),
    (5, 9, ReminderHow.SPOKEN, (ReminderAbout.INFORMS,),
     "L’annonce est prévue à la prochaine plénière."))
"""(place of the organisation, days ago, how, about, remark)."""


def rows(world: World) -> Iterator[Row]:
    """Yield the reminders of the world that people read; those after it are there for their size
    alone."""
    if world.number or world.me is None:
        return
    late = [action for action, values in world.told.items() if values["state"] == "en_cours"
            and values["due_on"] and values["due_on"] < world.today.isoformat()]
    for number, (action, party, asked) in enumerate(world.awaited[:ACCORDS]):
        on = min(asked + timedelta(days=25), world.today - timedelta(days=2))
        yield Reminder, {"id": world.id_at(on), "action_id": action, "party": party,
                         "on": on.isoformat(),
                         "created_by_id": world.me, "how": ReminderHow.MESSAGE,
                         "remark": REMARKS[number % len(REMARKS)]}
    for place, days, how, about, remark in PAPERS:
        on = world.today - timedelta(days=days)
        named = late[:2] if ReminderAbout.LATE in about else []
        yield Reminder, {"id": world.id_at(on), "organisation_id": world.organisations[place],
                         "created_by_id": world.me, "on": on.isoformat(), "how": how,
                         "about": list(about), "action_ids": [str(one) for one in named],
                         "remark": remark}
