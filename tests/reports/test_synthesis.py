"""The synthesis of the plan: figures by axis agree with the actions, accords by party, money of the
year, one page."""

import re
from datetime import date
from pathlib import Path

from desktop.commands.accords import ask_accord, save_accord
from desktop.commands.actions import create_action
from desktop.commands.records import add_record
from desktop.models.states import POLITIQUE_DE_LA_VILLE, ActionState
from desktop.queries.documents.papers import action_plan
from desktop.queries.documents.synthesis import Accords, synthesis_of
from desktop.reports import actions
from desktop.vault import Vault
from tests.reports import papers

TODAY = date(2026, 11, 30)


def test_each_axis_is_counted_as_it_is(vault: Vault, tmp_path: Path) -> None:
    plan = vault.do(add_record, "plan", {"name": "Plan"})
    first, second = (
        vault.do(add_record, "axis",
                 {"plan_id": str(plan), "code": code, "title": f"Axe {code}", "order": code})
                     for code in ("1", "2"))
    paid = [vault.do(create_action, f"Former {number}", axis_id=str(first),
                     state=ActionState.TO_VALIDATE,
                     funding=POLITIQUE_DE_LA_VILLE) for number in range(3)]
    for action, party, answer in ((paid[0], "etat", "donnee"), (paid[0], "agglo", "donnee"),
                                  (paid[1], "etat", "refusee")):
        asked = vault.do(ask_accord,
                         {"action_id": str(action), "party": party, "asked_on": "2026-11-02"})
        vault.do(save_accord, asked,
                 {"answer": answer, "answered_on": "2026-11-20", "remark": "Motif"})
    for year, cents in ((2026, 450_000), (2025, 99), (None, 50)):
        vault.do(add_record, "action_funding",
                 {"action_id": str(paid[0]), "source": POLITIQUE_DE_LA_VILLE, "cents": cents,
                  "granted_cents": cents, **({"year": year} if year else {})})
    vault.do(create_action, "En retard", axis_id=str(second), state=ActionState.UNDER_WAY,
             due_on="2026-10-01")
    vault.do(create_action, "Sans axe", state=ActionState.IDEA)
    found = vault.ask(synthesis_of, plan, TODAY)
    one, two, none = found.axes
    assert (one.actions, one.accords) == (3, (Accords(1, 1, 1, 3), Accords(1, 2, 0, 3)))
    assert sum(one.stages) == one.actions
    assert (one.requested, one.granted, one.paid) == (450_050, 450_050, 0)
    assert (two.actions, none.code, none.actions, found.whole.actions,
            found.funded) == (1, "", 1, 5, 3)
    assert [waiting.title for waiting in found.waiting] == ["Former 1", "Former 2"]
    assert [late.title for late in found.behind if late.due_on] == ["En retard"]
    for draw, size in ((actions.draw_plan, "841.89 x 595.276"),
                       (actions.draw_large_plan, "1190.55 x 841.89")):
        path = papers.written(tmp_path, draw(vault.ask(action_plan, plan, TODAY)))
        text = papers.text_of(path)
        assert re.search(r"Ce qui attend un accord.*À venir", text.split("\f")[0],
                         re.DOTALL), "on the first page"
        assert size in papers.run("pdfinfo", path)


def test_a_plan_without_an_action_says_so(vault: Vault, tmp_path: Path) -> None:
    plan = vault.do(add_record, "plan", {"name": "Plan"})
    text = papers.text_of(
        papers.written(tmp_path, actions.draw_plan(vault.ask(action_plan, plan, TODAY))))
    assert "Aucun accord n’est attendu." in text and "Rien n’est en retard." in text
