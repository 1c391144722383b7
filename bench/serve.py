"""How near to a file server is Careo? Requests a second, as ratios within one run; prints a table in Markdown.

    python bench/serve.py [--seconds 3] [--rounds 3]

Needs `wrk`; `nginx` is left out where it is not installed. The same 40 kB page is asked for everywhere, one after the
other in each round, so that whatever else the machine does falls on all of them alike; the table has medians.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from careo.edge.page import Page
from careo.edge.passes import issue
from careo.edge.store import PageStore
from careo.edge.variants import SUBSCRIBER, VARIANTS

CONNECTIONS = 32
PATH = "/bench/a-page-of-forty-kilobytes/"
PARAGRAPH = "<p>The dam above Puerto Alba holds, said Water Minister Julián Barrera on day {}; her engineer does not.</p>\n"
BODY = (
    "<!doctype html><title>The dam</title>\n" + "".join(PARAGRAPH.format(day) for day in range(365))
).encode()

CONSTANT = """
import asyncio, sys
from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

body = open(sys.argv[2], "rb").read()
headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})

server = Server(app, "127.0.0.1", int(sys.argv[1]), interface=Interfaces.ASGI, http=HTTPModes.http1,
                websockets=False, backlog=1024, backpressure=64, log_enabled=False)
asyncio.run(server.serve())
"""

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
  types {{ text/html html; }}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


@dataclass
class Runner:
    """One thing that is asked, over and over."""

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)

    def run(self, seconds: int) -> None:
        headers = [part for name, value in self.headers.items() for part in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *headers, self.url]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in printed or "304" in self.name, f"{self.name}: {printed}"
        rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
        assert rate is not None, printed
        self.rates.append(float(rate[1]))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=3)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="careo-bench-")))
        runners = [*careo(stack, folder), constant(stack, folder), *nginx(stack, folder)]
        for _ in range(chosen.rounds):
            for runner in runners:
                runner.run(chosen.seconds)
    report(runners, chosen.seconds, chosen.rounds)


def careo(stack: ExitStack, folder: Path) -> list[Runner]:
    """The product as `careo serve` runs it, with a page put into its store."""
    port, data = free_port(), folder / "data"
    environment = {
        **os.environ,
        "CAREO_DATA": str(data),
        "CAREO_BIND": f"127.0.0.1:{port}",
        "CAREO_SECRET": "b" * 40,
    }
    command = [sys.executable, "-c", "from careo.project.cli.main import main; main()", "serve"]
    address = f"http://127.0.0.1:{port}"
    stack.enter_context(running(command, f"{address}/", environment=environment, patience=120))
    store = PageStore(data / "pages")
    page = Page(BODY, "text/html; charset=utf-8", int(time.time()))
    for variant in VARIANTS:
        assert store.put(PATH, variant, page, tags={"bench"}, stamp=store.stamp())
    key = subprocess.run(
        [sys.executable, "-c", "from careo.project.settings import CAREO_PASS_KEY as key; print(key.hex())"],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    worth = issue(bytes.fromhex(key), 1, now=time.time(), seconds=86_400)
    return [
        Runner("Careo, to a visitor", address + PATH),
        Runner(f"Careo, to a {SUBSCRIBER}", address + PATH, {"Cookie": f"careo_pass={worth}"}),
        Runner("Careo, to a visitor, in brotli", address + PATH, {"Accept-Encoding": "gzip, deflate, br"}),
        Runner("Careo, 304 to who has it", address + PATH, {"If-None-Match": page.etag}),
        Runner("Django, a page at hand", f"{address}/?by=django"),
        Runner("Django, a page to be rendered", f"{address}/search/?q=dam"),
    ]


def constant(stack: ExitStack, folder: Path) -> Runner:
    """The same server around four lines of Python: what any application over it could reach."""
    port = free_port()
    (folder / "page.html").write_bytes(BODY)
    url = f"http://127.0.0.1:{port}/"
    stack.enter_context(running([sys.executable, "-c", CONSTANT, str(port), str(folder / "page.html")], url))
    return Runner("Granian, constant bytes", url)


def nginx(stack: ExitStack, folder: Path) -> list[Runner]:
    """A file server, with one worker and the page as a file."""
    binary = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if binary is None:
        return []
    port = free_port()
    folder.chmod(0o755)  # its worker may be another user
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    url = f"http://127.0.0.1:{port}/page.html"
    stack.enter_context(running([binary, "-c", str(folder / "nginx.conf")], url))
    return [Runner("nginx, a file", url)]


@contextmanager
def running(
    command: list[str], url: str, *, environment: dict[str, str] | None = None, patience: float = 20
) -> Iterator[None]:
    """The command, from when the URL answers until the block ends."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + patience
        while not answers(url):
            assert process.poll() is None, f"{command[0]} ended at once"
            assert time.monotonic() < end, f"{url} did not answer within {patience} s"
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310  # an address of our own
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def report(runners: list[Runner], seconds: int, rounds: int) -> None:
    medians = {runner.name: statistics.median(runner.rates) for runner in runners}
    files, bytes_ = medians.get("nginx, a file"), medians["Granian, constant bytes"]
    print(
        f"{time.strftime('%Y-%m-%d')} · {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()} · "
        f"{len(BODY):,} bytes · wrk, {CONNECTIONS} connections, {rounds} rounds of {seconds} s, medians\n"
    )
    print("| | requests/s | to nginx | to constant bytes | spread |\n| --- | ---: | ---: | ---: | ---: |")
    for runner in sorted(runners, key=lambda each: -medians[each.name]):
        rate, low, high = medians[runner.name], min(runner.rates), max(runner.rates)
        to_files = f"{rate / files:.2f}" if files else "–"
        print(f"| {runner.name} | {rate:,.0f} | {to_files} | {rate / bytes_:.2f} | {low:,.0f}–{high:,.0f} |")


if __name__ == "__main__":
    main()
