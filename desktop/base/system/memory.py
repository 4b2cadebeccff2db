"""What this process holds in memory is nobody else's: no core dump, no other program of the account
that reads it.

Linux: PR_SET_DUMPABLE (prctl(2)) and RLIMIT_CORE (getrlimit(2)). Elsewhere the system's own rules
hold; nothing is done.
"""

import ctypes
import sys

_PR_SET_DUMPABLE = 4
"""From <sys/prctl.h>."""


def close_memory() -> bool:
    """Refuse core dumps and the reading of our memory by others of this account; whether the system
    took both."""
    if sys.platform != "linux":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return bool(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
