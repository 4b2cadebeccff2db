"""Many records erased at once by who is not the coordination: nobody takes it before the
coordination says so."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from desktop.base.clock import ERASED
from desktop.base.errors import AppError
from desktop.commands.records import add_record
from desktop.models.authority import ERASED_AT_ONCE
from desktop.models.observations import Observation
from desktop.models.record import fields_of
from desktop.sync.merging.held_erasures import held_erasures
from desktop.sync.packages.package import Rows
from desktop.tasks.held_erasures import answer_erasures
from desktop.vault import Vault
from tests.sync.forge import drop
from tests.sync.laptops import Laptops
from tests.ui.test_sync_screen import click, opened, words
from tests.window import shown

NAMES = [f.name for f in fields_of(Observation) if f.travels]


def alive(vault: Vault) -> int:
    return vault.ask(lambda session: session.scalar(
        select(func.count()).select_from(Observation)
        .where(Observation.deleted_stamp.is_distinct_from(ERASED))) or 0)


@pytest.fixture
def team(laptops: Laptops) -> Sequence[Vault]:
    """The founder and two of the observatory; as many observations, and one more, as are erased
    unasked."""
    one, other = laptops.join("one", "observatoire"), laptops.join("other", "observatoire")
    for _unused in range(ERASED_AT_ONCE + 1):
        laptops.founder.do(add_record, "observation", {
            "month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"})
    for vault in (laptops.founder, one, other, laptops.founder):
        laptops.sync(vault)
    return laptops.founder, one, other


def erase_all(laptops: Laptops, author: Vault, count: int) -> None:
    """As a program of their own would, without the bin."""
    ids = author.ask(
        lambda session: list(
            session.scalars(select(Observation.id).order_by(Observation.id).limit(count))))
    rows = [[one.hex, ERASED.hex(), *(True if name == "deleted" else None for name in NAMES)]
            for one in ids]
    drop(author, laptops.share, Rows("observation", NAMES, rows[:30]),
         Rows("observation", NAMES, rows[30:]),
         channel="observatoire")


def test_as_many_as_may_be_are_erased(laptops: Laptops, team: Sequence[Vault]) -> None:
    founder, one, other = team
    erase_all(laptops, one, ERASED_AT_ONCE)
    for vault in (other, founder):
        laptops.sync(vault)
        assert alive(vault) == 1 and vault.ask(held_erasures) == []


@pytest.mark.parametrize("erase", [True, False], ids=["erased", "kept"])
def test_more_wait_for_the_coordination(qtbot: QtBot, laptops: Laptops, team: Sequence[Vault],
                                        erase: bool) -> None:
    founder, one, other = team
    erase_all(laptops, one, ERASED_AT_ONCE + 1)
    for vault in (other, founder):
        laptops.sync(vault)
        assert alive(vault) == ERASED_AT_ONCE + 1
    (held,) = other.ask(held_erasures)
    with pytest.raises(AppError, match="coordination"):
        answer_erasures(other, held, erase=True)
    with shown(founder.home, founder) as window:
        screen = opened(window)
        assert f"demande d’effacer {ERASED_AT_ONCE + 1} fiches" in words(screen.held_erasures)
        click(screen.held_erasures, "Les effacer" if erase else "Les garder")
        assert not screen.held_erasures.isVisible()
    founder = laptops.founder = laptops.open(founder.home)
    for vault in (founder, other):
        laptops.sync(vault)
    newcomer = laptops.join("newcomer", "observatoire")
    laptops.sync(newcomer)
    for vault in (founder, other, newcomer):
        assert alive(vault) == (0 if erase else ERASED_AT_ONCE + 1)
