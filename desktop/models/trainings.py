"""The training programmes of the collective: what is taught in one or several sessions, and when it
is to be refreshed."""

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Training(Record):
    """One programme; its sessions are meetings of the kind « formation » that name it."""

    __area__ = "trainings"
    __search__ = ("title", "content")

    title: Mapped[str | None] = field.text("Title", required=True, keep_conflicts=True)
    audience: Mapped[str | None] = field.text("For whom")
    trainer: Mapped[str | None] = field.text("Trainer")
    content: Mapped[str | None] = field.text("Content", keep_conflicts=True)
    refresh_months: Mapped[int | None] = field.integer("To be refreshed after (months)")
