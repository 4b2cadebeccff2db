"""One observation as the watch group reads it: account, comparison, possible doubles, the reports
of the same facts."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.dates.french import month_label
from desktop.base.i18n import _, ngettext
from desktop.models.choices import label as choice_label
from desktop.models.states import ObservationState, is_settled
from desktop.queries.observations import TermLabels
from desktop.queries.watch import ORDER, Close, WatchSheet
from desktop.ui.observations.mine import period_label
from desktop.ui.observations.watch.legal import LegalComparison
from desktop.ui.observations.watch.states import GLYPHS, tone
from desktop.ui.screen.keyed import same_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, empty_layout, label, rule, scrolled
from desktop.ui.widgets.glyphs import WAITED, GlyphLabel
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingRow


class SheetPane(QWidget):
    """The pane of one observation; `side` is where the author's view stands, under the doubles."""

    def __init__(self, desk: Desk, join: Callable[[uuid.UUID], None], part: Callable[[], None],
                 begin_legal: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self._join, self._part, self._begin_legal = desk, join, part, begin_legal
        self._shown: tuple[WatchSheet, TermLabels, bool] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._head = QVBoxLayout()
        self._head.setSpacing(2)
        box.addLayout(self._head)
        box.addWidget(rule())
        inside = QWidget()
        panes = StackingRow(20, apart=16)
        inside.setLayout(panes)
        panes.setContentsMargins(0, 4, 8, 4)
        self._read = QWidget()
        self._column = QVBoxLayout(self._read)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        main = QVBoxLayout()
        main.addWidget(self._read)
        self._form_place = QVBoxLayout()
        main.addLayout(self._form_place)
        main.addStretch(1)
        panes.addLayout(main, 62)
        self.side = QVBoxLayout()
        self.side.setSpacing(12)
        self._near = QVBoxLayout()
        self._near.setSpacing(6)
        self.side.addLayout(self._near)
        beside = QVBoxLayout()
        beside.addLayout(self.side)
        beside.addStretch(1)
        panes.addLayout(beside, 38)
        box.addWidget(scrolled(inside), 1)

    def show_sheet(self, sheet: WatchSheet, words: TermLabels, jurist: bool) -> None:
        """Read one observation; what is read already stays as it is."""
        empty_layout(self._form_place)
        self._read.show()
        if (sheet, words, jurist) == self._shown:
            return
        self._shown = sheet, words, jurist
        with same_hand(self):
            for part in (self._head, self._column, self._near):
                empty_layout(part)
            self._write_head(sheet, words)
            self._write_account(sheet, words, jurist)
            self._write_near(sheet, words)

    def show_form(self, form: QWidget) -> None:
        """Show the fields of the legal view instead of what is read."""
        self._read.hide()
        empty_layout(self._form_place)
        self._form_place.addWidget(form)

    def _write_head(self, sheet: WatchSheet, words: TermLabels) -> None:
        row = sheet.row
        line = Flow()
        criterion = _small(words.term("criteria", row.principal_criterion, row.month))
        title = f"{words.term('domains', row.domain, row.month)}, {criterion}"
        line.add(label(title, "heading", wrap=True), 1, readable=220)
        for step in _steps(row.state):
            line.addWidget(step)
        self._head.addLayout(line)
        place = words.place(row.place, row.month) if row.place else ""
        about = ", ".join(part for part in (month_label(row.month).capitalize(), place) if part)
        self._head.addWidget(label(" · ".join(part for part in (about, row.organisation) if part),
                                   "muted", wrap=True))

    def _write_account(self, sheet: WatchSheet, words: TermLabels, jurist: bool) -> None:
        row = sheet.row
        if sheet.erased_in:
            told = _("The account was erased in {month}: {rule}.").format(
                month=month_label(sheet.erased_in),
                rule=choice_label("retention_rule", sheet.erased_by))
            self._column.addWidget(label(told, "muted", wrap=True))
        elif row.account:
            # Not to be selected: rows do not leave by the clipboard.
            self._column.addWidget(label(row.account, "account", wrap=True))
        else:
            self._column.addWidget(label(_("No account."), "muted"))
        facts = [(_("Period of the facts"), period_label(row.facts_period)),
                 (_("Consequences"),
                  ", ".join(words.term("consequences", code, row.month)
                            for code in row.consequences)),
                 (_("How it is known"), words.term("sources", row.source, row.month) if row.source
                  else ""),
                 (_("Repetition"), words.term("repetitions", row.repetition, row.month)
                  if row.repetition else "")]
        said = " · ".join(f"{title}\u202f: {_small(text)}" for title, text in facts if text)
        if said:
            self._column.addWidget(label(said, "small", wrap=True))
        if sheet.discarded_reason:
            reason = _("Set aside: {reason}").format(reason=sheet.discarded_reason)
            self._column.addWidget(label(reason, "muted", wrap=True))
        if row.state == ObservationState.LINKED and row.action_id is not None:
            self._column.addWidget(
                button(_("Open the action"), partial(self.desk.go, "actions", row.action_id),
                       style="quiet",
                       icon_name="arrow-right"))
        self._column.addWidget(LegalComparison(sheet, words))
        if jurist:
            line = Flow()
            line.addWidget(
                button(_("Write the legal view"), self._begin_legal, icon_name="pencil", tip="J"))
            self._column.addLayout(line)

    def _write_near(self, sheet: WatchSheet, words: TermLabels) -> None:
        if sheet.together:
            count = len(sheet.together) + 1
            self._near.addWidget(
                label(ngettext("{count} report, one situation", "{count} reports, one situation",
                               count).format(
                                   count=count), "subheading", wrap=True))
            self._write_lines(sheet.together, words, joined=True)
            self._near.addWidget(button(_("Set apart"), self._part, style="quiet"))
        count = len(sheet.close)
        if count:
            self._near.addWidget(
                label(ngettext("{count} close this month", "{count} close this month", count)
                      .format(
                          count=count), "subheading", wrap=True))
            self._near.addWidget(
                label(_("Same field, same family of grounds, same sector. Compared without their "
                        "account."),
                      "small", wrap=True))
            self._write_lines(sheet.close, words, joined=False)
        elif not sheet.together:
            self._near.addWidget(label(_("None is close to it."), "small", wrap=True))

    def _write_lines(self, rows: Sequence[Close], words: TermLabels, *, joined: bool) -> None:
        for row in rows[:6]:
            self._near.addWidget(rule())
            line = QHBoxLayout()
            said = QVBoxLayout()
            said.setSpacing(0)
            title = words.term("criteria", row.criterion, row.month)
            said.addWidget(label(title, wrap=True))
            setting = _small(words.term("settings", row.setting, row.month)) if row.setting else ""
            said.addWidget(
                label(", ".join(part for part in (month_label(row.month), setting) if part),
                      "small", wrap=True))
            line.addLayout(said, 1)
            if not joined:
                made = button(_("Same facts"), partial(self._join, row.id))
                made.setAccessibleName(_("Same facts as “{title}”")
                                       .format(title=f"{title}, {month_label(row.month)}"))
                line.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
            self._near.addLayout(line)


def _steps(state: str) -> list[QWidget]:
    """How far it is: received, examined, what became of it."""
    at = ORDER.index(ObservationState(state)) if state in ORDER else 0
    last = state if is_settled(state) else ObservationState.LINKED
    steps: list[QWidget] = []
    for number, step in enumerate(
        (ObservationState.RECEIVED, ObservationState.QUALIFIED, ObservationState(last)), 1):
        reached = at >= number
        words = (choice_label("observation_state", step) if reached or number < 3
                 else _("Outcome (observation)"))
        steps.append(GlyphLabel(GLYPHS[step] if reached else WAITED, words,
                                tone(step) if reached else "neutral"))
        if number < 3:
            steps.append(label("—", "small"))
    return steps


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
