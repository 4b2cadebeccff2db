"""What is done to a place or a word under its sheet: renamed, ended, confirmed; each is one gesture
that can be undone."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.commands.places import confirm_place, end, rename_place, rename_term
from desktop.queries.actions import day_of
from desktop.queries.places import PlaceDetail, TermDetail, neighbourhoods_of, terms_in
from desktop.queries.places import communes_and_zones as communes_of
from desktop.ui.records.parts import Part, Parts, PartsPlan
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry


def day_words(text: str) -> str:
    """Return a stored day as a sentence writes it; nothing for none."""
    found = day_of(text)
    return long_date(found, weekday=False) if found else ""


class PlaceParts(Parts):
    """The names of one place, and until when it is in force."""

    def __init__(self, desk: Desk, row: PlaceDetail) -> None:
        plans = [
            PartsPlan("place", _("Names"), "place_id", _names, partial(_name_entries, row.name),
                      _("Rename…"),
                      _("Records of before show the name of their day."), add=rename_place,
                      key="names"),
            PartsPlan("place", _("In force"), "record_id", _force, partial(_end_entries, desk),
                      _("End it…"),
                      _("New records use it."), add=end, key="force")]
        if row.to_confirm:
            plans.insert(0, PartsPlan(
                "place", _("Official code"), "place_id", lambda _detail: (), _code_entries,
                _("Give the official code…"),
                _("Known by its name; its code, or whether it is on the list, is to be confirmed."),
                add=confirm_place,
                key="code"))
        super().__init__(desk, row.id, partial(desk.vault.ask, _place, row.id), plans)


class TermParts(Parts):
    """The labels of one word, and until when it is in force."""

    def __init__(self, desk: Desk, row: TermDetail) -> None:
        super().__init__(desk, row.id, partial(desk.vault.ask, _term, row.id), (
            PartsPlan("term", _("Labels"), "term_id", _names, partial(_label_entries, row),
                      _("Rename…"),
                      _("Records of before show the label of their day."), add=rename_term,
                      key="names"),
            PartsPlan("term", _("In force"), "record_id", _force, partial(_end_entries, desk),
                      _("End it…"),
                      _("New records use it."), add=end, key="force")))


def _place(session: Any, place_id: uuid.UUID) -> PlaceDetail | None:
    return next((row for row in (*neighbourhoods_of(session), *communes_of(session))
                 if row.id == place_id), None)


def _term(session: Any, term_id: uuid.UUID) -> TermDetail | None:
    return next((row for row in terms_in(session) if row.id == term_id), None)


def _names(detail: PlaceDetail | TermDetail) -> Sequence[Part]:
    return [Part(until, None, name, _("until {day}").format(day=day_words(until)))
            for until, name in detail.earlier]


def _force(detail: PlaceDetail | TermDetail) -> Sequence[Part]:
    if not detail.valid_to and not detail.valid_from:
        return ()
    said = [_("from {day}").format(day=day_words(detail.valid_from))] if detail.valid_from else []
    said += [_("until {day}").format(day=day_words(detail.valid_to))] if detail.valid_to else []
    return [Part("force", None, ", ".join(said),
                 _("Records of before keep it.") if detail.valid_to else "")]


def _name_entries(name: str) -> list[Entry]:
    return [Entry("name", _("New name"), required=True, initial=name)]


def _label_entries(row: TermDetail) -> list[Entry]:
    return [Entry("label_fr", _("French label"), required=True, initial=row.label_fr),
            Entry("label_en", _("English label"), initial=row.label_en)]


def _end_entries(desk: Desk) -> list[Entry]:
    return [Entry("valid_to", _("Last day"), "date", required=True,
                  initial=desk.today().isoformat(), past=True)]


def _code_entries() -> list[Entry]:
    return [Entry("code", _("Official code (QN…)"), required=True), Entry("source", _("Source"))]
