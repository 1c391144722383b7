"""How a command prints its one JSON object."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_json(answer: dict[str, Any]) -> None:
    """On one line, in UTF-8; escaped where the text holds half a character, which UTF-8 cannot write."""
    try:
        written = json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        written = json.dumps(answer).encode()
    sys.stdout.buffer.write(written + b"\n")
    sys.stdout.buffer.flush()
