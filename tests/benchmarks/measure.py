"""Taking times and saying them: medians, one line of JSON each."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RUNS = 3


def seconds(work: Callable[[], object]) -> float:
    """How long it took, once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(works: list[Callable[[], object]]) -> float:
    """The median time of several runs, each prepared before."""
    return statistics.median(seconds(work) for work in works)


def quantile(times: list[float], share: float) -> float:
    """The time that this share of the runs stays within."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def peak_mib() -> float:
    """The most memory this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says counts the process that began this one.
        return next(int(line.split()[1]) for line in status.read_text().splitlines()
                    if line.startswith("VmHWM")) / (1 << 10)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def say(name: str, value: float, unit: str, **more: Any) -> None:
    """One line of JSON on the standard output."""
    sys.stdout.write(json.dumps({"name": name, "value": round(value, 3), "unit": unit, **more})
                     + "\n")
    sys.stdout.flush()
