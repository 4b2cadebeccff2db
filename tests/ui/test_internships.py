"""A search is matched to an offer, applied, accepted, and all of it undone, by the keys of a French
keyboard alone."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.internships import add_application, open_search
from desktop.commands.records import add_record
from desktop.queries.internships.lists import (
    OfferDetail,
    RequestRow,
    SearchDetail,
    offer_detail,
    offers_of,
    requests_of,
    search_detail,
)
from desktop.ui.internships.figures import FigureTable
from desktop.ui.internships.workspace import InternshipsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.keyboard import FRENCH, type_on, type_on_pad
from tests.stories.hands import Hands, plain
from tests.window import settle, shown

CTRL = Qt.KeyboardModifier.ControlModifier
START = date.today() + timedelta(days=30)
MONTH = (date.today().replace(day=1) - timedelta(days=1)).isoformat()[:7]
WANTED = {"domain": "sante", "level": "troisieme", "starts_on": START.isoformat(),
          "ends_on": (START + timedelta(days=4)).isoformat()}


@pytest.fixture
def offer(vault: Vault) -> uuid.UUID:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    host = vault.do(add_record, "organisation",
                    {"name": "Maison de santé du Val de Sambre", "short_name": "Maison de santé"})
    return vault.do(add_record, "internship_offer", {
        "organisation_id": str(host), "places": 1, "commune": "59392", **WANTED})


@pytest.fixture
def search(vault: Vault, offer: uuid.UUID) -> uuid.UUID:
    return vault.do(open_search,
                    {"commune": "59392", "lives_in_qpv": "oui", "month": MONTH, **WANTED})


@pytest.fixture
def window(qtbot: QtBot, home: Home, vault: Vault, search: uuid.UUID) -> Iterator[MainWindow]:
    with shown(home, vault) as made:
        made.go("internships", search)
        settle()
        screen_of(made).register.table.setFocus()
        yield made


def screen_of(window: MainWindow) -> InternshipsWorkspace:
    screen = window.current
    assert isinstance(screen, InternshipsWorkspace)
    return screen


def words(window: MainWindow) -> str:
    """What the sheet says, its chips too."""
    return plain(" ".join(said for widget in screen_of(window).register.detail.findChildren(QWidget)
                          if widget.isVisible()
                          for said in [widget.text() if isinstance(widget, QLabel)
                                       else widget.accessibleName()] if said))


def buttons(window: MainWindow) -> list[str]:
    return [plain(one.text()) for one in screen_of(window).register.detail.findChildren(QPushButton)
            if one.isVisible() and one.text()]


def detail(vault: Vault, search: uuid.UUID) -> SearchDetail:
    found = vault.ask(search_detail, search, date.today())
    assert found is not None
    return found


def offered(vault: Vault, offer: uuid.UUID) -> OfferDetail:
    found = vault.ask(offer_detail, offer, date.today())
    assert found is not None
    return found


def strike(window: MainWindow, text: str) -> None:
    table = screen_of(window).register.table
    assert table.hasFocus()
    type_on(FRENCH, table, text)
    settle()


def test_a_search_is_matched_applies_is_accepted_and_takes_the_place_and_all_is_undone(
        window: MainWindow, vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    assert "Maison de santé · Santé" in words(window)
    assert "même secteur · même niveau · 5 jours communs · même commune · 1 place" in words(window)
    # The key of 1, with Shift forgotten, as AZERTY lets one do.
    strike(window, FRENCH.unshifted("1"))
    (application,) = detail(vault, search).applications
    assert (application.offer_id, application.said) == (offer, "attente")
    assert "Aucune offre ouverte ne convient" in words(window) and "A Acceptée" in buttons(window)
    strike(window, "a")
    assert detail(vault, search).row.found and offered(vault, offer).row.free == 0
    assert ("Acceptée" in words(window) and "trouvé" in words(window)
            and "A Acceptée" not in buttons(window))
    assert screen_of(window).register.table.hasFocus()
    hands = Hands(window)
    screen_of(window).show_tab(0)
    settle()
    assert "complet" in words(window) and "1 pour une candidature acceptée" in words(window)
    hands.keys(Qt.Key.Key_Z, CTRL)
    assert offered(vault, offer).row.free == 1 and "1 place libre" in words(window)
    hands.keys(Qt.Key.Key_Z, CTRL)
    assert detail(vault, search).applications == () and len(detail(vault, search).fitting) == 1


@pytest.mark.parametrize(("key", "answer"),
                         [("A", "acceptee"), ("R", "refusee"), ("s", "sans_reponse")])
def test_one_key_answers_the_application_that_waits_longest(
        window: MainWindow, vault: Vault, search: uuid.UUID, key: str, answer: str) -> None:
    last = vault.do(add_application,
                    {"request_id": str(search), "month": date.today().isoformat()[:7]})
    first = vault.do(add_application, {"request_id": str(search), "month": MONTH})
    settle()
    strike(window, key)
    said = {one.id: one.said for one in detail(vault, search).applications}
    assert said == {first: answer, last: "attente"}
    hands = Hands(window)
    hands.keys(Qt.Key.Key_Z, CTRL)
    assert {one.said for one in detail(vault, search).applications} == {"attente"}


def test_the_figures_of_the_numeric_pad_apply_too_and_one_too_many_does_nothing(
        window: MainWindow, vault: Vault, search: uuid.UUID) -> None:
    type_on_pad(screen_of(window).register.table, "920")
    settle()
    assert detail(vault, search).applications == ()
    type_on_pad(screen_of(window).register.table, "1")
    settle()
    assert len(detail(vault, search).applications) == 1


def test_what_bars_an_answer_is_said_and_nothing_changes(
        window: MainWindow, vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    other = vault.do(open_search, {"month": MONTH})
    vault.do(add_application, {"request_id": str(search), "offer_id": str(offer), "month": MONTH})
    vault.do(add_application,
             {"request_id": str(other), "offer_id": str(offer), "month": MONTH,
              "answer": "acceptee"})
    settle()
    strike(window, "a")
    assert "aucune place" in window.messages.text
    assert [one.said for one in detail(vault, search).applications] == ["attente"]


def test_an_offer_proposes_its_searches_and_is_closed_and_opened_again(
        window: MainWindow, vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    screen = screen_of(window)
    screen.show_tab(0)
    screen.register.table.setFocus()
    settle()
    code = vault.ask(requests_of)[0].code
    assert code.split("-")[0] in words(window)
    strike(window, FRENCH.unshifted("1"))
    (application,) = offered(vault, offer).applications
    assert application.request_id == search
    strike(window, "r")
    assert offered(vault, offer).applications[0].said == "refusee"
    Hands(window).click("Fermer ou rouvrir")
    assert offered(vault, offer).row.closed and "fermée" in words(window)
    Hands(window).click("Fermer ou rouvrir")
    assert not offered(vault, offer).row.closed


def test_open_ones_only_leaves_what_may_still_be_given_and_found(
        window: MainWindow, vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    other = vault.do(open_search, {"month": MONTH})
    vault.do(add_application,
             {"request_id": str(search), "offer_id": str(offer), "month": MONTH,
              "answer": "acceptee"})
    screen = screen_of(window)
    settle()
    assert screen.register.table.rows.rowCount() == 2
    screen.open_only.setFocus()
    Hands(window).keys(Qt.Key.Key_Space)
    assert ([row.id for row in screen.register.all_rows()] == [other]
            and screen.register.table.rows.rowCount() == 1)
    screen.show_tab(0)
    settle()
    assert screen.register.table.rows.rowCount() == 0 and screen.open_only.isVisible()
    screen.show_tab(2)
    settle()
    assert not screen.open_only.isVisible()
    # What one is led to is shown, open or not.
    window.go("internships", offer)
    settle()
    assert not screen.open_only.isChecked() and "complet" in words(window)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_offer_and_a_search_are_typed_by_keyboard(window: MainWindow, vault: Vault) -> None:
    hands, screen = Hands(window), screen_of(window)
    screen.show_tab(0)
    settle()
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.choose("Structure", "Maison")
    hands.choose("Secteur", "Commerce")
    hands.choose("Niveau", "3e")
    hands.write("Jusqu’au", "18/12/2026")
    hands.write("Du", "14/12/2026")
    assert screen.register.form is not None
    screen.register.form.fields["places"].setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("3")
    hands.keys(Qt.Key.Key_S, CTRL)
    made = next(row for row in vault.ask(offers_of, date.today()) if row.domain == "commerce")
    assert (made.level, made.starts_on, made.ends_on, made.places, made.taken) == (
        "troisieme", "2026-12-14", "2026-12-18", 3, 0)
    screen.show_tab(1)
    settle()
    before = vault.ask(requests_of)
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.choose("Secteur", "Commerce")
    hands.choose("Habite en QPV", "Oui")
    hands.keys(Qt.Key.Key_S, CTRL)
    (new,) = [row for row in vault.ask(requests_of) if row not in before]
    assert (isinstance(new, RequestRow) and (new.domain, new.lives_in_qpv) == ("commerce", "oui")
            and new.code)
    # A letter in the form is a letter, not an answer.
    assert new.sent == 0


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_wrong_form_names_its_field_and_loses_nothing(window: MainWindow, vault: Vault) -> None:
    hands, screen = Hands(window), screen_of(window)
    screen.show_tab(0)
    settle()
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.choose("Structure", "Maison")
    hands.write("Prises par d’autres", "4")
    hands.keys(Qt.Key.Key_S, CTRL)
    assert (screen.register.form is not None
            and "Plus de places sont prises" in words(window) + window.messages.text)
    assert len(vault.ask(offers_of, date.today())) == 1


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_application_elsewhere_is_written_in_the_sheet(window: MainWindow, vault: Vault,
                                                          search: uuid.UUID) -> None:
    hands = Hands(window)
    hands.click("Candidature ailleurs")
    hands.choose("Réponse", "Refusée")
    hands.keys(Qt.Key.Key_S, CTRL)
    (one,) = detail(vault, search).applications
    assert (one.said, one.organisation, one.offer_id) == ("refusee", "", None)
    assert "Un autre employeur" in words(window)


def test_the_figures_say_what_lacks_and_open_their_table_with_enter(
    window: MainWindow, vault: Vault, search: uuid.UUID) -> None:
    vault.do(add_application, {"request_id": str(search), "month": MONTH, "answer": "refusee"})
    screen = screen_of(window)
    screen.show_tab(2)
    settle()
    table = screen.register.table
    table.setFocus()
    rows = screen.register.all_rows()
    table.select_id(next(row.id for row in rows if row.name == "sectors"))
    settle()
    Hands(window).keys(Qt.Key.Key_Return)
    extra = screen.register.extra
    assert isinstance(extra, FigureTable) and extra.table.hasFocus()
    assert [extra.table.model().index(0, column).data()
            for column in range(5)] == ["Santé", "0", "1", "0", "0"]
    table.select_id(next(row.id for row in rows if row.name == "qpv"))
    settle()
    assert "Il manque 29 recherches de personnes habitant en QPV." in words(window)
    assert "Il manque 30 recherches de personnes habitant ailleurs." in words(window)


def test_a_member_reads_no_small_cell_and_no_comparison(
        qtbot: QtBot, home: Home, vault: Vault, search: uuid.UUID) -> None:
    vault.do(add_application, {"request_id": str(search), "month": MONTH, "answer": "refusee"})
    vault.save_identity(replace(vault.identity, roles=frozenset({"membre"})))
    with shown(home, vault) as window:
        window.go("internships")
        screen = screen_of(window)
        settle()
        assert "notées ailleurs ne se voient pas ici" in words(window)
        screen.show_tab(2)
        settle()
        names = {row.name for row in screen.register.all_rows()}
        assert names == {"offers", "sectors", "zones"}
        row = next(row for row in screen.register.all_rows() if row.name == "sectors")
        screen.register.table.select_id(row.id)
        settle()
        extra = screen.register.extra
        assert isinstance(extra, FigureTable)
        assert [extra.table.model().index(0, column).data() for column in range(1, 5)] == ["–"] * 4
        assert "moins de 5 recherches" in words(window)
