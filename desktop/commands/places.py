"""Gestures of the coordination on places and terms: added, renamed, ended; what was written before
keeps its words."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.commands.records import add_record, edit_record
from desktop.models.changes import author_of
from desktop.models.record import derived_id
from desktop.models.rules.places import NOT_SAID
from desktop.models.vocabularies import Collective, Place, Term, renamed
from desktop.queries.records import find_record


def add_place(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Add a place from JSON values. A neighbourhood without a code gets one that is to be
    confirmed.

    AppError for a code that another place bears: to write over it would change what old records
    show.
    """
    values = dict(values)
    if values.get("kind") == "neighbourhood" and not values.get("code"):
        values |= {"code": _free_code(session, values), "to_confirm": True}
    if values.get("kind") == "zone" and not values.get("code"):
        values["code"] = _free_code(session, values, "Z")
    there = session.get(Place, derived_id("place", values.get("kind"), values.get("code")))
    if there is not None and not there.deleted:
        raise AppError(_("{name} bears this code already.").format(name=there.name),
                       _("Change that place instead."),
                       field="code")
    return add_record(session, "place", values)


def _free_code(session: Session, values: dict[str, Any], prefix: str = "X") -> str:
    word = re.sub(r"[^A-Z0-9]+", "-", fold(str(values.get("name") or "")).upper()).strip("-")[:28]
    wanted = f"{prefix}{str(values.get('parent_code') or '')[:2]}-{word}"
    known = set(session.scalars(select(Place.code).where(Place.code.startswith(wanted))))
    return next(code for code
                in (wanted, *(f"{wanted}-{number}" for number in range(2, len(known) + 3)))
                if code not in known)


def rename_place(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Give a place (`place_id`) another `name` from today on; records of before show the name of
    their day."""
    place = _of(session, Place, values["place_id"])
    name = _new_words(values.get("name"), place.name)
    record_id: uuid.UUID = place.id
    edit_record(session, record_id,
                {"name": name,
                 "earlier": renamed(place.earlier, place.name or "", _yesterday(session))})
    return record_id


def confirm_place(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Give a place that is to be confirmed (`place_id`) its official `code`: a new place, and the
    old one ends yesterday."""
    old = _of(session, Place, values["place_id"])
    code = str(values.get("code") or "").strip()
    if not old.to_confirm:
        raise AppError(_("The code of this place is certain already."), field="code")
    edit_record(session, old.id, {"valid_to": _yesterday(session), "to_confirm": False})
    session.flush()
    return add_place(session, {
        "kind": old.kind, "code": code, "name": old.name, "parent_code": old.parent_code,
        "population": old.population,
        "generation": old.generation, "other_communes": old.other_communes,
        "source": values.get("source") or old.source,
        "verified_on": author_of(session).today().isoformat()})


def end(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Say on which day (`valid_to`, the last one) a place or a term (`record_id`) ends: new records
    no longer use it."""
    record = find_record(session, uuid.UUID(str(values["record_id"])))
    if not isinstance(record, Place | Term):
        raise AppError(_("This is neither a place nor a term."))
    edit_record(session, record.id, {"valid_to": values.get("valid_to") or None})
    return record.id


def verify(session: Session, record_id: uuid.UUID) -> None:
    """Write that a place was checked against its source today."""
    edit_record(session, record_id, {"verified_on": author_of(session).today().isoformat()})


def declare_complete(session: Session, is_complete: bool) -> None:
    """Say whether the list of neighbourhoods is complete. AppError before a collective is known."""
    collective = (
        session.scalars(select(Collective).where(Collective.deleted.is_not(True)).limit(1))
                  .first())
    if collective is None:
        raise AppError(_("There is no collective here yet."))
    collective.neighbourhoods_complete = is_complete


def add_term(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Add a word to a vocabulary from JSON values; its code is made of its French label, its place
    is the last but NSP, NRP."""
    vocabulary, label = str(values.get("vocabulary") or ""), str(values.get("label_fr") or "")
    known = {term.code: term for term
             in session.scalars(select(Term).where(Term.vocabulary == vocabulary))}
    if not known:
        raise AppError(_("There is no list called {name}.").format(name=vocabulary),
                       field="vocabulary")
    word = re.sub(r"[^A-Z0-9]+", "_", fold(label).upper()).strip("_")[:24].strip("_")
    if not word:
        raise AppError(_("The word needs a French label."), field="label_fr")
    code = next(code for code
                in (word, *(f"{word}_{number}" for number in range(2, len(known) + 3)))
                if code not in known)
    last = max((term.order or 0 for code_, term in known.items() if code_ not in NOT_SAID),
               default=0)
    return add_record(session, "term", {**values, "code": code, "order": last})


def rename_term(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Give a term (`term_id`) other labels from today on; records of before show the label of their
    day."""
    term = _of(session, Term, values["term_id"])
    label = _new_words(values.get("label_fr"), term.label_fr)
    record_id: uuid.UUID = term.id
    edit_record(session, record_id, {"label_fr": label, "label_en": values.get("label_en") or None,
                                     "earlier": renamed(term.earlier, term.label_fr or "",
                                                        _yesterday(session))})
    return record_id


def _of(session: Session, cls: Any, record_id: Any) -> Any:
    found = session.get(cls, uuid.UUID(str(record_id)))
    if found is None or found.deleted:
        raise AppError(_("There is no record with the id {id}.").format(id=record_id))
    return found


def _new_words(given: Any, before: str | None) -> str:
    words = " ".join(str(given or "").split())
    if not words or words == before:
        raise AppError(_("Give another name than the present one."), field="name")
    return words


def _yesterday(session: Session) -> str:
    today: date = author_of(session).today()
    return (today - timedelta(days=1)).isoformat()
