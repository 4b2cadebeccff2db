"""Formations: who is to be trained or trained anew, how each organisation stands, the programmes
with their sessions."""

from datetime import date
from functools import partial
from typing import Any

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import _, ngettext
from desktop.queries.trainings import (
    Followed,
    OrganisationTrained,
    Trained,
    TrainedRow,
    TrainingRow,
    organisations_trained,
    trained_rows,
    trainings_of,
)
from desktop.queries.trainings_words import hours_words, share_words, state_words
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import NEW_TRAINING, Desk, Printable
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column

TONES = {Trained.TO_TRAIN: "warn", Trained.TO_REFRESH: "warn", Trained.TRAINED: "ok"}


def followed_words(one: Followed) -> str:
    """Say what was followed of a session: 3 half-days of 4."""
    return ngettext("{count} half-day of {whole}", "{count} half-days of {whole}",
                    one.half_days).format(
                        count=one.half_days, whole=one.whole)


class TrainingsWorkspace(RegistersWorkspace):
    """The screen of trainings."""

    name = "trainings"
    icon = "presentation"
    areas = frozenset({"trainings", "meetings", "attendance", "directory"})
    keys = REGISTER_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Trainings"),
                         (self._people(desk), self._organisations(desk), self._programmes(desk)))

    def _people(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="trained_person", name=_("People"), icon="users",
            columns=(Column[TrainedRow](_("Person"), lambda row: row.name, strong=True),
                     Column[TrainedRow](_("Organisation"), lambda row: row.organisation, width=160),
                     Column[TrainedRow](_("Trained on"), lambda row: _day(row.last_on),
                                        key=lambda row: row.last_on, width=116),
                     Column[TrainedRow](_("Hours"), lambda row: hours_words(row.hours),
                                        key=lambda row: row.hours, width=84,
                                        right=True),
                     Column[TrainedRow](_("State"), lambda row: state_words(row.state),
                                        tone=lambda row: TONES[row.state],
                                        width=160)),
            rows=_by_need, arguments=lambda: (desk.today(),), sheet=_person_sheet, entries=list,
            new_label=_("New session"), begin=partial(desk.go, "meetings", part=NEW_TRAINING),
            empty_title=_("Nobody yet"),
            empty_text=_("The people of the directory come here, with the trainings that they "
                         "followed."),
            open=lambda row: desk.go("directory", row.id))

    def _organisations(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="trained_organisation", name=_("Organisations"), icon="building-2",
            columns=(
                Column[OrganisationTrained](_("Organisation"), lambda row: row.name, strong=True),
                     Column[OrganisationTrained](_("Trained"),
                                                 lambda row: share_words(row.trained, row.people),
                                                 key=lambda row: row.trained, width=110),
                     Column[OrganisationTrained](_("Hours"), lambda row: hours_words(row.hours),
                                                 key=lambda row: row.hours,
                                                 width=100, right=True)),
            rows=organisations_trained, arguments=lambda: (desk.today(),),
            sheet=_organisation_sheet, entries=list,
            new_label=_("New session"), begin=partial(desk.go, "meetings", part=NEW_TRAINING),
            empty_title=_("No organisation yet"),
            empty_text=_("The organisations of the directory come here, with how many of their "
                         "people are trained."),
            open=lambda row: desk.go("directory", row.id))

    def _programmes(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="training", name=_("Programmes"), icon="presentation",
            columns=(Column[TrainingRow](_("Programme"), lambda row: row.title, strong=True),
                     Column[TrainingRow](_("For whom"), lambda row: row.audience, width=170),
                     Column[TrainingRow](_("Sessions"), lambda row: str(len(row.sessions)),
                                         key=lambda row: len(row.sessions),
                                         width=90, right=True),
                     Column[TrainingRow](_("Followed whole"), lambda row: str(row.complete),
                                         key=lambda row: row.complete,
                                         width=120, right=True)),
            rows=trainings_of, arguments=lambda: (desk.today(),), sheet=_programme_sheet,
            entries=lambda: [
                Entry("title", _("Title"), required=True, wide=True),
                Entry("audience", _("For whom")),
                Entry("trainer", _("Trainer")), Entry("content", _("Content"), "lines"),
                Entry("refresh_months", _("To be refreshed after (months)"), "number", initial=36)],
            before_save=lambda values: values
            | {"refresh_months": values.get("refresh_months") or None},
            new_label=_("New programme"), empty_title=_("No programme yet"),
            empty_text=_("A programme has one or several sessions: meetings of the kind “Training” "
                         "that name it."))

    def printables(self) -> list[Printable]:
        return [Printable("trainings")]


def _by_need(session: Any, today: date) -> list[TrainedRow]:
    """Those to be trained anew first, then those to be trained: what is to be done before what
    is."""
    order = (Trained.TO_REFRESH, Trained.TO_TRAIN, Trained.TRAINED)
    return sorted(trained_rows(session, today), key=lambda row: order.index(row.state))


def _person_sheet(row: TrainedRow) -> RecordSheet:
    said = (_("To be refreshed by {day}").format(day=long_date(row.until, weekday=False))
            if row.until else "")
    lines = [(short_date(one.on), " · ".join((one.title, followed_words(one))))
             for one in row.followed]
    return RecordSheet(row.name, row.organisation, ((state_words(row.state), TONES[row.state]),),
                 (Fact("", said), Fact(_("Hours"), hours_words(row.hours))),
                 ((_("Trainings followed"), lines),))


def _organisation_sheet(row: OrganisationTrained) -> RecordSheet:
    sections = [(_("To be refreshed"), Trained.TO_REFRESH), (_("To be trained"), Trained.TO_TRAIN),
                (_("Trained"), Trained.TRAINED)]
    return RecordSheet(row.name, share_words(row.trained, row.people), (),
                 (Fact(_("Hours"), hours_words(row.hours)),), tuple(
                     (title, [(_day(one.last_on), one.name) for one in row.rows
                              if one.state is state]) for title, state in sections))


def _programme_sheet(row: TrainingRow) -> RecordSheet:
    lines = [(" · ".join(part for part in (_day(one.on), one.place) if part),
              " · ".join(part
                         for part
                         in (one.title,
                             ngettext("{count} person", "{count} people", one.present).format(
                                 count=one.present) if one.is_past else _("to come")) if part))
             for one in row.sessions]
    refreshed = ngettext("{count} month", "{count} months", row.refresh_months).format(
        count=row.refresh_months) if row.refresh_months else ""
    return RecordSheet(row.title, row.audience, (), (
        Fact(_("Trainer"), row.trainer), Fact(_("Content"), row.content),
        Fact(_("To be refreshed after"), refreshed),
        Fact(_("Followed whole"), str(row.complete))), ((_("Sessions"), lines),))


def _day(day: date | None) -> str:
    return short_date(day) if day else ""
