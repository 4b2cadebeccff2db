"""People from a spreadsheet: how tables are read, what a plan says, what an import does and
leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import AppError, StoppedError
from desktop.commands.records import add_record
from desktop.exchange.directory import (
    COMPLETED,
    HOMONYM,
    NEW,
    REFUSED,
    SAME,
    STEP,
    DirectoryPlan,
    apply_import,
    import_text,
    plan_import,
)
from desktop.exchange.people_cells import split_name
from desktop.exchange.tables import rows_of, text_of
from desktop.queries.directory import groups_of, members_of, organisations_of, people_of
from desktop.vault import Vault


def states(plan: DirectoryPlan) -> list[str]:
    return [line.state for line in plan.lines]


@pytest.mark.parametrize("encoding", ("utf-8", "utf-8-sig", "cp1252", "utf-16"))
@pytest.mark.parametrize("separator", ("\t", ";", ","))
def test_spreadsheets_of_all_sorts_are_read(vault: Vault, encoding: str, separator: str) -> None:
    rows = [("Prénom", "NOM", "Structure", "Téléphone"),
            ("Éric", "Lefèvre", "Mission locale", "03 27 00 00 00"),
            ("Anne-Sophie", "d’Haussy", '"CCAS de l’Œuvre"', "")]
    text = text_of("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    plan = vault.ask(plan_import, text)
    assert states(plan) == [NEW, NEW]
    assert (plan.lines[1].name == "D’HAUSSY Anne-Sophie"
            and plan.lines[1].organisation == "CCAS de l’Œuvre")
    done = vault.do(apply_import, plan)
    assert (done.people, done.organisations) == (2, 2)
    assert {p.organisation for p in vault.ask(people_of)} == {"Mission locale", "CCAS de l’Œuvre"}


def test_a_paste_without_a_header_is_understood(vault: Vault) -> None:
    plan = vault.ask(plan_import, "BENALI Fatima\tCCAS\tf.benali@exemple.org\nKarim "
                                  "HADDAD\tMission locale\tk@exemple.org\n")
    assert plan.columns == ("whole_name", "organisation", "email")
    assert [line.name for line in plan.lines] == ["BENALI Fatima", "HADDAD Karim"]


@pytest.mark.parametrize(("whole", "parts"), (
    ("BENALI Fatima", ("BENALI", "Fatima")), ("Fatima BENALI", ("BENALI", "Fatima")),
    ("Fatima Benali", ("Benali", "Fatima")),
    ("DE LA TOUR Jean Paul", ("DE LA TOUR", "Jean Paul")), ("Benali, Fatima", ("Benali", "Fatima")),
    ("BENALI", ("BENALI", "")),
    ("Nguyễn THỊ HOA", ("THỊ HOA", "Nguyễn")),
))
def test_names_are_split(whole: str, parts: tuple[str, str]) -> None:
    assert split_name(whole) == parts


def test_what_is_known_is_completed_and_never_overwritten(vault: Vault) -> None:
    ccas = vault.do(add_record, "organisation", {"name": "Centre communal", "short_name": "CCAS"})
    vault.do(add_record, "person",
             {"given_name": "Fatima", "family_name": "Benali", "organisation_id": str(ccas),
              "function": "médiatrice"})
    text = ("Nom;Prénom;Structure;Fonction;Courriel\nBENALI;Fatima;ccas;directrice;f@exemple.org\n"
            "Benali;Fatima;CCAS;;\nBENALI;FATIMA;Mission locale;;")
    plan = vault.ask(plan_import, text)
    assert states(plan) == [COMPLETED, REFUSED, HOMONYM]
    done = vault.do(apply_import, plan)
    assert (done.people, done.completed, done.organisations) == (0, 1, 0)
    (person,) = vault.ask(people_of)
    assert (person.function, person.email) == ("médiatrice", "f@exemple.org")
    assert states(vault.ask(plan_import, text))[0] == SAME


def test_homonyms_are_added_only_when_asked(vault: Vault) -> None:
    vault.do(add_record, "person", {"given_name": "Jean", "family_name": "Martin",
                                    "organisation_id": str(
                                        vault.do(add_record, "organisation", {"name": "A"}))})
    plan = vault.ask(plan_import, "nom;prénom;structure\nMartin;Jean;B\n")
    assert states(plan) == [HOMONYM]
    assert vault.do(apply_import, plan).people == 0
    assert [o.name for o in vault.ask(organisations_of)] == ["A"]
    assert vault.do(apply_import, plan, True).people == 1
    assert sorted(p.organisation for p in vault.ask(people_of)) == ["A", "B"]


def test_groups_are_joined_and_unknown_ones_told(vault: Vault) -> None:
    vault.do(add_record, "group", {"name": "Groupe logement"})
    plan = vault.ask(plan_import, "nom;prénom;groupe\nUn;Anne;Groupe Logement\nDeux;Bob;Inconnu")
    assert plan.unknown_groups == ("Inconnu",)
    assert vault.do(apply_import, plan).memberships == 1
    assert [g.members for g in vault.ask(groups_of)] == [1]
    assert [m.name for m in vault.ask(members_of)] == ["UN Anne"]


def test_wrong_lines_are_left_out_with_a_reason(vault: Vault) -> None:
    plan = vault.ask(plan_import, "nom;prénom;courriel\n;Anne;\nA;B;pas une adresse\n" + "x" * 400
                     + ";C;\nBon;D;")
    assert states(plan) == [REFUSED, REFUSED, REFUSED, NEW]
    assert all(line.reason for line in plan.lines[:3])
    assert [line.number for line in plan.lines] == [2, 3, 4, 5]


def test_formulas_control_characters_and_empty_lines_are_harmless(vault: Vault) -> None:
    plan = vault.ask(plan_import,
                     'nom;prénom\n\n;;\n"=HYPERLINK(""http://x"")";A\nDu\x07pont;Ma\u202erie\n')
    vault.do(apply_import, plan)
    assert [(p.family_name, p.given_name) for p in vault.ask(people_of)] == [
        ('=HYPERLINK("http://x")', "A"), ("Du pont", "Marie")]


def test_an_import_is_undone_at_once(vault: Vault) -> None:
    vault.do(apply_import, vault.ask(plan_import, "nom;prénom;structure\nA;B;C\nD;E;F"))
    vault.undo()
    assert vault.ask(people_of) == [] and vault.ask(organisations_of) == []


@pytest.mark.parametrize("data", (b"PK\x03\x04 a spreadsheet", b"\0\1\2", b"  \n\n"))
def test_what_is_no_table_is_refused_in_a_sentence(vault: Vault, data: bytes) -> None:
    with pytest.raises(AppError):
        vault.ask(plan_import, text_of(data))


def test_figures_are_nobody(vault: Vault) -> None:
    assert states(vault.ask(plan_import, "12;13\n14;15")) == [REFUSED, REFUSED]


@given(st.text(max_size=300))
def test_any_text_gives_rows_or_a_sentence(text: str) -> None:
    try:
        rows = rows_of(text)
    except AppError:
        return
    assert all(any(cells) for _number, cells in rows)


def test_five_thousand_lines_go_in_at_once(vault: Vault) -> None:
    text = ("nom;prénom;structure\n"
            + "".join(f"Nom{n};Prénom{n};Structure {n % 300}\n" for n in range(5000)))
    done = vault.do(apply_import, vault.ask(plan_import, text))
    assert (done.people, done.organisations) == (5000, 300)


def test_who_is_in_a_group_already_keeps_the_role(vault: Vault) -> None:
    group = vault.do(add_record, "group", {"name": "Groupe logement"})
    person = vault.do(add_record, "person", {"given_name": "Fatima", "family_name": "Benali"})
    vault.do(add_record, "membership",
             {"group_id": str(group), "person_id": str(person), "role": "pilote"})
    plan = vault.ask(plan_import, "nom;prénom;groupe(s)\nBenali;Fatima;Groupe logement\n")
    assert states(plan) == [SAME]
    changed = vault.ask(plan_import,
                        "nom;prénom;groupe;fonction\nBenali;Fatima;Groupe logement;juriste\n")
    assert vault.do(apply_import, changed).memberships == 0
    assert [(m.name, m.role) for m in vault.ask(members_of)] == [("BENALI Fatima", "pilote")]


def test_a_quote_that_is_never_closed_takes_no_line_away(vault: Vault) -> None:
    with pytest.raises(AppError, match="Ligne 2"):
        vault.ask(plan_import, 'nom;prénom\nUn;"Anne\nDeux;Bob\nTrois;Carl\n')
    assert states(vault.ask(plan_import, 'nom;prénom\nUn;"An\nne"\nDeux;Bob "Bobby"')) == [NEW, NEW]


def test_between_two_organisations_of_one_name_nobody_guesses(vault: Vault) -> None:
    for name in ("CCAS de A", "CCAS de B"):
        vault.do(add_record, "organisation", {"name": name, "short_name": "CCAS"})
    plan = vault.ask(plan_import, "nom;prénom;structure\nUn;Anne;CCAS\nDeux;Bob;CCAS de B\n")
    assert states(plan) == [REFUSED, NEW] and "Plusieurs" in plan.lines[0].reason
    vault.do(apply_import, plan)
    assert [(p.name, p.organisation_id is not None)
            for p in vault.ask(people_of)] == [("DEUX Bob", True)]


def _list(people: int) -> str:
    return "nom;prénom;structure\n" + "".join(f"Nom{n};P;S{n % 7}\n" for n in range(people))


def test_an_import_that_is_stopped_leaves_nothing_and_begins_again(vault: Vault) -> None:
    text, seen = _list(3 * STEP), list[tuple[int, int]]()
    with pytest.raises(StoppedError, match="arrêté"):
        vault.do(import_text, text, False, None, lambda done, whole: seen.append((done, whole)),
                 lambda: len(seen) == 2)
    assert seen == [(0, 6 * STEP), (STEP, 6 * STEP)]
    assert vault.ask(people_of) == [] and vault.ask(organisations_of) == []
    vault.do(import_text, text, False, None, lambda done, whole: seen.append((done, whole)))
    assert [done for done, _whole in seen[2:]] == [STEP * n for n in range(6)]
    assert vault.do(import_text, text).people == 0 and len(vault.ask(people_of)) == 3 * STEP


def test_columns_that_were_chosen_are_remembered_by_their_titles(vault: Vault) -> None:
    text = "Nom;Note;Où\nDupré;Zoé;CCAS\n"
    assert vault.ask(plan_import, text).columns == ("family_name", "", "")
    vault.do(import_text, text, False, ("family_name", "given_name", "organisation"))
    later = vault.ask(plan_import, "NOM;note;OÙ\nMartin;Lou;CCAS\n")
    assert (later.columns == ("family_name", "given_name", "organisation")
            and "choisies auparavant" in later.told[0])
    assert vault.ask(plan_import,
                     "Nom;Note;Autre\nMartin;Lou;CCAS\n").columns == ("family_name", "", "")


def test_an_organisation_and_a_group_written_otherwise_are_told_and_not_guessed(
        vault: Vault) -> None:
    vault.do(add_record, "organisation", {"name": "Centre social de l’Étoile",
                                          "short_name": "CS Étoile"})
    vault.do(add_record, "group", {"name": "Groupe de travail logement"})
    text = ("Nom\tPrénom\tStructure\tGroupe\n"
            "Kaczmarek\tJulie\tCentre social Etoile\tGroupe travail logement\n"
            "\t\tcentre social l'etoile\t\n"
            "Dupont\tLéa\tCS de l’Etoile\t\n"
            "Petit\tNoé\tCentre social de l’étoile\tGroupe de travail Logement\n"
            "Roux\tAda\tCentre social du Phare\t\n")
    plan = vault.ask(plan_import, text)
    assert states(plan) == [HOMONYM, HOMONYM, HOMONYM, NEW, NEW]
    assert all("Centre social de l’Étoile" in line.reason for line in plan.lines[:3])
    assert "Groupe travail logement" in " ".join(plan.told)
    assert "Groupe de travail logement" in " ".join(plan.told)
    shorter = vault.ask(plan_import, "Nom\tPrénom\tGroupe\nPetit\tNoé\tLogement\n")
    assert "Groupe de travail logement" in " ".join(shorter.told)
    vault.do(add_record, "group", {"name": "Groupe de veille logement"})
    shorter = vault.ask(plan_import, "Nom\tPrénom\tGroupe\nPetit\tNoé\tLogement\n")
    assert "Groupe de" not in " ".join(shorter.told)
    vault.do(import_text, text)
    assert sorted(row.name for row in vault.ask(organisations_of)) == [
        "Centre social de l’Étoile", "Centre social du Phare"]
    vault.do(import_text, text, True)
    assert len(vault.ask(organisations_of)) == 5
