"""A walk through everything the window can show: each screen, its tabs, its forms, what opens over
it."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.base.errors import AppError
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.bin.workspace import BinWorkspace
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.first_run import FirstRun
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.records.register import Register
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.ui.sync.workspace import SyncWorkspace
from desktop.ui.unlocking.first_page import FirstPage
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.rail import PLACES
from gallery.invitation import invitation
from gallery.window import press, settle, type_into, wait

Seen = Iterator[tuple[str, QWidget]]


def rest() -> None:
    """Let every layout come to rest: what one of them learns, the one around it hears a turn
    later."""
    for _turn in range(4):
        settle()


def places(window: MainWindow) -> Seen:
    """Each place of an open window, with its name, one after the other; the window shows it when it
    is given."""
    for place in PLACES:
        window.go(place.name)
        rest()
        screen = window.current
        yield place.name, window
        if isinstance(screen, MeetingsWorkspace):
            yield from _meetings(window, screen)
        elif isinstance(screen, ObservationsWorkspace):
            screen.new()
            rest()
            yield f"{place.name}, the fast form", window
            assert screen.form is not None
            screen.form.details.toggle()
            rest()
            yield f"{place.name}, the fast form said more precisely", window
            screen.form.details.toggle()
            press(screen.form, Qt.Key.Key_Escape)
            if screen.inbox is not None:
                screen.show_tab(1)
                rest()
                yield f"{place.name}, the watch group", window
                screen.inbox.begin_link()
                rest()
                yield f"{place.name}, the watch group, to link", window
                screen.show_tab(0)
            yield from _register(window, place.name, screen.register)
        elif isinstance(screen, ActionsWorkspace):
            yield from _register(window, place.name, screen.register)
        elif isinstance(screen, RegistersWorkspace):
            for number, register in enumerate(screen.registers):
                screen.show_tab(number)
                rest()
                yield f"{place.name}, tab {number}", window
                yield from _register(window, f"{place.name}, tab {number}", register)
            if isinstance(screen, DirectoryWorkspace):
                screen.show_tab(0)
                screen.begin_import("Nom\tPrénom\nKaczmarek\tJulie\n")
                rest()
                yield f"{place.name}, the import", window
        elif isinstance(screen, SyncWorkspace):
            screen.choose_place()
            for number in range(5):
                screen.place_card.show_way(number)
                rest()
                yield f"{place.name}, way {number}", window
            for met in (True, False):
                screen.place_card.access.other_key.ask(f"ssh-ed25519 {'A' * 68}", met=met)
                rest()
                yield f"{place.name}, a server {'met for the first time' if met else 'with another key'}", window
            screen.place_card.show_way(1)
            screen.place_card.access.open_more()
            rest()
            yield f"{place.name}, a server with an authority", window
            screen.place_left()
            screen.devices.show_invitation(invitation(), "membre", date(2026, 12, 5))
            rest()
            yield f"{place.name}, an invitation", window
            screen.devices.leave_invitation()
        elif isinstance(screen, SettingsWorkspace):
            screen.secrets.fields.show()
            screen.secrets.recovery.show()
            screen.secrets.recovery.show_code("ABCDE-FGHJK-MNPQR-STVWX-YZ234-56789")
            rest()
            yield f"{place.name}, the secrets", window
        elif isinstance(screen, BinWorkspace):
            screen.search.setText("zzz")
            rest()
            yield f"{place.name}, nothing found", window
            screen.search.clear()
    yield from _over_it(window)


def _meetings(window: MainWindow, screen: MeetingsWorkspace) -> Seen:
    for number, name in enumerate(("preparation", "session", "follow-up")):
        screen.show_tab(number)
        rest()
        yield f"meetings, {name}", window
    screen.new()
    rest()
    yield "meetings, new", window
    screen.forms.cancel()
    rest()


def _register(window: MainWindow, name: str, register: Register) -> Seen:
    rest()
    row = register.table.current_row()
    if row is not None:
        register.edit(row.id)
        rest()
        yield f"{name}, a record edited", window
        register.cancel()
    register.new()
    rest()
    yield f"{name}, a new record", window
    register.cancel()
    rest()


def _over_it(window: MainWindow) -> Seen:
    work = window.work
    assert work is not None
    window.go("meetings")
    work.open_palette()
    rest()
    yield "the palette", window
    work.palette_panel.close_it()
    work.show_keys()
    rest()
    yield "the keys", window
    work.keys_panel.close_it()
    window.messages.say("Enregistré sur cet ordinateur.", lambda: None)
    rest()
    yield "a message with its button", window
    window.messages.error(AppError("Le fichier n’a pas pu être écrit.",
                                   "Choisissez un autre dossier, ou faites de la place "
                                   "sur ce disque, puis recommencez : rien de ce que vous avez "
                                   "écrit n’est perdu."))
    rest()
    yield "a long message", window
    window.messages.hide()
    work.documents()
    rest()
    for dialog in window.findChildren(QDialog):
        yield "the documents", dialog
        dialog.close()
    window.messages.hide()
    rest()


def before_it_opens(window: MainWindow) -> Seen:
    """The locked screen of a window that is locked, as it asks for the passphrase, for the code,
    and after a refusal."""
    page = window.root.currentWidget()
    assert isinstance(page, UnlockScreen)
    rest()
    yield "locked", window
    yield from _with_keys(window, page, "locked")
    page._on_other()
    rest()
    yield "locked, by the code", window
    yield from _with_keys(window, page, "locked, by the code")
    page._say("La clé de secours n’ouvre pas ce carnet. Vérifiez chaque groupe de lettres.")
    rest()
    yield "locked, refused", window


def _with_keys(window: MainWindow, page: FirstPage, name: str) -> Seen:
    page.show_keys()
    rest()
    yield f"{name}, its keys", window
    page.show_keys()
    rest()


def after_the_code(window: MainWindow, code: str) -> Seen:
    """What the recovery code opens on a locked screen: the choice of a passphrase."""
    page = window.root.currentWidget()
    assert isinstance(page, UnlockScreen)
    if not page._by_code:
        page._on_other()
    field = QApplication.focusWidget()
    assert field is not None
    type_into(field, code + "\n")
    wait(page.fields.isVisible)
    page.fields.passphrase.setText("motdepasse")
    page.fields.measure()
    page.set_passphrase()
    rest()
    yield "locked, a new passphrase", window
    yield from _with_keys(window, page, "locked, a new passphrase")


def first_steps(window: MainWindow) -> Seen:
    """The steps of a first run, as far as they can be seen without a vault being made, and those
    after it."""
    page = window.root.currentWidget()
    assert isinstance(page, FirstRun)
    for way, name in enumerate(("creating", "joining")):
        page._show(0)
        chosen = page.ways.button(way)
        assert chosen is not None
        chosen.setChecked(True)
        page.invited_to = "https://cloud.exemple.org" if way == 1 else ""
        for step in range(5):
            page._show(step)
            page._focus_step()
            if step == 2:
                page.secret.passphrase.setText("cerisier bleu du jardin")
                page.secret.measure()
            elif step == 3:
                page.recovery.show_code("ABCDE-FGHJK-MNPQR-STVWX-YZ234-56789")
            elif step == 4:
                page.six_words.setText("Lisez ces mots à la coordination\u202f: cerisier bleu "
                                       "jardin étoile moulin rivière")
                page.six_words.setVisible(way == 1)
            rest()
            yield f"first run, {name}, step {step + 1}", window
            if way == 0:
                yield from _with_keys(window, page, f"first run, step {step + 1}")
