"""Small sets of learnt weights, as JSON beside the code; the scripts in `training/` write them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def learnt(name: str) -> Any:
    """The weights called `name`, read once; nobody changes them."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
