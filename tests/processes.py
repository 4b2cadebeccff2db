"""Processes that are ready to run: each is a copy of one that has imported what the tests start
again and again."""

import multiprocessing
from multiprocessing.context import ForkServerContext


def ready() -> ForkServerContext:
    """What makes them. There is one such process to copy for all tests, so all that any of them
    needs is named here."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.days", "tests.cli.verbs"])
    return context
