"""What must hold of the trust after a day that ended in the middle: one computer alone lets in and
removes."""

import shutil
import uuid
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record
from desktop.models.channels import channel_of_group
from desktop.queries.digest import digest_of
from desktop.queries.records import list_records
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.tasks import enrol, profiles, shared_folder
from desktop.tasks.groups import set_readers
from desktop.tasks.kit import hand_over, rescue_collective, take_over
from desktop.tasks.removal import remove_device
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.crash.days import opened


def rounds(folder: Path, *vaults: Vault) -> None:
    for vault in vaults:
        assert run_round(vault,
                         shared_folder.open_store(vault, (folder / "share").as_uri())).refused == []


def one_alone_lets_in(folder: Path, *vaults: Vault) -> Vault:
    """After their rounds a single one holds the root key; who is let in by it reads everything."""
    rounds(folder, *vaults, *vaults)
    (holder,) = [vault for vault in vaults if vault.ask(state.root_key)]
    newer, _code, words = profiles.join(Home(folder / "newer"), PASSPHRASE,
                                        enrol.invite(holder, ["coordination"]),
                                        "Jo NOUVEAU", Cost.TEST)
    with closing(newer):
        storage = shared_folder.open_store(holder, None)
        (request,) = [r for r in enrol.pending_requests(holder, storage) if r.words == words]
        enrol.approve(holder, storage, request.id, words)
        rounds(folder, newer, *vaults, newer)
        assert all(newer.ask(digest_of) == vault.ask(digest_of) for vault in vaults)
    return holder


def after_removing(folder: Path, said: dict[str, str]) -> None:
    if "leaver" not in said:
        return
    with closing(opened(folder, "founder")) as founder, closing(
        opened(folder, "second")) as second, \
            closing(opened(folder, "third")) as leaver:
        storage = shared_folder.open_store(founder, None)
        if founder.ask(state.roster_in_force).device(said["leaver"]) is not None:
            assert "removed" not in said
            remove_device(founder, storage, said["leaver"])
        made = founder.do(add_record, "organisation", {"name": "Sans qui part"})
        one_alone_lets_in(folder, founder, second)
        assert ({"De qui part", "Sans qui part"}
                <= {row["name"] for row in second.ask(list_records, "organisation")})
        with pytest.raises(StoreError) as caught:
            rounds(folder, leaver)
        assert caught.value.code is StoreProblem.REMOVED
        assert made not in {row["id"] for row in leaver.ask(list_records, "organisation")}


def after_taking_over(folder: Path, said: dict[str, str]) -> None:
    with closing(opened(folder, "founder")) as founder, closing(opened(folder, "second")) as second:
        if "kit" in said and "taken" not in said:
            rounds(folder, founder, second)
            codes = said["kit"].split()
            take_over(second, shared_folder.open_store(second, (folder / "share").as_uri()),
                      codes[1],
                      codes[2], [])
        assert one_alone_lets_in(folder, founder, second) is (second if "kit" in said else founder)


def after_handing_over(folder: Path, said: dict[str, str]) -> None:
    with closing(opened(folder, "founder")) as founder, closing(opened(folder, "second")) as second:
        holder = one_alone_lets_in(folder, founder, second)
        if holder is founder:
            assert "handed" not in said
            hand_over(founder, shared_folder.open_store(founder, None), own_key(second))
            rounds(folder, founder, second, founder)
            assert second.ask(state.root_key) and not founder.ask(state.root_key)


def after_confiding(folder: Path, said: dict[str, str]) -> None:
    """Nothing of the group was ever for everybody; the gesture is made again, and reaches who is
    chosen."""
    with closing(opened(folder, "founder")) as founder, closing(opened(folder, "second")) as second:
        if "group" not in said:
            return
        group, held = uuid.UUID(said["group"]), founder.ask(state.roster_in_force)
        if "met" not in said and channel_of_group(group) not in held.channels:
            # The word came first: nobody meets in it before its key is there.
            with pytest.raises(AppError):
                founder.do(create_meeting, group_id=group, title="Trop tôt", kind="atelier",
                           starts_at="2026-11-03T14:00")
        set_readers(founder, shared_folder.open_store(founder, (folder / "share").as_uri()), group,
                    {own_key(second)})
        founder.do(create_meeting, group_id=group, title="Encore", kind="atelier",
                   starts_at="2026-11-03T14:00")
        rounds(folder, founder, second)
        meetings = second.ask(list_records, "meeting")
        assert {"Encore"} | ({"Dedans"} if "met" in said
                             else set()) <= {row["title"] for row in meetings}


def after_rescuing(folder: Path, said: dict[str, str]) -> None:
    with ExitStack() as stack:
        founder, second = (stack.enter_context(closing(opened(folder, name)))
                           for name in ("founder", "second"))
        home, vaults = Home(folder / "third"), [founder, second]
        if "kit" in said:
            if not home.exists:
                assert "rescued" not in said
                first, other, _third = said["kit"].split()
                made, _code = rescue_collective(home, PASSPHRASE, (folder / "share").as_uri(),
                                                Credentials(),
                                                (first, other), "Li TROIS", [], Cost.TEST)
                made.close()
            vaults.append(stack.enter_context(closing(opened(folder, "third"))))
        assert one_alone_lets_in(folder, *vaults) is vaults[-1 if "kit" in said else 0]


def after_parting(folder: Path, said: dict[str, str]) -> None:
    with closing(opened(folder, "founder")) as founder, closing(opened(folder, "copy")) as copy, \
            closing(opened(folder, "second")) as second:
        rounds(folder, copy, founder, second, copy, founder, second)
        for vault in (founder, second, copy):
            there = {str(row["id"]) for row in vault.ask(list_records, "organisation")}
            assert {said[name] for name in ("made", "made-by-copy") if name in said} <= there
        assert copy.identity.writer != founder.identity.writer
        assert founder.ask(digest_of) == second.ask(digest_of) == copy.ask(digest_of)


def after_forking(folder: Path, said: dict[str, str]) -> None:
    if (folder / "view").exists():
        shutil.copytree(folder / "view" / "trust", folder / "share" / "trust", dirs_exist_ok=True)
    with ExitStack() as stack:
        vaults = [stack.enter_context(closing(opened(folder, name)))
                  for name in ("founder", "copy", "second", "third", "fourth")
                  if Home(folder / name).exists]
        for _time in range(4):
            for vault in vaults:
                run_round(vault, shared_folder.open_store(vault, (folder / "share").as_uri()))
        listed = {device.key for device in vaults[0].ask(state.roster_in_force).devices}
        inside = [vault for vault in vaults if own_key(vault) in listed]
        assert {said[name] for name in ("let-in-by-copy", "let-in-by-founder")
                if name in said} <= listed
        assert (len({vault.ask(state.last_trust) for vault in inside}) == 1
                and len(inside) >= len(vaults) - 2)
        assert len({vault.ask(digest_of) for vault in inside}) == 1
