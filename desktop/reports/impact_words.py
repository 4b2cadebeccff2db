"""What the impact assessment says: facts of the program, with its limits, and blanks for what the
collective decides.

Gravity and likelihood are proposals on the four levels of the CNIL; whoever signs confirms or
changes them.
"""

from dataclasses import dataclass

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.privacy.disclosure.rules import PARTNERS, PUBLIC, THRESHOLDS
from desktop.privacy.retention import TOLD_DAYS
from desktop.queries.documents.rights import Processing
from desktop.reports.page.sections import BLANK

Section = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Risk:
    """One feared event. Levels go from 1 (negligible) to 4 (maximal), with the measures that
    exist."""

    name: str
    done: str
    before: int
    after: int
    sources: str
    threats: str
    impacts: str
    gravity: int
    likelihood: int
    why: str


def facts(processing: Processing) -> tuple[Section, ...]:
    """Who answers for the assessment, and when it was written."""
    today = long_date(processing.heading.as_of, weekday=False)
    return (
        (_("Controller"), BLANK),
        (_("Data protection officer"), BLANK),
        (_("Written on"), today),
        (_("Next review"), _("within a year, or at any change of purpose")),
    )


def essential() -> tuple[Section, ...]:
    """Return what the first page says."""
    return (
        (
            _("In short"),
            _(
                "The collective keeps its meetings, its plan and an observatory of "
                "discrimination. Reports are written without an identity; the rest is about "
                "people in their function."
            ),
        ),
        (
            _("Why an assessment"),
            _(
                "Reports touch origin, health, beliefs; the people are vulnerable; several "
                "organisations share the tool (GDPR, article 35)."
            ),
        ),
        (_("Conclusion, to be confirmed"), BLANK),
    )


def context(processing: Processing) -> tuple[Section, ...]:
    """Return what is kept, of whom, on what."""
    return (
        (
            _("What it is for"),
            _(
                "To hold meetings and keep their minutes; to follow actions and a plan; to "
                "observe discrimination without naming people; to orient towards help by a code; "
                "to match searches for internships by a code."
            ),
        ),
        (
            _("Who answers for it"),
            "\n".join(
                (
                    _("Controller: {blank}").format(blank=BLANK),
                    _("Joint controllers, if any (article 26): {blank}").format(blank=BLANK),
                    _("Processor that holds the shared folder: {blank}").format(blank=BLANK),
                )
            ),
        ),
        (
            _("Texts that apply"),
            _(
                "GDPR; law of 6 January 1978; law of 27 May 2008 and code pénal 225-1 for the "
                "grounds. Code of conduct or certification: none that Carnet knows of."
            ),
        ),
        (
            _("Data of members"),
            _(
                "Name, function, organisation, professional contact details; presence; decisions "
                "and actions; signature of the charter. On this computer: {people} people, "
                "{organisations} organisations."
            ).format(people=processing.people, organisations=processing.organisations),
        ),
        (
            _("Data of reports"),
            _(
                "Month, place of 2,000 inhabitants or more, field, ground alleged, age bracket "
                "and gender if they were given, account of 600 characters without a name. On this"
                " computer: {observations} observations."
            ).format(observations=processing.observations),
        ),
        (
            _("Data of referrals and searches"),
            _(
                "Two random words and figures as a code, months, steps, outcome. The person alone"
                " holds the link between the code and the name, on paper."
            ),
        ),
        (
            _("Course of the data"),
            _(
                "Written on a worker's computer; sealed and signed; laid in a shared folder; read"
                " by the computers that have the key of the channel; counted, then erased at its "
                "term; published as tables only."
            ),
        ),
        (
            _("What they lie on"),
            _(
                "Computers of members (encrypted vault), shared folder chosen by the collective "
                "(sealed files), USB kits, backups, printed papers: {blank}"
            ).format(blank=BLANK),
        ),
    )


def principles(processing: Processing) -> tuple[Section, ...]:
    """How the principles of the regulation are kept."""
    return (
        (
            _("Purposes"),
            _(
                "Determined, explicit, legitimate: those of the charter and of the plan. Carnet "
                "makes no score, no profile, no automatic decision."
            ),
        ),
        (
            _("Ground"),
            _(
                "Task of public interest for the State, the agglomeration and the communes; "
                "legitimate interest for the other organisations (article 6, 1, e and f). Ground "
                "for sensitive data (article 9, 2): {blank}"
            ).format(blank=BLANK),
        ),
        (
            _("Minimisation"),
            _(
                "No field for the identity of the person, no day, no small commune alone. The "
                "ground alleged is a fact about the treatment, never about the person."
            ),
        ),
        (
            _("Accuracy"),
            _(
                "What a person reported and what a jurist qualified are two fields. Each change "
                "of a record keeps who and when; minutes that were validated are corrected by a "
                "new version alone."
            ),
        ),
        (
            _("Time limits"),
            _(
                "Account of a report: {months} months after it was counted or set aside. Referral"
                " and search: {cases} months after the last step. Bin: {days} days. Attendance "
                "sheets, by kind: see the settings. Directory: {blank}"
            ).format(
                months=processing.account_months,
                cases=processing.case_months,
                days=processing.bin_days,
                blank=BLANK,
            ),
        ),
        (
            _("Information"),
            _(
                "Members: the notice that Carnet prints. People who report: the sentence of "
                "consent in the form and the sheet that is left with them. Where the notice is "
                "posted: {blank}"
            ).format(blank=BLANK),
        ),
        (
            _("Consent"),
            _(
                "The form asks whether the person knows and agrees; the transmission to the CPAM "
                "needs a signed form, kept by the structure and not by Carnet."
            ),
        ),
        (
            _("Rights of members"),
            _(
                "Access and portability: search and export of the directory. Rectification, "
                "erasure: by the coordination, kept in the journal. Objection, restriction: "
                "{blank}"
            ).format(blank=BLANK),
        ),
        (
            _("Rights of people who report"),
            _(
                "A report names nobody: it can only be found again by its author (article 11). "
                "The author can correct it until the team has received it."
            ),
        ),
        (
            _("Processors and transfers"),
            _(
                "Carnet sends nothing to its makers. Contract with the host of the shared folder "
                "(article 28), country: {blank}"
            ).format(blank=BLANK),
        ),
    )


def measures(processing: Processing) -> tuple[Section, ...]:
    """Return what exists in the program."""
    return (
        (
            _("Encryption"),
            _(
                "The vault of each computer is encrypted under its passphrase; each package is "
                "sealed for the computers that may read it, and signed; backups and kits "
                "likewise."
            ),
        ),
        (
            _("Who reads, who writes"),
            _(
                "Roles in signed certificates; one table says who may write what, and every "
                "computer checks it; observations and referrals travel in the channel of the "
                "observatory."
            ),
        ),
        (
            _("Check of texts"),
            _(
                "Names, numbers, addresses, days, unique functions are underlined as one types; "
                "in reports and referrals, numbers that check themselves are refused. It does not"
                " find everything: the watch group reads before anything is counted."
            ),
        ),
        (
            _("Published tables"),
            _(
                "At least {partners} reports for partners and {public} for the public in each "
                "cell, two organisations at least; each release is attacked with all earlier ones"
                " before it leaves."
            ).format(partners=THRESHOLDS[PARTNERS], public=THRESHOLDS[PUBLIC]),
        ),
        (
            _("Traces"),
            _(
                "A journal that is only added to, each entry chained to the one before: prints, "
                "exports, copies, publications, erasures, roles and computers."
            ),
        ),
        (
            _("Erasure"),
            _(
                "At its term, on every computer that holds the record, told {days} days before "
                "for referrals; the journal keeps the kind and the number, never the text."
            ).format(days=TOLD_DAYS),
        ),
        (
            _("Loss and theft"),
            _(
                "Lock by a key, by rest, by the lid; a computer is taken out by the coordination,"
                " which gives new keys; recovery sheet on paper; encrypted backups that can be "
                "tried."
            ),
        ),
        (
            _("Papers"),
            _(
                "Slips bear a code and a month, never a reason. Sheets of presence say their time"
                " limit. What was printed is under the care of who printed it."
            ),
        ),
    )


def risks(processing: Processing) -> tuple[Risk, ...]:
    """Return the feared events, with what is done against each."""
    return (
        Risk(
            name=_("A person recognised in an account"),
            before=3,
            after=2,
            gravity=3,
            likelihood=2,
            done=_(
                "No field for identity, a check of the text, the account read by the watch group "
                "alone and erased {months} months after"
            ).format(months=processing.account_months),
            sources=_("A member who knows the neighbourhood; a relative; the person in question."),
            threats=_(
                "A rare story, a detail that singles out, a name that the check did not find."
            ),
            impacts=_(
                "Reprisals at work, at home, at school; shame; loss of trust in the collective."
            ),
            why=_(
                "The story itself can be recognised: training, reading by two people, and the "
                "right to write nothing."
            ),
        ),
        Risk(
            name=_("A person recognised in a published table"),
            before=3,
            after=1,
            gravity=3,
            likelihood=1,
            done=_(
                "Thresholds of {partners} or {public}, protected cells, an attack by computing "
                "before each publication"
            ).format(partners=THRESHOLDS[PARTNERS], public=THRESHOLDS[PUBLIC]),
            sources=_(
                "A reader who compares two publications; an organisation that removes its own "
                "reports."
            ),
            threats=_("Differences between tables, between dates, small places."),
            impacts=_("A report tied to a person or to an organisation."),
            why=_(
                "Each publication carries its certificate; a table that does not hold is not "
                "published."
            ),
        ),
        Risk(
            name=_("Illegitimate access"),
            before=3,
            after=2,
            gravity=3,
            likelihood=2,
            done=_(
                "Encrypted vault, lock, roles, separate channels, the computer can be taken out"
            ),
            sources=_(
                "A thief, a colleague at the same desk, a former member, the host of the folder."
            ),
            threats=_(
                "Stolen computer, passphrase that is shared or written down, papers left on a "
                "printer."
            ),
            impacts=_("Professional contact details spread; accounts read by who should not."),
            why=_(
                "A vault that is open on an unattended computer can be read: the delay of the "
                "lock is a setting."
            ),
        ),
        Risk(
            name=_("Unwanted change"),
            before=2,
            after=1,
            gravity=2,
            likelihood=1,
            done=_(
                "Signed packages, one table of who may write what, minutes frozen once validated,"
                " history of each field"
            ),
            sources=_("A member by mistake; a member with a program of their own."),
            threats=_("Two people write at once; a false stamp; a decision that is altered."),
            impacts=_("A wrong decision, an accord that was not given, trust that is lost."),
            why=_(
                "Both versions of what two people wrote are kept and shown; a false row is kept "
                "out by every computer."
            ),
        ),
        Risk(
            name=_("Data that disappear"),
            before=2,
            after=1,
            gravity=2,
            likelihood=1,
            done=_(
                "Encrypted backups, the shared folder, a recovery kit, a bin of {days} days"
            ).format(days=processing.bin_days),
            sources=_("A broken disk, an emptied folder, a passphrase that is forgotten."),
            threats=_("No backup for months, a recovery sheet that was never printed."),
            impacts=_(
                "Meetings, plan and figures to be made again; a person who must tell their story "
                "twice."
            ),
            why=_(
                "Every computer holds what it may read; a computer that is alone has its backup "
                "only."
            ),
        ),
    )
