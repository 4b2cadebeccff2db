"""The page « Qui peut quoi » says what the table says, line by line, in both languages."""

import pytest

from desktop.base.i18n import set_language
from desktop.models.authority import ANYONE, TABLE, Verb, names_of, roles_for
from desktop.models.record import INTERNAL, OBSERVATORY
from desktop.ui.help.pages import pages

Line = tuple[tuple[str, ...], Verb, str, dict[str, str]]
WRITTEN: tuple[Line, ...] = (
    (("plan", "axis", "objective", "indicator"), Verb.EDIT, "", {}),
    (("commitment", "charter", "clause"), Verb.EDIT, "", {}),
    (("term", "place"), Verb.EDIT, "", {}),
    (("collective", "dispositif"), Verb.EDIT, "", {}),
    (("indicator_value",), Verb.EDIT, "", {}),
    (("group", "membership"), Verb.EDIT, "", {}),
    (("minutes_version",), Verb.EDIT, "", {}),
    (("decision",), Verb.EDIT, "number", {}),
    (("validation",), Verb.EDIT, "answer", {"party": "etat"}),
    (("validation",), Verb.EDIT, "answer", {"party": "agglo"}),
    (("observation",), Verb.EDIT, "qualification", {}),
    (("feedback",), Verb.EDIT, "", {}),
    (("release",), Verb.EDIT, "", {}),
    (("note_block", "note_update"), Verb.EDIT, "", {"channel": INTERNAL}),
    (("note_block", "note_update"), Verb.EDIT, "", {"channel": OBSERVATORY}),
)
ERASED: tuple[Line, ...] = (
    (tuple(TABLE), Verb.ERASE, "", {}),
    (("observation", "referral", "internship_request", "internship_application"), Verb.ERASE, "",
     {"channel": OBSERVATORY}),
)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_line_of_the_page_is_one_of_the_table(language: str) -> None:
    set_language(language)
    try:
        (page,) = (page for page in pages(language) if page.name == "rights")
        said = [line.rpartition(":")[2].strip() for line in page.text.splitlines()
                if line.startswith("- ") and ":" in line]
        lines = [*WRITTEN, None, *ERASED]
        for words, line in zip(said, lines, strict=False):
            if line is None:
                assert "lecture" in words or "readers" in words
                continue
            kinds, verb, field, more = line
            assert {
                names_of(roles_for(kind, verb, field, more.get("party"),
                                   channel=more.get("channel", "commun")))
                    for kind in kinds} == {words}
        assert len(said) >= len(lines)
    finally:
        set_language("fr")


def test_every_kind_that_is_not_on_the_page_is_everybodys() -> None:
    named = {kind for kinds, *_rest in WRITTEN for kind in kinds}
    for kind in set(TABLE) - named:
        finer = {name for group in TABLE[kind].groups for name in group.names}
        assert roles_for(kind, Verb.EDIT) == roles_for(kind, Verb.DELETE) == ANYONE and finer <= {
            "state"}, kind
