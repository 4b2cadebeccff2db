"""Preset files: every fault is told with its line, a table of communes becomes a sound preset."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.commands.collective import found_records, preset_names, read_preset
from desktop.exchange.territory.checking import LARGEST, check_bytes, read_territory
from desktop.exchange.territory.lines import BrokenError, located
from desktop.exchange.territory.proposing import communes_in, proposed_preset
from desktop.queries.directory import places_of
from desktop.vault import Vault

SOUND = """{
 "code": "pays-d-essai",
 "name": "Collectif d’essai",
 "territory": "Pays d’essai",
 "plan": {"name": "Plan d’essai", "starts_on": "2026-01-01", "ends_on": null},
 "axes": [
  {"code": "1", "title": "Axe", "objectives": ["Premier",
   {"title": "Second", "indicators": [{"label": "Séances", "unit": "séances", "derived": "seances"}]}]}
 ],
 "groups": [{"code": "GT", "name": "Groupe", "kind": "groupe_de_travail", "axis": "1"}],
 "zones": [{"code": "Z1", "name": "Villages"}],
 "communes": [
  {"code": "59392", "name": "Maubeuge", "population": 28879, "zone": ""},
  {"code": "59021", "name": "Assevent", "population": 1769, "zone": "Z1"},
  {"code": "59003", "name": "Aibes", "population": 350, "zone": "Z1"}
 ],
 "neighbourhoods": [
  {"code": "QN05915M", "name": "Pont de Pierre", "commune": "59392", "generation": "2024"}
 ],
 "population_year": 2023,
 "source": "Essai",
 "verified_on": "2026-11-22"
}
"""

FAULTS = [
    ("unknown key", '"source"', '"sources"', 21, "sources"),
    ("missing key", ' "population_year": 2023,\n', "", 1, "population_year"),
    ("key twice", '"name": "Collectif d’essai"', '"code": "autre"', 3, "code"),
    ("code twice", '"59003"', '"59021"', 15, "ligne 14"),
    ("commune without population", '"population": 1769, ', "", 14, "population"),
    ("zone under 2,000", '"population": 350', '"population": 30', 11, "1799"),
    ("small commune without zone", '350, "zone": "Z1"', '350, "zone": ""', 15, "Aibes"),
    ("large commune in a zone", '28879, "zone": ""', '28879, "zone": "Z1"', 13, "Maubeuge"),
    ("unknown zone", '350, "zone": "Z1"', '350, "zone": "Z2"', 15, "Z2"),
    ("population as a text", "1769", '"1769"', 14, "population"),
    ("population true", "1769", "true", 14, "population"),
    ("a list in the place of an object",
     '{"name": "Plan d’essai", "starts_on": "2026-01-01", "ends_on": null}', "[]", 5, "plan"),
    ("a day that is none", '"2026-01-01"', '"2026-02-30"', 5, "starts_on"),
    ("a day of words", '"2026-11-22"', '"novembre"', 22, "verified_on"),
    ("a plan that ends before", '"ends_on": null', '"ends_on": "2025-01-01"', 5, "finirait"),
    ("unknown axis", '"axis": "1"', '"axis": "7"', 10, "7"),
    ("unknown kind of group", "groupe_de_travail", "club", 10, "kind"),
    ("unknown commune of a neighbourhood", '"commune": "59392"', '"commune": "59999"', 18, "59999"),
    ("generation", '"2024"', '"an 1"', 18, "génération"),
    ("INSEE code", '"59392", "name"', '"5939", "name"', 13, "INSEE"),
    ("indicator that Carnet does not count", '"seances"', '"chats"', 8, "derived"),
    ("comma missing", '"Pays d’essai",', '"Pays d’essai"', 5, "virgule"),
    ("text that is not closed", '"Essai",', '"Essai,', 21, "guillemet"),
    ("nothing closed", '"verified_on": "2026-11-22"\n}', '"verified_on": "2026-11-22"', 22,
     "virgule"),
    ("deep nesting", '"Premier"', "[" * 60, 7, "niveaux"),
    ("a number of thousands of figures", "28879", "9" * 5_000, 13, "nombre"),
    ("NaN", "28879", "NaN", 13, "nombre"),
]


def test_a_sound_file_has_no_fault_and_founds_a_collective(vault: Vault) -> None:
    data, faults = check_bytes(SOUND.encode())
    assert faults == []
    vault.do(found_records, data, "Collectif")
    assert [(p.code, p.parent_code) for p in vault.ask(places_of, "commune")] == [
        ("59003", "Z1"), ("59021", "Z1"), ("59392", "")]


@pytest.mark.parametrize(("before", "after", "line", "words"), [case[1:] for case in FAULTS],
                         ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_with_its_line(before: str, after: str, line: int, words: str) -> None:
    assert before in SOUND
    data, faults = check_bytes(SOUND.replace(before, after, 1).encode())
    assert data == {}
    assert line in [fault.line for fault in faults], list(map(str, faults))
    assert any(words in fault.message for fault in faults if fault.line == line)


def test_every_fault_is_told_at_once_in_the_order_of_the_lines() -> None:
    broken = SOUND.replace("1769",
                           '"beaucoup"').replace('"kind"',
                                                 '"sorte"').replace('"2026-11-22"', '"hier"')
    _data, faults = check_bytes(broken.encode())
    assert [fault.line for fault in faults] == [10, 10, 14, 22]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "mac_roman"])
def test_another_encoding_is_told_with_the_line_of_the_first_letter(encoding: str) -> None:
    _data, faults = check_bytes(SOUND.encode(encoding))
    assert len(faults) == 1 and "UTF-8" in faults[0].message
    assert faults[0].line == (1 if encoding == "utf-16" else 3)


def test_a_mark_of_utf8_at_the_beginning_is_no_fault() -> None:
    assert check_bytes(b"\xef\xbb\xbf" + SOUND.encode())[1] == []


def test_a_file_of_50_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(AppError, match="trop grand"):
        read_territory(str(large))
    assert LARGEST < 50_000_000


def test_a_preset_is_found_by_its_code_or_its_path(tmp_path: Path) -> None:
    path = tmp_path / "essai.json"
    path.write_text(SOUND, encoding="utf-8")
    assert read_territory(str(path))["code"] == "pays-d-essai"
    assert read_territory(preset_names()[0])["code"] == preset_names()[0]
    with pytest.raises(AppError, match="absent"):
        read_territory(str(tmp_path / "absent.json"))
    with pytest.raises(AppError, match="atlantide"):
        read_territory("atlantide")
    path.write_text(SOUND.replace("1769", "null"), encoding="utf-8")
    with pytest.raises(AppError, match="Ligne 14"):
        read_territory(str(path))


@pytest.mark.parametrize("name", preset_names())
def test_the_presets_that_ship_are_sound(name: str) -> None:
    data, faults = check_bytes(json.dumps(read_preset(name), ensure_ascii=False).encode())
    assert faults == [] and data == read_preset(name)


_JSON = st.recursive(st.none() | st.booleans() | st.integers()
                     | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
                     lambda inner: st.lists(inner, max_size=4)
                     | st.dictionaries(st.text(), inner, max_size=4), max_leaves=12)


@given(_JSON, st.sampled_from([None, 1]))
def test_the_scanner_reads_what_the_standard_decoder_reads(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    try:
        assert located(text).value == value
    except BrokenError as error:
        assert "12" in error.fault.message


@given(st.text(alphabet='{}[]",:0123456789.eE+- \n\\truefalsn'))
def test_any_text_is_read_as_the_standard_decoder_does_or_refused_with_a_line(text: str) -> None:
    try:
        wanted = json.loads(text, parse_constant=lambda _word: 1 // 0)
    except (ValueError, ZeroDivisionError, RecursionError):
        wanted = BrokenError
    try:
        found = located(text).value
    except BrokenError as error:
        assert 1 <= error.fault.line <= text.count("\n") + 1
        if wanted is not BrokenError:
            assert "12" in error.fault.message
    else:
        assert found == wanted


@given(st.binary(max_size=300))
def test_any_bytes_are_judged_without_an_error(data: bytes) -> None:
    found, faults = check_bytes(data)
    assert found == {} and faults


@given(_JSON)
def test_any_value_in_the_place_of_a_key_is_judged_without_an_error(value: Any) -> None:
    for key in read_preset(preset_names()[0]):
        data = json.loads(SOUND)
        data[key] = value
        check_bytes(json.dumps(data).encode())


TABLE = (
    "insee;nom;population\n59392;Maubeuge;28\u202f879\n59003;Aibes;350\n59021;Assevent;1769\n59058;Beaufort;995\n"
         "1234;Ain;2000\n")


def _proposed(text: str) -> dict[str, Any]:
    return proposed_preset(communes_in(text), territory="Pays d’essai", name="Collectif",
                           population_year=2023, source="Essai",
                           today=date(2026, 11, 30))


def test_a_table_of_communes_becomes_a_sound_preset_with_zones() -> None:
    made = _proposed(TABLE)
    assert check_bytes(json.dumps(made).encode())[1] == []
    zones = {c["code"]: c["zone"] for c in made["communes"]}
    assert zones == {"59392": "", "01234": "", "59003": "Z-1", "59021": "Z-1", "59058": "Z-1"}
    assert made["zones"] == [{"code": "Z-1", "name": "Assevent, Beaufort et Aibes"}]
    assert made["code"] == "pays-d-essai"


def test_the_zones_of_the_table_are_kept() -> None:
    made = _proposed(TABLE.replace("population\n", "population;zone\n").replace("1769", "1769;Nord")
                     .replace("350", "350;Nord")
                     .replace("995", "1995;Sud").replace("1234;Ain;2000", "1234;Ain;5;Sud"))
    assert {c["name"]: c["zone"] for c in made["communes"]} == {
        "Maubeuge": "", "Assevent": "Z-1", "Aibes": "Z-1", "Beaufort": "Z-2", "Ain": "Z-2"}


@pytest.mark.parametrize(("text", "words"), [
    ("a;b\n1;2\n", "première ligne"), ("", "première ligne"),
    ("insee;nom;population\n", "aucune commune"),
    (TABLE.replace("350", "peu"), "Ligne 3"), (TABLE.replace("59003", "ABC"), "Ligne 3"),
    (TABLE.replace("Aibes", ""), "Ligne 3"),
    (TABLE.replace("59058", "59021"), "Ligne 5"),
    ("insee;nom;population\n59003;Aibes;350\n", "350")])
def test_a_table_that_is_wrong_is_refused_with_the_line(text: str, words: str) -> None:
    with pytest.raises(AppError, match=words):
        _proposed(text)
