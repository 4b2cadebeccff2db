"""What the screen of actions costs with thousands: what looks like a title, one filtered query, the
board, who is trained."""

import random
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.records import add_records
from desktop.models.actions import Action
from desktop.models.states import POLITIQUE_DE_LA_VILLE
from desktop.queries.action_filters import (
    ActionFilter,
    filter_choices,
    filtered_actions,
    first_actions,
)
from desktop.queries.actions import OPEN
from desktop.queries.similar_actions import similar_index
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import median, quantile, say, seconds

PASSPHRASE = "cerisier bleu du jardin"
TODAY = date(2026, 11, 2)
VERBS = ("Former", "Organiser", "Recenser", "Traduire", "Préparer", "Documenter", "Accompagner",
         "Recueillir", "Relancer")
OBJECTS = ("les agents d’accueil", "une permanence juridique", "les récits d’habitants",
           "l’affiche du 39 28", "un ciné-débat",
           "le forum des stages", "les bailleurs", "les clubs sportifs", "l’exposition itinérante",
           "les élus",
           "un café des parents")
PLACES = ("à Feignies", "à Jeumont", "au lycée", "au collège", "dans les mairies",
          "au centre social", "à la médiathèque")
TYPED = "Former les personnels d'accueil des communes à l'écoute"


def measure(folder: Path, count: int) -> None:
    """So many actions, half of them open."""
    vault, _code = Vault.create(Home(folder / "actions"), PASSPHRASE, cost=Cost.TEST)
    vault.do(found_records, "maubeuge-val-de-sambre", "Mesures")
    vault.do(_fill, count)
    say("similar_index", 1000 * median([lambda: vault.ask(similar_index) for _run in range(5)]),
        "ms", actions=count)
    index = vault.ask(similar_index)
    keys = [seconds(lambda end=end: index.like(TYPED[:end])) for end in range(4, len(TYPED) + 1)
            for _run in range(3)]
    say("similar_actions_p95", 1000 * quantile(keys, 0.95), "ms", actions=count)
    for name, wanted in (("open_actions", ActionFilter(TODAY, None)),
                         ("filtered_actions",
                          ActionFilter(TODAY, None).asking(funding=POLITIQUE_DE_LA_VILLE))):
        say(name,
            1000
            * median([lambda wanted=wanted: vault.ask(filtered_actions, wanted)
                      for _run in range(5)]), "ms",
            actions=count)
    say("first_actions", 1000
        * median([lambda: vault.ask(first_actions, 200, ActionFilter(TODAY, None))
                  for _run in range(5)]),
        "ms", actions=count)
    say("filter_choices", 1000 * median([lambda: vault.ask(filter_choices) for _run in range(5)]),
        "ms", actions=count)
    vault.close()


def _fill(session: Session, count: int) -> None:
    chance = random.Random(1)
    rows = []
    for number in range(count):
        due = TODAY + timedelta(days=chance.randint(-300, 300))
        paid = number % 4 == 0
        rows.append((Action, {
            "title": " ".join(
                (chance.choice(VERBS), chance.choice(OBJECTS), chance.choice(PLACES), str(number))),
            "state": "a_valider" if paid else chance.choice(OPEN) if number % 2 else "faite",
            "due_on": due.isoformat(),
            "funding": POLITIQUE_DE_LA_VILLE if paid else "aucun"}))
    add_records(session, rows)
