"""Territory: the neighbourhoods, communes and zones, and the words of the lists, as the
coordination keeps them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from desktop.base.dates.french import short_date
from desktop.base.i18n import N_, _, language, ngettext
from desktop.commands.places import add_place, add_term, declare_complete, verify
from desktop.exchange.territory.places import (
    COMPLETED,
    CONFIRMED,
    NEW,
    REFUSED,
    RENAMED,
    SAME,
    PlaceLine,
    PlacesDone,
    PlacesPlan,
    import_places,
    plan_places,
)
from desktop.models.authority import may
from desktop.models.choices import label as choice_label
from desktop.models.rules.observations import SMALLEST_COMMUNE
from desktop.queries.places import (
    PlaceDetail,
    TermDetail,
    TerritoryState,
    communes_and_zones,
    neighbourhoods_of,
    terms_in,
    territory_state,
    vocabularies,
)
from desktop.ui.places.parts import PlaceParts, TermParts, day_words
from desktop.ui.records import options
from desktop.ui.records.importing import ImportCard, ImportPlan
from desktop.ui.records.parts import PARTS_KEYS
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox
from desktop.ui.widgets.lists.columns import Column

LISTS = {
    "ages": N_("Ages"), "consequences": N_("Consequences"), "criteria": N_("Criteria"),
    "domains": N_("Domains"),
    "evidence": N_("Evidence"), "forms": N_("Forms"), "genders": N_("Genders"),
    "no_recourse_reasons": N_("Why nothing was done"),
    "qualifications": N_("Legal views"), "recourses": N_("Recourses"),
    "repetitions": N_("Repetition"),
    "settings": N_("Settings"), "sources": N_("How it is known"),
}
"""Vocabulary -> what it is called on this screen; one that is not here is called by its code."""
STATES = {NEW: N_("new"), RENAMED: N_("renamed"), COMPLETED: N_("completed"),
          CONFIRMED: N_("confirmed"),
          SAME: N_("already there"), REFUSED: N_("left out")}
TONES = {NEW: "ok", RENAMED: "accent", COMPLETED: "accent", CONFIRMED: "ok", SAME: "neutral",
         REFUSED: "bad"}


class PlacesWorkspace(RegistersWorkspace):
    """The screen of the territory."""

    name = "places"
    icon = "building-2"
    areas = frozenset({"vocabularies"})
    keys = (*REGISTER_KEYS, *PARTS_KEYS,
            ("Ctrl+V", N_("in a list: import the neighbourhoods copied from a spreadsheet")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Territory"), (
            neighbourhoods_plan(desk), communes_plan(desk), words_plan(desk)))
        self.writes = may(desk.vault.identity.roles, "place")
        self.import_button = button(_("Import"), self.begin_import, icon_name="download",
                                    tip=_("Neighbourhoods from a spreadsheet; Ctrl+V in a list "
                                          "pastes its lines"))
        self.header.insertWidget(self.header.count() - len(self.registers) * 2, self.import_button)
        self.import_button.setVisible(self.writes)
        self.told = label("", "muted", wrap=True)
        self.complete = WrappedCheckBox(_("The list of neighbourhoods is complete"))
        self.complete.setEnabled(self.writes)
        self.complete.clicked.connect(self._on_complete)
        line = Flow(16)
        line.add(self.told, 1, readable=300)
        line.addWidget(self.complete)
        self.page.insertLayout(1, line)
        self.importing = ImportCard(desk, import_plan(), self.end_import)
        self.importing.hide()
        for register in self.registers:
            register.forms.opened.connect(self.show_lists)
        self.page.addWidget(self.importing, 1)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._on_paste)

    def refresh(self) -> None:
        super().refresh()
        state = self.desk.vault.ask(territory_state, self.desk.today())
        self.told.setText(state_words(state))
        self.complete.setChecked(state.is_complete)

    def _on_complete(self, checked: bool) -> None:
        self.desk.vault.do(declare_complete, checked)
        self.refresh()
        self.desk.done(_("Saved on this computer."))

    def begin_import(self, text: str = "") -> None:
        """Show what a table of neighbourhoods holds, in the place of the lists."""
        self.stack.hide()
        self.importing.show()
        self.importing.begin(text)

    def end_import(self) -> None:
        """Back to the lists."""
        self.show_tab(0)
        self.register.table.setFocus()

    def show_lists(self) -> None:
        """Show the lists in the place of what would be imported."""
        self.importing.hide()
        self.stack.show()

    def show_tab(self, number: int) -> None:
        self.show_lists()
        super().show_tab(number)

    def _on_paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if self.writes and ("\t" in text or "\n" in text.strip()):
            self.begin_import(text)


def state_words(state: TerritoryState) -> str:
    """Say how complete and how fresh the places are."""
    said = [ngettext("{count} neighbourhood", "{count} neighbourhoods", state.neighbourhoods)
            .format(count=state.neighbourhoods)]
    if not state.is_complete:
        said.append(_("list to be completed by the coordination"))
    if state.unsure:
        said.append(ngettext("{count} whose code is to be confirmed",
                             "{count} whose code is to be confirmed",
                             state.unsure).format(count=state.unsure))
    if state.old:
        said.append(ngettext("{count} place verified more than 12 months ago",
                             "{count} places verified more than 12 months ago",
                             state.old).format(count=state.old))
    if state.population_year:
        said.append(_("populations of {year}").format(year=state.population_year))
    return " · ".join(said)


def _people(count: int | None) -> str:
    return "" if count is None else f"{count:,}".replace(",", "\u202f")


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text)) if text else ""


def _state(row: PlaceDetail, today: date) -> tuple[str, str]:
    if row.is_over(today):
        return _("ended"), "neutral"
    if row.to_confirm:
        return _("to be confirmed"), "warn"
    return (_("to be verified"), "warn") if row.is_old(today) else (_("verified"), "ok")


def _gestures(desk: Desk) -> tuple[tuple[str, str, Callable[[PlaceDetail], None]], ...]:
    """Offer “Verified today” to who may write it."""
    def write(row: PlaceDetail) -> None:
        desk.vault.do(verify, row.id)
        desk.done(_("{name}: verified today.").format(name=row.name))

    return (((_("Verified today"), "check", write),) if may(desk.vault.identity.roles, "place")
            else ())


def neighbourhoods_plan(desk: Desk) -> RegisterPlan:
    """Return the neighbourhoods of the politique de la ville."""
    def sheet(row: PlaceDetail) -> RecordSheet:
        alert = ("", "")
        if row.is_old(desk.today()) and not row.is_over(desk.today()) and not row.to_confirm:
            alert = (_("Verified more than 12 months ago."),
                     _("Check it against the official list, then write the day."))
        return RecordSheet(row.name, ", ".join((row.parent, *row.others)),
                           (_state(row, desk.today()),), (
                               Fact(_("Code"), row.code),
                               Fact(_("Population"), _people(row.population)),
                               Fact(_("Generation (year)"), row.generation),
                               Fact(_("Source"), row.source),
                               Fact(_("Verified on"), day_words(row.verified_on))), (), alert)

    def add(values: dict[str, Any]) -> Any:
        return desk.vault.do(add_place, {"kind": "neighbourhood", **{
            name: value for name, value in values.items() if value not in (None, [], "")}})

    return RegisterPlan(
        kind="place", name=_("Neighbourhoods"), icon="building-2",
        columns=(Column[PlaceDetail](_("Neighbourhood"), lambda row: row.name, strong=True),
                 Column[PlaceDetail](_("Commune"), lambda row: ", ".join((row.parent, *row.others)),
                                     width=150),
                 Column[PlaceDetail](_("Code"), lambda row: row.code, width=120),
                 Column[PlaceDetail](_("State"), lambda row: _state(row, desk.today())[0],
                                     tone=lambda row: _state(row, desk.today())[1], width=120)),
        rows=neighbourhoods_of, sheet=sheet,
        entries=lambda: [
            Entry("name", _("Name"), required=True, wide=True,
                  hint=_("Here a fault of spelling is corrected; “Rename” below the sheet keeps "
                         "the name on older records.")),
            Entry("code", _("Code (QN…)"),
                  hint=_("Empty: known by its name alone, to be confirmed.")),
            Entry("parent_code", _("Commune"), "choice", lambda: options.places(desk, "commune"),
                  required=True),
            Entry("other_communes", _("Other communes"), "choices",
                  lambda: options.places(desk, "commune")),
            Entry("population", _("Population"), "number"),
            Entry("generation", _("Generation (year)"), initial="2024"),
            Entry("source", _("Source")),
            Entry("verified_on", _("Verified on"), "date", past=True)],
        add=add, buttons=_gestures(desk), extra=lambda row: PlaceParts(desk, row),
        new_label=_("New neighbourhood"),
        empty_title=_("No neighbourhood yet"),
        empty_text=_("Add each priority neighbourhood, or import the list of the communes from a "
                     "spreadsheet."), shares=(5, 4))


def communes_plan(desk: Desk) -> RegisterPlan:
    """Return the communes, and the zones that stand for the small ones."""
    def sheet(row: PlaceDetail) -> RecordSheet:
        sections = (
            (ngettext("{count} commune", "{count} communes", len(row.inside))
             .format(count=len(row.inside)),
             [("", name) for name in row.inside]),) if row.inside else ()
        alert = ("", "")
        if row.kind == "zone" and row.people < SMALLEST_COMMUNE:
            alert = (_("This zone has {count} inhabitants: fewer than 2,000 tell too much.")
                     .format(count=row.people),
                     _("Put more communes into it."))
        return RecordSheet(row.name, row.parent,
                     ((choice_label("place_kind", row.kind), "accent"), _state(row, desk.today())),
                     (
                         Fact(_("Code"), row.code),
                         Fact(_("Population"),
                              _people(row.people if row.kind == "zone" else row.population)),
                         Fact(_("Source"), row.source),
                         Fact(_("Verified on"), day_words(row.verified_on))), sections, alert)

    return RegisterPlan(
        kind="place", name=_("Communes and zones"), icon="building-2",
        columns=(Column[PlaceDetail](_("Place"), lambda row: row.name, strong=True),
                 Column[PlaceDetail](_("Kind"), lambda row: choice_label("place_kind", row.kind),
                                     width=100),
                 Column[PlaceDetail](_("Population"),
                                     lambda row: _people(row.people if row.kind == "zone"
                                                         else row.population),
                                     key=lambda row: row.people if row.kind == "zone"
                                     else row.population or 0, width=100,
                                     right=True),
                 Column[PlaceDetail](_("Zone"), lambda row: row.parent, width=200)),
        rows=communes_and_zones, sheet=sheet,
        entries=lambda: [
            Entry("kind", _("Kind"), "choice",
                  lambda: [(code, choice_label("place_kind", code))
                           for code in ("commune", "zone")],
                  required=True, initial="commune"),
            Entry("name", _("Name"), required=True, wide=True),
            Entry("code", _("Code"),
                  hint=_("Of a commune its INSEE code; of a zone it may be left empty.")),
            Entry("population", _("Population"), "number"),
            Entry("parent_code", _("Zone"), "choice", lambda: options.places(desk, "zone"),
                  hint=_("For a commune under 2,000 inhabitants alone.")),
            Entry("source", _("Source")),
            Entry("verified_on", _("Verified on"), "date", past=True)],
        add=lambda values: desk.vault.do(add_place,
                                         {n: v for n, v in values.items() if v not in (None, "")}),
        buttons=_gestures(desk), extra=lambda row: PlaceParts(desk, row),
        new_label=_("New commune or zone"),
        empty_title=_("No commune yet"),
        empty_text=_("The communes come with the file of the territory."), shares=(5, 4))


def list_name(vocabulary: str) -> str:
    """Return what a vocabulary is called."""
    return _(LISTS[vocabulary]) if vocabulary in LISTS else vocabulary


def words_plan(desk: Desk) -> RegisterPlan:
    """Return the words of the lists that forms offer."""
    def sheet(row: TermDetail) -> RecordSheet:
        over = row.is_over(desk.today())
        return RecordSheet(row.label_fr, list_name(row.vocabulary),
                     ((_("ended"), "neutral") if over else (_("in force"), "ok"),), (
                         Fact(_("English label"), row.label_en), Fact(_("Code"), row.code),
                         Fact(_("Everyday words"), row.also),
                         Fact(_("Source"), row.source),
                         Fact(_("Verified on"), day_words(row.verified_on))))

    def families() -> list[tuple[str, str]]:
        return [pair for name in ("criterion_families", "domain_families")
                for pair in options.terms(desk, name)]

    return RegisterPlan(
        kind="term", name=_("Words of the lists"), icon="building-2",
        columns=(Column[TermDetail](_("Word"), lambda row: row.label_en
                                    if language() == "en" and row.label_en else row.label_fr,
                                    strong=True),
                 Column[TermDetail](_("List"), lambda row: list_name(row.vocabulary), width=170),
                 Column[TermDetail](_("Until"), lambda row: _day(row.valid_to),
                                    key=lambda row: row.valid_to, width=100)),
        rows=terms_in, sheet=sheet,
        entries=lambda: [
            Entry("vocabulary", _("List"), "choice", required=True,
                  options=lambda: [(name, list_name(name))
                                   for name in desk.vault.ask(vocabularies)]),
            Entry("label_fr", _("French label"), required=True, wide=True),
            Entry("label_en", _("English label"), wide=True),
            Entry("also", _("Everyday words"), wide=True,
                  hint=_("With commas: a form finds this word by each of them.")),
            Entry("family", _("Family"), "choice", families, hint=_("For criteria and domains.")),
            Entry("source", _("Source")),
            Entry("verified_on", _("Verified on"), "date", past=True)],
        add=lambda values: desk.vault.do(add_term,
                                         {n: v for n, v in values.items() if v not in (None, "")}),
        extra=lambda row: TermParts(desk, row), new_label=_("New word"),
        empty_title=_("No word yet"),
        empty_text=_("The words of the lists come with Carnet; the coordination adds its own."),
        shares=(5, 4))


def import_plan() -> ImportPlan:
    """How neighbourhoods are imported."""
    return ImportPlan(
        name="importing-places", title=_("Import neighbourhoods"),
        about=_("Copy the lines in your spreadsheet and paste them here, or choose a file. The "
                "first line names the columns: code, nom, commune, population, génération, source, "
                "vérifié le. A neighbourhood in several communes has a line for each."),
        example="code;nom;commune;population",
        columns=(Column[PlaceLine](_("Line"), lambda row: str(row.number),
                                   key=lambda row: row.number, width=60, right=True),
                 Column[PlaceLine](_("Neighbourhood"), lambda row: row.name, strong=True,
                                   width=280),
                 Column[PlaceLine](_("Code"), lambda row: row.code, width=120),
                 Column[PlaceLine](_("What"), lambda row: _(STATES[row.state]),
                                   tone=lambda row: TONES[row.state], width=120),
                 Column[PlaceLine](_("Why"), lambda row: row.reason)),
        read=plan_places, write=import_places,
        wanted=lambda plan: len(plan.lines) - plan.count(REFUSED),
        summary=_import_summary, done=_import_done,
        kinds=f"{_('Tables')} (*.csv *.tsv *.txt *.xlsx *.ods);;* (*)")


def _import_summary(plan: PlacesPlan) -> str:
    parts = [f"{plan.count(state)} {_(words)}" for state, words in STATES.items()
             if plan.count(state)]
    return "  ".join((" · ".join(parts), *plan.told))


def _import_done(done: PlacesDone) -> str:
    parts = [ngettext("{count} neighbourhood added", "{count} neighbourhoods added", done.added)
             .format(count=done.added)]
    if done.changed:
        parts.append(ngettext("{count} completed", "{count} completed", done.changed)
                     .format(count=done.changed))
    return ", ".join(parts) + "."
