"""How the journal of a computer is said: what was done, in which way, and whether it holds."""

from desktop.base.i18n import N_, _, ngettext
from desktop.models.choices import label
from desktop.models.states import JournalWhat
from desktop.privacy.chain import ALTERED, Break
from desktop.queries.journal import JournalLine, Verified

WHAT: dict[str, str] = {
    JournalWhat.ERASED: N_("Erased for good"), JournalWhat.LEFT: N_("Rows taken out"),
    JournalWhat.PRINTED: N_("Printed"),
    JournalWhat.SAVED: N_("Saved as a file"), JournalWhat.SENT: N_("Put into a message"),
    JournalWhat.EXPORTED: N_("Exported"),
    JournalWhat.COPIED: N_("Copied"), JournalWhat.PUBLISHED: N_("Published"),
    JournalWhat.LET_IN: N_("Let into the collective"),
    JournalWhat.REMOVED: N_("Taken out of the collective"), JournalWhat.ROLES: N_("Roles changed"),
    JournalWhat.READERS: N_("Readers changed")}
HOW = {"age": N_("30 days in the bin were over"), "hand": N_("erased by hand"),
       "exchange": N_("erased on another computer"),
       "late": N_("came late, after what it belonged to was erased"),
       "copy": N_("copied"), "list": N_("listed in the terminal"),
       "show": N_("shown in the terminal"),
       "search": N_("found in the terminal"),
       "account": N_("accounts erased, counted long enough ago"),
       "months": N_("closed long enough ago"), "partenaires": N_("for partners"),
       "public": N_("for the public")}
_OF_ROLES = frozenset({JournalWhat.LET_IN, JournalWhat.REMOVED, JournalWhat.ROLES})


def what_words(entry: JournalLine) -> str:
    """Say what was done."""
    return _(WHAT[entry.what]) if entry.what in WHAT else entry.what


def how_words(entry: JournalLine) -> str:
    """Say in which way it was done, and why."""
    if entry.what in _OF_ROLES:
        how = ", ".join(label("role", role).lower() for role in entry.how.split(",") if role)
    else:
        how = _(HOW[entry.how]) if entry.how in HOW else entry.how
    return " · ".join(part for part in (how, entry.reason) if part)


def verified_words(verified: Verified) -> str:
    """Say whether the journal is as it was written."""
    if not verified.breaks:
        held = ngettext("{count} entry, which nobody altered or took out.",
                        "{count} entries, none altered nor taken out.",
                        verified.count).format(count=verified.count)
        return _("{held} Fingerprint: {digest}").format(
            held=held, digest=fingerprint(verified.digest)) if verified.count else _(
                "Nothing is written here yet.")
    return (_("This journal does not hold: {breaks}.")
            .format(breaks=", ".join(map(break_words, verified.breaks[:8]))))


def break_words(broken: Break) -> str:
    """Say where a journal does not hold."""
    if broken.what == ALTERED:
        return _("entry {number} was altered").format(number=broken.number)
    return _("entries are missing from {number} on").format(number=broken.number)


def fingerprint(digest: str) -> str:
    """Return the first figures of a hash, in fours, to be read aloud."""
    return " ".join(digest[at:at + 4] for at in range(0, 16, 4))
