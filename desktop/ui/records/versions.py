"""“2 versions”: what two people wrote at the same time in one field, side by side, and a button to
choose."""

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt

from desktop.base.dates.french import long_date, time_of
from desktop.base.i18n import _, language, ngettext
from desktop.commands.versions import choose_version
from desktop.queries.versions import TwoVersions, Wording, two_versions_of
from desktop.ui.records.kinds import kind_name
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Chip, button, label, rule
from desktop.ui.widgets.layout.flow import Flow

SHOWN = 5


def versions_card(desk: Desk, kind: str | None = None,
                  record_id: uuid.UUID | None = None) -> Card | None:
    """Build what waits for a choice, everywhere or in one record; None where nothing does."""
    return card_of(desk, waiting_for_choice(desk, kind, record_id), named=record_id is None)


def waiting_for_choice(desk: Desk, kind: str | None = None,
                       record_id: uuid.UUID | None = None) -> list[TwoVersions]:
    """Return the texts in two versions, everywhere or in one record."""
    return desk.vault.ask(two_versions_of, desk.vault.identity, language(), kind, record_id)


def card_of(desk: Desk, found: Sequence[TwoVersions], named: bool) -> Card | None:
    """Build a card that shows them side by side; `named`: with the record that each is of."""
    return _card(desk, found, named) if found else None


def _card(desk: Desk, found: Sequence[TwoVersions], named: bool) -> Card:
    card = Card(ngettext("{count} text in two versions", "{count} texts in two versions",
                         len(found)).format(count=len(found)))
    card.box.addWidget(
        label(_("Two people wrote at the same time, each without seeing the other's text. Nothing "
                "is lost: choose the one that holds, the other stays kept."), "muted", wrap=True))
    for two in found[:SHOWN]:
        card.box.addWidget(rule())
        what = f"{kind_name(two.kind)} · {_(two.label)}"
        card.box.addWidget(label(f"{what} · {two.record}" if named and two.record else what,
                                 "overline", wrap=True))
        for wording in two.wordings:
            text = label(wording.text, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.box.addWidget(text)
            said = _said(wording)
            if said:
                # On a line of its own, where it wraps: in the flow, a long name would push the card
                # beyond the edge.
                card.box.addWidget(label(said, "small", wrap=True))
            line = Flow(8)
            keep = button(_("Keep this text"), partial(_choose, desk, two, wording),
                          icon_name="check")
            keep.setAccessibleName(_("Keep this text: {text}").format(text=wording.text[:80]))
            line.add(keep)
            if wording.in_force:
                line.add(Chip(_("shown now"), "accent"))
            line.addStretch()
            card.box.addLayout(line)
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        card.box.addWidget(
            label(ngettext("and {count} more", "and {count} more", more).format(count=more),
                  "small"))
    return card


def _said(wording: Wording) -> str:
    when = (f"{long_date(wording.at.date())}, {time_of(wording.at)}" if wording.at is not None
            else "")
    return " · ".join(part for part in (wording.by, when) if part)


def _choose(desk: Desk, two: TwoVersions, wording: Wording) -> None:
    desk.vault.do(choose_version, two.kind, two.record_id, two.field, wording.text)
    said = _("This text holds from now on.")
    if wording.in_force:
        # The text is as it was: there is nothing to take back.
        desk.messages.say(said)
    else:
        desk.done(said)
