"""The tables of a release as they are read: categories with their words, values, what is
protected."""

from dataclasses import dataclass
from datetime import date
from itertools import product

from desktop.base.dates.french import long_date
from desktop.base.i18n import N_, words_in
from desktop.privacy.disclosure.cells import JOIN, TOTAL, Cell, CountTable
from desktop.privacy.disclosure.periods import quarters_of
from desktop.privacy.disclosure.release import FrozenRelease, PopulationPart

FREE, CONFIDENTIAL = "F", "C"
"""Codes of the SDMX list CL_CONF_STATUS."""

TITLES = {
    "domain_family": N_("Reports by domain"),
    "criterion_family": N_("Reports by criterion"),
    "quarter": N_("Reports by calendar quarter"),
    "zone": N_("Reports by place"),
    "follow_up": N_("What became of the reports"),
    "no_recourse": N_("Why no recourse was sought"),
    "late": N_("Reports that came after their period was closed"),
    "criterion_family_by_domain_family": N_("Reports by criterion and domain"),
    "domain_family_by_zone": N_("Reports by domain and place"),
    "incidents": N_("Words and violence by criterion"),
    "referrals": N_("Referrals by kind"),
    "internships": N_("Searches for an internship by outcome and place"),
}
DIMENSIONS = {
    "criterion": N_("Criterion"),
    "domain": N_("Domain"),
    "zone": N_("Place"),
    "follow_up": N_("Follow-up"),
    "no_recourse": N_("Reason"),
    "late": N_("Arrival"),
    "quarter": N_("Calendar quarter"),
    "kind": N_("Kind"),
    "outcome": N_("Outcome"),
    "place": N_("Place"),
}
AUDIENCES = {"partenaires": N_("Partners"), "public": N_("Public")}
REASON = N_(
    "Protected: the figure, or another that can be computed from it, could single somebody out."
)
"""The one reason that is told of a hidden cell."""
NOT_PUBLISHED = N_("Not published: too much of this table would have been protected.")
"""The one reason that is told of a table that is not there."""
ALL = N_("All together")

NO_RECOURSE_BASELINE = {"INUTILE": 43, "NE_SAVAIT_PAS": 36, "PEUR": 26, "PAS_CONSCIENCE": 25,
                        "PAS_DE_PREUVE": 20}
"""Reason -> how many in a hundred gave it to the Défenseur des droits (several could be given)."""
BASELINE_SOURCE = N_(
    "Défenseur des droits, annual report 2024: other people were asked, several reasons could be "
    "given. What differs proves nothing."
)
LIMITS = N_(
    "These figures count reports that the organisations of the collective took down. They do not "
    "measure how frequent discriminations are: most are reported nowhere. A published period does "
    "not change any more: what comes later counts in the next one."
)
"""The sentence that stands beside every figure."""


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a dimension, with its words."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One cell: a code of each dimension (`TOTAL` for margins), its value, or None where it is
    protected."""

    codes: tuple[str, ...]
    value: int | None

    @property
    def conf_status(self) -> str:
        """F for what is free to read, C for what is confidential, whatever the reason."""
        return FREE if self.value is not None else CONFIDENTIAL


@dataclass(frozen=True, kw_only=True)
class PublishedTable:
    """One table: a row for each combination of its categories, margins first. `base`: the total
    of its records."""

    name: str
    title: str
    dimensions: tuple[str, ...]
    headings: tuple[str, ...]
    categories: tuple[tuple[Category, ...], ...]
    cells: tuple[PublishedCell, ...]
    base: int

    @property
    def hidden(self) -> int:
        """How many cells are protected."""
        return sum(cell.value is None for cell in self.cells)

    def value(self, *codes: str) -> int | None:
        """Return the value of a cell; None where it is protected, or the table has no such cell."""
        return next((cell.value for cell in self.cells if cell.codes == codes), None)


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A release as it is read. `missing`: titles of the tables that are not published."""

    release: FrozenRelease
    audience: str
    tables: tuple[PublishedTable, ...]
    missing: tuple[str, ...]


def publication_of(release: FrozenRelease) -> Publication:
    """Put a release into words, those of its own day and language."""
    _ = words_in(release.language)
    tables, missing = [], []
    for name, part in release.parts.items():
        tables += [_table(release, part, table) for table in part.tables]
        missing += [_(TITLES[dropped]) for dropped in part.dropped]
        if part.told is None:
            missing.append(_(TITLES[name]) if name in TITLES else name)
    return Publication(
        release=release,
        audience=_(AUDIENCES[release.audience]),
        tables=tuple(tables),
        missing=tuple(missing),
    )


def _table(release: FrozenRelease, part: PopulationPart, table: CountTable) -> PublishedTable:
    _ = words_in(release.language)
    assert part.told is not None
    visible = part.told.visible
    total = Category(TOTAL, _(ALL))
    categories = tuple(
        (total, *(Category(code, _label(release, name, code)) for code in codes))
        for name, codes in table.axes
    )
    cells = []
    for picked in product(*categories):
        at = [
            (name, c.code)
            for (name, _codes), c in zip(table.axes, picked, strict=True)
            if c.code != TOTAL
        ]
        cell = (
            Cell(at[0][1])
            if at and at[0][0] == "quarter"
            else Cell(table.window, tuple(sorted(at)))
        )
        cells.append(PublishedCell(tuple(c.code for c in picked), visible.get(cell)))
    return PublishedTable(
        name=table.name,
        title=_(TITLES[table.name]),
        dimensions=tuple(name for name, _codes in table.axes),
        headings=tuple(_(DIMENSIONS[name]) for name, _codes in table.axes),
        categories=categories,
        cells=tuple(cells),
        base=visible[Cell(table.window)],
    )


def _label(release: FrozenRelease, dimension: str, code: str) -> str:
    if dimension == "quarter":
        return quarter_label(code)
    parts = (release.words.get(f"{dimension}:{part}", part) for part in code.split(JOIN))
    return " · ".join(parts)


def quarter_label(window: str) -> str:
    """Return a quarter as tables write it: « T3 2026 »."""
    year, quarter = quarters_of(window)[0].split("-")
    return f"{quarter} {year}"


def grid_of(table: PublishedTable) -> list[list[str | int | None]]:
    """Return a table as it is read: categories of the first dimension down, of the second across,
    margins last; None is protected."""
    down = [*table.categories[0][1:], table.categories[0][0]]
    if len(table.dimensions) == 1:
        head: list[str | int | None] = [table.headings[0], table.title]
        return [head, *([row.label, table.value(row.code)] for row in down)]
    across = [*table.categories[1][1:], table.categories[1][0]]
    return [
        [f"{table.headings[0]} / {table.headings[1]}", *(c.label for c in across)],
        *([row.label, *(table.value(row.code, column.code) for column in across)] for row in down),
    ]


def title_of(publication: Publication) -> str:
    """Return the title of a publication, with its audience."""
    _ = words_in(publication.release.language)
    return _("Observatory of discriminations, {period}, {audience}").format(
        period=period_words(publication.release.window, publication.release.language),
        audience=publication.audience.lower(),
    )


def period_words(window: str, language: str) -> str:
    """Return a window in words: « année 2025 », « 1er semestre 2025 », « années 2024 et 2025 »."""
    _ = words_in(language)
    quarters = quarters_of(window)
    year = quarters[0][:4]
    match len(quarters):
        case 1:
            words = (_("1st quarter of {year}"), _("2nd quarter of {year}"),
                     _("3rd quarter of {year}"), _("4th quarter of {year}"))
            return words[int(window[-1]) - 1].format(year=year)
        case 2:
            halves = _("1st half of {year}"), _("2nd half of {year}")
            return halves[int(window[-1]) - 1].format(year=year)
        case 4:
            return _("year {year}").format(year=year)
        case _two:
            return _("years {first} and {last}").format(first=year, last=quarters[-1][:4])


def certificate_lines(publication: Publication) -> list[str]:
    """Return the certificate in words."""
    _ = words_in(publication.release.language)
    proof = publication.release.proof
    lines = [
        _("Certificate of non-disclosure"),
        title_of(publication),
        _("Made on {day}, threshold {k}: no figure under {k} is shown, zero included.").format(
            day=long_date(date.fromisoformat(publication.release.made_on), weekday=False), k=proof.k
        ),
        _(
            "Carnet tried to find every protected cell out, with all totals, as somebody from "
            "outside, then as each of {count} reporting organisations with its own records in "
            "hand. Publications attacked together: {together}."
        ).format(together=proof.together, count=proof.organisations),
        _("Protected cells: {hidden}. Cells found out: 0.").format(hidden=proof.hidden),
    ]
    if proof.narrowest is not None:
        lines.append(
            _("The cell that is known best may still be anything from {low} to {high}.").format(
                low=proof.narrowest[0], high=proof.narrowest[1]
            )
        )
    return [
        *lines,
        _(
            "This was checked by whole-number tables that agree with all that is published, "
            "without the solver that found them."
        ),
        _("Two organisations that put their records together are not promised anything."),
        _("Release {name}").format(name=publication.release.sha256),
    ]
