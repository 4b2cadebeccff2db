"""`python -m tests.carnet`: the command as a shell starts it, but for passphrases that cost no
work.

The program itself gives no such passphrase, whatever its arguments and its environment say.
"""

import sys

import desktop.__main__
from desktop.cli.context import Context
from desktop.vault import Cost


def main() -> int:
    """The command `carnet`, for a test."""
    Context.cost = Cost.TEST
    return desktop.__main__.main()


if __name__ == "__main__":
    sys.exit(main())
