"""Named moments at which a test may end the process as a power cut would: nothing is flushed, nothing is tidied up."""

import os
import signal
import sys

_NAME, _, _COUNT = os.environ.get("CARNET_CRASH_AT", "").partition(":")
_left = int(_COUNT) if _COUNT.isdigit() else 1


def crash_point(name: str) -> None:
    """Nothing, unless CARNET_CRASH_AT names this point (`name`, or `name:3` for its third passage): then the end."""
    global _left
    if name != _NAME:
        return
    _left -= 1
    if _left == 0:
        if sys.platform == "win32":
            os._exit(137)
        os.kill(os.getpid(), signal.SIGKILL)
