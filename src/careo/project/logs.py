"""Log lines as JSON, one object a line, for whoever gathers them: CAREO_LOG=json.

>>> record = logging.LogRecord("careo.press", logging.WARNING, "", 0, "%s took long", ("El Faro",), None)
>>> json.loads(JsonLines().format(record))["message"]
'El Faro took long'
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """`at` (UTC), `level`, `logger`, `message`; `exception` where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)
