"""Window or command line, by the arguments."""

import gc
import os
import sys


def main() -> int:
    """Return the command `carnet`."""
    from desktop.base.system.memory import close_memory
    from desktop.cli.opening import window_wanted

    close_memory()
    home = window_wanted(sys.argv[1:])
    if home is None:
        # What is imported stays to the end: to look again and again for what of it could go took
        # half the time of a verb.
        gc.disable()
        from desktop.cli.context import Context
        from desktop.cli.main import run

        gc.freeze()
        gc.enable()
        try:
            outcome = run(sys.argv[1:])
        finally:
            gc.freeze()
        if isinstance(outcome, int):
            return outcome
        home = Context(outcome).home
    if sys.platform == "linux" and not any(os.environ.get(name)
                                           for name in ("DISPLAY", "WAYLAND_DISPLAY",
                                                        "QT_QPA_PLATFORM")):
        from desktop.base.i18n import _

        # Qt would abort the process, with words that only its developers understand.
        print(_("There is no display for the window; `carnet --help` lists what the terminal can "
                "do."), file=sys.stderr)
        return 1
    try:
        from desktop.app import open_window

        return open_window(home)
    except (ImportError, OSError) as error:
        from desktop.base.system.libraries import missing_library

        told = missing_library(error)
        if told is None:
            raise
        print(told, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
