"""The minutes of a meeting on their way: what is missing, circulated, validated, corrected."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.base.dates.french import long_date
from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.commands.minutes import abandon_correction, begin_correction, circulate, validate
from desktop.queries.follow_up import FollowUp, follow_up_of
from desktop.queries.meetings import MeetingDetail
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.basics import Card, button, empty_layout, label, rule
from desktop.ui.widgets.icons import pixmap
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import tokens


class MinutesCard(Card):
    """Where the minutes of one meeting stand, and the next step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Minutes of the meeting"))
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self._asking = False
        self.reason: QLineEdit | None = None
        self._inside = QVBoxLayout()
        self.box.addLayout(self._inside)

    def show_minutes(self, meeting: MeetingDetail, found: FollowUp) -> None:
        """Show one meeting's."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self._asking = False
        typed = self.reason.text() if self.reason is not None else ""
        self.meeting, self.reason = meeting, None
        empty_layout(self._inside)
        if meeting.state in ("brouillon", "convoquee", "en_seance"):
            self._inside.addWidget(label(_("They can be closed once the session is closed."), "muted", wrap=True))
        if meeting.state not in ("valide", "archivee"):
            self._show_gaps(found)
        if meeting.state == "projet":
            self._show_draft(found)
        elif meeting.state == "rectification":
            self._say(_("Being corrected: {reason}").format(reason=found.correction), "pencil")
            self._buttons((_("Validate the correction"), self._validate, True), (_("Give the correction up"), self._abandon,
                                                                                 False))
        self._show_versions(found)
        if meeting.state in ("valide", "archivee"):
            if found.changed_since:
                self._say(_("The notes changed on another device after the validation: a correction can take that in."),
                          "triangle-alert")
            self._show_correction(typed)

    def _say(self, words: str, icon: str) -> None:
        line = QHBoxLayout()
        sign = label("")
        sign.setPixmap(pixmap(icon, 18, tokens().ok if icon == "circle-check" else tokens().warn))
        line.addWidget(sign)
        line.addWidget(label(words, wrap=True), 1)
        self._inside.addLayout(line)

    def _buttons(self, *wanted: tuple[str, Callable[[], None], bool]) -> None:
        line = Flow()
        for words, do, first in wanted:
            line.addWidget(button(words, do, style="primary" if first else ""))
        self._inside.addLayout(line)

    def _show_gaps(self, found: FollowUp) -> None:
        for gap in found.gaps:
            self._say(gap, "triangle-alert")
        if not found.gaps:
            self._say(_("Nothing is missing."), "circle-check")

    def _show_draft(self, found: FollowUp) -> None:
        if found.remarks_until is not None:
            over = found.remarks_until < self.desk.today()
            words = _("The time for remarks ended on {date}.") if over else _("Circulated: remarks are awaited until {date}.")
            self._inside.addWidget(label(words.format(date=long_date(found.remarks_until)), "muted", wrap=True))
        count = len(found.gaps)
        validating = (ngettext("Validate all the same ({count} gap)", "Validate all the same ({count} gaps)", count).format(
            count=count) if count else _("Validate the minutes"))
        circulating = ((_("Circulate the draft (15 days for remarks)"), self._circulate, not count),)
        self._buttons(*(circulating if found.remarks_until is None else ()),
                      (validating, self._validate, found.remarks_until is not None and not count))

    def _show_versions(self, found: FollowUp) -> None:
        for version in reversed(found.versions):
            self._inside.addWidget(rule())
            name = (_("Validated on {date}") if version.number == 1 else _("Correction no. {number} of {date}")).format(
                number=version.number - 1, date=long_date(version.validated_on) if version.validated_on else "—")
            by = _("by {name}").format(name=version.validated_by) if version.validated_by else ""
            self._say(" ".join(part for part in (name, by) if part) if version.whole else
                      _("{version}: it is not what was validated that day. Do not circulate it.").format(version=name),
                      "circle-check" if version.whole else "triangle-alert")
            if version.reason:
                self._inside.addWidget(label(version.reason, "small", wrap=True))
            print_ = label(_("Fingerprint {start}…").format(start=version.fingerprint[:16]), "small")
            print_.setToolTip(version.fingerprint)
            self._inside.addWidget(print_)

    def _show_correction(self, typed: str) -> None:
        if not self._asking:
            self._buttons((_("Correct…"), self._ask, False))
            return
        self.reason = QLineEdit(typed)
        self.reason.setPlaceholderText(_("What is to be corrected, in a few words"))
        self.reason.setAccessibleName(_("Reason of the correction"))
        self.reason.returnPressed.connect(self._begin)
        self._inside.addWidget(self.reason)
        self._buttons((_("Begin the correction"), self._begin, True), (_("Cancel"), self._leave, False))
        self.reason.setFocus()

    def _ask(self) -> None:
        self._asking = True
        self._again()

    def _leave(self) -> None:
        self._asking = False
        self._again()

    def _again(self) -> None:
        if self.meeting is not None:
            found = self.desk.vault.ask(follow_up_of, self.meeting.id)
            if found is not None:
                self.show_minutes(self.meeting, found)

    def _circulate(self) -> None:
        if self.meeting is not None:
            until = self.desk.vault.do(circulate, self.meeting.id, self.desk.today())
            self.desk.done(_("Remarks are awaited until {date}.").format(date=long_date(until)))
            self.desk.print([Printable("minutes", self.meeting.id), Printable("minutes_internal", self.meeting.id)])

    def _validate(self) -> None:
        if self.meeting is not None:
            self.desk.vault.do(validate, self.meeting.id, self.desk.today(), self.desk.vault.identity.person_id)
            self.desk.done(_("The minutes are validated: this version no longer changes."))

    def _begin(self) -> None:
        if self.meeting is None or self.reason is None:
            return
        try:
            self.desk.vault.do(begin_correction, self.meeting.id, self.reason.text())
        except AppError as error:
            self.desk.messages.say(error.message)
            return
        self._asking = False
        self.desk.done(_("The notes and the roll-call can be written on again."))

    def _abandon(self) -> None:
        if self.meeting is not None:
            self.desk.vault.do(abandon_correction, self.meeting.id)
            self.desk.done(_("The correction is given up; the validated version is in force."))
