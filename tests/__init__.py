"""The tests. What shows the screens, to them and to the pictures, lies with what draws those:
`packaging/gallery`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "packaging"))
