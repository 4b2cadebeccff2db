"""A person or an organisation that stands twice: told where it may be so, compared, made one,
parted again as easily."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.base.i18n import N_, _, language
from desktop.commands.directory import (
    merge_organisations,
    merge_people,
    part_organisations,
    part_people,
)
from desktop.queries.directory import OrganisationRow, PersonRow, organisation_rows, person_rows
from desktop.queries.merging import MergePreview, merge_preview
from desktop.queries.organisation_aliases import all_of_organisation, possible_double_organisations
from desktop.queries.person_aliases import all_of, possible_doubles
from desktop.ui.records import options
from desktop.ui.records.kinds import kind_name
from desktop.ui.records.sheet import Extra
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, empty_layout, label
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.tab_order import lead_to_top

Row = PersonRow | OrganisationRow


@dataclass(frozen=True)
class _Kind:
    """What the panel asks, does and says of people or of organisations. The words are not
    translated yet."""

    rows: Callable[..., list[Any]]
    joined: Callable[..., set[uuid.UUID]]
    alike: Callable[..., dict[uuid.UUID, tuple[uuid.UUID, ...]]]
    merge: Callable[..., None]
    part: Callable[..., None]
    others: Callable[[Desk], options.Pairs]
    perhaps: str
    same: str
    two: str
    now_one: str
    now_two: str
    choose: str


_KINDS = {
    PersonRow: _Kind(
        person_rows, all_of, possible_doubles, merge_people, part_people, options.people,
        N_("Perhaps the same person"),
        N_("It is the same person"), N_("Two people after all"),
        N_("One person in the directory now."),
        N_("Two people in the directory again."), N_("Join with…")),
    OrganisationRow: _Kind(
        organisation_rows, all_of_organisation, possible_double_organisations, merge_organisations,
        part_organisations,
        options.organisations, N_("Perhaps the same organisation"),
        N_("It is the same organisation"),
        N_("Two organisations after all"), N_("One organisation in the directory now."),
        N_("Two organisations in the directory again."), N_("Join with…")),
}


class DoublesPanel(Extra):
    """Stands under an entry of the directory: those it was joined with, those that may be the same,
    one chosen by hand."""

    def __init__(self, desk: Desk, row: Row) -> None:
        super().__init__()
        self.desk, self.row, self._kind = desk, row, _KINDS[type(row)]
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 8, 0, 0)
        self._box.setSpacing(6)
        self._shown: object = None
        self._compared: uuid.UUID | None = None
        self._choosing = False
        self.refresh()

    @keeps_hand
    def refresh(self) -> None:
        vault, row, kind = self.desk.vault, self.row, self._kind
        joined = vault.ask(kind.rows, vault.ask(kind.joined, row.id) - {row.id})
        alike = vault.ask(kind.rows, set(vault.ask(kind.alike).get(row.id, ())))
        preview = (vault.ask(merge_preview, row.id, self._compared, language())
                   if self._compared is not None else None)
        shown = joined, alike, preview, self._choosing
        if shown == self._shown:
            return
        self._shown = shown
        box = self._box
        empty_layout(box)
        if joined:
            box.addWidget(label(_("Also in the directory as"), "subheading", wrap=True))
            for other in joined:
                box.addLayout(
                    _line(_about(other),
                          button(_(kind.two), partial(self.part, other.id), style="quiet")))
        if preview is not None:
            box.addWidget(self._comparison(preview))
            return
        if alike:
            box.addWidget(label(_(kind.perhaps), "subheading", wrap=True))
            for other in alike:
                box.addLayout(
                    _line(_about(other), button(_("Compare"), partial(self.compare, other.id),
                                                tip=f"{_('Compare')} — {_about(other)}")))
        if self._choosing:
            box.addWidget(self._choice())
        else:
            line = Flow()
            line.addWidget(button(_(kind.choose), self.choose, style="quiet", icon_name="users"))
            line.addStretch(1)
            box.addLayout(line)

    def _choice(self) -> QWidget:
        choice = ChoiceField(_(self._kind.choose),
                        [pair for pair in self._kind.others(self.desk)
                         if pair[0] != str(self.row.id)])
        choice.activated.connect(lambda: self.compare(uuid.UUID(choice.value())) if choice.value()
                                 else None)
        choice.setFocus()
        return choice

    def choose(self) -> None:
        """Offer every other entry."""
        self._choosing = True
        self.refresh()
        found = self.findChild(ChoiceField)
        if found is not None:
            found.setFocus()

    def compare(self, other: uuid.UUID) -> None:
        """Show what would be joined with another entry, before anything is."""
        self._compared, self._choosing = other, False
        self.refresh()
        found = self.findChild(QFrame, "inset")
        if found is not None:
            lead_to_top(found)

    def _comparison(self, preview: MergePreview) -> QFrame:
        panel = QFrame()
        panel.setObjectName("inset")
        # It takes the focus first: a first Enter joins nothing, Escape leaves it.
        panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        panel.setAccessibleName(_("What would be joined"))
        box = QVBoxLayout(panel)
        box.setSpacing(8)
        box.addWidget(label(_("What would be joined"), "subheading", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for column, words in enumerate((_("This entry"), _("The other one"))):
            grid.addWidget(label(words, "subheading", wrap=True), 0, column)
            grid.setColumnStretch(column, 1)
        lines = [(f"{_(field.label)} \u2260" if field.differs else _(field.label),
                  field.kept or (f"→ {field.after}" if field.after else "—"), field.other or "—")
                 for field in preview.fields]
        lines += [(kind_name(row.kind), str(row.kept), str(row.other)) for row in preview.hanging]
        for at, (title, kept, other) in enumerate(lines):
            grid.addWidget(label(title, "small", wrap=True), 2 * at + 1, 0, 1, 2)
            for column, words in enumerate((kept, other)):
                grid.addWidget(label(_breakable(words), wrap=True), 2 * at + 2, column,
                               Qt.AlignmentFlag.AlignTop)
        box.addLayout(grid)
        if any(field.differs for field in preview.fields):
            box.addWidget(
                label(_("Where both differ, this entry's words are read; to keep the other's, "
                        "compare from the other."),
                      "small", wrap=True))
        box.addWidget(
            label(_("Nothing is lost: what names either is then read as naming one. It can be "
                    "parted at any time."),
                  "small", wrap=True))
        line = Flow()
        line.addWidget(button(_(self._kind.same), partial(self.merge, preview.other_id),
                              style="primary", icon_name="check"))
        line.addWidget(button(_("Cancel"), self.leave, tip=_("Escape")))
        line.addStretch(1)
        box.addLayout(line)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), panel, self.leave,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return panel

    def leave(self) -> None:
        """Join nothing."""
        self._compared, self._choosing = None, False
        self._show_again()

    def _show_again(self) -> None:
        """Show what stands here now; the hand goes to the first gesture of it."""
        self.refresh()
        first = next((found for found in self.findChildren(QPushButton) if not found.isHidden()),
                     None)
        if first is not None:
            first.setFocus()

    def merge(self, other: uuid.UUID) -> None:
        """Let the entry that is read stand for both."""
        self._compared = None
        self.desk.vault.do(self._kind.merge, self.row.id, other)
        self._show_again()
        self.desk.done(_(self._kind.now_one))

    def part(self, other: uuid.UUID) -> None:
        """They are two again."""
        self.desk.vault.do(self._kind.part, other)
        self._show_again()
        self.desk.done(_(self._kind.now_two))


def _about(row: Row) -> str:
    said = (row.name, row.function, row.organisation) if isinstance(row, PersonRow) else (
        row.name, row.short_name, row.territory)
    return ", ".join(part for part in said if part)


def _breakable(words: str) -> str:
    """Return the same words, of which an address of mail may go on in the next line."""
    return re.sub(r"([@./_-])(?=\w)", "\\1\u200b", words)


def _line(words: str, gesture: QWidget) -> Flow:
    line = Flow(8)
    line.add(label(words, wrap=True), 1, readable=160)
    line.addWidget(gesture)
    return line
