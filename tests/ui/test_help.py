"""The help: a page for each screen in both languages, keys and links that exist, read by the
keyboard alone."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextImageFormat
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from desktop.base.home.settings import Settings
from desktop.base.i18n import _, set_language
from desktop.base.paths import Home, resource
from desktop.ui.help.pages import ORDER, Page, found, pages
from desktop.ui.help.workspace import HelpWorkspace
from desktop.ui.screen.shortcuts_panel import GENERAL
from desktop.ui.widgets.theme import tokens
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.rail import PLACES
from desktop.vault import Vault
from tests.stories.hands import Hands, plain
from tests.ui.collective import fill
from tests.window import press, settle, shown, type_into

BESIDE = {"help", "about"}
SCREENS = {place.name: place for place in PLACES if place.name not in BESIDE}
EACH = [(language, name) for language in ("fr", "en") for name in ORDER]
CODE = re.compile(r"`([^`]+)`")


def _page(language: str, name: str) -> Page:
    set_language(language)
    return next(page for page in pages(language) if page.name == name)


def _keys(*declared: tuple[tuple[str, str], ...]) -> set[str]:
    return {plain(_(key)) for keys in declared for key, _words in keys if key}


def test_every_screen_has_its_page_in_both_languages() -> None:
    assert set(ORDER) == set(SCREENS) | {"start", "computers", "rights", "trust"}
    for language in ("fr", "en"):
        files = {file.name for file in resource("help", language).iterdir()}
        assert files == {f"{name}.md" for name in ORDER}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_screen_has_its_picture_in_the_help_and_it_is_small(language: str) -> None:
    set_language(language)
    wanted = {page.picture(language) for page in pages(language) if page.screen}
    assert set(resource("help", "pictures", language).iterdir()) == wanted
    for file in wanted:
        assert file is not None and file.stat().st_size <= 60_000, file
        assert not QImage(str(file)).isNull() and QImage(str(file)).width() == 1000, file


def test_the_picture_is_as_wide_as_the_lines_at_any_width(qtbot: QtBot, vault: Vault,
                                                          home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        assert window.work is not None
        for name in ("meetings", "trust"):
            window.work.open_help(name)
            settle()
            view = _help(window).view
            for width in (1366, 1000, 1366):
                window.resize(width, 768)
                settle()
                assert view.horizontalScrollBar().maximum() == 0
                widths = [part.width() for part in _pictures(view)]
                room = view.lineWrapColumnOrWidth() - 2 * view.document().documentMargin()
                assert widths == ([room] if name == "meetings" else [])


def _pictures(view: QTextBrowser) -> list[QTextImageFormat]:
    made = []
    block = view.document().begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            if at.fragment().charFormat().isImageFormat():
                made.append(at.fragment().charFormat().toImageFormat())
            at += 1
        block = block.next()
    return made


@pytest.mark.parametrize(("language", "name"), EACH)
def test_a_page_is_short_and_titled_as_its_screen(language: str, name: str) -> None:
    page = _page(language, name)
    assert 15 <= page.text.count("\n") <= 40
    assert page.text.endswith("\n") and page.text.startswith(f"# {page.title}\n")
    if page.screen:
        assert page.title == _(SCREENS[page.screen].title)


@pytest.mark.parametrize(("language", "name"), EACH)
def test_a_page_speaks_only_of_keys_that_exist(language: str, name: str) -> None:
    page = _page(language, name)
    declared = _keys(GENERAL, SCREENS[name].make.keys if page.screen else ())  # type: ignore[attr-defined]
    written = {plain(key) for key in CODE.findall(page.text)}
    assert written <= declared
    assert re.findall(r"\b(?:Ctrl|Alt|Maj|Shift)\+\S+|\bF\d+\b", CODE.sub("", page.text)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", sorted(SCREENS))
def test_a_page_tells_the_keys_of_its_screen(language: str, name: str) -> None:
    page = _page(language, name)
    assert _keys(SCREENS[name].make.keys) <= {plain(key) for key in CODE.findall(page.text)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("language", "name"), EACH)
def test_no_link_is_dead_and_none_leaves(language: str, name: str) -> None:
    for target in _page(language, name).links:
        assert target.removesuffix(".md") in ORDER and target.endswith(".md")
        assert target != f"{name}.md"


@pytest.mark.parametrize("name", ORDER)
def test_french_is_set_as_french_is(name: str) -> None:
    text = CODE.sub("", _page("fr", name).text)
    assert re.findall(r"\S[ \u00a0][:;?!»%]|«[^\u202f]|['\"]",
                      re.sub(r"\]\([^)]*\)", "]", text)) == []


def test_pages_are_found_without_accents_those_titled_so_first() -> None:
    among = pages("fr")
    assert [hit.page.name for hit in found(among, "cle secours")] == ["settings", "trust"]
    assert found(among, "reunions")[0].page.name == "meetings"
    hit = found(among, "nextcloud")[0]
    assert (hit.page.name, hit.word) == ("sync", "Nextcloud") and hit.before.endswith("un ")
    assert found(among, "zzzxqw") == [] == found(among, "  ")


def _help(window: MainWindow) -> HelpWorkspace:
    screen = window.current
    assert isinstance(screen, HelpWorkspace)
    return screen


def test_f1_twice_opens_the_page_of_the_screen_and_escape_comes_back(qtbot: QtBot, vault: Vault,
                                                                     home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        hands = Hands(window)
        window.go("observations")
        settle()
        hands.keys(Qt.Key.Key_F1)
        hands.keys(Qt.Key.Key_F1)
        screen = _help(window)
        assert (screen.shown is not None and screen.shown.name == "observations"
                and screen.view.hasFocus())
        assert "Dire une discrimination" in hands.screen()
        assert window.work is not None and not window.work.keys_panel.isVisible()
        hands.keys(Qt.Key.Key_Escape)
        assert window.current is not None and window.current.name == "observations"


def test_links_are_followed_and_words_found_by_the_keyboard(qtbot: QtBot, vault: Vault,
                                                            home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        hands = Hands(window)
        assert window.work is not None
        window.work.open_help("start")
        screen = _help(window)
        # Tab goes to the first link of the page, Enter follows it.
        press(screen.view, Qt.Key.Key_Tab)
        press(screen.view, Qt.Key.Key_Return)
        assert screen.shown is not None and screen.shown.name == "today"
        hands.keys(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert screen.search.hasFocus()
        type_into(screen.search, "perdu vole")
        assert screen.list.count() == 1 and screen.shown.name == "trust"
        marked = [mark.cursor.selectedText() for mark in screen.view.extraSelections()]
        assert {"perdu", "volé"} <= set(marked)
        press(screen.search, Qt.Key.Key_Return)
        assert screen.view.hasFocus()
        screen.search.clear()
        assert screen.list.count() == len(ORDER)
        screen.list.setFocus()
        screen.list.setCurrentRow(0)
        press(screen.list, Qt.Key.Key_Down)
        assert screen.shown.name == "today" and screen.screen_button.isVisible()
        screen.screen_button.click()
        assert window.current is not None and window.current.name == "today"


def test_the_palette_and_the_settings_lead_to_the_pages(qtbot: QtBot, vault: Vault,
                                                        home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        hands = Hands(window)
        for typed, name in (("aide corbeille", "bin"), ("nextcloud", "sync")):
            hands.keys(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
            hands.type(typed)
            assert window.work is not None
            entry = window.work.palette_panel.entries.rows[0]
            assert entry.about == "Aide"
            hands.keys(Qt.Key.Key_Return)
            screen = _help(window)
            assert screen.shown is not None and screen.shown.name == name and screen.view.hasFocus()
        hands.go("Réglages")
        hands.click("Aide")
        shown_page = _help(window).shown
        assert shown_page is not None and shown_page.name == "start"


def test_locking_comes_back_to_the_page(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        assert window.work is not None
        window.go("plan")
        window.work.open_help("trust")
        window.restyle(Settings(theme="dark", language="fr", lock_minutes=0))
        Hands(window).wait(lambda: window.current is not None and window.current.name == "help"
                           and window.current.isVisible())
        screen = _help(window)
        assert screen.shown is not None and screen.shown.name == "trust"
        screen.leave()
        assert window.current is not None and window.current.name == "plan"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_drawn_in_the_colours_of_the_theme(qtbot: QtBot, vault: Vault, home: Home,
                                                         theme: str,
                                                         language: str) -> None:
    fill(vault)
    with shown(home, vault, theme) as window:
        set_language(language)
        assert window.work is not None
        for page in pages(language):
            window.work.open_help(page.name)
            settle()
            view = _help(window).view
            colours = set()
            block = view.document().begin()
            while block.isValid():
                at = block.begin()
                while not at.atEnd():
                    colours.add(at.fragment().charFormat().foreground().color().name())
                    at += 1
                block = block.next()
            assert colours <= {tokens().text, tokens().accent} and tokens().text in colours
            assert (page.title in view.toPlainText() and "`" not in view.toPlainText()
                    and "](" not in view.toPlainText())
            assert view.horizontalScrollBar().maximum() == 0
            assert QApplication.focusWidget() is view


@pytest.mark.parametrize("name", ORDER)
def test_the_buttons_that_a_page_quotes_bear_these_words(name: str) -> None:
    quoted = {words for words in re.findall("“([^”]+)”", _page("en", name).text)
              if words[0].isupper()}
    french = {plain(words) for words in re.findall("«\u202f([^»]+)\u202f»", _page("fr", name).text)
              if words[0].isupper()}
    assert {plain(_(words)) for words in quoted} == french
    # Without its French a sentence comes back as it is.
    assert not quoted & french
