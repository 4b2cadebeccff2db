"""Verbs of the exchange: invite, join, approve, sync, status, check."""

import sys
from dataclasses import asdict
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.cli.context import Context, read_bytes, write_file
from desktop.queries.sync import sync_state
from desktop.sync.rounds.check import StoreCheck, check_server, check_vault, mend
from desktop.sync.rounds.engine import run_round
from desktop.sync.trust.alarms import WORDS, acknowledge
from desktop.sync.trust.fingerprint import fingerprint_of
from desktop.tasks import enrol, profiles, shared_folder
from desktop.tasks.invitation import LARGEST, as_text, in_lines, looks_like_text


def invite(context: Context) -> None:
    """carnet invite [--store URL] [--role ROLE]... [--text] [--out FILE]"""
    given = context.arguments
    with context.vault() as vault:
        data = enrol.invite(vault, given.role or ["membre"], given.store,
                            context.credentials(given.store))
    if given.text:
        data = in_lines(as_text(data)).encode() + b"\n"
    if given.out:
        write_file(Path(given.out), data)
        context.answer({"file": given.out}, [
            _("Invitation written: {path}").format(path=given.out),
            _("It is secret until used: hand it over in person. It holds for seven days.")])
    else:
        sys.stdout.write(data.decode())


def join(context: Context) -> None:
    """carnet join FILE|-|TEXT --person NAME"""
    given = context.arguments.file
    if given == "-":
        data = sys.stdin.buffer.read(LARGEST)
    else:
        data = given.encode() if looks_like_text(given) else read_bytes(Path(given))
    store = enrol.read_invitation(data)["store"]
    vault, code, words = profiles.join(context.home, context.passphrase(new=True), data,
                                       context.arguments.person,
                                       cost=context.cost, credentials=context.credentials(store))
    vault.close()
    context.answer({"words": words, "recovery_code": code}, [
        _("Read these six words aloud to the person who invited you:"), "  " + words,
        _("When they have approved, run «carnet sync»."), "",
        _("Recovery code, shown this once. Write it down or print it, and keep it away from the "
          "computer:"),
        "  " + code])


def approve(context: Context) -> None:
    """carnet approve [REQUEST] [--words '...'] [--yes]"""
    given = context.arguments
    with context.vault() as vault:
        storage = shared_folder.open_store(vault, None)
        waiting = enrol.pending_requests(vault, storage)
        if not given.request and not given.words and not given.yes:
            context.answer([asdict(r) for r in waiting], [
                f"{r.id}  {r.name}  ({', '.join(r.roles)})\n  "
                + (_("says to be, of the directory: {name}").format(name=r.claimed)
                   if r.claimed else _("is not in the directory yet"))
                + f"\n  {r.words}" for r in waiting]
                or [_("No device asks to join.")])
            return
        if not given.words and not given.yes:
            raise AppError(_("The six words are needed."),
                           _("Give them with --words, as you heard them."))
        request = given.request or (waiting[0].id if len(waiting) == 1 else None)
        if request is None:
            raise AppError(_("No device asks to join.") if not waiting
                           else _("Several devices ask to join."),
                           _("`carnet approve` lists them."))
        device = enrol.approve(vault, storage, request, given.words)
    context.answer({"approved": device.name, "roles": device.roles},
                   [_("{name} may take part from now on.").format(name=device.name)])


def sync(context: Context) -> None:
    """carnet sync [--store URL [--remember]] [--fill]"""
    with context.vault() as vault:
        given = context.arguments
        known = vault.ask(sync_state).store
        if (given.store and given.store.startswith("file:") and known not in (None, given.store)
            and not given.remember):
            storage = shared_folder.open_other_store(vault, given.store)
        else:
            storage = shared_folder.open_store(vault, given.store, context.credentials(given.store),
                                       forget=["host_key"] if given.new_host_key else [],
                                       fill=given.fill)
        last = [""]

        def progress(step: str, done: int, whole: int) -> None:
            if step != last[0] or done == whole:
                last[0] = step
                context.progress(f"{step} {done}/{whole}")

        done = run_round(vault, storage, progress)
        alarms = vault.ask(sync_state).alarms
    document = asdict(done) | {"alarms": alarms}
    context.answer(document, [_("Waiting for the approval of this device.")]
                   if done.waiting_for_approval else [
                       _("Sealed {sealed} records; sent {pushed} packages; received {pulled}, "
                         "{applied} records applied.").format(
                             sealed=done.sealed, pushed=done.pushed, pulled=done.pulled,
                             applied=done.applied),
                       *([_("{count} packages are for other readers.").format(count=done.unread)]
                         if done.unread else []),
                       *[_("Refused: {reason}").format(reason=reason) for reason in done.refused],
                       *_to_be_looked_at(alarms)])


def _to_be_looked_at(alarms: tuple[str, ...]) -> list[str]:
    return [_("To be looked at: {what}. {did} {todo}")
            .format(what=_(words.what), did=_(words.did), todo=_(words.do))
            for words in (WORDS[kind] for kind in alarms)]


def status(context: Context) -> None:
    """carnet status [--seen]"""
    with context.vault() as vault:
        state = vault.ask(sync_state)
        for kind in state.alarms if context.arguments.seen else ():
            vault.do(acknowledge, kind)
        person = vault.identity.person_id
        roles = sorted(vault.identity.roles)
    document = asdict(state) | {"last_success": state.last_success.isoformat() if state.last_success
                                else None,
                                "roles": roles, "person_id": str(person) if person else None}
    context.answer(document, [
        _("Everything is saved here."), _("{count} to send").format(count=state.to_send),
        _("Last exchange: {when}").format(when=state.last_success or _("never")),
        _("Shared folder: {store}").format(store=state.store or _("none yet")),
        *([_("This computer's clock and the server's differ by {count} seconds.")
           .format(count=abs(round(state.ahead)))]
          if state.ahead is not None and state.clock_is_off else []),
        *_to_be_looked_at(state.alarms)])


def check(context: Context) -> None:
    """carnet check [--server] [--mend]: ends with an error while something is wrong."""
    given = context.arguments
    with context.vault() as vault:
        storage = shared_folder.open_to_check(vault) if given.server else None

        def read() -> list[StoreCheck]:
            return [check_vault(vault),
                    *([check_server(vault, storage)] if storage is not None else [])]

        found = read()
        done = ([words for one in found if one.can_mend for words in mend(vault, storage, one)]
                if given.mend else [])
        left = read() if done else found
    problems, remain = ([problem for one in some for problem in one.problems]
                        for some in (found, left))
    packages = sum(one.packages for one in found)
    context.answer({"packages": packages, "problems": problems, "done": done, "left": remain},
                   [_("{count} packages verified.").format(count=packages), *problems, *done]
                   + ([] if problems else [_("All is whole.")]))
    if remain and given.mend:
        raise AppError(_("{count} problems remain.").format(count=len(remain)))
    if remain:
        raise AppError(_("{count} problems were found; nothing was changed.")
                       .format(count=len(remain)),
                       _("`--mend` puts right what can be.") if any(one.can_mend for one in found)
                       else "")


def fingerprint(context: Context) -> None:
    """carnet fingerprint"""
    with context.vault() as vault:
        found = vault.ask(fingerprint_of)
    context.answer({"words": found.words, "waiting": found.waiting, "records": found.records},
                   ["  " + found.words, "", found.said()])

