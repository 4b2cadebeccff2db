"""Verbs of the trust: devices, remove, hand-over, confidential, kit, rescue."""

from contextlib import closing
from datetime import date

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.cli.context import Context
from desktop.queries.directory import GroupRow, groups_of
from desktop.sync.rounds.engine import run_round
from desktop.sync.trust.links import own_key
from desktop.tasks import groups, kit, shared_folder
from desktop.tasks.late import settle_late
from desktop.tasks.removal import Computer, computers, remove_device
from desktop.vault import Vault


def devices(context: Context) -> None:
    """carnet devices"""
    with context.vault() as vault:
        found = vault.ask(computers, own_key(vault), vault.identity.writer)
    context.answer(
        [{"key": c.key, "name": c.name, "roles": c.roles, "here": c.is_here, "root": c.holds_root,
          "removed": c.gone, "late": c.late, "read": c.read, "written": c.written} for c in found],
                   [_line(c) for c in found] or [_("This device belongs to no collective yet.")])


def _line(computer: Computer) -> str:
    notes = ([_("this computer")] * computer.is_here + [_("holds the root key")]
             * computer.holds_root)
    if computer.late:
        notes.append(
            ngettext("{count} package came after it was taken out: it waits for the coordination.",
                     "{count} packages came after it was taken out: they wait for the "
                     "coordination.",
                     computer.late).format(count=computer.late).removesuffix("."))
    notes += [_("removed")] if computer.gone else [
        _("has read {read} of {written} packages")
        .format(read=computer.read, written=computer.written)]
    return f"{computer.key[:8]}  {computer.name}  ({', '.join(computer.roles)})  {', '.join(notes)}"


def _one(vault: Vault, wanted: str) -> Computer:
    found = [c for c in vault.ask(computers, own_key(vault), vault.identity.writer)
             if not c.gone
             and (c.key.startswith(wanted.lower()) or c.name.casefold() == wanted.casefold())]
    if len(found) != 1:
        raise AppError(_("There is no such computer in the collective.") if not found else
                       _("Several computers have this name."),
                       _("«carnet devices» lists them: give the first figures."))
    return found[0]


def remove(context: Context) -> None:
    """carnet remove COMPUTER --yes"""
    with context.vault() as vault:
        leaving = _one(vault, context.arguments.computer)
        if not context.arguments.yes:
            raise AppError(_("{name} would be taken out of the collective.")
                           .format(name=leaving.name),
                           _("What it holds stays readable there. Say --yes to do it."))
        storage = shared_folder.open_store(vault, None)
        run_round(vault, storage)
        remove_device(vault, storage, leaving.key)
        run_round(vault, storage)
    context.answer({"removed": leaving.name}, [
        _("{name} is taken out: it reads nothing that is written from now on.")
        .format(name=leaving.name),
        _("Now change the password of the shared folder, and give the new one to those who "
          "remain.")])


def late(context: Context) -> None:
    """carnet late COMPUTER --take | --leave"""
    wanted, take = context.arguments.computer, context.arguments.take
    with context.vault() as vault:
        found = [c for c in vault.ask(computers, own_key(vault), vault.identity.writer)
                 if c.gone
                 and (c.key.startswith(wanted.lower()) or c.name.casefold() == wanted.casefold())]
        if len(found) != 1:
            raise AppError(_("No computer of this name was taken out.") if not found else
                           _("Several computers have this name."),
                           _("«carnet devices» lists them: give the first figures."))
        storage = shared_folder.open_store(vault, None)
        settle_late(vault, storage, found[0].key, take=take)
        run_round(vault, storage)
    context.answer({"taken" if take else "left": found[0].name}, [
        (_("What {name} had written is taken by everybody.") if take else
         _("What {name} had written stays outside.")).format(name=found[0].name)])


def hand_over(context: Context) -> None:
    """carnet hand-over COMPUTER --yes"""
    with context.vault() as vault:
        heir = _one(vault, context.arguments.computer)
        if not context.arguments.yes:
            raise AppError(_("{name} would hold the root key, and this computer no more.")
                           .format(name=heir.name),
                           _("Say --yes to do it."))
        kit.hand_over(vault, shared_folder.open_store(vault, None), heir.key)
    context.answer({"holder": heir.name}, [
        _("{name} lets computers in and takes them out from now on.").format(name=heir.name)])


def confidential(context: Context) -> None:
    """carnet confidential GROUP [--reader COMPUTER]... [--yes]"""
    given = context.arguments
    with context.vault() as vault:
        group = _group(vault, given.group)
        if given.reader or given.yes:
            readers = [_one(vault, wanted) for wanted in given.reader or []]
            if not given.yes:
                raise AppError(_("What {name} does from now on would be read by these computers "
                                 "and this one alone: {readers}.")
                               .format(name=group.name,
                                       readers=", ".join(one.name for one in readers)),
                               _("What it has done until now stays readable by everybody. Say "
                                 "--yes to do it."))
            storage = shared_folder.open_store(vault, None)
            run_round(vault, storage)
            groups.set_readers(vault, storage, group.id, {one.key for one in readers})
            run_round(vault, storage)
        found = vault.ask(groups.secrecy_of, group.id, own_key(vault))
    reading = [one for one in found.readers if one.reads]
    context.answer({"group": group.name, "confidential": found.kept,
                    "readers": [one.name for one in reading]}, [
                        _("{name} is read by {readers}.")
                        .format(name=group.name, readers=", ".join(one.name for one in reading))
                        if found.kept else _("{name} is read by every computer of the collective.")
                        .format(name=group.name)])


def _group(vault: Vault, wanted: str) -> GroupRow:
    found = [row for row in vault.ask(groups_of)
             if wanted.casefold() in (str(row.id), row.name.casefold())]
    if len(found) != 1:
        raise AppError(_("There is no such group in the directory.") if not found
                       else _("Several groups have this name."),
                       _("«carnet list group» lists them: give the id."))
    return found[0]


def make_kit(context: Context) -> None:
    """carnet kit [--try]"""
    with context.vault() as vault:
        if context.arguments.attempt:
            kit.try_kit(vault, *context.sheets(), date.today())
            context.answer({"good": True}, [_("These two sheets would bring the collective back.")])
            return
        codes = kit.make_kit(vault, shared_folder.open_store(vault, None), date.today())
    context.answer({"sheets": codes}, [
        _("Three sheets, shown this once; any two of them bring the collective back. Give them to "
          "three people:"),
        *(f"  {number}  {code}" for number, code in enumerate(codes, 1)),
        _("A kit made before opens nothing any more.")])


def rescue(context: Context) -> None:
    """carnet rescue --store URL --person NAME [--lost COMPUTER]..."""
    given = context.arguments
    vault, code = kit.rescue_collective(
        context.home, context.passphrase(new=True), given.store, context.credentials(given.store),
        context.sheets(),
        given.person, [], cost=context.cost)
    with closing(vault):
        lost = [_one(vault, wanted) for wanted in given.lost or []]
        for computer in lost:
            remove_device(vault, shared_folder.open_store(vault, None), computer.key)
        done = run_round(vault, shared_folder.open_store(vault, None))
    context.answer(
        {"recovery_code": code, "applied": done.applied, "removed": [c.name for c in lost]}, [
            ngettext("The collective is back, with {count} computer taken out.",
                     "The collective is back, with {count} computers taken out.", len(lost))
            .format(count=len(lost)), "",
            _("Recovery code, shown this once. Write it down or print it, and keep it away from "
              "the computer:"), "  " + code])
