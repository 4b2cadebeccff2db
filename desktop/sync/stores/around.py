"""What a store that stands around another says as the other does."""

from desktop.sync.stores.storage import Credentials, Storage


class Around:
    """A store around another, with the address, the credentials and the clock of that one."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.url = storage.url
        self.at_once = storage.at_once

    @property
    def credentials(self) -> Credentials:
        """As they are to be remembered."""
        return self._storage.credentials

    @property
    def ahead(self) -> float | None:
        """As the last answer showed."""
        return self._storage.ahead

    @property
    def strange(self) -> set[str]:
        """What was passed over."""
        return self._storage.strange
