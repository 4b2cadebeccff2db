"""Where the bundle begins: the command `carnet`."""

import sys

from desktop.__main__ import main

sys.exit(main())
