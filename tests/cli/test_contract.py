"""The command line as automation uses it: a process for each verb, an empty home, no window."""

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.base.paths import Home
from desktop.vault import Vault
from tests.clear import in_clear
from tests.cli.verbs import Done, run_anew, run_copied
from tests.sync.servers import Running

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "cerisier bleu du jardin"


class Carnet:
    """Runs the command; `home` is the profile. Those in `anew` are used by processes that start as
    a shell starts them."""

    def __init__(self, folder: Path, anew: Collection[str] = ()) -> None:
        self.folder, self.anew = folder, anew
        self.environment = os.environ | {
            "CARNET_PASSPHRASE": PASSPHRASE, "HOME": str(folder / "empty"),
            "CARNET_LANGUAGE": "fr", "PYTHONUTF8": "1", "TMPDIR": str(folder / "temporary")}
        (folder / "temporary").mkdir()

    def run(self, *arguments: str, home: str = "one", stdin: str = "", **environment: str) -> Done:
        run = run_anew if home in self.anew else run_copied
        return run(["--home", str(self.folder / home), *arguments], self.folder, stdin,
                   self.environment | environment)

    def ok(self, *arguments: str, home: str = "one", stdin: str = "", **environment: str) -> Any:
        done = self.run("--json", *arguments, home=home, stdin=stdin, **environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def wrong(self, *arguments: str, home: str = "one", stdin: str = "", **environment: str) -> str:
        """The one line that is told; nothing else, exit code 1."""
        done = self.run(*arguments, home=home, stdin=stdin, **environment)
        assert done.returncode == 1, (done.stdout, done.stderr)
        assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
        return done.stderr.strip()

    def create(self, home: str = "one", *more: str) -> Any:
        return self.ok("create", "--preset", "maubeuge-val-de-sambre", "--name", "Essai",
                       "--person", "Zoé LEFÈVRE",
                       *more, home=home)


@pytest.fixture
def carnet(tmp_path: Path) -> Carnet:
    return Carnet(tmp_path)


def test_a_verb_imports_only_what_it_uses(tmp_path: Path) -> None:
    carnet = Carnet(tmp_path, anew=["one"])
    carnet.create()
    late = ["PySide6", "reportlab", "alembic", "keyring", "paramiko", "requests", "openpyxl",
            "desktop.reports", "desktop.sample"]
    code = ("import sys; from desktop.__main__ import main; main(); "
            f"print([name for name in {late} if name in sys.modules], file=sys.stderr)")
    for arguments in (["list", "group"], ["status"], ["add", "person"]):
        done = subprocess.run([sys.executable, "-c", code, "--home", str(carnet.folder / "one"),
                               *arguments], input="",
                              capture_output=True, text=True, timeout=120, env=carnet.environment)
        assert done.returncode == 0 and done.stderr.strip() == "[]", done.stderr


def test_no_environment_makes_a_passphrase_cheap(tmp_path: Path) -> None:
    environment = os.environ | {"CARNET_PASSPHRASE": PASSPHRASE,
                                "CARNET_NEW_PASSPHRASE": "autre phrase de passe longue",
                                "CARNET_CHEAP_KEYS": "1", "CARNET_COST": "TEST"}
    for verb in (["create", "--preset", "maubeuge-val-de-sambre", "--name", "Essai", "--person",
                  "Zoé LEFÈVRE"],
                 ["passwd"]):
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--home", str(tmp_path / "one"), *verb], input="",
                              capture_output=True, text=True, timeout=120, env=environment)
        assert done.returncode == 0, done.stderr
        slot = json.loads((tmp_path / "one" / "slots.json").read_text("utf-8"))["passphrase"]
        assert (slot["time"], slot["memory_kib"], slot["lanes"]) == (3, 256 * 1024, 4)
    naming = [file for file in (ROOT / "desktop").rglob("*.py")
              if "Cost.TEST" in file.read_text("utf-8")]
    assert naming == []


def test_the_story_by_verbs(tmp_path: Path) -> None:
    carnet = Carnet(tmp_path, anew=["three"])
    share = tmp_path / "partage"
    share.mkdir()
    made = carnet.create("one", "--store", share.as_uri())
    assert len(made["recovery_code"].split("-")) == 7
    group = next(g["id"] for g in carnet.ok("list", "group") if g["kind"] == "pleniere")
    people = carnet.ok("add", "person", stdin='{"given_name": "Fatima", "family_name": "BENALI"}\n'
                                              '{"given_name": "Karim", "family_name": "HADDAD"}\n')[
                                                  "added"]
    (meeting,) = carnet.ok("add", "meeting", stdin=json.dumps({
        "group_id": group, "kind": "pleniere", "title": "Plénière",
        "starts_at": "2026-11-03T14:00"}))["added"]
    carnet.ok("add", "attendance", stdin="\n".join(json.dumps(
        {"meeting_id": meeting, "person_id": person, "state": "present"}) for person in people))
    carnet.ok("add", "decision",
              stdin=json.dumps({"meeting_id": meeting, "text": "Ouvrir une permanence"}))
    (action,) = carnet.ok("add", "action", stdin=json.dumps(
        {"title": "Relancer la CPAM", "owner_id": people[0], "due_on": "2026-12-01",
         "meeting_id": meeting}))["added"]
    (observation,) = carnet.ok("add", "observation", stdin=json.dumps(
        {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"}))["added"]
    for kind in ("attendance_sheet", "minutes"):
        out = tmp_path / f"{kind}.pdf"
        carnet.ok("report", kind, meeting, "--out", str(out))
        assert out.read_bytes().startswith(b"%PDF-")
    assert carnet.ok("status")["to_send"] > 0
    carnet.ok("sync")
    assert carnet.ok("status")["to_send"] == 0
    for home, role in (("two", "observatoire"), ("three", "membre")):
        invitation = tmp_path / f"{home}.invitation"
        invitation.write_text(
            carnet.run("invite", "--role", role, *(["--text"] if home == "three" else [])).stdout)
        words = carnet.ok("join", str(invitation), "--person", "Jo ANNE", home=home)["words"]
        assert carnet.ok("sync", home=home)["waiting_for_approval"] is True
        assert [r["words"] for r in carnet.ok("approve")] == [words]
        carnet.ok("approve", "--words", words)
        carnet.ok("sync", home=home)
        assert carnet.ok("show", action, home=home)["title"] == "Relancer la CPAM"
    assert carnet.ok("show", observation, "--reason", "Essai de l’équipe",
                     home="two")["domain"] == "SANTE"
    assert "Aucune fiche" in carnet.wrong("show", observation, home="three")
    assert carnet.ok("check")["problems"] == [] and carnet.ok("check", "--server")["problems"] == []
    carnet.ok("sync")
    packages = sorted((tmp_path / "partage").rglob("w/*/*/*.pkg"))
    whole = packages[0].read_bytes()
    packages[0].write_bytes(whole[:100])
    assert ("1 problème" in carnet.wrong("check", "--server")
            and packages[0].read_bytes() == whole[:100])
    assert (carnet.ok("check", "--server", "--mend")["left"] == []
            and packages[0].read_bytes() == whole)
    for home in ("one", "two"):
        carnet.ok("sync", home=home)
    words = {carnet.ok("fingerprint", home=home)["words"] for home in ("one", "two")}
    assert len(words) == 1 and len(words.pop().split()) == 6


def test_an_empty_shared_folder_is_filled_when_it_is_said(carnet: Carnet, tmp_path: Path) -> None:
    share = tmp_path / "partage"
    share.mkdir()
    carnet.create("one", "--store", share.as_uri())
    carnet.ok("sync")
    (share / "format.json").write_bytes(b"")
    assert "check --server --mend" in carnet.wrong("sync")
    assert carnet.ok("check", "--server", "--mend")["left"] == []
    shutil.rmtree(share)
    share.mkdir()
    for verb in (["sync"], ["check", "--server", "--mend"], ["sync", "--store", share.as_uri()]):
        assert "est vide" in carnet.wrong(*verb) and list(share.iterdir()) == []
    assert carnet.ok("status")["alarms"] == ["emptied"]
    assert carnet.ok("sync", "--fill")["alarms"] == [] and (share / "format.json").exists()


def test_an_invitation_is_read_from_a_text_and_from_standard_input(carnet: Carnet,
                                                                   tmp_path: Path) -> None:
    (tmp_path / "partage").mkdir()
    carnet.create("one", "--store", (tmp_path / "partage").as_uri())
    text = carnet.run("invite", "--text").stdout
    assert text.startswith("CARNET1:") and "".join(text.split()).endswith(":CARNET")
    assert "coupée" in carnet.wrong("join", text[:99], "--person", "Jo ANNE", home="two")
    assert "coupée" in carnet.wrong("join", "-", "--person", "Jo ANNE", home="two", stdin=text[9:])
    assert len(carnet.ok("join", text, "--person", "Jo ANNE", home="two")["words"].split()) == 6
    quoted = "Bonjour,\n" + "".join(f"> {line}\n"
                                    for line in carnet.run("invite", "--text").stdout.splitlines())
    assert len(carnet.ok("join", "-", "--person", "Jo ANNE", home="three", stdin=quoted)["words"]
               .split()) == 6
    file = carnet.run("invite").stdout
    assert len(carnet.ok("join", "-", "--person", "Jo ANNE", home="four", stdin=file)["words"]
               .split()) == 6


def test_records_come_out_as_they_went_in(carnet: Carnet) -> None:
    carnet.create()
    (made,) = carnet.ok("add", "resource", stdin='{"kind": "outil", "title": "Jeu de cartes", '
                                                 '"period": "1962"}')["added"]
    shown = carnet.ok("show", made)
    assert (shown["title"], shown["period"], shown["kind"]) == ("Jeu de cartes", "1962", "outil")
    assert carnet.ok("edit", made, stdin='{"period": "1968"}')["period"] == "1968"
    assert [hit["id"] for hit in carnet.ok("search", "jeu")] == [made]
    carnet.ok("delete", made)
    assert carnet.ok("list", "resource") == []
    carnet.ok("restore", made)
    assert [r["id"] for r in carnet.ok("list", "resource", "--json")] == [made]


def test_the_census_of_the_actions_is_a_workbook(carnet: Carnet) -> None:
    carnet.create()
    carnet.ok("add", "action", stdin='{"title": "=Former"}')
    file = carnet.folder / "Recensement.xlsx"
    assert carnet.ok("export", "actions", str(file))["actions"] == 1
    sheet = openpyxl.load_workbook(file).active
    assert sheet["A4"].value == "=Former" and sheet["A4"].data_type == "s"
    assert ".xlsx" in carnet.wrong("export", "actions", str(carnet.folder / "Recensement.csv"))
    assert "nulle" in carnet.wrong("export", "actions", str(carnet.folder / "nulle" / "part.xlsx"))


def test_the_journal_is_read_verified_and_written(carnet: Carnet) -> None:
    carnet.create()
    carnet.ok("list", "person")
    carnet.ok("export", "actions", str(carnet.folder / "Recensement.xlsx"))
    entries = carnet.ok("journal")
    assert [(entry["what"], entry["kind"], entry["how"]) for entry in entries] == [
        ("exported", "action", "xlsx"), ("exported", "person", "list")]
    assert entries[0]["by"] == "LEFÈVRE Zoé"
    held = carnet.ok("journal", "--verify")
    assert held["holds"] and (held["entries"], held["sha256"]) == (2, entries[0]["digest"])
    file = carnet.folder / "journal.csv"
    assert carnet.ok("journal", "--out", str(file))["entries"] == 3
    assert file.read_bytes().startswith("\ufeffNuméro;".encode())
    vault = Vault(Home(carnet.folder / "one"))
    vault.unlock(PASSPHRASE)
    vault.do(lambda session: session.connection()
             .exec_driver_sql("DELETE FROM journal_entry WHERE number = 2") and None)
    vault.close()
    assert "il manque des lignes à partir de la 2" in carnet.wrong("journal", "--verify")


def test_add_is_all_or_nothing_and_names_the_line(carnet: Carnet) -> None:
    carnet.create()
    before = len(carnet.ok("list", "person"))
    said = carnet.wrong("add", "person", stdin='{"family_name": "A"}\n\n{"family_name": 3}\n')
    assert said.startswith("Ligne 3")
    for lines in ("{", "[1]", '{"nom": "A"}', '{"given_name": "A"}', '{"family_name": ""}',
                  "[" * 100_000,
                  '{"family_name": "\\ud800"}', '{"family_name": "A", "organisation_id": "x"}'):
        assert carnet.wrong("add", "person", stdin=lines).startswith("Ligne 1")
    assert len(carnet.ok("list", "person")) == before


IMPOSSIBLE = (
    ("show", "00000000-0000-0000-0000-000000000000"), ("show", "xyz"), ("list", "licorne"),
    ("add", "licorne"),
    ("report", "licorne", "--out", "x"), ("join", "nowhere", "--person", "A B"), ("sync",),
    ("sync", "--store", "http://127.0.0.1/"), ("sync", "--store", "file:///nowhere/at/all"),
    ("approve", "--yes"),
    ("invite", "--role", "roi"), ("backup", "/nowhere/at/all/x"), ("restore-backup", "/nowhere/x"))


def test_what_the_folder_did_is_told_until_it_is_seen(carnet: Carnet, tmp_path: Path) -> None:
    share = tmp_path / "partage"
    share.mkdir()
    carnet.create("one", "--store", share.as_uri())
    assert carnet.ok("sync")["alarms"] == []
    older = tmp_path / "avant"
    shutil.copytree(share, older)
    carnet.ok("add", "organisation", stdin=json.dumps({"name": "Maison des Œillets"}))
    carnet.ok("sync")
    shutil.rmtree(share)
    shutil.copytree(older, share)
    done = carnet.run("sync")
    assert (done.returncode == 0 and "À regarder" in done.stdout
            and "montre moins qu’avant" in done.stdout)
    assert carnet.ok("sync")["alarms"] == carnet.ok("status", "--seen")["alarms"] == ["rollback"]
    assert carnet.ok("status")["alarms"] == []


def test_what_cannot_be_done_is_one_sentence(carnet: Carnet) -> None:
    carnet.create()
    for arguments in IMPOSSIBLE:
        assert carnet.wrong(*arguments)
    assert carnet.ok("list", "collective")


def test_profile_faults_are_one_sentence(carnet: Carnet, tmp_path: Path) -> None:
    assert "coffre" in carnet.wrong("status", home="absent")
    assert "modèle" in carnet.wrong("create", "--preset", "x", "--name", "a", "--person", "b c")
    assert not (tmp_path / "one" / "slots.json").exists()
    carnet.create()
    assert "phrase de passe" in carnet.wrong("status", CARNET_PASSPHRASE="fausse")
    assert "déjà un coffre" in carnet.wrong("create", "--preset", "maubeuge-val-de-sambre",
                                            "--name", "a",
                                            "--person", "b c")
    (tmp_path / "file").write_text("x")
    assert carnet.wrong("create", "--preset", "maubeuge-val-de-sambre", "--name", "a", "--person",
                        "b c",
                        home="file/profile")
    database = tmp_path / "one" / "vault.db"
    database.write_bytes(b"rubbish" * 2000)
    assert "abîmé" in carnet.wrong("status")


def test_keys_and_copies(carnet: Carnet, tmp_path: Path) -> None:
    carnet.create()
    secret = tmp_path / "secret"
    secret.write_text("nouvelle phrase\n")
    carnet.ok("passwd", CARNET_NEW_PASSPHRASE="nouvelle phrase")
    carnet.wrong("status")
    carnet.ok("status", "--passphrase-file", str(secret), CARNET_PASSPHRASE="")
    carnet.ok("rekey", CARNET_PASSPHRASE="nouvelle phrase")
    carnet.ok("backup", str(tmp_path / "copie"), CARNET_PASSPHRASE="nouvelle phrase")
    carnet.ok("restore-backup", str(tmp_path / "copie"), home="two",
              CARNET_PASSPHRASE="nouvelle phrase")
    assert carnet.ok("list", "collective", home="two", CARNET_PASSPHRASE="nouvelle phrase")


def test_wrong_use_is_told_in_the_language_of_the_user(carnet: Carnet) -> None:
    done = carnet.run("report")
    assert done.returncode == 2 and "il manque" in done.stderr
    assert "verbes" in carnet.run("--help").stdout
    assert "the folder of the profile" in carnet.run("--help", CARNET_LANGUAGE="en").stdout
    for verb in ("create", "invite", "join", "approve", "sync", "status", "check", "demo", "add",
                 "list", "show", "edit",
                 "delete", "restore", "kinds", "report", "search", "backup", "restore-backup",
                 "passwd", "rekey",
                 "check-text", "story", "open", "fingerprint"):
        assert carnet.run(verb, "--help").returncode == 0


def test_kinds_and_check_text(carnet: Carnet) -> None:
    kinds = {kind["kind"]: {f["name"] for f in kind["fields"]} for kind in carnet.ok("kinds")}
    assert {"given_name", "family_name"} <= kinds["person"] and "title" in kinds["action"]
    found = carnet.ok("check-text", stdin='"Mme Durand, 06 12 34 56 78"\n"rien ici"\n')
    assert [span["category"] for span in found[0]] == ["name", "phone"] and found[1] == []


def test_check_text_answers_line_by_line_and_tells_the_bad_ones(carnet: Carnet) -> None:
    done = carnet.run("check-text", stdin='"é 🙂 Mme Durand"\nnot json\n\n"06 12 34 56 78"\n12\n')
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    first, bad, number, other = [json.loads(line) for line in done.stdout.splitlines()]
    (span,) = first
    assert set(span) == {"start", "end", "text", "category", "severity", "reason", "suggestions"}
    assert (span["start"], span["end"], span["text"]) == (8, 14, "Durand")
    assert (span["severity"] == "generalise" and "une femme" in span["suggestions"]
            and span["reason"] == "un nom")
    assert number[0]["severity"] == "block" and number[0]["category"] == "phone"
    assert set(bad) == {"error"} and "2" in bad["error"] and set(other) == {"error"}
    whole = carnet.run("--json", "check-text", stdin='"rien"\nnot json\n')
    assert (whole.returncode == 1
            and [type(part) for part in json.loads(whole.stdout)] == [list, dict])


def test_the_sample_and_no_name_in_clear(carnet: Carnet, tmp_path: Path) -> None:
    counts = carnet.ok("demo", "--headless")["records"]
    assert counts["organisation"] >= 24 and counts["person"] >= 70 and counts["action"] >= 25
    assert counts["observation"] == 40 and counts["referral"] == 8 and counts["resource"] == 20
    share = tmp_path / "partage"
    share.mkdir()
    carnet.ok("sync", "--store", share.as_uri())
    names = {name for person in carnet.ok("list", "person")
             for name in (person["given_name"], person["family_name"])
             if name and len(name) >= 6}  # shorter ones are met by chance
    carnet.ok("backup", str(tmp_path / "copie"))
    assert len(names) > 50
    assert in_clear(names, *(tmp_path / name
                             for name in ("one", "partage", "temporary", "empty", "copie"))) == []


def test_no_display_is_said_in_one_line(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run([sys.executable, "-m", "desktop", "--home", str(tmp_path / "x")],
                          env=environment,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "x").exists()


def test_a_server_is_given_once_and_remembered_in_the_vault(carnet: Carnet, tmp_path: Path,
                                                            servers: Running) -> None:
    server = servers.server("wsgidav")
    who = {"CARNET_STORE_USER": server.credentials.user,
           "CARNET_STORE_PASSWORD": server.credentials.password}
    url = server.fresh()
    carnet.create("one")
    assert "mot de passe" in carnet.wrong("sync", "--store", url)
    assert carnet.ok("status")["store"] is None
    carnet.ok("sync", "--store", url, **who)
    assert carnet.ok("status")["store"] == url
    assert carnet.ok("sync")["pushed"] == 0
    invitation = tmp_path / "invitation"
    invitation.write_text(carnet.run("invite").stdout)
    assert server.credentials.password not in invitation.read_text()
    assert "mot de passe" in carnet.wrong("join", str(invitation), "--person", "Jo ANNE",
                                          home="two")
    carnet.ok("join", str(invitation), "--person", "Jo ANNE", home="two", **who)
    carnet.ok("approve", "--yes")
    assert carnet.ok("sync", home="two")["applied"] > 0
    for text in (url, server.credentials.password):
        for file in tmp_path.rglob("*.log"):
            assert text not in file.read_text()


def test_an_sftp_server_is_opened_by_a_key(carnet: Carnet, tmp_path: Path,
                                           servers: Running) -> None:
    server = servers.server("sftp")
    (tmp_path / "key").write_text(server.credentials.private_key)
    url = server.fresh().replace("//", f"//{server.credentials.user}@", 1)
    carnet.create("one", "--store", url, "--store-key", str(tmp_path / "key"))
    assert carnet.ok("sync")["pushed"] > 0
    assert carnet.ok("sync", "--new-host-key")["refused"] == []
    assert "@" not in carnet.ok("status")["store"]
    (tmp_path / "key").write_text("rien")
    assert "clé privée" in carnet.wrong("sync", "--store-key", str(tmp_path / "key"))


def test_name_and_password_of_a_server_are_asked_for(carnet: Carnet, servers: Running) -> None:
    server = servers.server("wsgidav")
    carnet.create("one")
    command = [sys.executable, "-m", "desktop", "--home", str(carnet.folder / "one"), "sync",
               "--store", server.fresh()]
    try:
        terminal, other = pty.openpty()
    except OSError:
        pytest.skip("this system gives no pseudo-terminal")
    child = subprocess.Popen(command, stdin=other, stdout=other, stderr=other,
                             env=carnet.environment,
                             start_new_session=True)
    os.close(other)
    answers = {"Nom d’utilisateur": server.credentials.user,
               "Mot de passe": server.credentials.password}
    told = ""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other end is gone
            break
        if not piece:
            break
        told += piece.decode()
        for question in [question for question in answers if question in told]:
            os.write(terminal, answers.pop(question).encode() + b"\n")
    os.close(terminal)
    assert child.wait(30) == 0, told
    assert answers == {} and server.credentials.password not in told


def test_a_directory_is_imported_dry_then_for_good(carnet: Carnet, tmp_path: Path) -> None:
    carnet.create("one")
    file = tmp_path / "liste.csv"
    file.write_text("nom;prénom;structure\nBenali;Fatima;CCAS\n;;\n;Karim;\n", "utf-8")
    told = carnet.ok("import-directory", str(file), "--dry-run")
    assert [line["state"] for line in told["lines"]] == ["new", "refused"]
    assert "Ligne 4" in carnet.wrong("import-directory", str(file))
    before = len(carnet.ok("list", "person"))
    done = carnet.ok("import-directory", str(file), "--skip-refused")
    assert (done["people"], done["organisations"], done["refused"]) == (1, 1, 1)
    assert len(carnet.ok("list", "person")) == before + 1


def test_a_sheet_and_columns_are_chosen_by_hand_as_in_the_window(carnet: Carnet,
                                                                 tmp_path: Path) -> None:
    from openpyxl import Workbook

    carnet.create("one")
    book = Workbook()
    book.active.append(["Rien ici"])
    people = book.create_sheet("Contacts 2026")
    for row in (["Nom usuel", "Petit nom", "Lieu de travail", "Nom"],
                ["Benali", "Fatima", "CCAS", "x7"]):
        people.append(row)
    file = tmp_path / "liste.xlsx"
    book.save(file)
    sheet = ("import-directory", str(file), "--sheet", "contacts 2026")
    by_hand = ("--column", "family_name=nom USUEL", "--column", "given_name=Petit nom",
               "--column", "organisation=Lieu de travail")
    told = carnet.ok(*sheet, *by_hand, "--dry-run")
    assert told["columns"] == {"Nom usuel": "family_name", "Petit nom": "given_name",
                               "Lieu de travail": "organisation",
                               "Nom": ""}
    assert [(line["name"], line["organisation"])
            for line in told["lines"]] == [("BENALI Fatima", "CCAS")]
    for wrong, said in ((("import-directory", str(file), "--sheet", "Feuil9"), "Contacts 2026"),
                        ((*sheet, "--column", "taille=Nom"), "family_name"),
                        ((*sheet, "--column", "email=Mail"), "Petit nom"),
                        ((*sheet, "--column", "email"), "Petit nom")):
        assert said in carnet.wrong(*wrong), wrong
    assert carnet.ok(*sheet, *by_hand)["people"] == 1
    # What was said of a table with these titles holds for the next one.
    assert [line["state"] for line in carnet.ok(*sheet, "--dry-run")["lines"]] == ["same"]


def test_a_territory_is_written_checked_and_founded_from_a_file(carnet: Carnet,
                                                                tmp_path: Path) -> None:
    assert carnet.ok("preset", "list")["maubeuge-val-de-sambre"] == "Maubeuge-Val de Sambre"
    table, preset = tmp_path / "communes.csv", tmp_path / "essai.json"
    table.write_text("insee;nom;population\n62041;Arras;42000\n62021;Agny;1990\n62013;Acq;700\n",
                     "utf-8")
    new = ("preset", "new", str(table), "--out", str(preset), "--territory", "Arras", "--name",
           "Essai",
           "--population-year", "2023")
    assert carnet.ok(*new)["zones"] == [{"name": "Agny et Acq", "communes": ["Agny", "Acq"]}]
    assert "Il y a déjà un fichier" in carnet.wrong(*new)
    assert carnet.ok("preset", "check", str(preset))["faults"] == []
    carnet.ok("create", "--preset", str(preset), "--name", "Essai", "--person", "Zoé LEFÈVRE")
    assert ({row["name"] for row in carnet.ok("list", "place")}
            == {"Arras", "Agny", "Acq", "Agny et Acq"})
    preset.write_text(preset.read_text("utf-8").replace("42000", "null")
                      .replace('"62013"', '"62021"'), "utf-8")
    done = carnet.run("preset", "check", str(preset))
    assert done.returncode == 1 and done.stdout.count("Ligne ") == 1 and "1 erreur" in done.stderr
    preset.write_text(preset.read_text("utf-8").replace("null\n", "42000\n"), "utf-8")
    assert "Ligne " in carnet.wrong("create", "--preset", str(preset), "--name", "Essai",
                                    "--person", "Zoé L", home="two")
    assert not (tmp_path / "two").exists()
    assert "absent.json" in carnet.wrong("preset", "check", str(tmp_path / "absent.json"))


def test_a_key_is_used_once_and_the_shared_folder_stays(carnet: Carnet, tmp_path: Path) -> None:
    share, key = tmp_path / "share", tmp_path / "key"
    for folder in (share, key):
        folder.mkdir()
    carnet.create("one", "--store", share.as_uri())
    carnet.ok("sync")
    carnet.ok("add", "organisation", stdin='{"name": "Par la clé"}')
    carnet.ok("sync", "--store", key.as_uri())
    status = carnet.ok("status")
    assert status["store"] == share.as_uri() and status["to_send"] == 1
    assert list(key.glob("w/*/*/*.pkg"))
    carnet.ok("sync", "--store", key.as_uri(), "--remember")
    assert carnet.ok("status")["store"] == key.as_uri()


def test_the_trust_by_verbs(carnet: Carnet, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    carnet.create("one", "--store", share.as_uri())
    carnet.run("invite", "--role", "membre", "--out", str(tmp_path / "invitation"))
    carnet.ok("join", str(tmp_path / "invitation"), "--person", "Jo DUPONT", home="two")
    carnet.ok("approve", "--yes")
    carnet.ok("sync", home="two")
    sheets = carnet.ok("kit")["sheets"]
    assert carnet.ok("kit", "--try", stdin=f"{sheets[0]}\n{sheets[2]}\n")["good"]
    assert "même feuille" in carnet.wrong("kit", "--try", stdin=f"{sheets[0]}\n{sheets[0]}\n")
    assert "deux feuilles" in carnet.wrong("kit", "--try", stdin=sheets[0])
    assert [d["name"] for d in carnet.ok("devices")] == ["Zoé LEFÈVRE", "Jo DUPONT"]
    assert "--yes" in carnet.wrong("remove", "Jo DUPONT")
    carnet.ok("remove", "jo dupont", "--yes")
    assert [d["removed"] for d in carnet.ok("devices")] == [False, True]
    assert "retiré" in carnet.wrong("sync", home="two")
    back = carnet.ok("rescue", "--store", share.as_uri(), "--person", "Nour BENALI", "--lost",
                     "Zoé LEFÈVRE", home="three", stdin=f"{sheets[2]}\n{sheets[1]}\n")
    assert back["removed"] == ["Zoé LEFÈVRE"]
    assert carnet.ok("list", "group", home="three") == carnet.ok("list", "group")
    assert "retiré" in carnet.wrong("sync")


@pytest.mark.parametrize(("line", "texts"), [
    (b'\xef\xbb\xbf"Mme Durand"', ["Durand"]), (b'"Mme Durand"', ["Durand"]),
    (b'"Mme Durand"\r\n', ["Durand"]),
    (b'"Mme \\ud83dDurand"\n', None), (b'"\\u0000Mme Durand\\u0000"\n', ["Durand"]),
    (b'"a\x00"\n', None),
    (b'"\xff"\n', None), (b"NaN\n", None), (b"[" * 50_000 + b"\n", None),
    (b"9" * 9_000 + b"\n", None),
    ('"👩‍👧 مدام Mme E\u0301lodie"\n'.encode(), ["E\u0301lodie"]),
    ('"王 Mme Durand\u2028"\n'.encode(), ["Durand"]),
    ('"Mme\u00a0Du\u00adrand\u200b"\n'.encode(), ["Du\u00adrand"]),
    ('"Mme Ｄｕｒａｎｄ 👩‍👧"\n'.encode(), ["Ｄｕｒａｎｄ"]), (b"null\n", None), (b"", None), (b" \r\n\n", None),
    (b'"a" "b"\n', None), (b'"a\n', None), ('"Mme Durand"\n'.encode("utf-16"), None)])
def test_check_text_answers_every_line_whatever_it_holds(tmp_path: Path, line: bytes,
                                                         texts: list[str] | None) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--home", str(tmp_path / "one"), "check-text"],
        input=line, capture_output=True,
        env=os.environ | {"CARNET_LANGUAGE": "fr", "PYTHONUTF8": "0", "LC_ALL": "C",
                          "PYTHONCOERCECLOCALE": "0"}, cwd=ROOT,
        check=False, timeout=60)
    answers = [json.loads(answer) for answer in done.stdout.decode().splitlines()]
    if not line.strip():
        assert done.returncode == 0 and answers == []
    elif texts is None and not isinstance(answers[0], list):
        assert done.returncode == 1 and all(set(answer) == {"error"} for answer in answers)
        assert "Traceback" not in done.stderr.decode()
    else:
        assert done.returncode == 0
        whole = json.loads(line.decode("utf-8-sig"))
        (spans,) = answers
        assert all(whole[span["start"]:span["end"]] == span["text"] for span in spans)
        assert texts is None or [span["text"] for span in spans] == texts


@pytest.mark.skipif(sys.platform == "win32", reason="closes descriptors as a POSIX shell does")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_check_text_bears_closed_ends(tmp_path: Path, closed: str) -> None:
    command = f'"{sys.executable}" -m desktop --home "{tmp_path / "one"}" check-text {closed}'
    done = subprocess.run(["sh", "-c", command], input=b'"Mme Durand"\n', capture_output=True,
                          cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 0 and b"Traceback" not in done.stderr
    assert bool(done.stdout) is (closed == "2>&-")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as a POSIX shell makes them")
def test_check_text_ends_when_nobody_reads_on(tmp_path: Path) -> None:
    command = (f'"{sys.executable}" -m desktop --home "{tmp_path / "one"}" check-text | head -n 1')
    done = subprocess.run(["sh", "-c", command], input=b'"Mme Durand"\n' * 3000,
                          capture_output=True, cwd=ROOT, check=False, timeout=60)
    assert done.stdout.count(b"\n") == 1 and b"Traceback" not in done.stderr
