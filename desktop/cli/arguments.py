"""The verbs, their options and their help."""

import argparse
from argparse import Namespace
from collections.abc import Callable

from desktop import __version__
from desktop.base.i18n import _
from desktop.cli import (
    documents,
    exchange,
    exports,
    imports,
    profile,
    publications,
    records,
    territory,
    trust,
)
from desktop.cli.context import Context
from desktop.cli.opening import common_options

Verb = Callable[[Context], None]


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    common = common_options()
    parser = argparse.ArgumentParser(
        prog="carnet", parents=[common],
        description=_("The offline notebook of a local collective against discrimination."),
        epilog=_("Without a verb, the window opens."))
    parser.add_argument("--version", action="version", version=f"carnet {__version__}",
                        help=_("print the version"))
    verbs = parser.add_subparsers(dest="verb", metavar=_("VERB"), title=_("verbs"))

    def verb(name: str, run: Verb | None, summary: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, parents=[common], help=summary, description=summary)
        made.set_defaults(run=run)
        return made

    verb("open", None, _("open the window (as without a verb)"))
    made = verb("create", profile.create, _("create a collective from a territory preset"))
    made.add_argument("--preset", required=True, metavar="PRESET",
                      help=_("the territory: maubeuge-val-de-sambre, valenciennes-metropole, or a "
                             "preset file"))
    made.add_argument("--name", required=True, help=_("the name of the collective"))
    made.add_argument("--person", required=True, help=_("your name: «Given FAMILY»"))
    _store_options(made, _("the shared folder (file:///, https://, sftp:// or s3://...)"))
    _preset_verbs(verb, common)
    _exchange_verbs(verb)
    _trust_verbs(verb)
    _record_verbs(verb)

    made = verb("demo", documents.demo, _("fill an empty profile with the sample collective"))
    made.add_argument("--scale", type=_positive, default=1, metavar="N",
                      help=_("how many times larger"))
    made.add_argument("--headless", action="store_true",
                      help=_("do not open the window afterwards"))
    made = verb("report", documents.report, _("make a document"))
    made.add_argument("kind", metavar="KIND", help=_("which document; a wrong one lists them all"))
    made.add_argument("id", nargs="?", metavar="ID", help=_("the record that it is about"))
    made.add_argument("--out", required=True, metavar="FILE", help=_("where to write it"))
    _publish_verb(verb)
    made = verb("export", exports.export, _("write a table for another program"))
    made.add_argument("what", choices=("actions",), metavar="WHAT",
                      help=_("actions: the census of the actions, as .xlsx"))
    made.add_argument("file", metavar="FILE", help=_("where to write it"))
    made = verb("journal", exports.journal,
                _("what was printed, exported, copied, published, erased on this computer"))
    made.add_argument("--verify", action="store_true",
                      help=_("tell whether an entry was altered or taken out"))
    made.add_argument("--out", metavar="FILE", help=_("write it as CSV"))
    made = verb("backup", profile.back_up, _("write a verified encrypted backup"))
    made.add_argument("file", metavar="FILE")
    made = verb("restore-backup", profile.restore_backup,
                _("put a backup in the place of this profile"))
    made.add_argument("file", metavar="FILE")
    verb("passwd", profile.passwd,
         _("change the passphrase (the new one by CARNET_NEW_PASSPHRASE or prompt)"))
    verb("rekey", profile.rekey, _("encrypt the vault under a new key"))
    verb("check-text", documents.check_text,
         _("find identities in texts (JSON Lines of strings on standard input)"))
    made = verb("story", documents.play,
                _("play the whole story in a folder: two PDFs, packages, three laptops"))
    made.add_argument("--out", required=True, metavar="DIR", help=_("where to put everything"))
    return parser


def _preset_verbs(verb: Callable[..., argparse.ArgumentParser],
                  common: argparse.ArgumentParser) -> None:
    made = verb("preset", territory.list_presets, _("list, check or write the file of a territory"))
    inner = made.add_subparsers(dest="what", metavar=_("WHAT"), required=True)

    def part(name: str, run: Verb, summary: str) -> argparse.ArgumentParser:
        one = inner.add_parser(name, parents=[common], help=summary, description=summary)
        one.set_defaults(run=run)
        return one

    part("list", territory.list_presets, _("list the territories that ship"))
    one = part("check", territory.check_preset,
               _("tell every fault of a preset file, with its line"))
    one.add_argument("file", metavar="FILE")
    one = part("new", territory.new_preset,
               _("write a preset from a table of communes (code, name, population, zone)"))
    one.add_argument("table", metavar="TABLE",
                     help=_("CSV, XLSX or ODS; its first line names the columns"))
    one.add_argument("--out", required=True, metavar="FILE", help=_("where to write it"))
    one.add_argument("--territory", required=True, help=_("the name of the territory"))
    one.add_argument("--name", required=True, help=_("the name of the collective"))
    one.add_argument("--population-year", type=int, required=True, metavar="YEAR",
                     help=_("the year of reference of the populations"))
    one.add_argument("--source", default="", metavar="TEXT", help=_("where the communes come from"))


def _publish_verb(verb: Callable[..., argparse.ArgumentParser]) -> None:
    made = verb("publish", publications.publish,
                _("publish figures of a closed period, for partners or for the public"))
    made.add_argument("--period", metavar="PERIOD",
                      help=_("a year (2026), a half-year (2026-S1), a quarter (2026-T3) or "
                             "two years (2025-2026)"))
    made.add_argument("--audience", choices=("partenaires", "public"),
                      help=_("who may read it: the threshold is 5 or 11"))
    made.add_argument("--out", metavar="DIR", help=_("a new folder for the files"))
    made.add_argument("--dry-run", action="store_true", help=_("only say what would be shown"))
    made.add_argument("--parquet", action="store_true", help=_("Parquet files too (needs pyarrow)"))
    made.add_argument("--to", metavar="URL", default="",
                      help=_("load the tables into a database too (postgresql://...)"))
    made.add_argument("--list", action="store_true", help=_("list what was published"))


def _exchange_verbs(verb: Callable[..., argparse.ArgumentParser]) -> None:
    made = verb("invite", exchange.invite, _("make an invitation for a second laptop"))
    made.add_argument("--out", metavar="FILE",
                      help=_("write it to a file instead of standard output"))
    _store_options(made, _("the shared folder, if none is remembered"))
    made.add_argument("--role", action="append", metavar="ROLE",
                      help=_("what the device may do (may be repeated)"))
    made.add_argument("--text", action="store_true",
                      help=_("as a text that can be sent by e-mail or a messenger"))
    made = verb("join", exchange.join, _("join a collective by an invitation"))
    made.add_argument("file", metavar="FILE",
                      help=_("the invitation: its file, - for standard input, or its text itself"))
    made.add_argument("--person", required=True, help=_("your name: «Given FAMILY»"))
    _store_options(made, None)
    made = verb("approve", exchange.approve, _("list the devices that ask to join, or let one in"))
    made.add_argument("request", nargs="?", metavar="REQUEST")
    made.add_argument("--words", help=_("the six words read aloud by the other person"))
    made.add_argument("--yes", action="store_true",
                      help=_("approve the only request without comparing words"))
    made = verb("sync", exchange.sync, _("exchange packages with the shared folder once"))
    _store_options(made, _("the shared folder, remembered; or a folder on a key, used this once "
                            "where another shared folder is known"))
    made.add_argument("--remember", action="store_true",
                      help=_("from now on the folder given is the shared folder"))
    made.add_argument("--new-host-key", action="store_true",
                      help=_("accept that the SFTP server has another key than before"))
    made.add_argument("--fill", action="store_true", help=_(
        "the shared folder is empty, and that is right: fill it with what this computer holds"))
    made = verb("status", exchange.status,
                _("what waits to be sent, the last exchange, what is to be looked at"))
    made.add_argument("--seen", action="store_true",
                      help=_("what is to be looked at was seen: do not tell it any more"))
    made = verb("check", exchange.check, _("verify the vault and every package"))
    made.add_argument("--server", action="store_true",
                      help=_("verify all that lies on the shared folder too"))
    made.add_argument("--mend", action="store_true",
                      help=_("put right what can be; nothing is ever taken away"))
    verb("fingerprint", exchange.fingerprint, _("six words: whoever has the same holds the same"))


def _trust_verbs(verb: Callable[..., argparse.ArgumentParser]) -> None:
    verb("devices", trust.devices,
         _("list the computers of the collective, and what each has read"))
    for name, run, summary in (("remove", trust.remove, _("take a computer out of the collective")),
                               ("hand-over", trust.hand_over,
                                _("let another computer hold the root key"))):
        made = verb(name, run, summary)
        made.add_argument("computer", metavar="COMPUTER",
                          help=_("its name, or the first figures of its key"))
        made.add_argument("--yes", action="store_true", help=_("do it"))
    made = verb("late", trust.late,
                _("take what came after a computer was taken out, or leave it outside"))
    made.add_argument("computer", metavar="COMPUTER",
                      help=_("its name, or the first figures of its key"))
    either = made.add_mutually_exclusive_group(required=True)
    either.add_argument("--take", action="store_true", help=_("everybody reads it"))
    either.add_argument("--leave", action="store_false", dest="take", help=_("it stays outside"))
    made = verb("confidential", trust.confidential,
                _("say who reads what a group does, or make it confidential"))
    made.add_argument("group", metavar="GROUP", help=_("its name, or its id"))
    made.add_argument("--reader", action="append", metavar="COMPUTER",
                      help=_("a computer that reads it (may be repeated)"))
    made.add_argument("--yes", action="store_true", help=_("do it"))
    made = verb("kit", trust.make_kit,
                _("make the three sheets that bring the collective back when all is lost"))
    made.add_argument("--try", dest="attempt", action="store_true",
                      help=_("prove that two sheets, typed or one a line on standard input, are "
                             "good; nothing changes"))
    made = verb("rescue", trust.rescue,
                _("bring the collective back on a new computer by two sheets of its kit, typed or "
                  "one a line on standard input"))
    made.add_argument("--person", required=True, help=_("your name: «Given FAMILY»"))
    made.add_argument("--lost", action="append", metavar="COMPUTER",
                      help=_("a computer to take out (may be repeated)"))
    _store_options(made, _("the shared folder (file:///, https://, sftp:// or s3://...)"),
                   required=True)


def _store_options(made: argparse.ArgumentParser, summary: str | None,
                   required: bool = False) -> None:
    if summary is not None:
        made.add_argument("--store", metavar="URL", help=summary, required=required)
    made.add_argument("--store-ca", metavar="FILE",
                      help=_("the certificate (PEM) of the server's own authority"))
    made.add_argument("--store-key", metavar="FILE", help=_("the private key (OpenSSH) for SFTP"))
    made.epilog = _("The name and the password come from CARNET_STORE_USER and "
                    "CARNET_STORE_PASSWORD, or are asked for; the vault remembers them.")


def _record_verbs(verb: Callable[..., argparse.ArgumentParser]) -> None:
    verb("kinds", records.kinds, _("list the kinds of records and their fields"))
    made = verb("add", records.add, _("add records (JSON Lines on standard input), all or none"))
    made.add_argument("kind", metavar="KIND")
    made = verb("list", records.list_kind, _("list the records of a kind"))
    made.add_argument("kind", metavar="KIND")
    made.add_argument("--deleted", action="store_true", help=_("with those in the corbeille"))
    _reason_option(made)
    for name, run, summary in (("show", records.show, _("show a record")),
                               ("edit", records.edit,
                                _("edit a record (one JSON object on standard input)")),
                               ("delete", records.delete, _("put a record in the corbeille")),
                               ("restore", records.restore,
                                _("take a record out of the corbeille"))):
        made = verb(name, run, summary)
        made.add_argument("id", metavar="ID")
        if name == "show":
            _reason_option(made)
    made = verb("import-directory", imports.directory,
                _("add people and organisations from a CSV file, a workbook or an address book"))
    made.add_argument("file", metavar="FILE", help=_("the file, or - for standard input"))
    made.add_argument("--sheet", metavar="NAME",
                      help=_("the sheet of a workbook; the first that holds something otherwise"))
    made.add_argument("--column", metavar=_("FIELD=HEADING"), action="append", default=[],
                      help=_("match a column by hand; FIELD is family_name, given_name, "
                             "organisation…, or none to leave it out"))
    made.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))
    made.add_argument("--homonyms", action="store_true",
                      help=_("add people whose name is known elsewhere, as other people"))
    made.add_argument("--skip-refused", action="store_true",
                      help=_("import the other lines where some are refused"))
    made = verb("search", records.search_words, _("search everything that can be read"))
    made.add_argument("words", nargs="+", metavar="WORDS")
    _reason_option(made)


def _reason_option(made: argparse.ArgumentParser) -> None:
    made.add_argument("--reason", default="", metavar="TEXT",
                      help=_("why observations leave Carnet (observatory team alone); it is kept"))


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(_("a whole number from 1 is expected"))
    return value


def parse(arguments: list[str]) -> Namespace:
    """Return the parsed arguments; ends with code 2 on wrong use."""
    return build_parser().parse_args(arguments)
