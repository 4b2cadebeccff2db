"""One of each widget of the house as it is met in use, on a page of its own, for its test and its
picture."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.reports.page.qr import squares_of
from desktop.ui.screen.messages import Messages
from desktop.ui.unlocking.passphrase import PassphraseFields
from desktop.ui.widgets.basics import Card, Chip, Chips, Empty, button, label
from desktop.ui.widgets.chart import ColumnBars, RowBars
from desktop.ui.widgets.fields.dates import DateField, MomentField
from desktop.ui.widgets.fields.form import Entry, Form
from desktop.ui.widgets.fields.people import Newcomer, People, PeopleField
from desktop.ui.widgets.layout.tab import TabGroup
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table
from desktop.ui.widgets.qr import QrPicture

WIDTH = 720
TODAY = date(2026, 11, 22)
KNOWN = (("1", "BENALI Fatima, CCAS"), ("2", "MARTIN Jean, CPAM"),
         ("3", "MARTIN Jean, Sambre-Logis"))


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    id: int
    title: str
    owner: str
    state: str
    tone: str
    count: int


LINES = (
    Line(1, "Imprimer le dépliant en six langues et l’afficher dans les halls", "BENALI Fatima",
         "En cours", "accent", 3),
    Line(2, "Former les agents d’accueil", "DE LA ROCHEFOUCAULD-VANDENBERGHE Anne-Sophie",
         "À valider", "warn", 12),
    Line(3, "Rencontrer les bailleurs", "MARTIN Jean", "Faite", "ok", 104),
    Line(4, "Recenser les stages", "", "Abandonnée", "bad", 0),
)


def _people() -> People:
    def add(someone: Newcomer) -> str:
        raise LookupError(someone.words)

    return People(lambda: KNOWN, lambda: ["CCAS", "CPAM", "Sambre-Logis"], add)


def _table() -> QWidget:
    made = Table("Actions", (
        Column[Line]("Action", lambda row: row.title, strong=True),
        Column[Line]("Responsable", lambda row: row.owner, width=170),
        Column[Line]("Suivis", lambda row: str(row.count), key=lambda row: row.count, width=80,
                     right=True),
        Column[Line]("État", lambda row: row.state, tone=lambda row: row.tone, width=120)))
    made.set_rows(LINES)
    made.selectRow(1)
    made.setFixedHeight(220)
    return made


def _form() -> QWidget:
    made = Form([
        Entry("title", "Titre", required=True, wide=True),
        Entry("owner", "Responsable", "person", people=_people()),
        Entry("kind", "Type", "choice", lambda: [("copil", "Comité de pilotage")], required=True),
        Entry("due", "Échéance", "date"), Entry("starts", "Début", "moment"),
        Entry("quorum", "Quorum", "number"),
        Entry("month", "Mois", "month"), Entry("confidential", "Confidentiel", "yes"),
        Entry("notes", "Notes", "lines",
              hint="Des professionnels seulement : jamais une victime ni un témoin."),
        Entry("domains", "Domaines", "choices",
              lambda: [("a", "Emploi privé"), ("b", "Logement social"), ("c", "Santé")])],
        today=lambda: TODAY)
    made.set_values({"title": "Afficher la charte", "owner": "1", "due": "2026-11-27",
                     "starts": "2027-01-12T14:00",
                     "quorum": 8, "notes": "Prévoir l’affiche.", "domains": ["b"]})
    return made


def _chips() -> QWidget:
    words = [("En cours", "accent"), ("Faite", "ok"), ("cette semaine", "warn"),
             ("en retard", "bad"), ("Idée", "neutral")]
    made = QWidget()
    column = QVBoxLayout(made)
    one = QHBoxLayout()
    for text, tone in words:
        one.addWidget(Chip(text, tone))
    one.addStretch(1)
    column.addLayout(one)
    column.addWidget(Chips(words * 3))
    return made


def _person() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for typed in ("1", "jean martin", "Zoé Châtaigne"):
        field = PeopleField("Responsable", _people())
        field.set_value(typed)
        field.line.editingFinished.emit()
        column.addWidget(field)
    return made


def _dates() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for typed in ("", "sous 15 j", "après les vacances"):
        field = DateField("Échéance", lambda: TODAY)
        field.set_value(typed)
        if typed.startswith("après"):
            field.line.editingFinished.emit()
        column.addWidget(field)
    moment = MomentField("Début", lambda: TODAY)
    moment.set_value("2027-01-12T14:30")
    column.addWidget(moment)
    return made


def _charts() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.addWidget(
        RowBars("Domaines", [("Emploi privé", 34),
                             ("Logement social et hébergement d’urgence des familles", 21),
                             ("Santé", 0)]))
    column.addWidget(
        ColumnBars("Par mois", [("sept.", 12), ("oct.", 3), ("nov.", 27), ("déc.", 0)], floor=5))
    return made


def _empty() -> QWidget:
    made = Empty("calendar-days", "Aucune réunion",
                 "Préparez la première : son ordre du jour, ceux que l’on attend.",
                 button("Nouvelle réunion", icon_name="plus"))
    made.setFixedHeight(320)
    return made


def _toast() -> QWidget:
    made = QWidget()
    made.setFixedHeight(120)
    messages = Messages(made)
    made.resize(WIDTH - 76, 120)
    messages.say("Enregistré sur cet ordinateur.", lambda: None)
    return made


def _progress() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.addWidget(label("Sauvegarde en cours…", "small"))
    bar = QProgressBar()
    bar.setRange(0, 100)
    bar.setValue(42)
    bar.setTextVisible(False)
    column.addWidget(bar)
    strength = PassphraseFields(lambda: None)
    strength.passphrase.setText("cerisier bleu du jardin")
    strength.measure()
    column.addWidget(strength)
    return made


def _tabs() -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    group = TabGroup(made, ("Préparation", "Séance", "Suite"))
    for tab in group.tabs:
        line.addWidget(tab)
    group.choose(1)
    return made


def _square() -> QWidget:
    rows = squares_of("CARNET1:AEBAGBAFAYDQQCIK:CARNET")
    assert rows is not None
    made = QWidget()
    box = QHBoxLayout(made)
    box.addWidget(QrPicture(rows, "Un texte, pour l’appareil photo d’un téléphone"))
    box.addWidget(label("L’autre personne photographie le carré.", wrap=True), 1)
    return made


SPECIMENS: dict[str, Callable[[], QWidget]] = {
    "table": _table, "form": _form, "chips": _chips, "people": _person, "dates": _dates,
    "charts": _charts, "empty": _empty,
    "toast": _toast, "progress": _progress, "tabs": _tabs, "square": _square,
}


def page(inside: QWidget | None) -> QWidget:
    """A card that holds it, laid out and shown."""
    made = QWidget()
    made.setObjectName("page")
    made.setFixedWidth(WIDTH)
    card = Card()
    if inside is not None:
        card.box.addWidget(inside)
    box = QVBoxLayout(made)
    box.setContentsMargins(18, 18, 18, 18)
    box.addWidget(card)
    made.show()
    # The first pass gives widths, the second the heights that follow from them.
    for _pass in range(4):
        QApplication.processEvents()
        made.adjustSize()
    return made


def picture(folder: Path, name: str, theme: str) -> Path:
    """The file of a widget's picture."""
    return folder / f"widget-{name}-{theme}.png"
