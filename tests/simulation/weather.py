"""The shared folder in bad weather: what fails, and when, is drawn from a seed."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from desktop.sync.stores.folder import FolderStorage
from desktop.sync.stores.storage import StoreError, StoreProblem

FAULTS = ("put refused", "put kept but told to fail", "put lost without a word", "put cut short",
          "listing cut",
          "read failed", "read found nothing", "remove failed", "new files hidden")


@dataclass
class Share:
    """The folder that all devices share, and what its older copies held."""

    folder: Path
    written: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Name -> (how many were written before it, by which device)."""
    injected: Counter[str] = field(default_factory=Counter)
    let_go: int = 0
    """Packages that were taken away because a snapshot covers them."""

    def copy(self) -> dict[str, bytes]:
        """All files, as an older copy of the server."""
        return {str(path.relative_to(self.folder)): path.read_bytes()
                for path in self.folder.rglob("*") if path.is_file()}

    def put_back(self, older: dict[str, bytes]) -> None:
        """The server is as it was then."""
        for path in self.folder.rglob("*"):
            if path.is_file() and str(path.relative_to(self.folder)) not in older:
                path.unlink()
        for name, data in older.items():
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


class Weather(FolderStorage):
    """One device's view of the folder during one round. `rate`: how often something fails; 0 in
    good weather. `blind`: what the others wrote lately is not shown.

    A round has a few kinds of fault of its own, so that not all end with the first reading.
    """

    def __init__(self, share: Share, device: int, rng: Random, rate: float = 0.0,
                 blind: bool = False) -> None:
        super().__init__(share.folder.as_uri(), share.folder)
        self.share, self.device, self.rng, self.rate = share, device, rng, rate
        self.hidden: set[str] = set()
        self.kinds = rng.sample(FAULTS, rng.randrange(1, 4)) if rate else []
        if blind or "new files hidden" in self.kinds:
            # What the others wrote lately is not shown to this device yet.
            late = len(share.written) - rng.randrange(1, 30)
            self.hidden = {name for name, (at, who) in share.written.items()
                           if at >= late and who != device}
            self._fault("new files hidden", bool(self.hidden))

    def _fault(self, what: str, happens: bool | None = None) -> bool:
        if happens is None:
            happens = what in self.kinds and self.rng.random() < self.rate
        if happens:
            self.share.injected[what] += 1
        return happens

    def _refused(self) -> StoreError:
        return StoreError(StoreProblem.BUSY, "weather")

    def names(self, folder: str) -> list[str]:
        if self._fault("read failed"):
            raise self._refused()
        found = [name for name in super().names(folder) if f"{folder}/{name}" not in self.hidden]
        if len(found) > 1 and self._fault("listing cut"):
            return found[:self.rng.randrange(len(found))]
        return found

    def get(self, name: str) -> bytes | None:
        if self._fault("read failed"):
            raise self._refused()
        if name in self.hidden or self._fault("read found nothing"):
            return None
        return super().get(name)

    def write(self, name: str, data: bytes) -> None:
        if self._fault("put refused"):
            raise self._refused()
        if self._fault("put lost without a word"):
            return
        if len(data) > 1 and self._fault("put cut short"):
            super().write(name, data[:self.rng.randrange(1, len(data))])
            return
        super().write(name, data)
        self.hidden.discard(name)
        self.share.written[name] = (len(self.share.written), self.device)
        if self._fault("put kept but told to fail"):
            raise self._refused()

    def remove(self, name: str) -> None:
        if self._fault("remove failed"):
            raise self._refused()
        self.share.let_go += name.startswith("w/")
        super().remove(name)
