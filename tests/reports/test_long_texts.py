"""Texts of any length in any field that a paper prints: the paper is made, and the whole text is on
it."""

import io
import re
import shutil
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from icalendar import Calendar
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.minutes import begin_correction, validate
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.records import add_record, edit_record
from desktop.commands.releases import keep_release
from desktop.privacy.case_codes import make_case_code
from desktop.reports import REPORTS, invitation_sheet, kit_sheets
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.day import TODAY
from tests.reports import papers
from tests.reports.releases import year_of

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None,
                                reason="poppler-utils judges the files")

LENGTHS = (20_000, 1, 3_000, 700, 700, 3_000, 1, 700, 3_000, 700)
"""Of every two papers that print a field, one has it in the greatest length: longer ones take most
of the time."""
KINDS = ("words", "lines", "one word", "arabic", "emoji")
NOTE = ("note_block", "text")
FIELDS: tuple[tuple[str, str], ...] = (
    ("meeting", "title"), ("meeting", "place"), ("meeting", "link"), ("agenda_item", "title"),
    ("agenda_item", "carried_reason"), ("person", "family_name"), ("person", "given_name"),
    ("person", "function"),
    ("organisation", "name"), ("organisation", "short_name"), ("group", "name"), ("axis", "title"),
    ("axis", "code"),
    ("decision", "text"), ("decision", "number"), ("action", "title"), ("action", "outcome"),
    ("action", "audience"),
    ("objective", "title"), ("follow_up", "text"), ("plan", "name"), ("attachment", "name"),
    ("collective", "name"),
    ("collective", "territory"), ("attendance", "arrived_at"), ("minutes_version", "reason"),
    ("earlier", "title"),
    ("charter", "title"), ("charter", "text"), ("clause", "label"), ("clause", "text"),
    ("accord", "committee"), NOTE)
LETTERS = "αβγδεζηθικλμνξοπρτυφχψω" + "бгджзилпфцчшщ"
ARABIC = "بتثجحخدرزسشصضطعغفقكمن"
EMOJI = "🌸👋🏠✅👍🌈🎓🌍🍀🎨🎵📅📌📎🔑🔔🚀🚲🌞🌙⭐🍎🎁🏡👏👪💡📖📞🔥🐝🐢🐬🐟🐧🐞"
HEADER = {("collective", "name"), ("collective", "territory"), ("group", "name"), ("axis", "title"),
          ("axis", "code")}
"""What the head of each page says, in one line: shortened where it stands nowhere else."""
SLIPS = ("referral_slip", "referral_slip_large", "consent_form", "organisation_return")
"""Papers of one size: a name is shortened on them."""
SAID_WHOLE = {"action_plan": {("axis", "title"), ("axis", "code")},
              "action_plan_a3": {("axis", "title"), ("axis", "code")},
              "attestations": {("collective", "name")},
              **{kind: {("group", "name")}
                 for kind in ("convocation", "attendance_sheet", "minutes", "minutes_internal")}}


@pytest.fixture(scope="module")
def collective(tmp_path_factory: pytest.TempPathFactory) -> Iterator[
    tuple[Vault, dict[str, uuid.UUID]]]:
    """A vault with one record of each kind that papers tell of."""
    vault, _code = Vault.create(Home(tmp_path_factory.mktemp("long") / "profile"), PASSPHRASE,
                                cost=Cost.TEST)
    yield vault, vault.do(_records)
    vault.close()


def _records(session: Session) -> dict[str, uuid.UUID]:
    ids: dict[str, uuid.UUID] = {}

    def add(name: str, kind: str = "", /, **values: Any) -> None:
        given = {key: str(value) if isinstance(value, uuid.UUID) else value
                 for key, value in values.items()}
        ids[name] = add_record(session, kind or name, given)

    add("collective", name="Collectif", territory="Val de Sambre")
    add("plan", name="Plan")
    add("axis", plan_id=ids["plan"], code="1", title="Axe")
    add("objective", axis_id=ids["axis"], title="Objectif")
    add("organisation", name="Organisme", short_name="ORG", college="commune")
    add("person", family_name="Benali", given_name="Fatima", organisation_id=ids["organisation"],
        function="Élue")
    add("group", name="Groupe", kind="groupe_de_travail", axis_id=ids["axis"])
    for name, start in (("before", "2026-01-15T14:00"), ("meeting", "2026-03-12T14:30"),
                        ("after", "2026-05-12T09:30")):
        add(name, "meeting", group_id=ids["group"], title="Séance", kind="groupe_de_travail",
            starts_at=start,
            place="Mairie", link="https://exemple.fr", animator_id=ids["person"],
            secretary_id=ids["person"],
            state="projet" if name == "meeting" else "brouillon")
    add("agenda_item", meeting_id=ids["meeting"], title="Point", order="0010", minutes=20,
        presenter_id=ids["person"],
        kind="information", carried_reason="faute de temps")
    add("attendance", meeting_id=ids["meeting"], person_id=ids["person"], state="present",
        arrived_at="14:40")
    add("attachment", owner_id=ids["meeting"], owner_kind="meeting", name="Fiche.pdf")
    for name, meeting in (("decision", "meeting"), ("decided", "before")):
        add(name, "decision", meeting_id=ids[meeting], text="Décision",
            number=f"RD-2026-0{len(ids)}", how="consensus",
            **({"agenda_item_id": ids["agenda_item"]} if name == "decision" else {}))
    owned = {"owner_id": ids["person"], "owner_organisation_id": ids["organisation"],
             "state": "en_cours",
             "partner_ids": [str(ids["organisation"])]}
    add("action", meeting_id=ids["meeting"], decision_id=ids["decision"], axis_id=ids["axis"],
        objective_id=ids["objective"], title="Action", due_on="2026-04-01", **owned)
    add("earlier", "action", meeting_id=ids["before"], decision_id=ids["decided"], title="Suite",
        **owned)
    add("follow_up", action_id=ids["action"], text="Relance", on="2026-03-20")
    add("minutes_version", meeting_id=ids["meeting"], state="projet", reason="Une erreur")
    add("accord", "validation", action_id=ids["action"], party="etat", committee="Comité",
        asked_on="2026-03-01")
    add("charter", title="Charte", version=1, text="Nous.", starts_on="2026-01-01")
    add("clause", charter_id=ids["charter"], label="Réunions", text="Venir", order="0010")
    add("referral", case_code=make_case_code(), kind="socio_juridique",
        organisation_id=ids["organisation"])
    add("observation", month="2025-02", domain="LOGEMENT_SOCIAL", principal_criterion="ORIG",
        state="liee", action_id=ids["action"], organisation_id=ids["organisation"])
    ids["release"] = keep_release(session, year_of(ids["organisation"]))
    ids["note_block"] = ensure_block(session, ids["meeting"], ids["agenda_item"])
    return ids


def text_for(place: int, kind: str, length: int) -> str:
    """A text of so many characters, made of words or letters that no other field has."""
    if length == 1:
        return LETTERS[place]
    if kind in ("words", "lines"):
        gap = "\n" if kind == "lines" else " "
        words = (f"m{place}é{number}t" + (gap if number % 9 == 8 else " ")
                 for number in range(length))
        return "".join(word for _number, word
                       in zip(range(length // 5), words, strict=False))[:length]
    sign = {"one word": LETTERS[place], "arabic": ARABIC[place % len(ARABIC)],
            "emoji": EMOJI[place]}[kind]
    return (sign * 6 + " " if kind == "arabic" else sign) * length if length < 7 else (
        ((sign * 6 + " ") * (length // 7 + 1))[:length] if kind == "arabic" else sign * length)


def all_there(text: str, said: str) -> bool:
    """Whether what a person copies out of a paper holds the whole text."""
    if "é" in text:
        words = set(re.findall(r"m\d+é\d+t", text))
        return words <= set(re.findall(r"m\d+é\d+t", said))
    return said.count(text[0]) >= text.count(text[0])


def _copied(path: Path) -> str:
    return unicodedata.normalize("NFKC", papers.run("pdftotext", "-raw", path, "-")).casefold()


def _fill(session: Session, ids: dict[str, uuid.UUID], texts: dict[tuple[str, str], str]) -> None:
    for (name, field), text in texts.items():
        if (name, field) == NOTE:
            write_note(session, ids[name], [text.replace("\n", " ").replace("\r", " "), "\n"])
        else:
            edit_record(session, ids[name], {field: text})


def _content(collective: tuple[Vault, dict[str, uuid.UUID]], kind: str) -> Any:
    vault, ids = collective
    report = REPORTS[kind]
    content = vault.ask(report.query, ids[report.needs], TODAY)
    if kind == "my_day":
        return replace(content, commitments=None)
    return content


def _printed(collective: tuple[Vault, dict[str, uuid.UUID]], kind: str,
             folder: Path) -> set[tuple[str, str]]:
    """The text fields that a report prints: those whose marks are on its paper."""
    vault, ids = collective
    if kind in _PRINTED:
        return _PRINTED[kind]
    vault.do(_fill, ids, {field: text_for(place, "words", 8) for place, field in enumerate(FIELDS)})
    said = _copied(papers.written(folder, REPORTS[kind].draw(_content(collective, kind))))
    return _PRINTED.setdefault(kind,
                               {field for place, field in enumerate(FIELDS)
                                if f"m{place}é" in said})


_PRINTED: dict[str, set[tuple[str, str]]] = {}
"""The fields that each paper prints, found once: they do not depend on what the records say."""


# Two pairs of papers are drawn by one hand: once is enough for the second.
@pytest.mark.parametrize(("kind", "case"), [
    (kind, case) for kind in REPORTS for case in range(len(KINDS))
    if case == 0 or kind not in ("minutes_internal", "decision_register")])
def test_texts_of_any_length_are_whole_on_the_paper(collective: Any, kind: str, case: int,
                                                    tmp_path: Path) -> None:
    vault, ids = collective
    printed = _printed(collective, kind, tmp_path)
    assert printed, "a paper says something"
    texts = {field: text_for(place, KINDS[(place + 2 * case) % len(KINDS)], LENGTHS[
        (3 * place + case + 5 * list(REPORTS).index(kind)) % len(LENGTHS)])
             for place, field in enumerate(FIELDS)}
    vault.do(_fill, ids, texts)
    content = _content(collective, kind)
    path = papers.written(tmp_path, REPORTS[kind].draw(content))
    said = _copied(path)
    if kind == "my_day":
        assert papers.pages_of(path) == 1
        return
    short = HEADER - SAID_WHOLE.get(kind, set())
    if kind in SLIPS:
        assert papers.pages_of(path) == 1
        return
    assert [field for field in printed - short
            if not all_there(texts[field].casefold(), said)] == []
    for form, make in REPORTS[kind].others.items():
        _same_in(form, make(content), texts, printed - short)


def _same_in(form: str, data: bytes, texts: dict[tuple[str, str], str],
             printed: set[tuple[str, str]]) -> None:
    if form == "docx":
        document = Document(io.BytesIO(data))
        said = "\n".join(node.text or "" for node in document.element.iter()
                         if node.tag.endswith("}t"))
        assert len(document.core_properties.title) <= 255
    elif form == "ics":
        event = Calendar.from_ical(data).walk("VEVENT")[0]
        said, printed = "\n".join(map(str, event.values())), {("meeting", "title"),
                                                              ("agenda_item", "title")}
    else:
        said, printed = data.decode(), printed & {("meeting", "title"), ("meeting", "place"),
                                                  ("agenda_item", "title")}
    assert [f for f in printed
            if not all_there(texts[f].casefold(),
                             unicodedata.normalize("NFC", said).casefold())] == []


@pytest.mark.parametrize("kind", REPORTS)
def test_one_long_text_among_short_ones_goes_on_over_the_page(collective: Any, kind: str,
                                                              tmp_path: Path) -> None:
    vault, ids = collective
    printed = _printed(collective, kind, tmp_path) - (HEADER - SAID_WHOLE.get(kind, set()))
    short = {field: text_for(place, "words", 8) for place, field in enumerate(FIELDS)}
    for place, field in enumerate(FIELDS):
        if field in printed and (place + list(REPORTS).index(kind)) % 2:
            text = text_for(place, KINDS[place % 3], 3_000)
            vault.do(_fill, ids, {**short, field: text})
            path = papers.written(tmp_path, REPORTS[kind].draw(_content(collective, kind)))
            assert kind in ("my_day", *SLIPS) or all_there(text.casefold(), _copied(path)), field


def test_a_long_correction_is_whole_on_the_paper(vault: Vault, tmp_path: Path) -> None:
    meeting = vault.do(add_record, "meeting",
                       {"title": "Séance", "kind": "pleniere", "state": "projet",
                        "starts_at": "2026-03-12T14:30"})
    first, reason, second = (text_for(place, "words", 3_000) for place in range(3))

    def correct(session: Session) -> None:
        block = ensure_block(session, meeting)
        write_note(session, block, [first, "\n"])
        validate(session, meeting, date(2026, 3, 20))
        begin_correction(session, meeting, reason)
        write_note(session, block, [second, "\n"])
        validate(session, meeting, date(2026, 3, 27))

    vault.do(correct)
    content = vault.ask(REPORTS["minutes_internal"].query, meeting, TODAY)
    said = _copied(papers.written(tmp_path, REPORTS["minutes_internal"].draw(content)))
    assert all(all_there(text, said) for text in (first, reason, second))


def test_sheets_handed_to_a_person_stay_one_page_each(tmp_path: Path) -> None:
    long = text_for(0, "words", 20_000)
    kit = kit_sheets.KitSheets(["ABCD-EFGH"] * 3, long, "https://" + "x" * 20_000,
                               date(2026, 3, 12))
    assert papers.pages_of(papers.written(tmp_path, kit_sheets.draw(kit))) == 3
    sheet = invitation_sheet.InvitationSheet(long, long, "CARNET1:" + "A" * 300 + ":CARNET",
                                             date(2026, 3, 19),
                                             date(2026, 3, 12))
    assert papers.pages_of(papers.written(tmp_path, invitation_sheet.draw(sheet))) == 1
