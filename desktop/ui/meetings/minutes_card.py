"""The minutes of a meeting on their way: what is missing, circulated, validated, corrected."""

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.base.dates.french import long_date
from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.commands.minutes import abandon_correction, begin_correction, circulate, validate
from desktop.models.authority import Verb, may, names_of, roles_for
from desktop.models.states import MeetingState, is_frozen, is_over
from desktop.queries.documents.frozen import KeptMinutes
from desktop.queries.follow_up import MeetingFollowUp, follow_up_of
from desktop.queries.gaps import Gap
from desktop.queries.meetings.rows import MeetingDetail
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.basics import Card, button, label, rule
from desktop.ui.widgets.icons import pixmap
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import tokens


class MinutesCard(Card):
    """Where the minutes of one meeting stand, and the next step. `gap_asked` tells which warning is
    to be mended."""

    gap_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Minutes of the meeting"))
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self._asking = False
        self.reason: QLineEdit | None = None
        self._parts = KeyedColumn(8)
        self.box.addLayout(self._parts)

    def show_minutes(self, meeting: MeetingDetail, found: MeetingFollowUp) -> None:
        """Show one meeting's; a reason that is being typed stays."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self._asking = False
        self.meeting = meeting
        parts: list[KeyedPart] = []
        if not is_over(meeting.state):
            parts.append(
                _words("early", _("They can be closed once the session is closed."), "muted"))
        if not is_frozen(meeting.state):
            parts += self._gaps(found)
        if meeting.state == MeetingState.MINUTES_DRAFT:
            parts += self._draft(found)
        elif meeting.state == MeetingState.CORRECTION:
            parts.append(
                _sign("correcting", _("Being corrected: {reason}").format(reason=found.correction),
                      "pencil"))
            parts.append(self._office_buttons("correction",
                                              (_("Validate the correction"), self._validate, True),
                                       (_("Give the correction up"), self._abandon, False)))
        parts += self._versions(found)
        if is_frozen(meeting.state):
            if found.changed_since:
                parts.append(
                    _sign("changed", _("The notes changed on another device after the validation: "
                                       "a correction can take that in."), "triangle-alert"))
            parts += self._correction()
        self._parts.show_parts(parts)

    def _office_buttons(self, key: str, *wanted: tuple[str, Callable[[], None], bool]) -> KeyedPart:
        """Gestures on validated minutes, or who may do them."""
        if may(self.desk.vault.identity.roles, "minutes_version"):
            return self._buttons(key, *wanted)
        return _words(key, _("Minutes are validated and corrected by: {roles}").format(
            roles=names_of(roles_for("minutes_version", Verb.EDIT))), "muted")

    def _buttons(self, key: str, *wanted: tuple[str, Callable[[], None], bool]) -> KeyedPart:
        def make() -> QWidget:
            whole = QWidget()
            line = Flow()
            line.setContentsMargins(0, 0, 0, 0)
            whole.setLayout(line)
            for words, do, first in wanted:
                line.addWidget(button(words, do, style="primary" if first else ""))
            return whole

        return KeyedPart(key, tuple((words, first) for words, _do, first in wanted), make)

    def _gaps(self, found: MeetingFollowUp) -> list[KeyedPart]:
        return ([KeyedPart(("gap", gap), gap, partial(self._gap, gap))
                 for gap in dict.fromkeys(found.gaps)]
                or [_sign("whole", _("Nothing is missing."), "circle-check")])

    def _gap(self, gap: Gap) -> QWidget:
        whole = _signed(gap.text, "triangle-alert")
        line = whole.layout()
        if line is not None:
            line.addWidget(button(_("Go there"), partial(self.gap_asked.emit, gap), style="quiet",
                                  icon_name="arrow-right",
                                  tip=_("Go there: {what}").format(what=gap.text)))
        return whole

    def _draft(self, found: MeetingFollowUp) -> list[KeyedPart]:
        parts = []
        if found.remarks_until is not None:
            over = found.remarks_until < self.desk.today()
            words = (_("The time for remarks ended on {date}.") if over
                     else _("Circulated: remarks are awaited until {date}."))
            parts.append(
                _words("remarks", words.format(date=long_date(found.remarks_until)), "muted"))
        count = len(found.gaps)
        validating = (ngettext("Validate all the same ({count} gap)",
                               "Validate all the same ({count} gaps)", count).format(
                                   count=count) if count else _("Validate the minutes"))
        circulating = (
            (_("Circulate the draft (15 days for remarks)"), self._circulate, not count),)
        sending = circulating if found.remarks_until is None else ()
        validation = validating, self._validate, found.remarks_until is not None and not count
        if may(self.desk.vault.identity.roles, "minutes_version"):
            return [*parts, self._buttons("draft", *sending, validation)]
        return [*parts, *([self._buttons("circulate", *sending)] if sending else ()),
                self._office_buttons("draft", validation)]

    @staticmethod
    def _versions(found: MeetingFollowUp) -> list[KeyedPart]:
        return [KeyedPart(("version", version.id), version, partial(_version, version))
                for version in reversed(found.versions)]

    def _correction(self) -> list[KeyedPart]:
        if not self._asking:
            return [self._office_buttons("ask", (_("Correct…"), self._ask, False))]
        return [KeyedPart("reason", None, self._line_of_reason),
                self._buttons("begin", (_("Begin the correction"), self._begin, True),
                              (_("Cancel"), self._leave, False))]

    def _line_of_reason(self) -> QWidget:
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("What is to be corrected, in a few words"))
        self.reason.setAccessibleName(_("Reason of the correction"))
        self.reason.returnPressed.connect(self._begin)
        return self.reason

    def _ask(self) -> None:
        self._asking = True
        self._again()
        if self.reason is not None:
            self.reason.setFocus()

    def _leave(self) -> None:
        self._asking, self.reason = False, None
        self._again()

    def _again(self) -> None:
        if self.meeting is not None:
            found = self.desk.vault.ask(follow_up_of, self.meeting.id, self.desk.today())
            if found is not None:
                self.show_minutes(self.meeting, found)

    def _circulate(self) -> None:
        if self.meeting is not None:
            until = self.desk.vault.do(circulate, self.meeting.id, self.desk.today())
            self.desk.done(_("Remarks are awaited until {date}.").format(date=long_date(until)))
            self.desk.print([Printable("minutes", self.meeting.id),
                             Printable("minutes_internal", self.meeting.id)])

    def _validate(self) -> None:
        if self.meeting is not None:
            self.desk.vault.do(validate, self.meeting.id, self.desk.today(),
                               self.desk.vault.identity.person_id)
            self.desk.done(_("The minutes are validated: this version no longer changes."))

    def _begin(self) -> None:
        if self.meeting is None or self.reason is None:
            return
        try:
            self.desk.vault.do(begin_correction, self.meeting.id, self.reason.text())
        except AppError as error:
            self.desk.messages.say(error.message)
            return
        self._asking, self.reason = False, None
        self.desk.done(_("The notes and the roll-call can be written on again."))

    def _abandon(self) -> None:
        if self.meeting is not None:
            self.desk.vault.do(abandon_correction, self.meeting.id)
            self.desk.done(_("The correction is given up; the validated version is in force."))


def _words(key: str, words: str, style: str) -> KeyedPart:
    return KeyedPart(key, words, lambda: label(words, style, wrap=True))


def _sign(key: Hashable, words: str, icon: str) -> KeyedPart:
    return KeyedPart(key, (words, icon), partial(_signed, words, icon))


def _signed(words: str, icon: str) -> QWidget:
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    sign = label("")
    sign.setPixmap(pixmap(icon, 18, tokens().ok if icon == "circle-check" else tokens().warn))
    line.addWidget(sign)
    line.addWidget(label(words, wrap=True), 1)
    return whole


def _twice(version: KeptMinutes) -> str:
    if version.in_force:
        return _("{version}: another text was validated under the same number. This one is "
                 "printed; a correction settles it.")
    return _("{version}: another text was validated under the same number, and is the one that is "
             "printed. Both are kept.")


def _version(version: KeptMinutes) -> QWidget:
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(rule())
    name = (_("Validated on {date}") if version.number == 1
            else _("Correction no. {number} of {date}")).format(
                number=version.number - 1,
                date=long_date(version.validated_on) if version.validated_on else "—")
    by = _("by {name}").format(name=version.validated_by) if version.validated_by else ""
    said = " ".join(part for part in (name, by) if part)
    if not version.whole:
        said = (_("{version}: it is not what was validated that day. Do not circulate it.")
                .format(version=name))
    elif version.again:
        said = _twice(version).format(version=said)
    is_sound = version.whole and not version.again
    box.addWidget(_signed(said, "circle-check" if is_sound else "triangle-alert"))
    if version.reason:
        box.addWidget(label(version.reason, "small", wrap=True))
    fingerprint = label(_("Fingerprint {start}…").format(start=version.fingerprint[:16]), "small")
    fingerprint.setToolTip(version.fingerprint)
    box.addWidget(fingerprint)
    return whole
