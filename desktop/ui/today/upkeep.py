"""The card of what is easily forgotten: each line leads to the screen where it is looked after."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from desktop.base.i18n import _, ngettext
from desktop.queries.upkeep import Upkeep
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label


def upkeep_card(desk: Desk, upkeep: Upkeep) -> Card:
    """Make the card; a line for each thing of which there is any."""
    card = Card(_("Not to be forgotten"))
    for count, words, screen in (
            (upkeep.late_loans, ngettext("{count} loan is late.", "{count} loans are late.",
                                         upkeep.late_loans), "resources"),
            (upkeep.cases, ngettext("{count} referral or search is erased for good within 30 days.",
                                    "{count} referrals or searches are erased for good within 30 "
                                    "days.", upkeep.cases),
             "referrals"),
            (upkeep.places, ngettext("{count} place was verified more than 12 months ago.",
                                     "{count} places were verified more than 12 months ago.",
                                     upkeep.places), "places")):
        if count:
            line = QHBoxLayout()
            said = words.format(count=count)
            line.addWidget(label(said, wrap=True), 1)
            line.addWidget(
                button("", partial(desk.go, screen), style="quiet", icon_name="arrow-right",
                       tip=_("Go there: {what}").format(what=said)))
            card.box.addLayout(line)
    return card
