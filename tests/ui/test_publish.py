"""A closed period is looked at, then published for good from the window; the published view shows
it, and nothing else."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.queries.documents.publication import REASON
from desktop.queries.releases import releases_of
from desktop.sample.records import fill
from desktop.ui.observatory.grid import HIDDEN
from desktop.ui.observatory.workspace import ObservatoryWorkspace
from desktop.vault import Vault
from tests.window import settle, shown


@pytest.fixture
def collective(vault: Vault) -> Vault:
    fill(vault, scale=2)
    return vault


def test_a_period_is_seen_then_published_and_read_again(qtbot: QtBot, home: Home, collective: Vault,
                                                        tmp_path: Path) -> None:
    with shown(home, collective) as window:
        window.go("observatory")
        settle()
        screen = window.current
        assert isinstance(screen, ObservatoryWorkspace)
        screen.begin_publishing()
        settle()
        panel = screen.publishing
        free = [choice for choice in panel._choices
                if choice.barred is None and choice.audience == "partenaires"]
        assert free, "some period of the sample is closed"
        assert not panel.publishing.isEnabled()
        panel.audience.set_value("partenaires")
        panel.period.set_value(free[0].period)
        panel.look()
        qtbot.waitUntil(lambda: not panel._running, timeout=120_000)
        assert panel.view.isVisible(), panel.told.text()
        assert window.vault.ask(releases_of) == []
        panel.publish_into(str(tmp_path))
        qtbot.waitUntil(lambda: bool(window.vault.ask(releases_of)) and not panel._running,
                        timeout=120_000)
        folder = tmp_path / f"observatoire-{free[0].period}-partenaires"
        assert {"datapackage.json", "certificate.txt",
                "rapport.pdf"} <= {path.name for path in folder.iterdir()}
        settle()
        view = screen.published.view
        assert screen.stack.currentIndex() == 1 and view.isVisible()
        table = view.grid.table
        hidden = [table.item(down, across) for down in range(table.rowCount())
                  for across in range(table.columnCount())
                  if (item := table.item(down, across)) is not None and item.data(HIDDEN)]
        for item in hidden:
            assert item is not None and item.text() == "" and item.toolTip()
            assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "protégée"
        assert len({item.toolTip() for item in hidden if item is not None}) <= 1 and REASON
