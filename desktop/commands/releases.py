"""Keeping a release: after the others that stand, and for good."""

import uuid

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.records import add_record
from desktop.models.changes import touched_of
from desktop.models.releases import release_id
from desktop.privacy.disclosure.release import FrozenRelease, encode
from desktop.queries.releases import frozen_releases


def keep_release(session: Session, release: FrozenRelease) -> uuid.UUID:
    """Keep a release for good; its id. AppError if another one came since it was made: it must be
    made again."""
    stand, _fallen = frozen_releases(session)
    if release.bases != tuple(other.sha256 for other in stand):
        raise AppError(
            _(
                "Figures were published from another computer meanwhile; these were made without "
                "them."
            ),
            _("Look at them, then publish again."),
        )
    content = encode(release)
    made = add_record(
        session,
        "release",
        {
            "id": str(release_id(content)),
            "period": release.window,
            "audience": release.audience,
            "made_on": release.made_on,
            "content": content,
        },
    )
    session.flush()
    touched = touched_of(session)
    # What was published cannot be undone: the gesture is not among those that undo knows.
    touched.changes[:] = [change for change in touched.changes if change.kind != "release"]
    return made
