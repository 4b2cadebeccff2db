"""The choices that forms offer: fixed lists, vocabularies, places, people, structures, axes."""

from collections import Counter

from desktop.base.i18n import _, language
from desktop.commands.directory import person_named
from desktop.models.choices import CHOICES, label
from desktop.queries.actions import dispositifs_of
from desktop.queries.directory import groups_of, organisations_of, people_of, places_of, terms_of
from desktop.queries.plan import axes_of
from desktop.queries.succession import axis_title
from desktop.queries.trainings import trainings_of
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.people import Newcomer, People

Pairs = list[tuple[str, str]]


def fixed(name: str) -> Pairs:
    """Return a fixed list of the program."""
    return [(choice.code, label(name, choice.code)) for choice in CHOICES[name]]


def terms(desk: Desk, vocabulary: str) -> Pairs:
    """Return a vocabulary of the territory; entries that are no longer in force are left out."""
    today = desk.today().isoformat()
    return [(term.code, term.label(language())) for term in desk.vault.ask(terms_of, vocabulary)
            if not term.valid_to or term.valid_to >= today]


def places(desk: Desk, kind: str) -> Pairs:
    """Places of one kind; those that are no longer in force are left out."""
    today = desk.today().isoformat()
    return [(place.code, place.name) for place in desk.vault.ask(places_of, kind)
            if not place.is_over(today)]


def people(desk: Desk) -> Pairs:
    """Everyone of the directory, with the structure, and the function where that is not enough, to
    tell homonyms apart."""
    rows = desk.vault.ask(people_of)
    words = [", ".join(part for part in (p.name, p.organisation) if part) for p in rows]
    twice = Counter(words)
    return [(str(p.id), f"{said} ({p.function})" if twice[said] > 1 and p.function else said)
            for p, said in zip(rows, words, strict=True)]


def directory(desk: Desk) -> People:
    """Return the directory, as a people field looks into it and adds to it."""
    def organisations() -> list[str]:
        return [o.short_name or o.name for o in desk.vault.ask(organisations_of)]

    def add(someone: Newcomer) -> str:
        made = desk.vault.do(person_named, someone.given, someone.family, someone.organisation)
        desk.done(_("{name} is in the directory now.")
                  .format(name=f"{someone.family.upper()} {someone.given}".strip()))
        return str(made)

    return People(lambda: people(desk), organisations, add)


def organisations(desk: Desk) -> Pairs:
    """Every structure."""
    return [(str(o.id), o.name) for o in desk.vault.ask(organisations_of)]


def groups(desk: Desk) -> Pairs:
    """Every group."""
    return [(str(g.id), g.name) for g in desk.vault.ask(groups_of)]


def axes(desk: Desk) -> Pairs:
    """Return the axes of the plans; with the name of the plan where several have axes."""
    rows = desk.vault.ask(axes_of)
    several = len({row.plan_id for row in rows}) > 1
    return [
        (str(row.id), f"{axis_title(row.code, row.title)} ({row.plan})" if several and row.plan else
         axis_title(row.code, row.title)) for row in rows]


def trainings(desk: Desk) -> Pairs:
    """Return the training programmes."""
    return [(str(row.id), row.title) for row in desk.vault.ask(trainings_of, desk.today())]


def dispositifs(desk: Desk) -> Pairs:
    """Return the existing schemes to which actions are held up."""
    return [(str(row.id), row.name) for row in desk.vault.ask(dispositifs_of)]


SMALL = 2000
"""Under this many inhabitants a commune alone is too fine to be kept: its zone stands for it."""


def communes(desk: Desk) -> Pairs:
    """Communes as "commune:code", and as "zone:code" those too small to be told apart."""
    zones = dict(places(desk, "zone"))
    return [(f"zone:{p.parent_code}", f"{p.name} → {zones[p.parent_code]}")
            if p.population < SMALL and p.parent_code in zones else (f"commune:{p.code}", p.name)
            for p in desk.vault.ask(places_of, "commune")
            if not p.is_over(desk.today().isoformat())]
