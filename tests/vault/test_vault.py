"""The vault keeps what it is given, opens for who may, and says clearly what is wrong."""

import subprocess
import sys
import textwrap
import threading
import uuid
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.records import add_record, delete_record, edit_record, restore_record
from desktop.models.directory import Person
from desktop.queries.records import get_record, list_records
from desktop.vault import Cost, Vault
from desktop.vault.keys.slots import WrongPassphraseError, new_recovery_code, normal_code
from desktop.vault.search.index import search
from tests.conftest import PASSPHRASE


def person(vault: Vault, family: str = "LEFÈVRE-BENSAÏD", given: str = "Zoé") -> uuid.UUID:
    return vault.do(add_record, "person", {"family_name": family, "given_name": given})


def families(vault: Vault) -> list[str]:
    return [row["family_name"] for row in vault.ask(list_records, "person")]


def test_opens_with_the_passphrase_and_with_the_recovery_code(home: Home) -> None:
    vault, code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    person(vault)
    vault.close()
    vault.unlock(PASSPHRASE)
    assert families(vault) == ["LEFÈVRE-BENSAÏD"]
    vault.lock()
    vault.unlock_with_code(code.lower().replace("-", " "))
    assert families(vault) == ["LEFÈVRE-BENSAÏD"]
    vault.close()


def test_a_wrong_passphrase_is_told_and_changes_nothing(vault: Vault) -> None:
    person(vault)
    vault.lock()
    with pytest.raises(WrongPassphraseError):
        vault.unlock("autre chose")
    vault.unlock(PASSPHRASE)
    assert len(families(vault)) == 1


def test_a_locked_vault_answers_nothing(vault: Vault) -> None:
    vault.lock()
    with pytest.raises(AppError, match="verrouillé"):
        vault.ask(list_records, "person")


def test_a_mistyped_recovery_code_is_recognised() -> None:
    for _unused in range(50):
        code = new_recovery_code()
        assert normal_code(code.lower()) == code
        wrong = ("1" if code[0] != "1" else "2") + code[1:]
        with pytest.raises(WrongPassphraseError):
            normal_code(wrong)


def test_change_of_passphrase_and_rekey_keep_everything(home: Home) -> None:
    vault, code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    person(vault)
    before = home.database.read_bytes()[:4096]
    vault.change_passphrase(PASSPHRASE, "une autre phrase", cost=Cost.TEST)
    vault.rekey("une autre phrase")
    assert families(vault) == ["LEFÈVRE-BENSAÏD"]
    vault.close()
    assert home.database.read_bytes()[:4096] != before
    with pytest.raises(WrongPassphraseError):
        vault.unlock(PASSPHRASE)
    vault.unlock("une autre phrase")
    vault.lock()
    vault.unlock_with_code(code)
    assert families(vault) == ["LEFÈVRE-BENSAÏD"]
    assert vault.damage() == []
    vault.close()


def test_a_second_process_is_told(vault: Vault) -> None:
    code = textwrap.dedent("""
        import sys
        from pathlib import Path
        from desktop.base.paths import Home
        from desktop.base.errors import AppError
        from desktop.vault import Vault
        try:
            Vault(Home(Path(sys.argv[1]))).unlock(sys.argv[2])
        except AppError as error:
            print(error.message)
    """)
    done = subprocess.run([sys.executable, "-c", code, str(vault.home.folder), PASSPHRASE],
                          capture_output=True,
                          text=True, timeout=60, check=True)
    assert "déjà ouvert" in done.stdout


@pytest.mark.parametrize("place", [0, 5000, 40_000])
def test_damage_is_told_not_read(vault: Vault, place: int) -> None:
    for i in range(30):
        person(vault, f"NOM{i}")
    vault.close()
    data = bytearray(vault.home.database.read_bytes())
    for i in range(place, place + 64):
        data[i] ^= 0xFF
    vault.home.database.write_bytes(bytes(data))
    with pytest.raises(AppError, match="abîmé"):
        vault.unlock(PASSPHRASE)
        found = vault.damage()
        assert found, "the damaged page was not seen"
        raise AppError("Le coffre est abîmé.")


@pytest.mark.parametrize("content",
                         [b"", b"{}", b"[1]", b'{"version": 2}', b"\xff\xfe", b'{"version": 1}'])
def test_damaged_slots_are_told(vault: Vault, content: bytes) -> None:
    vault.close()
    vault.home.slots.write_bytes(content)
    with pytest.raises(AppError):
        vault.unlock(PASSPHRASE)


def test_a_transaction_is_kept_whole_or_not_at_all(vault: Vault) -> None:
    def half(session: Session) -> None:
        add_record(session, "person", {"family_name": "UN"})
        session.flush()
        raise ValueError

    with pytest.raises(ValueError):
        vault.do(half)
    assert families(vault) == []


def test_listeners_hear_the_areas_after_the_commit(vault: Vault) -> None:
    heard: list[frozenset[str]] = []
    stop = vault.listen(heard.append)
    person(vault)
    assert heard == [frozenset({"directory"})]
    stop()
    person(vault)
    assert len(heard) == 1


def test_editing_deleting_and_restoring(vault: Vault) -> None:
    made = person(vault)
    vault.do(edit_record, made, {"function": "Médiatrice"})
    vault.do(delete_record, made)
    assert families(vault) == []
    vault.do(restore_record, made)
    assert vault.ask(get_record, made)["function"] == "Médiatrice"


def test_search_ignores_accents_and_forgets_the_deleted(vault: Vault) -> None:
    made = person(vault)
    assert [hit.id for hit in vault.ask(search, "lefevre ben")] == [made]
    vault.do(delete_record, made)
    assert vault.ask(search, "lefevre") == []
    assert vault.ask(search, "\"' OR *") == []


def test_a_bulk_update_that_would_bypass_the_stamps_is_refused(vault: Vault) -> None:
    def bulk(session: Session) -> None:
        session.execute(update(Person).values(function="x"))

    with pytest.raises(RuntimeError):
        vault.do(bulk)


def test_backup_and_restore_start_a_new_writer(vault: Vault, tmp_path: Path) -> None:
    person(vault)
    target = tmp_path / "copie.carnet"
    vault.back_up(target)
    writer = vault.identity.writer
    other = Vault(Home(tmp_path / "autre"))
    other.restore(target, PASSPHRASE)
    assert families(other) == ["LEFÈVRE-BENSAÏD"]
    assert other.identity.writer != writer
    other.close()


def test_restore_sets_aside_what_was_there(vault: Vault, tmp_path: Path) -> None:
    target = tmp_path / "copie.carnet"
    vault.back_up(target)
    person(vault, "APRÈS")
    vault.close()
    vault.restore(target, PASSPHRASE)
    assert families(vault) == []
    assert list(vault.home.folder.glob("before-restore-*/vault.db"))


def test_a_damaged_backup_changes_nothing(vault: Vault, tmp_path: Path) -> None:
    person(vault)
    target = tmp_path / "copie.carnet"
    vault.back_up(target)
    vault.close()
    whole = target.read_bytes()
    for wrong in (b"", whole[:-2000], whole[:9000] + b"\x00" * 64 + whole[9064:], b"PK" + whole):
        target.write_bytes(wrong)
        try:
            vault.restore(target, PASSPHRASE)
        except AppError:
            vault.unlock(PASSPHRASE)
        assert families(vault) == ["LEFÈVRE-BENSAÏD"]
        vault.close()


def test_a_copied_database_starts_a_new_writer(vault: Vault) -> None:
    writer = vault.identity.writer
    vault.close()
    vault.home.token.unlink()
    vault.unlock(PASSPHRASE)
    assert vault.identity.writer != writer


def test_two_threads_write_in_turn(vault: Vault) -> None:
    threads = [threading.Thread(target=lambda n=n: [person(vault, f"N{n}-{i}") for i in range(20)])
               for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(families(vault)) == 80


def test_no_name_lies_in_clear_in_the_profile(vault: Vault) -> None:
    person(vault, "QUETZALCOATLUS")
    vault.close()
    for file in vault.home.folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            for encoding in ("utf-8", "utf-16-le"):
                assert "QUETZAL".encode(encoding) not in data, file


def test_an_unwritable_or_impossible_home_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AppError):
        Vault.create(Home(tmp_path / "file" / "profile"), PASSPHRASE, cost=Cost.TEST)


def test_a_killed_writer_loses_nothing_committed(home: Home) -> None:
    code = textwrap.dedent("""
        import sys
        from pathlib import Path
        from desktop.base.paths import Home
        from desktop.commands.records import add_record
        from desktop.vault import Cost, Vault
        vault, _ = Vault.create(Home(Path(sys.argv[1])), sys.argv[2], cost=Cost.TEST)
        for number in range(100_000):
            vault.do(add_record, "person", {"family_name": f"N{number}"})
            print(number, flush=True)
    """)
    process = subprocess.Popen([sys.executable, "-c", code, str(home.folder), PASSPHRASE],
                               stdout=subprocess.PIPE,
                               text=True)
    assert process.stdout is not None
    last = 0
    for line in process.stdout:
        last = int(line)
        if last >= 25:
            process.kill()
            break
    process.stdout.close()
    process.wait()
    vault = Vault(home)
    vault.unlock(PASSPHRASE)
    assert len(families(vault)) >= last + 1
    assert vault.damage() == []
    vault.close()


def test_a_vault_locked_in_one_thread_is_unlocked_in_another(vault: Vault) -> None:
    vault.lock()
    thread = threading.Thread(target=vault.unlock, args=(PASSPHRASE,))
    thread.start()
    thread.join()
    assert vault.is_open and families(vault) == []
