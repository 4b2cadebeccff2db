"""The table of who may write what: whole, with words for each refusal, and the union of several
roles."""

import pytest

from desktop.base.errors import AppError
from desktop.models import authority
from desktop.models.authority import (
    ANYONE,
    BY_PARTY,
    COORDINATION,
    OFFICE,
    TABLE,
    TEAM,
    Verb,
    may,
    roles_for,
)
from desktop.models.choices import codes_of
from desktop.models.record import CHANNELS, COMMON, INTERNAL, OBSERVATORY, RECORDS, fields_of


def test_every_kind_stands_in_the_table_and_nothing_else() -> None:
    assert set(TABLE) == set(RECORDS)


def test_the_table_names_fields_and_roles_that_are_there() -> None:
    for kind, rights in TABLE.items():
        names = {field.name for field in fields_of(RECORDS[kind])}
        for group in rights.groups:
            assert group.names <= names, kind
            choices = {field.choices for field in fields_of(RECORDS[kind])
                       if field.name in group.names}
            assert not group.values or all(group.values <= set(codes_of(one))
                                           for one in choices), kind
    assert set(BY_PARTY) == set(codes_of("validation_party"))
    assert set(codes_of("role")) - {"lecture"} == ANYONE


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_a_reader_writes_nothing_and_nobody_is_barred_without_a_collective(kind: str) -> None:
    names = [field.name for field in fields_of(RECORDS[kind])]
    for verb in Verb:
        for name in ["", *names]:
            for channel in CHANNELS:
                assert not may(frozenset({"lecture"}), kind, verb, [name], channel=channel)
        assert may(frozenset(), kind, verb, names)


def test_roles_add_up() -> None:
    both = frozenset({"validation_etat", "validation_agglo"})
    for one in both:
        assert not may(frozenset({one}), "validation", fields=["answer"], party=({*BY_PARTY} - {
            party for party, roles in BY_PARTY.items() if one in roles}).pop())
    assert all(may(both, "validation", fields=["answer"], party=party) for party in BY_PARTY)
    assert may(frozenset({"lecture", "membre"}), "action")


@pytest.mark.parametrize(("kind", "field", "needed"), [
    ("axis", "title", COORDINATION), ("term", "label_fr", COORDINATION),
    ("place", "name", COORDINATION),
    ("commitment", "signed_on", COORDINATION), ("dispositif", "name", COORDINATION),
    ("collective", "name", COORDINATION),
    ("indicator_value", "value", OFFICE), ("group", "name", OFFICE),
    ("membership", "until", OFFICE),
    ("minutes_version", "body", OFFICE), ("decision", "number", OFFICE),
    ("decision", "text", ANYONE),
    ("observation", "account", ANYONE), ("observation", "qualification", TEAM),
    ("observation", "action_id", TEAM),
    ("feedback", "state", TEAM), ("validation", "asked_on", ANYONE), ("action", "title", ANYONE)])
def test_the_lines_of_the_table(kind: str, field: str, needed: frozenset[str]) -> None:
    assert roles_for(kind, Verb.EDIT, field) == needed


def test_erasing_is_the_coordinations_and_the_observatorys_in_its_channel() -> None:
    for kind in RECORDS:
        assert (roles_for(kind, Verb.ERASE) == roles_for(kind, Verb.ERASE, channel=INTERNAL)
                == COORDINATION)
        assert roles_for(kind, Verb.ERASE, channel=OBSERVATORY) == COORDINATION | TEAM


def test_notes_are_written_by_those_who_read_them() -> None:
    for kind in ("note_block", "note_update"):
        assert roles_for(kind, Verb.EDIT, channel=COMMON) == ANYONE
        assert roles_for(kind, Verb.EDIT, channel=INTERNAL) == OFFICE
        assert roles_for(kind, Verb.EDIT, channel=OBSERVATORY) == COORDINATION | TEAM


def test_a_state_hangs_on_what_it_is_to_say() -> None:
    for said, needed in {"en_seance": ANYONE, "projet": ANYONE, "valide": OFFICE,
                         "rectification": OFFICE,
                         "archivee": OFFICE}.items():
        assert roles_for("meeting", Verb.EDIT, "state", value=said) == needed
    for said, needed in {"brouillon": ANYONE, "transmise": ANYONE, "recue": TEAM,
                         "ecartee": TEAM}.items():
        assert roles_for("observation", Verb.EDIT, "state", value=said) == needed


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(AppError,
                       match=r"ce rôle peut écrire cela\u202f: coordination, secrétariat"):
        authority.refuse("group", Verb.EDIT, {"name": "Autre"}, None, COMMON, frozenset({"membre"}))
    with pytest.raises(AppError, match="lit sans rien écrire"):
        authority.refuse("action", Verb.EDIT, {"title": "Autre"}, None, COMMON,
                         frozenset({"lecture"}))
