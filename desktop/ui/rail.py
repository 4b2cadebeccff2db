"""The list of screens, in the order of the rail: a new screen is one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.base.i18n import N_
from desktop.ui.actions import ActionsWorkspace
from desktop.ui.bin import BinWorkspace
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.internships import InternshipsWorkspace
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.observatory import ObservatoryWorkspace
from desktop.ui.plan import PlanWorkspace
from desktop.ui.referrals import ReferralsWorkspace
from desktop.ui.resources import ResourcesWorkspace
from desktop.ui.settings import SettingsWorkspace
from desktop.ui.sync import SyncWorkspace
from desktop.ui.today import TodayWorkspace
from desktop.ui.workspace import Desk, Workspace


@dataclass(frozen=True)
class Place:
    """One line of the rail; the title is translated where it is shown."""

    name: str
    title: str
    icon: str
    make: Callable[[Desk], Workspace]


UPPER = (
    Place("today", N_("Today"), "house", TodayWorkspace),
    Place("meetings", N_("Meetings"), "calendar-days", MeetingsWorkspace),
    Place("actions", N_("Actions"), "list-checks", ActionsWorkspace),
    Place("observations", N_("Observations"), "notebook-pen", ObservationsWorkspace),
    Place("referrals", N_("Referrals"), "signpost", ReferralsWorkspace),
    Place("directory", N_("Directory"), "book-user", DirectoryWorkspace),
    Place("plan", N_("Plan"), "target", PlanWorkspace),
    Place("internships", N_("Internships"), "graduation-cap", InternshipsWorkspace),
    Place("resources", N_("Resources"), "library", ResourcesWorkspace),
    Place("observatory", N_("Observatory"), "chart-column", ObservatoryWorkspace),
)
LOWER = (
    Place("sync", N_("Synchronisation"), "refresh-cw", SyncWorkspace),
    Place("settings", N_("Settings"), "settings", SettingsWorkspace),
)
ASIDE = (Place("bin", N_("Bin"), "trash-2", BinWorkspace),)
"""Screens that are no line of the rail: another screen leads to them."""
PLACES = (*UPPER, *LOWER, *ASIDE)
