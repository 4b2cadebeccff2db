"""The world of the simulation: laptops around one folder, and all that may happen to them."""

import shutil
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.collective import add_author
from desktop.commands.records import add_record
from desktop.models.directory import Group
from desktop.sync.rounds.engine import CancelledError, run_round
from desktop.sync.rounds.schedule import NEEDS_PERSON
from desktop.sync.snapshots.make import make
from desktop.sync.trust.links import own_key, refresh_trust
from desktop.sync.trust.state import current_roster, root_key, roster_in_force
from desktop.tasks import enrol, profiles, shared_folder
from desktop.tasks.groups import set_readers
from desktop.tasks.kit import hand_over, make_kit, take_over
from desktop.tasks.removal import remove_device
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.simulation.gestures import GESTURES
from tests.simulation.laptop import Book, Laptop, Spot
from tests.simulation.weather import Share, Weather

MOST = 8
YEAR = 365 * 24 * 3600 * 1000
ROLES = ("secretariat", "observatoire", "membre", "coordination")


class BrokenError(AssertionError):
    """Something that must always hold does not."""


class EndedError(BaseException):
    """The process ends in the middle of a round."""


def _holds(laptop: Laptop) -> bool:
    vault = laptop.open()
    roster = vault.ask(current_roster)
    return (roster is not None and vault.ask(root_key) is not None
            and roster.holder == own_key(vault))


def _knows(laptop: Laptop, key: str) -> bool:
    return laptop.open().ask(roster_in_force).device(key) is not None


class World:
    """Some laptops, one of them the founder's. Each step is a method that draws its choices from
    the generator given."""

    def __init__(self, folder: Path, seed: object, laptops: int = 2) -> None:
        self.folder, self.book, self.said = folder, Book(), list[str]()
        self.told: Counter[str] = Counter()
        share = folder / "share"
        share.mkdir(parents=True)
        self.share = Share(share)
        self.older: list[tuple[int, dict[str, bytes]]] = []
        self.laptops: list[Laptop] = []
        self.gone: list[Laptop] = []
        self.spots: list[Spot] = []
        self.meetings: list[uuid.UUID] = []
        self.characters = 0x4E00
        self.snapshots = 0
        self.holders = 1
        self.codes: list[str] = []
        self._found()
        rng = Random(f"roles {seed}")
        for _number in range(laptops - 1):
            self.enrol(rng)

    def close(self) -> None:
        """All vaults are closed."""
        for laptop in self.laptops + self.gone:
            laptop.vault.close()

    def say(self, text: str) -> None:
        """What just happened, for who reads the list of steps after a failure."""
        self.said.append(f"{self.book.step:4d}  {text}")

    # Who takes part

    def _new(self, role: str) -> Laptop:
        number = len(self.laptops) + len(self.gone)
        laptop = Laptop(number, Home(self.folder / f"laptop-{number}"), self.book, role)
        self.laptops.append(laptop)
        return laptop

    def _found(self) -> None:
        laptop = self._new("coordination")
        vault, _code = Vault.create(laptop.home, PASSPHRASE, cost=Cost.TEST, now=laptop.now)
        profiles.found(vault, preset="maubeuge-val-de-sambre", name="Essai", person="Camille LEROY")
        shared_folder.open_store(vault, self.share.folder.as_uri())
        self.group = vault.do(add_record, "group",
                              {"name": "Confidentiel", "kind": "groupe_de_travail"})
        vault.close()

    def enrol(self, rng: Random, blind: bool = False) -> str:
        """A holder of the root key lets one more laptop in. `blind`: it is not shown what the
        others wrote lately."""
        holder, storage = self._holder(rng, blind)
        if holder is None:
            return "nobody can"
        founder = holder.open()
        laptop = self._new(rng.choice(ROLES))
        invitation = enrol.read_invitation(enrol.invite(founder, [laptop.role]))
        vault, _code = Vault.create(laptop.home, PASSPHRASE, cost=Cost.TEST, now=laptop.now)
        author = vault.do(add_author, f"Jo L{laptop.number}")
        vault.save_identity(replace(vault.identity, person_id=author))
        words = enrol.ask_to_join(vault, invitation, f"Jo L{laptop.number}", author)
        vault.close()
        (request,) = [one for one in enrol.pending_requests(founder, storage) if one.words == words]
        enrol.approve(founder, storage, request.id, words)
        return f"laptop {laptop.number} is let in as {laptop.role} by {holder.number}{', blind' if blind else ''}"

    def _holder(self, rng: Random, blind: bool) -> tuple[Laptop | None, Weather]:
        """Some laptop that holds the root key as far as it knows, and its view of the folder."""
        while holders := [laptop for laptop in self.laptops if _holds(laptop)]:
            self.holders = max(self.holders, len(holders))
            laptop = rng.choice(holders)
            storage = Weather(self.share, laptop.number, rng, blind=blind)
            refresh_trust(laptop.open(), storage)
            if _holds(laptop):
                return laptop, storage
            # What it has just read says that another one holds it.
            run_round(laptop.open(), storage)
        return None, Weather(self.share, 0, rng)

    # One step

    def step(self, name: str, rng: Random) -> None:
        """One thing happens; time passes."""
        self.book.step += 1
        self.book.ms += rng.choice((0, 1, 1_000, 60_000, 3_600_000, 86_400_000))
        self.told[name] += 1
        laptop = rng.choice(self.laptops)
        if name in GESTURES:
            self.say(f"{laptop.number} {name}: {GESTURES[name](self, laptop, rng)}")
        else:
            happened: Callable[[Laptop, Random], str] = getattr(self, "_" + name)
            self.say(f"{laptop.number} {name}: {happened(laptop, rng)}")

    def _round(self, laptop: Laptop, rng: Random) -> str:
        return self.exchange(laptop, Weather(self.share, laptop.number, rng),
                             thorough=rng.random() < 0.5)

    def _stormy(self, laptop: Laptop, rng: Random) -> str:
        return self.exchange(laptop,
                             Weather(self.share, laptop.number, rng, rng.choice((0.02, 0.1, 0.3))),
                             thorough=rng.random() < 0.5)

    def _partial(self, laptop: Laptop, rng: Random) -> str:
        left = rng.randrange(1, 12)
        step = rng.choice((1, 3, 250, 20_000))

        def cancelled() -> bool:
            nonlocal left
            left -= 1
            return left <= 0

        return self.exchange(laptop, Weather(self.share, laptop.number, rng), cancelled=cancelled,
                             step=step)

    def _killed(self, laptop: Laptop, rng: Random) -> str:
        left = rng.randrange(1, 8)

        def progress(_step: str, _done: int, _whole: int) -> None:
            nonlocal left
            left -= 1
            if left <= 0:
                raise EndedError

        said = self.exchange(laptop, Weather(self.share, laptop.number, rng), progress=progress,
                             step=rng.choice((1, 3, 250)))
        laptop.shut()
        return said

    def _busy(self, laptop: Laptop, rng: Random) -> str:
        """Its person goes on working while the exchange runs."""
        names = [name for name in GESTURES if name not in ("undo",)]
        inner: list[str] = []

        def progress(_step: str, _done: int, _whole: int) -> None:
            if rng.random() < 0.5:
                name = rng.choice(names)
                inner.append(f"{name}: {GESTURES[name](self, laptop, rng)}")

        said = self.exchange(laptop, Weather(self.share, laptop.number, rng), progress=progress,
                             step=rng.choice((1, 250)))
        return " / ".join([said, *inner])

    def exchange(self, laptop: Laptop, storage: Weather, *, thorough: bool = True,
                 step: int = 20_000,
                 cancelled: Callable[[], bool] = lambda: False,
                 progress: Callable[[str, int, int],
                                    None] = lambda _step, _done, _whole: None) -> str:
        """One round, and what came of it."""
        vault = laptop.open()
        try:
            done = run_round(vault, storage, progress, cancelled, step=step, thorough=thorough)
        except (CancelledError, EndedError) as error:
            return f"cut short ({type(error).__name__})"
        except AppError as error:
            if not storage.rate:
                raise BrokenError(f"a round in good weather ends with: {error.message}") from error
            if getattr(error, "code", None) in NEEDS_PERSON:
                raise BrokenError(
                    f"bad weather is taken for something else: {error.message}") from error
            return f"failed ({getattr(error, 'code', error.message)})"
        if not storage.rate:
            laptop.exchanged()
            laptop.heard = self.book.step if thorough and not done.refused else laptop.heard
        return f"sealed {done.sealed} pushed {done.pushed} pulled {done.pulled} refused {done.refused}"

    # What happens to computers

    def _lock(self, laptop: Laptop, _rng: Random) -> str:
        laptop.open().lock()
        laptop.screens.clear()
        return "locked"

    def _quit(self, laptop: Laptop, _rng: Random) -> str:
        laptop.shut()
        return "closed"

    def _twice(self, laptop: Laptop, _rng: Random) -> str:
        laptop.open()
        second = Vault(laptop.home, laptop.now)
        try:
            second.unlock(PASSPHRASE)
        except AppError:
            return "refused the second"
        finally:
            if second.is_open:
                second.close()
        raise BrokenError("one profile was opened twice at once")

    def _clock(self, laptop: Laptop, rng: Random) -> str:
        laptop.ahead = rng.choice(
            (0, 0, rng.randrange(-600_000, 600_000), rng.randrange(-10 * YEAR, 10 * YEAR)))
        return f"clock ahead by {laptop.ahead / YEAR:.2f} years"

    def _copied(self, laptop: Laptop, rng: Random) -> str:
        if len(self.laptops) >= MOST:
            return "no room"
        number = len(self.laptops) + len(self.gone)
        whole = rng.random() < 0.7
        self.laptops.append(laptop.copy(number, Home(self.folder / f"laptop-{number}"), whole))
        return f"copied to {number}, {'whole' if whole else 'without its token'}"

    def _joins(self, _laptop: Laptop, rng: Random) -> str:
        return self.enrol(rng, rng.random() < 0.5) if len(self.laptops) < MOST else "no room"

    def _handed(self, laptop: Laptop, rng: Random) -> str:
        """The root key passes to another computer of the coordination."""
        holder, storage = self._holder(rng, rng.random() < 0.5)
        key = own_key(laptop.open())
        if (holder is None or laptop.role != "coordination" or key == own_key(holder.open())
            or not _knows(holder, key)):
            return "nothing"
        hand_over(holder.open(), storage, key)
        return f"by {holder.number}"

    def _kit(self, _laptop: Laptop, rng: Random) -> str:
        holder, storage = self._holder(rng, rng.random() < 0.5)
        if holder is None:
            return "nothing"
        self.codes = make_kit(holder.open(), storage, date(2026, 11, 28))
        return f"by {holder.number}"

    def _taken_over(self, laptop: Laptop, rng: Random) -> str:
        """By two sheets of the last kit, while whoever held the root key lives."""
        if laptop.role != "coordination" or not self.codes:
            return "nothing"
        storage = Weather(self.share, laptop.number, rng, blind=rng.random() < 0.5)
        try:
            take_over(laptop.open(), storage, self.codes[0], self.codes[1], [])
        except AppError as error:
            # A kit made on a view that did not show the last lists.
            return f"refused: {error.message}"
        return "done"

    def _removed(self, laptop: Laptop, rng: Random) -> str:
        """A holder takes a laptop out, with all its copies; what it wrote and the holder has not
        read may be lost."""
        key = own_key(laptop.open())
        if key == own_key(self.laptops[0].open()) or len(self.laptops) < 4:
            return "nothing"
        founder, storage = self._holder(rng, rng.random() < 0.5)
        if founder is None or key == own_key(founder.open()) or not _knows(founder, key):
            return "nothing"
        remove_device(founder.open(), storage, key)
        leaving = [one for one in self.laptops if own_key(one.open()) == key]
        for one in leaving:
            for done in one.work:
                done.mortal = done.mortal or done.safe is None or done.safe >= founder.heard
            one.shut()
        self.laptops = [one for one in self.laptops if one not in leaving]
        self.gone += leaving
        return f"with copies: {[one.number for one in leaving]}"

    def _readers(self, _laptop: Laptop, rng: Random) -> str:
        """Whoever holds the root key says who reads what the group does: it is confidential from
        the first time on.

        The first laptop always: what was lost is looked for there.
        """
        holder, storage = self._holder(rng, rng.random() < 0.3)
        if holder is None or not holder.open().ask(lambda session: session.get(Group, self.group)):
            return "nothing"
        chosen = [one for one in self.laptops if one is self.laptops[0] or rng.random() < 0.5]
        keys = {key for one in chosen if _knows(holder, key := own_key(one.open()))}
        set_readers(holder.open(), storage, self.group, keys)
        return f"{[one.number for one in chosen]} by {holder.number}"

    def reads(self, laptop: Laptop, channel: str) -> bool:
        """Whether a laptop is a reader of a channel, by the list that the first one follows."""
        roster = self.laptops[0].open().ask(roster_in_force)
        return roster.reads(roster.device(own_key(laptop.open())), channel)

    def _backup(self, laptop: Laptop, _rng: Random) -> str:
        target = self.folder / f"backup-{laptop.number}-{self.book.step}"
        laptop.open().back_up(target)
        laptop.backups.append((self.book.step, target))
        return "made"

    def _restored(self, laptop: Laptop, rng: Random) -> str:
        if not laptop.backups:
            return "nothing"
        at, source = rng.choice(laptop.backups)
        laptop.shut()
        laptop.vault.restore(source, PASSPHRASE)
        laptop.put_back(at)
        for aside in laptop.home.folder.glob("before-restore-*"):
            shutil.rmtree(aside)
        return f"as it was at step {at}"

    def _older_day(self, laptop: Laptop, rng: Random) -> str:
        """The whole folder of the profile is put back by hand, the token too."""
        kept = self.folder / f"kept-{laptop.number}"
        laptop.shut()
        if not kept.exists() or rng.random() < 0.5:
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(laptop.home.folder, kept)
            (kept / "step").write_text(str(self.book.step))
            return "kept"
        shutil.rmtree(laptop.home.folder)
        shutil.copytree(kept, laptop.home.folder)
        at = int((kept / "step").read_text())
        (laptop.home.folder / "step").unlink()
        laptop.put_back(at)
        return f"put back by hand as it was at step {at}"

    def _snapshot(self, laptop: Laptop, _rng: Random) -> str:
        """One is made long before it is due: what it lets go of is what matters here."""
        vault = laptop.open()
        roster = vault.ask(current_roster)
        if laptop.role != "coordination" or roster is None:
            return "nothing"
        made = make(vault, roster)
        self.snapshots += made is not None
        return f"snapshot {made}"

    def _month(self, _laptop: Laptop, _rng: Random) -> str:
        self.book.ms += 31 * 24 * 3_600_000
        return "later"

    def _server_copied(self, _laptop: Laptop, _rng: Random) -> str:
        self.older.append((self.book.step, self.share.copy()))
        return f"{len(self.older[-1][1])} files"

    def _server_put_back(self, _laptop: Laptop, rng: Random) -> str:
        if not self.older:
            return "nothing"
        at, files = rng.choice(self.older)
        self.share.put_back(files)
        for laptop in self.laptops:
            for done in laptop.work:
                if done.safe is not None and done.safe > at:
                    done.safe = None
        return f"as it was at step {at}"


HAPPENINGS = {"round": 24, "stormy": 14, "partial": 6, "killed": 4, "busy": 6, "lock": 2, "quit": 2,
              "twice": 1, "clock": 4,
              "copied": 1, "joins": 2, "removed": 1, "handed": 1, "kit": 1, "taken_over": 1,
              "readers": 2,
              "backup": 3, "restored": 2, "older_day": 2, "server_copied": 1, "server_put_back": 1,
              "snapshot": 4, "month": 3}
"""Step -> how often."""
