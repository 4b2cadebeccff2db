"""Prints what running Carnet needs, each part with the version that is installed, as pip takes them
for constraints."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desktop.base.licences import runtime

if __name__ == "__main__":
    for part in runtime():
        print(f"{part.name}=={part.version}")
