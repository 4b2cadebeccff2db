"""The sample collective: as rich as promised, the same from the same seed, plausible, nobody
named."""

import re
import zlib
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.base.text import fold
from desktop.models.actions import Action
from desktop.models.choices import codes_of
from desktop.models.directory import Membership, Person
from desktop.models.meetings import Meeting, NoteBlock, NoteUpdate
from desktop.models.observations import Observation
from desktop.models.record import RECORDS, STAMP, fields_of
from desktop.models.referrals import ReferralStep
from desktop.models.vocabularies import Term
from desktop.queries.documents.signed import doubtful_minutes
from desktop.sample import fill, names
from desktop.sample.grammar import write
from desktop.sample.phrases import WORDS
from desktop.vault import Cost, Vault

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    made, _code = Vault.create(Home(tmp_path_factory.mktemp("sample") / "p"), "essai",
                               cost=Cost.TEST)
    fill(made, today=TODAY)
    yield made
    made.close()


def count(vault: Vault, kind: str) -> int:
    return vault.ask(
        lambda session: session.scalar(select(func.count()).select_from(RECORDS[kind])))


def test_it_is_as_rich_as_promised(filled: Vault) -> None:
    expected = {"organisation": 26, "person": 70, "group": 5, "action": 25, "observation": 40,
                "referral": 8,
                "resource": 20, "indicator": 10}
    assert {kind: count(filled, kind) for kind in expected} == expected
    for kind in ("internship_offer", "internship_request", "internship_application", "decision",
                 "attendance", "note_update", "attendance_slot",
                 "minutes_version", "membership", "commitment", "validation", "follow_up",
                 "feedback", "referral_step",
                 "indicator_value", "dispositif", "notice"):
        assert count(filled, kind) >= 8, kind

    def states(session: Session) -> set[str | None]:
        return set(session.scalars(select(Action.state)))
    assert filled.ask(states) == set(codes_of("action_state"))


def test_its_minutes_are_signed_by_its_own_key(filled: Vault) -> None:
    assert filled.ask(doubtful_minutes) == []


def test_meetings_span_eighteen_months_and_some_are_to_come(filled: Vault) -> None:
    days = filled.ask(lambda session: sorted(session.scalars(select(Meeting.starts_at))))
    assert days[0] < "2025-08" and days[-1] > TODAY.isoformat()
    largest = filled.ask(lambda session: session.scalar(
        select(func.count()).select_from(Membership).group_by(Membership.group_id)
        .order_by(func.count().desc())))
    assert largest >= 60


def test_same_seed_same_records(filled: Vault, home: Home) -> None:
    other, _code = Vault.create(home, "essai", cost=Cost.TEST)
    fill(other, today=TODAY)

    def content(session: Session) -> list[tuple[object, ...]]:
        return [(r.id, r.text if hasattr(r, "text") else r.title)
                for kind in ("action", "decision", "follow_up")
                for r in session.scalars(select(RECORDS[kind]).order_by(RECORDS[kind].id))]
    assert filled.ask(content) == other.ask(content)
    other.close()


def test_every_field_that_is_set_is_stamped(filled: Vault) -> None:
    def check(session: Session) -> None:
        for cls in RECORDS.values():
            for record in session.scalars(select(cls).limit(20)):
                for field in fields_of(cls):
                    if getattr(record, field.name) is not None:
                        assert getattr(record, field.name + STAMP) is not None, (cls, field.name)
    filled.ask(check)


def test_codes_are_those_of_the_vocabularies(filled: Vault) -> None:
    def check(session: Session) -> None:
        terms: dict[str, set[str]] = {}
        for term in session.scalars(select(Term)):
            terms.setdefault(term.vocabulary or "", set()).add(term.code or "")
        for cls in RECORDS.values():
            coded = [f for f in fields_of(cls) if f.choices and not f.choices.startswith("place:")]
            for record in session.scalars(select(cls)):
                for field in coded:
                    value = getattr(record, field.name)
                    values = (value if isinstance(value, list) else [value] if value is not None
                              else [])
                    known = (terms[field.choices.removeprefix("term:")]
                             if field.choices.startswith("term:")
                             else set(codes_of(field.choices)))
                    assert set(values) <= known, (cls, field.name, values)
    filled.ask(check)


def test_restricted_notes_travel_in_their_channel(filled: Vault) -> None:
    def check(session: Session) -> None:
        blocks = {b.id: b for b in session.scalars(select(NoteBlock))}
        assert {b.audience for b in blocks.values()} == {"commun", "interne", "observatoire"}
        assert all(b.channel == b.audience for b in blocks.values())
        assert all(u.channel == blocks[u.block_id].channel
                   for u in session.scalars(select(NoteUpdate)))
    filled.ask(check)


def test_people_are_varied_and_homonyms_live_side_by_side(filled: Vault) -> None:
    people = filled.ask(lambda session: [(p.family_name, p.given_name, p.organisation_id)
                                         for p in session.scalars(select(Person))])
    pairs = [(family, given) for family, given, _organisation in people]
    twins = {pair for pair in pairs if pairs.count(pair) == 2}
    assert len(twins) == 2 and len(set(people)) == len(people)
    assert max(len(family) for family, _given in pairs) >= 20
    assert any(fold(family) != family.casefold() for family, _given in pairs)


def test_nobody_is_named_in_what_the_observatory_reads(filled: Vault) -> None:
    def texts(session: Session) -> list[str]:
        return [*filter(None, session.scalars(select(Observation.account))),
                *filter(None, session.scalars(select(ReferralStep.text)))]
    read = filled.ask(texts)
    assert max(map(len, read)) <= 600
    assert not [name for name in names() for text in read if name in text]


def test_small_communes_are_shown_as_their_zone(filled: Vault) -> None:
    zoned = filled.ask(lambda session: [(o.commune, o.zone)
                                        for o in session.scalars(select(Observation)) if o.zone])
    assert zoned and all(commune is None for commune, _zone in zoned)


def test_notes_are_varied_enough_for_honest_compression() -> None:
    rng = Random(1)
    lines = [write(rng, "note dense", ("Maubeuge", "Hautmont", "Jeumont")) for _each in range(1500)]
    assert len(set(lines)) / len(lines) > 0.98
    raw = "\n".join(lines).encode()
    assert len(zlib.compress(raw)) / len(raw) > 0.24


def test_every_word_of_the_grammar_is_known() -> None:
    for options in WORDS.values():
        for option in options:
            for slot in re.findall(r"<([^<>]+)>", option):
                assert slot == "lieu" or re.fullmatch(r"\d+-\d+", slot) or slot[0].lower() + slot[
                    1:] in WORDS or (
                        slot in WORDS), slot


def test_scale_multiplies(tmp_path: Path) -> None:
    made, _code = Vault.create(Home(tmp_path / "p"), "essai", cost=Cost.TEST)
    said: list[str] = []
    counts = fill(made, scale=3, today=TODAY, preset="valenciennes-metropole", progress=said.append)
    assert counts["person"] == 210 and counts["observation"] == 340 and len(said) == 3
    assert count(made, "group") == 1, "as many as the preset has"
    made.close()


def test_names_can_be_searched_in_bytes() -> None:
    assert len(names()) > 100 and min(map(len, names())) >= 5
