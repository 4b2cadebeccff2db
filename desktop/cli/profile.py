"""Verbs on the profile: create, passwd, rekey, backup, restore-backup."""

from pathlib import Path

from desktop.base.i18n import _, ngettext
from desktop.cli.context import Context
from desktop.tasks import profiles
from desktop.vault import Vault


def create(context: Context) -> None:
    """carnet create --preset P --name N --person P [--store URL]"""
    given = context.arguments
    # The preset is checked before the passphrase is asked and stretched.
    profiles.check_preset(given.preset)
    vault, code = profiles.create_collective(
        context.home, context.passphrase(new=True), preset=given.preset, name=given.name,
        person=given.person,
        store=given.store, credentials=context.credentials(given.store), cost=context.cost)
    collective = vault.identity.collective_id
    vault.close()
    context.answer(
        {"collective": str(collective), "recovery_code": code, "home": str(context.home.folder)},
        [_("The collective «{name}» is created.").format(name=given.name), "",
         _("Recovery code, shown this once. Write it down or print it, and keep it away from the "
           "computer:"),
         "  " + code])


def passwd(context: Context) -> None:
    """carnet passwd"""
    with context.vault() as vault:
        old = context.last_passphrase
        new = context.passphrase(new=True, variable="CARNET_NEW_PASSPHRASE",
                                 prompt=_("New passphrase"))
        copies = vault.change_passphrase(old, new, cost=context.cost)
    told = [_("The passphrase is changed; the recovery code stays the same.")]
    if copies:
        told.append(ngettext("{count} copy set aside on this computer was removed.",
                             "{count} copies set aside on this computer were removed.", copies)
                    .format(count=copies))
    context.answer({"changed": True, "copies_removed": copies}, told)


def rekey(context: Context) -> None:
    """carnet rekey"""
    with context.vault() as vault:
        vault.rekey(context.last_passphrase)
    context.answer({"rekeyed": True},
                   [_("The vault is encrypted under a new key; passphrase and recovery code "
                      "stay.")])


def back_up(context: Context) -> None:
    """carnet backup FILE"""
    target = Path(context.arguments.file)
    with context.vault() as vault:
        vault.back_up(target)
    context.answer({"backup": str(target), "bytes": target.stat().st_size},
                   [_("Backed up and verified: {path}").format(path=target)])


def restore_backup(context: Context) -> None:
    """carnet restore-backup FILE"""
    vault = Vault(context.home)
    try:
        vault.restore(Path(context.arguments.file), context.passphrase())
    finally:
        vault.close()
    context.answer({"restored": str(context.home.folder)},
                   [_("Restored in {path}; what was there was set aside.")
                    .format(path=context.home.folder)])
