"""Asks a server for pages with `wrk`, on a core of its own: one page, or many by Zipf's law."""

from __future__ import annotations

import os
import random
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

CONNECTIONS = 32
LOAD_CORE = "1"
_DRAWN = 20_000  # requests that are drawn beforehand and then sent over and over

_LUA = """
local requests, number = {}, 0
init = function(args)
  for line in io.lines("%(file)s") do
    local path, cookie = line:match("^(%%S+)\\t?(.*)$")
    local headers = {}
    for name, value in pairs(wrk.headers) do headers[name] = value end
    if cookie ~= "" then headers["Cookie"] = cookie end
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
  number = math.random(#requests)
end
request = function()
  number = number %% #requests + 1
  return requests[number]
end
"""


@dataclass
class Asked:
    """One thing that is asked for, over and over. `lines`: path, and cookie after a tabulator, of many requests.

    `rates` are requests a second of processor that the server's processes used: what a core of its own would give them,
    however many others share it now. A server of several threads would else seem faster the busier the machine is.
    `p99s` are milliseconds by the clock, at full load.
    """

    name: str
    url: str
    servers: list[int]
    headers: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    p99s: list[float] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)

    def run(self, seconds: int) -> None:
        before = self._processor()
        printed = self._wrk(seconds)
        self.answered.append(_answered(printed))
        self.rates.append(self.answered[-1] / (self._processor() - before))
        self.p99s.append(_p99(printed))

    def by_the_clock(self, seconds: int) -> float:
        """Answers a second, as many as there are."""
        return _answered(self._wrk(seconds)) / seconds

    def warm_up(self) -> None:
        """So that what is asked for most is in memory, as it is all day."""
        self._wrk(5 if self.lines else 1)

    def _processor(self) -> float:
        """Seconds of processor that the server has used so far."""
        return sum(map(processor_of, self.servers))

    def _wrk(self, seconds: int) -> str:
        with tempfile.TemporaryDirectory() as folder:
            script = self._script(Path(folder))
            headers = [part for name, value in self.headers.items() for part in ("-H", f"{name}: {value}")]
            command = [
                "taskset",
                "-c",
                LOAD_CORE,
                "wrk",
                "-t1",
                f"-c{CONNECTIONS}",
                f"-d{seconds}s",
                "--latency",
            ]
            printed = subprocess.run(
                [*command, *script, *headers, self.url], capture_output=True, text=True, check=True
            ).stdout
        assert "Non-2xx" not in printed or "304" in self.name, f"{self.name}: {printed}"
        return printed

    def _script(self, folder: Path) -> list[str]:
        if not self.lines:
            return []
        (folder / "requests").write_text("\n".join(self.lines) + "\n")
        (folder / "load.lua").write_text(_LUA % {"file": folder / "requests"})
        return ["-s", str(folder / "load.lua")]


def zipf(paths: list[str]) -> list[str]:
    """Requests of which the nth path gets its share by 1/n; the same ones in each run."""
    weights = list(accumulate(1 / rank for rank in range(1, len(paths) + 1)))
    return random.Random(5).choices(paths, cum_weights=weights, k=_DRAWN)  # nothing secret


def processor_of(process: int) -> float:
    """Seconds of processor that it has used so far."""
    numbers = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def _answered(printed: str) -> int:
    found = re.search(r"(\d+) requests in", printed)
    assert found is not None, printed
    return int(found[1])


def _p99(printed: str) -> float:
    found = re.search(r"99%\s+([\d.]+)(us|ms|s)", printed)
    assert found is not None, printed
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1_000.0}[found[2]]
