"""A vault that somebody else writes in: whoever wants to write waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from desktop.vault import Vault


@contextmanager
def written_elsewhere(vault: Vault,
                      command: Callable[[Any], object] = lambda session: None) -> Iterator[Event]:
    """Another thread's transaction, which is kept when the event given is set, or at the end."""
    begun, over = Event(), Event()
    held: list[bool] = []

    def hold(session: Any) -> None:
        command(session)
        begun.set()
        held.append(over.wait(20))

    thread = Thread(target=vault.do, args=(hold,))
    thread.start()
    try:
        assert begun.wait(20)
        yield over
    finally:
        over.set()
        thread.join()
    assert held == [True], "the window waited for it"
