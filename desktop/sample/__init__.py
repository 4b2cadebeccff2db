"""The sample collective: fictional, from a seed, at any size; for trying Carnet, for tests and for
benchmarks."""

from desktop.sample.people import names
from desktop.sample.records import SEED, fill, fill_records
from desktop.sample.written.plan import territory

__all__ = ["SEED", "fill", "fill_records", "names", "territory"]
