"""The screen of trainings: the lists agree with the roll-call, a programme is written, named by a
meeting, and undone."""

from datetime import timedelta

from PySide6.QtTest import QTest

from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record, edit_record
from desktop.ui.trainings.workspace import TrainingsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.window import settle, shown


def screen_of(window: MainWindow) -> TrainingsWorkspace:
    window.go("trainings")
    settle()
    screen = window.current
    assert isinstance(screen, TrainingsWorkspace)
    return screen


def test_who_is_to_be_trained_is_seen_and_printed(vault: Vault, home: Home) -> None:
    house = vault.do(add_record, "organisation", {"name": "Maison des femmes"})
    one, two = (
        vault.do(add_record, "person",
                 {"given_name": name, "family_name": "Martin", "organisation_id": str(house)})
                for name in ("Anne", "Bilal"))
    with shown(home, vault) as window:
        screen = screen_of(window)
        day = screen.desk.today() - timedelta(days=30)
        meeting = vault.do(create_meeting, group_id=None, title="Repérer", kind="formation",
                           starts_at=f"{day}T09:00",
                           ends_at=f"{day}T17:00")
        vault.do(edit_record, meeting, {"state": "projet"})
        vault.do(add_record, "attendance",
                 {"meeting_id": str(meeting), "person_id": str(one), "state": "present"})
        settle()
        rows = {row.id: row for row in screen.register.all_rows()}
        assert (rows[one].hours, rows[two].hours) == (7.0, 0)
        assert [row.id for row in screen.register.all_rows()] == [
            two, one], "what is to be done comes first"
        screen.show_tab(1)
        (organisation,) = screen.register.all_rows()
        assert (organisation.trained, organisation.people) == (1, 2)
        assert [printed.report for printed in screen.printables()] == ["trainings"]


def test_a_programme_is_written_and_taken_back(vault: Vault, home: Home) -> None:
    with shown(home, vault) as window:
        screen = screen_of(window)
        screen.show_tab(2)
        screen.new()
        settle()
        form = screen.register.form
        assert form is not None
        QTest.keyClicks(form.fields["title"], "Accueillir la parole")
        screen.register.save()
        settle()
        assert [(row.title, row.refresh_months)
                for row in screen.register.all_rows()] == [("Accueillir la parole", 36)]
        vault.undo()
        settle()
        assert screen.register.all_rows() == []
