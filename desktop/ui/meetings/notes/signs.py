"""What is written at the right of a line of the notes: who reads it, and what it is."""

from desktop.base.i18n import _


def sign_words(audience: str, kind: str) -> str:
    """Return the words of a line of an audience and a kind; empty for a usual one."""
    parts = [{"interne": _("restricted: secretaries and coordination"),
              "observatoire": _("restricted: observatory team")}.get(audience, ""),
             _("open point") if kind == "question" else ""]
    return " · ".join(part for part in parts if part)
