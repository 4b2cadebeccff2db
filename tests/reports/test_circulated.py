"""Whatever goes out of a meeting, in whatever form, and whatever a colleague's computer finds: no
restricted line is there."""

import io
import uuid
import zipfile
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from desktop.queries.meetings.decisions import collective_id
from desktop.reports import REPORTS
from desktop.vault import Vault
from desktop.vault.search.index import search
from tests.day import TODAY
from tests.reports.test_audience import SECRET, lines, meeting
from tests.sync.laptops import Laptops
from tests.sync.test_notes import everything

CIRCULATED = ("minutes", "convocation", "decisions", "extracts", "decision_register",
              "attendance_sheet", "attestations")


def _texts(drawn: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    return [(audience, kind,
             f"{SECRET if audience != 'commun' or kind == 'tilde' else 'clair'}{number}")
            for number, (audience, kind) in enumerate(drawn)]


def _plain(ending: str, data: bytes) -> str:
    if ending != "docx":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines)
def test_no_document_in_any_form_says_it(vault: Vault, drawn: list[tuple[str, str]]) -> None:
    made = vault.do(meeting, _texts(drawn))
    collective = vault.ask(collective_id) or uuid.uuid4()
    for kind in CIRCULATED:
        report = REPORTS[kind]
        content = vault.ask(report.query, collective if report.needs == "collective" else made,
                            TODAY)
        assert SECRET not in repr(content), kind
        for ending, form in report.others.items():
            assert SECRET not in _plain(ending, form(content)), (kind, ending)
    circulated = REPORTS["minutes"]
    said = _plain("docx", circulated.others["docx"](vault.ask(circulated.query, made, TODAY)))
    assert all(text in said for audience, kind, text in _texts(drawn)
               if audience == "commun" and kind != "tilde")


@settings(max_examples=8, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=lines)
def _colleague(laptops: Laptops, member: Vault, notes: list[tuple[str, str]]) -> None:
    texts = [(audience, "tilde" if audience != "commun" and kind != "text" else kind,
              f"{word}x{uuid.uuid4().hex}")
             for audience, kind, word in _texts(notes)]
    laptops.founder.do(meeting, texts)
    laptops.sync(laptops.founder)
    laptops.sync(member)
    held = everything(member)
    for audience, kind, text in texts:
        restricted = audience != "commun" or kind == "tilde"
        assert (text.encode() in held) != restricted
        assert bool(member.ask(search, text)) != restricted
        assert laptops.founder.ask(search, text)


def test_no_colleague_finds_it(tmp_path: Path) -> None:
    with closing(Laptops(tmp_path)) as laptops:
        member = laptops.join("member")
        _colleague(laptops, member)
        assert member.ask(search, SECRET) == []


