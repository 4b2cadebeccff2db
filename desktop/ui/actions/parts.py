"""What belongs to an action, in its sheet: the two accords, the money, the notice to the members,
how it goes."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import _
from desktop.base.money import cents_of, euros, typed_euros
from desktop.commands.accords import announce, ask_accord, save_accord
from desktop.commands.reminders import remind_accord
from desktop.models.authority import BY_PARTY
from desktop.models.choices import label as choice_label
from desktop.models.states import Party, ValidationAnswer
from desktop.queries.actions import (
    ActionDetail,
    ActionRow,
    FundingRow,
    ValidationRow,
    action_detail,
    day_of,
)
from desktop.queries.reminders import ReminderRow
from desktop.ui.actions.similar import SimilarSource, SimilarStrip
from desktop.ui.records import options
from desktop.ui.records.history import HistoryBox
from desktop.ui.records.parts import Part, Parts, PartsPlan, PartsSection
from desktop.ui.reminders.words import reminded_words, reminder_entries, reminder_parts
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry

AMOUNTS = ("cents", "granted_cents", "paid_cents")
ANSWER_TONES = {str(ValidationAnswer.GIVEN): "ok", str(ValidationAnswer.REFUSED): "bad"}


def lacking_words(detail: ActionDetail) -> tuple[str, str]:
    """Say which accord an action lacks, and since when it is awaited; nothing where it lacks
    none."""
    lacking = detail.lacking
    if not lacking:
        return "", ""
    parties = {one if isinstance(one, Party) else Party(one.party) for one in lacking}
    missing = (_("The two accords are missing.") if len(parties) == 2 else
               _("The accord of the State is missing.") if Party.STATE in parties else
               _("The accord of the agglomeration is missing."))
    asked = [_since(one) for one in lacking if isinstance(one, ValidationRow)]
    return missing, " ".join(
        [*(words for words in asked if words), _("Without it the action does not begin.")])


def _since(row: ValidationRow) -> str:
    if row.answer == ValidationAnswer.REFUSED:
        return _("Refused: {remark}").format(remark=row.remark)
    asked = day_of(row.asked_on)
    parts = [_("asked for on {day}").format(day=long_date(asked, weekday=False))] if asked else []
    if row.committee:
        parts.append(row.committee)
    until = day_of(row.until_on)
    if until:
        parts.append(_("answer hoped for by {day}").format(day=long_date(until, weekday=False)))
    return ", ".join(parts).capitalize() + "." if parts else ""


class ActionParts(Parts):
    """The parts of one action, and what looks like it."""

    def __init__(self, desk: Desk, row: ActionRow, alike: SimilarSource) -> None:
        self.desk = desk
        action_id = row.id
        super().__init__(desk, action_id, partial(desk.vault.ask, action_detail, action_id), (
            PartsPlan("validation", _("Accords"), "action_id", self._accords, self._ask_entries,
                      _("Ask for an accord"),
                      add=ask_accord, edit=save_accord, on_gesture=self._on_accord, adds=False),
            PartsPlan("reminder", _("Reminders"), "action_id", reminder_parts, reminder_entries,
                      "", adds=False),
            PartsPlan("action_funding", _("Funding"), "action_id", _fundings, self._money_entries,
                      _("Add an amount"),
                      before_save=_cents, from_record=_typed),
            PartsPlan("notice", _("Told to the members"), "action_id", _notices,
                      self._notice_entries, _("Note a notice"),
                      _("Not told yet.")),
            PartsPlan("follow_up", _("Follow-up"), "action_id", _follow_ups, self._follow_entries,
                      _("Add a line"),
                      _("Nothing was noted yet.")),
        ))
        self._alike = SimilarStrip(desk, alike, row.id)
        self._alike.look_for(row.title)
        box = self.layout()
        if box is not None:
            box.addWidget(self._alike)
            self._history = HistoryBox(desk, "action", row.id,
                                       tuple((kind, "action_id") for kind in self.sections))
            box.addWidget(self._history)

    def refresh(self) -> None:
        super().refresh()
        section = self.sections["reminder"]
        section.setVisible(section.is_filled)
        if getattr(self, "_history", None) is not None:
            self._history.refresh()

    # Accords

    def _accords(self, detail: ActionDetail) -> Sequence[Part]:
        asked = {v.party: v for v in detail.validations}
        wanted = [str(party) for party in Party if detail.is_funded or party in asked]
        reminded: dict[str, ReminderRow] = {}
        for one in detail.reminders:
            reminded.setdefault(one.party, one)
        return [self._accord(party, asked.get(party), reminded.get(party)) for party in wanted]

    def _accord(self, party: str, row: ValidationRow | None, reminder: ReminderRow | None) -> Part:
        name = choice_label("validation_party", party)
        if row is None:
            return Part(party, None, name, chip=(_("not asked for"), "neutral"),
                        gestures=(("ask", _("Ask…")),))
        state = choice_label("validation_answer", row.answer) or _("awaited")
        said = [_day(row.answered_on), row.by, row.remark] if row.answer else [
            _("asked for on {day}").format(day=_day(row.asked_on)) if row.asked_on else "",
            row.committee,
            reminded_words(reminder) if reminder is not None else ""]
        gestures = [] if row.answer else [("remind", _("Remind"))]
        if not row.answer and self._speaks_for(party):
            gestures.append(("answer", _("Note the answer…")))
        return Part(party, row.id, name, " · ".join(part for part in said if part),
                    (state.lower(), ANSWER_TONES.get(row.answer, "warn")), tuple(gestures))

    def _speaks_for(self, party: str) -> bool:
        roles = self.desk.vault.identity.roles
        return not roles or bool(roles & BY_PARTY.get(party, frozenset()))

    def _on_accord(self, section: PartsSection, part: Part, gesture: str) -> None:
        if gesture == "ask":
            section.add({"party": part.key}, self._ask_entries)
        elif gesture == "remind" and part.id is not None:
            vault, found = self.desk.vault, part.id
            section.run(lambda: vault.do(remind_accord, found), _("The reminder is noted."))
        elif part.id is not None:
            section.edit(part.id, self._answer_entries,
                         {"answered_on": self.desk.today().isoformat()})

    def _ask_entries(self) -> list[Entry]:
        return [Entry("asked_on", _("Asked on"), "date", initial=self.desk.today().isoformat(),
                      past=True),
                Entry("committee", _("Committee")),
                Entry("until_on", _("Answer hoped for by"), "date")]

    def _answer_entries(self) -> list[Entry]:
        return [Entry("answer", _("Answer"), "choice", lambda: options.fixed("validation_answer"),
                      required=True),
                Entry("answered_on", _("Answered on"), "date", past=True),
                Entry("by", _("By whom")),
                Entry("remark", _("Remark"), "lines", names="members",
                      hint=_("Needed for a refusal."))]

    # Money, notices, follow-up

    def _money_entries(self) -> list[Entry]:
        return [
            Entry("source", _("Source"), "choice", lambda: options.fixed("funding"), required=True),
                Entry("label", _("Label")),
            Entry("cents", _("Requested (€)"), required=True, hint="1 250,50"),
                Entry("granted_cents", _("Granted (€)")), Entry("paid_cents", _("Paid (€)")),
                Entry("year", _("Year"), initial=str(self.desk.today().year)),
            Entry("file_number", _("File number"))]

    def _notice_entries(self) -> list[Entry]:
        return [Entry("on", _("On"), "date", required=True, initial=self.desk.today().isoformat(),
                      past=True),
                Entry("how", _("How"), "choice", lambda: options.fixed("notice_how")),
                Entry("text", _("Text"), "lines")]

    def _follow_entries(self) -> list[Entry]:
        return [Entry("text", _("What was done"), "lines", required=True, names="members"),
                Entry("on", _("On"), "date", required=True, initial=self.desk.today().isoformat(),
                      past=True)]

    # Gestures of one key

    def answer(self) -> None:
        """Note the answer of the first party that is awaited, or ask it."""
        detail = self.desk.vault.ask(action_detail, self.sections["validation"].owner)
        section = self.sections["validation"]
        for part in self._accords(detail) if detail is not None else ():
            names = [name for name, _words in part.gestures]
            if "answer" in names or "ask" in names:
                self._on_accord(section, part, "answer" if "answer" in names else "ask")
                return

    def follow(self) -> None:
        """Open the form of a line of the follow-up."""
        if self.sections["follow_up"].writes:
            self.sections["follow_up"].add()

    def tell(self) -> None:
        """Note that the members were told in a meeting, today."""
        section = self.sections["notice"]
        if section.writes:
            section.run(lambda: self.desk.vault.do(announce, section.owner),
                        _("Noted: told to the members today."))


def _day(text: str) -> str:
    found = day_of(text)
    return short_date(found) if found else ""


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    year = values.get("year")
    return values | {name: typed_euros(values.get(name))
                     for name in AMOUNTS} | {"year": str(year) if year else ""}


def _cents(values: dict[str, Any]) -> dict[str, Any]:
    year = str(values.get("year") or "").strip()
    return values | {name: cents_of(values.get(name), name) for name in AMOUNTS} | {
        "year": int(year) if year.isdecimal() else year or None}


def _fundings(detail: ActionDetail) -> Sequence[Part]:
    lines = [Part(str(row.id), row.id, " · ".join(part for part in (
        choice_label("funding", row.source), row.label, str(row.year or "")) if part), _money(row))
             for row in detail.fundings]
    if len(lines) > 1:
        total = _("Total: {amount}").format(amount=euros(sum(row.cents for row in detail.fundings)))
        lines.append(Part("total", None, total))
    return lines


def _money(row: FundingRow) -> str:
    parts = [_("requested {amount}").format(amount=euros(row.cents))]
    if row.granted is not None:
        parts.append(_("granted {amount}").format(amount=euros(row.granted)))
    if row.paid is not None:
        parts.append(_("paid {amount}").format(amount=euros(row.paid)))
    if row.file_number:
        parts.append(_("file {number}").format(number=row.file_number))
    return " · ".join(parts)


def _notices(detail: ActionDetail) -> Sequence[Part]:
    return [Part(str(row.id), row.id,
                 long_date(date.fromisoformat(row.on), weekday=False) if day_of(row.on) else "",
                 " · ".join(part for part in (choice_label("notice_how", row.how), row.meeting,
                                              row.text) if part))
            for row in detail.notices]


def _follow_ups(detail: ActionDetail) -> Sequence[Part]:
    return [Part(str(row.id), row.id, row.text, _day(row.on)) for row in detail.follow_ups]


__all__ = ["ActionParts", "lacking_words"]
