"""The observatory's report on paper: key figures and charts, tables with what is protected, what
changed, the certificate.

What is published holds figures alone (`draw`). The report for the partners' table (`draw_report`)
adds the actions that answer, by their titles, as they stand on the day of printing.
"""

from collections.abc import Callable, Sequence
from datetime import date

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from desktop.base.dates.french import long_date, month_label, short_date
from desktop.base.i18n import ngettext, words_in
from desktop.models.choices import label as choice_label
from desktop.models.states import ActionState, ObservationState
from desktop.privacy.disclosure.periods import first_day, last_day
from desktop.privacy.disclosure.rules import PERCENT_BASE
from desktop.queries.counted_records import NOT_ANSWERED, WITH_RECOURSE
from desktop.queries.documents.changes import AnsweredReports, PublicationReport
from desktop.queries.documents.parts import Heading
from desktop.queries.documents.publication import (
    BASELINE_SOURCE,
    LIMITS,
    NO_RECOURSE_BASELINE,
    REASON,
    Publication,
    PublishedTable,
    certificate_lines,
    grid_of,
    period_words,
)
from desktop.reports.page.document import (
    Frameset,
    Heading1,
    build,
    headed,
    paragraph,
    separator,
    width_of,
)
from desktop.reports.page.figures import (
    FIGURE,
    Bar,
    Bars,
    Hatch,
    KeyFigure,
    box,
    figure_cell,
    key_figures,
)
from desktop.reports.page.fonts import FONT
from desktop.reports.page.marks import DASH, DASHED, KEPT, PART, RING, Mark, read_table
from desktop.reports.page.table import cell

CHARTS = ("domain_family", "criterion_family", "quarter", "zone")
"""Tables that the first page draws as bars, two beside each other."""
APART = {"incidents", "referrals", "internships", "no_recourse"}
LABEL, GUTTER = 40 * mm, 8 * mm
COLUMNS = 8
"""A wider table is turned: its columns are its rows."""
MARK_OF = {ActionState.DONE: KEPT, ActionState.UNDER_WAY: PART, ActionState.SUSPENDED: DASHED,
           ActionState.GIVEN_UP: DASH}
Words = Callable[[str], str]


def draw(publication: Publication, publisher: str, territory: str) -> bytes:
    """Return the report as a PDF, without a word of what was written in the vault."""
    return _Report(publication, publisher, territory).pdf(None)


def draw_report(report: PublicationReport) -> bytes:
    """Return the report as a PDF, with the actions that answer what was reported."""
    return _Report(report.publication, report.publisher, report.territory).pdf(report)


class _Report:
    """One report, as it is set."""

    def __init__(self, publication: Publication, publisher: str, territory: str) -> None:
        self.publication, self.release = publication, publication.release
        self.words: Words = words_in(self.release.language)
        _ = self.words
        self.title = _("Observatory of discriminations, {period}").format(
            period=period_words(self.release.window, self.release.language))
        published = _("published on {day}").format(
            day=long_date(date.fromisoformat(self.release.made_on), weekday=False))
        self.around = Frameset(
            Heading(publisher, territory, "", "", date.fromisoformat(self.release.made_on)),
            self.title, status=published, code=publication.audience)
        self.width = width_of(self.around)
        self.tables = {table.name: table for table in publication.tables}
        self.base = max((table.base for table in publication.tables
                         if table.name not in APART), default=0)

    def pdf(self, report: PublicationReport | None) -> bytes:
        """Return the bytes of the whole."""
        story = [*self._first_page(), CondPageBreak(self.around.size[1]), *self._tables()]
        if report is not None:
            story += self._changes(report)
        return build(self.around, [*story, *self._certificate()])

    # The first page

    def _first_page(self) -> list[Flowable]:
        _ = self.words
        first, last = first_day(self.release.window), last_day(self.release.window)
        between = _("Reports collected from {first} to {last}.").format(
            first=month_label(first.isoformat()[:7]), last=month_label(last.isoformat()[:7]))
        reader = (_("Report for the public.") if self.release.audience == "public"
                  else _("Report for the partners of the collective."))
        return [
            Heading1(self.title, fontSize=18, leading=23, spaceBefore=0, spaceAfter=2),
            paragraph(f"{reader} {between}", spaceAfter=8),
            *([paragraph(lead, fontSize=13, leading=19, spaceAfter=10)]
              if (lead := self._lead()) else []),
            key_figures(self._key_figures(), self.width), Spacer(1, 14), *self._charts(),
            Spacer(1, 8),
            KeepTogether([box(_("What these figures do not say"), _(LIMITS), self.width)])]

    def _lead(self) -> str:
        """Return the largest shown domain and criterion in a sentence; nothing under the base of a
        share."""
        _ = self.words
        if self.base < PERCENT_BASE:
            return ""
        said = []
        for name, sentence in (
                ("domain_family", _("Of {base} reports, {count} are about: {label}.")),
                ("criterion_family", _("The ground most often perceived is: {label} "
                                       "({count} reports)."))):
            table = self.tables.get(name)
            shown = [] if table is None else [
                (value, one.label) for one in table.categories[0][1:]
                if (value := table.value(one.code)) is not None]
            if shown:
                count, label = max(shown)
                said.append(sentence.format(base=self.base, count=count, label=label.lower()))
        return " ".join(said)

    def _key_figures(self) -> list[KeyFigure]:
        _ = self.words
        proof, base = self.release.proof, self.base
        found = [KeyFigure(_number(base), ngettext("report", "reports", base),
                           _("by {count} organisations").format(count=proof.organisations)
                           if proof.organisations else "")]
        follow_up = self.tables.get("follow_up")
        for state, words in ((ObservationState.LINKED, _("linked with an action")),
                             (ObservationState.QUALIFIED, _("examined"))):
            value = follow_up.value(state) if follow_up is not None else None
            if value is not None:
                share = (_("{share} %").format(share=round(100 * value / base))
                         if base >= PERCENT_BASE else "")
                found.append(KeyFigure(_number(value), words, share))
        apart = self.tables.get("incidents")
        if apart is not None:
            found.append(KeyFigure(_number(apart.base), _("words and violence"),
                                   _("counted apart")))
        return found

    def _charts(self) -> list[Flowable]:
        tables = [self.tables[name] for name in CHARTS if name in self.tables]
        each = (self.width - GUTTER) / 2
        most = max((cell.value or 0 for table in tables for cell in table.cells
                    if "TOTAL" not in cell.codes), default=1)
        unit = (each - LABEL - FIGURE) / max(1, most)
        rows: list[list[Flowable]] = [
            [Heading1(table.title, spaceBefore=6), self._bars(table, each, unit)]
            for table in tables]
        found: list[Flowable] = []
        for at in range(0, len(rows), 2):
            pair: list[list[Flowable]] = [*rows[at:at + 2], *([[]] if at + 1 == len(rows) else [])]
            beside = Table([[pair[0], "", pair[1]]], colWidths=[each, GUTTER, each])
            beside.setStyle(TableStyle([
                ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]))
            found.append(beside)
        if any(table.hidden for table in tables):
            found.append(self._key(sum(table.hidden for table in tables),
                                   sum(len(table.cells) for table in tables)))
        return found

    def _bars(self, table: PublishedTable, width: float, unit: float) -> Bars:
        return Bars([Bar(one.label, table.value(one.code)) for one in table.categories[0][1:]],
                    width, LABEL, unit)

    # Tables

    def _tables(self) -> list[Flowable]:
        _ = self.words
        found: list[Flowable] = []
        for table in self.publication.tables:
            if table.name == "no_recourse":
                found += self._no_recourse(table)
            elif table.name not in CHARTS:
                found += self._table(table)
        if self.publication.missing:
            found += [Heading1(_("Not published")),
                      paragraph(_(
                          "Too much of these tables would have been protected: {titles}.").format(
                              titles=separator().join(
                                  title[0].lower() + title[1:]
                                  for title in self.publication.missing)))]
        return found

    def _table(self, table: PublishedTable) -> list[Flowable]:
        _ = self.words
        lines = grid_of(table)
        if len(lines[0]) == 2:
            lines[0][1] = _("How many")
        if len(lines[0]) > COLUMNS + 1 and len(lines) <= COLUMNS + 1:
            lines = [list(line) for line in zip(*lines, strict=True)]
        first = min(60 * mm, max(40 * mm, self.width - (len(lines[0]) - 1) * 24 * mm))
        each = (self.width - first) / (len(lines[0]) - 1)
        if len(lines[0]) == 2:
            first, each = 90 * mm, 30 * mm
        widths = [first, *[each] * (len(lines[0]) - 1)]
        rows: list[list[object]] = []
        for number, line in enumerate(lines):
            bold = number in (0, len(lines) - 1)
            row: list[object] = [
                cell(str(line[0]), first, bold=bold, size=10 if not number else 11)]
            for value, wide in zip(line[1:], widths[1:], strict=True):
                if isinstance(value, str):
                    head = cell(value, wide, bold=True, size=10)
                    head.style.alignment = 2
                    row.append(head)
                else:
                    row.append(figure_cell(value, wide, bold=bold))
            rows.append(row)
        grid = read_table(rows, widths, [("ALIGN", (1, 0), (-1, -1), "RIGHT")])
        grid.hAlign = "LEFT"
        found = [*headed(Heading1(table.title), grid), Spacer(1, 3)]
        if table.name == "incidents":
            found.append(paragraph(_(
                "These reports are in no total of this report: they are not of the remit of the "
                "Défenseur des droits. Who can act: the police (17), the gendarmerie, the PHAROS "
                "platform; figures of the ODIHR and the DILCRAH count them apart too.")))
        if table.hidden:
            found.append(self._key(table.hidden, len(table.cells)))
        return [*found, Spacer(1, 8)]

    def _key(self, hidden: int, whole: int) -> Flowable:
        _ = self.words
        text = _("Protected cell, {hidden} of {whole}. {reason} Zero is protected as a small "
                 "number is; the report does not say which.").format(
                     hidden=hidden, whole=whole, reason=_(REASON).partition(": ")[2].capitalize()
                     or _(REASON))
        mark = Hatch("LEFT")
        made = Table([[mark, paragraph(text)]], colWidths=[14 * mm, self.width - 14 * mm])
        made.setStyle(TableStyle([
            ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (0, 0), 5), ("TOPPADDING", (1, 0), (1, 0), 2)]))
        return made

    def _no_recourse(self, table: PublishedTable) -> list[Flowable]:
        _ = self.words
        sought = [table.value(code) for code in (WITH_RECOURSE, NOT_ANSWERED)]
        without = (table.base - sum(value for value in sought if value is not None)
                   if None not in sought else 0)
        shares = without >= PERCENT_BASE
        room = self.width - LABEL - 20 * mm - 2 * FIGURE
        reasons = [one for one in table.categories[0][1:]
                   if one.code not in (WITH_RECOURSE, NOT_ANSWERED)]
        most = max((table.value(one.code) or 0 for one in reasons), default=0) or 1
        bars = []
        for one in reasons:
            value = table.value(one.code)
            if shares and value is not None:
                share, base = round(100 * value / without), NO_RECOURSE_BASELINE.get(one.code)
                words = _("{share} %").format(share=share) + (
                    " " + _("({share} %)").format(share=base) if base is not None else "")
                bars.append(Bar(one.label, share, words, base))
            else:
                bars.append(Bar(one.label, value))
        longest = max((max(bar.value or 0, bar.mark or 0) for bar in bars), default=0) or most
        chart = Bars(bars, self.width, LABEL + 20 * mm, room / longest)
        said = (_("{count} reports without a recourse; in brackets and by the upright mark: "
                  "{source}").format(count=without, source=_(BASELINE_SOURCE)) if shares else
                _("Too few reports without a recourse are shown to give shares of them."))
        found = [*headed(Heading1(table.title), chart), paragraph(said)]
        if table.hidden:
            found.append(self._key(table.hidden, len(table.cells)))
        return [*found, Spacer(1, 8)]

    # What changed

    def _changes(self, report: PublicationReport) -> list[Flowable]:
        _ = self.words
        lead = paragraph(_("What was reported, the action that answers, its state on {day}.")
                         .format(
                             day=long_date(report.on, weekday=False)))
        if not report.answered:
            return [*headed(Heading1(_("What this changes")), lead),
                    paragraph(_("No report of this period is linked with an action yet."))]
        shares = (0.24, 0.33, 0.22, 0.03, 0.18)
        widths = [share * self.width for share in shares]
        rows: list[list[object]] = [[cell(text, wide, bold=True, size=10) for text, wide in zip(
            (_("Reported"), _("Action of the plan"), _("Owner"), "", _("State")), widths,
            strict=True)]]
        rows += [self._change(one, widths) for one in report.answered]
        found = [*headed(Heading1(_("What this changes")), lead), Spacer(1, 3),
                 read_table(rows, widths, [("VALIGN", (0, 1), (-1, -1), "TOP")]), Spacer(1, 4)]
        if report.unanswered:
            listed = ", ".join(_("{label} ({count} reports)").format(label=label, count=count)
                               for label, count in report.unanswered)
            found.append(paragraph(_("Without an answer so far: {domains}.").format(
                domains=listed)))
        return [*found, Spacer(1, 10)]

    def _change(self, one: AnsweredReports, widths: Sequence[float]) -> list[object]:
        _ = self.words
        action = one.action
        figure = (ngettext("{count} report", "{count} reports", one.count)
                  .format(count=one.count) if one.count is not None else _("figure protected"))
        who = " · ".join(part for part in (action.organisation or action.owner, action.axis)
                         if part)
        when = short_date(action.due_on) if action.due_on else ""
        state = ActionState(action.state)
        lacks = _("accord awaited") if action.lacking and action.is_open else ""
        said = (choice_label("action_state", state), when, lacks)
        # One text a cell: such a row goes on over a page where a title is long.
        return [cell(f"{one.about or _('Several domains')}\n{figure}", widths[0]),
                cell(action.title, widths[1], bold=True), cell(who, widths[2]),
                Mark(MARK_OF.get(state, RING), centred=False),
                cell("\n".join(part for part in said if part), widths[4])]

    # The certificate

    def _certificate(self) -> list[Flowable]:
        lines = certificate_lines(self.publication)
        rule = Table([[""]], colWidths=[self.width], rowHeights=[4])
        rule.setStyle(TableStyle([("FONTNAME", (0, 0), (-1, -1), FONT),
                                  ("LINEABOVE", (0, 0), (-1, -1), 0.5, black)]))
        return [KeepTogether([rule, Heading1(lines[0], spaceBefore=2),
                              *(paragraph(line, spaceAfter=3) for line in lines[2:])])]


def marked(mark: str, words: str, width: float) -> Table:
    """Return a mark with its word beside it, in a cell."""
    made = Table([[Mark(mark, centred=False), cell(words, width - 6 * mm, bold=True)]],
                 colWidths=[6 * mm, width - 6 * mm], hAlign="LEFT")
    made.setStyle(TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]))
    return made


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


