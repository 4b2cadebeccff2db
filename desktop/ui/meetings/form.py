"""The form of a meeting: its fields, and the meeting made of them."""

import uuid
from typing import Any

from desktop.base.i18n import _
from desktop.commands.meetings import create_meeting
from desktop.queries.directory import groups_of
from desktop.ui.records import options
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry


def meeting_entries(desk: Desk) -> list[Entry]:
    """Return the fields of a meeting."""
    def groups() -> list[tuple[str, str]]:
        return [(str(g.id), g.name) for g in desk.vault.ask(groups_of)]

    return [
        Entry("title", _("Title"), required=True, wide=True, names="members"),
        Entry("group_id", _("Group"), "choice", groups),
        Entry("kind", _("Kind"), "choice", lambda: options.fixed("meeting_kind"), required=True),
        Entry("training_id", _("Programme (of a training)"), "choice",
              lambda: options.trainings(desk)),
        Entry("starts_at", _("Start"), "moment", required=True),
        Entry("ends_at", _("End"), "moment"),
        Entry("place", _("Place")),
        Entry("link", _("Link for remote participants")),
        Entry("animator_id", _("Animator"), "person", people=options.directory(desk)),
        Entry("secretary_id", _("Secretary"), "person", people=options.directory(desk)),
        Entry("quorum", _("Quorum (0: none)"), "number"),
        Entry("quorum_remote", _("Remote participants count for the quorum"), "yes", initial=True),
    ]


def held_entries() -> list[Entry]:
    """When a meeting was held: what its minutes say, until they are validated."""
    return [Entry("held_from", _("Held from (empty: as planned)"), "moment", past=True),
            Entry("held_until", _("Held until (empty: as planned)"), "moment", past=True)]


def add_meeting(desk: Desk, values: dict[str, Any]) -> uuid.UUID:
    """Make a meeting of what the form holds; return its id."""
    def chosen(name: str) -> uuid.UUID | None:
        return uuid.UUID(str(values[name])) if values[name] else None

    return desk.vault.do(
        create_meeting, title=values["title"], kind=values["kind"],
        starts_at=values["starts_at"], ends_at=values["ends_at"], place=values["place"] or "",
        quorum=values["quorum"] or None, quorum_remote=values["quorum_remote"],
        link=values["link"] or "",
        group_id=chosen("group_id"), animator_id=chosen("animator_id"),
        secretary_id=chosen("secretary_id"), training_id=chosen("training_id"))
