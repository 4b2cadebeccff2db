"""First run: a collective created, joined, or the fictional one, in five screens at most."""

from desktop.ui.first_run.screen import FirstRun
from desktop.ui.first_run.wish import Wish

__all__ = ["FirstRun", "Wish"]
