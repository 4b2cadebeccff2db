"""Before the program begins: what the bundle's starter set for itself is not handed on.

The loader has read LD_LIBRARY_PATH by now; a browser or a reader of PDF that is opened would load
our libraries for its own.
"""

import os

before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = before
