"""Window or command line, by the arguments."""

import sys


def main() -> int:
    """The command `carnet`."""
    from desktop.cli.context import Context
    from desktop.cli.main import run

    outcome = run(sys.argv[1:])
    if isinstance(outcome, int):
        return outcome
    from desktop.app import open_window

    return open_window(Context(outcome).home)


if __name__ == "__main__":
    sys.exit(main())
