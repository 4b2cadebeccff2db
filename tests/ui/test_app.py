"""What happens when something goes wrong: words for what the person can act on, a locked vault for
a bug."""

import os
import signal

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import AGAIN, STORM, CrashWindow, exception_hook
from desktop.base.errors import AppError
from desktop.base.log import report_of
from desktop.base.paths import Home, resource
from desktop.ui.widgets.theme import THEME_TOKENS, THEMES, Tokens, style_sheet, tokens_for
from desktop.ui.window.single_instance import raise_other
from desktop.ui.window.successor import begin_process
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill
from tests.window import settle, shown


def test_an_error_to_act_on_is_said_and_the_work_goes_on(qtbot: QtBot, vault: Vault,
                                                         home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        hook = exception_hook(lambda: window)
        hook(AppError, AppError("Le disque est plein.", "Libérez de la place."), None)
        assert window.messages.text == "Le disque est plein. Libérez de la place."
        assert vault.is_open


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_storm_of_bugs_locks_the_vault_and_its_report_holds_no_value(qtbot: QtBot, vault: Vault,
                                                                       home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        hook = exception_hook(lambda: window)
        for _unused in range(STORM):
            assert vault.is_open
            try:
                raise ValueError("BENALI Fatima")
            except ValueError as error:
                hook(ValueError, error, error.__traceback__)
                assert "BENALI" not in report_of(error)
        assert not vault.is_open
        (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashWindow)]
        assert "ValueError" in dialog.report.toPlainText()
        assert "BENALI" not in dialog.report.toPlainText()
        dialog.finished.disconnect()
        (again,) = [b for b in dialog.findChildren(QPushButton)
                    if b.accessibleName() == "Relancer Carnet"]
        assert QApplication.instance().property(AGAIN) is None  # type: ignore[union-attr]
        again.click()
        assert QApplication.instance().property(AGAIN)  # type: ignore[union-attr]
        QApplication.instance().setProperty(AGAIN, None)  # type: ignore[union-attr]
        dialog.close()
        dialog.deleteLater()
        settle()


def test_starting_again_opens_the_same_profile(qtbot: QtBot, home: Home) -> None:
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    vault.close()
    process = begin_process(home)
    try:
        qtbot.waitUntil(lambda: raise_other(home), timeout=20_000)
    finally:
        os.kill(process, signal.SIGTERM)


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEME_TOKENS.values(), ids=lambda t: t.name)
def test_every_text_can_be_read_on_its_ground(theme: Tokens) -> None:
    grounds = (theme.page, theme.surface, theme.rail, theme.raised)
    inks = (theme.text, theme.muted, theme.accent, theme.accent_strong, theme.ok, theme.warn,
            theme.bad)
    pairs = {(ink, ground) for ink in inks for ground in grounds}
    pairs |= {(ink, theme.accent_soft)
              for ink in (theme.text, theme.muted, theme.accent, theme.bad)}
    pairs |= {(ink, theme.neutral_soft) for ink in (theme.text, theme.muted, theme.bad)}
    pairs |= {(theme.text, soft) for soft in (theme.ok_soft, theme.warn_soft, theme.bad_soft)}
    pairs |= {theme.tone(name) for name in ("ok", "warn", "bad", "accent", "neutral")}
    pairs |= {(theme.on_accent, theme.accent), (theme.on_accent, theme.accent_strong),
              (theme.page, theme.text)}
    assert sorted(pair for pair in pairs if _contrast(*pair) < (7 if theme.high else 4.5)) == []
    drawn = {(sign, ground) for sign
             in (theme.ring, theme.accent, *((theme.line,) if theme.high else ()))
             for ground in grounds}
    assert sorted(pair for pair in drawn | {(theme.edge, theme.surface)}
                  if _contrast(*pair) < 3) == []


def test_every_theme_of_the_settings_has_its_colours_and_its_ticks(qtbot: QtBot) -> None:
    assert set(THEMES) == {"system", *THEME_TOKENS}
    for name, theme in THEME_TOKENS.items():
        assert tokens_for(name) is theme
        assert "$" not in style_sheet(theme)
        assert all(resource("icons", "house", f"{sign}-{name}.svg").exists()
                   for sign in ("tick", "dash", "dot"))


def test_every_character_of_the_french_words_is_in_the_bundled_font(qtbot: QtBot) -> None:
    from PySide6.QtGui import QRawFont

    words = "".join(file.read_text("utf-8") for file in resource("translations", "fr").glob("*.po"))
    font = QRawFont(str(resource("fonts", "Inter-Regular.otf")), 14)
    assert {c for c in words if c.isprintable() and not font.supportsCharacter(ord(c))} == set()
