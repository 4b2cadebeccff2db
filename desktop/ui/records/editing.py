"""What a form began with: it writes what was changed in it alone, and knows what its person had before the eyes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desktop.commands.records import edit_record
from desktop.ui.widgets.fields.form import Form
from desktop.vault.vault import Vault

Values = dict[str, Any]


def _as_it_is(values: Values) -> Values:
    return values


@dataclass(frozen=True)
class Begun:
    """`record_id`: what is edited, None for a new record. `seen`: as it stood then. `untouched`: as the form first showed it."""

    record_id: uuid.UUID | None = None
    seen: Values = field(default_factory=dict)
    untouched: Values = field(default_factory=dict)

    def save(self, vault: Vault, values: Values, before_save: Callable[[Values], Values] = _as_it_is) -> None:
        """Write what was changed since the form was opened, however long ago: the rest may be another's by now."""
        if self.record_id is None:
            raise RuntimeError("a new record is not edited")
        before = before_save(self.untouched)
        changed = {name: value for name, value in before_save(values).items() if name not in before or value != before[name]}
        if changed:
            vault.do(edit_record, self.record_id, changed, self.seen)

    def draft(self, form: Form) -> Values | None:
        """What is to be kept of an open form, as JSON values; None where nothing was changed in it."""
        values = form.values()
        if values == self.untouched:
            return None
        return {"editing": str(self.record_id) if self.record_id else None, "values": values, "focus": form.focus_place(),
                "seen": self.seen, "untouched": self.untouched}

    def again(self, draft: Values) -> "Begun":
        """The same editing, as it had begun before it was put away."""
        return Begun(self.record_id, draft.get("seen", self.seen), draft.get("untouched", self.untouched))
