"""How near to a file server is Careo, to visitors and to subscribers? Ratios within one run; prints tables in Markdown.

    python bench/serve.py [--seconds 2] [--rounds 5] [--stories 10000] [--bytes 10000] [--memory 128]

Needs `wrk`, `nginx` and `taskset`. One core serves and one asks. The same story is asked for everywhere; in each round
all are asked one after the other, so that whatever else the machine does falls on all of them alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
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
from pathlib import Path
from urllib.request import Request, urlopen

from careo.edge.page import Page
from careo.edge.passes import issue
from careo.edge.store import PageStore
from careo.edge.variants import VARIANTS

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.wrk import CONNECTIONS, Asked, zipf

SERVER_CORE = "0"
READERS = 1_000
LIMIT, LOOP, THREAD = (
    "nginx, the story as a file",
    "Granian, constant bytes by the loop",
    "Granian, constant bytes in its own thread",
)
VISITORS, SUBSCRIBERS = "Careo, to visitors, Zipf", "Careo, to subscribers, Zipf"
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Sec-Fetch-Mode": "navigate",
}
WORDS = [
    f"{first}{last}"
    for first in (
        "dam",
        "water",
        "minister",
        "engineer",
        "letter",
        "valley",
        "Alba",
        "reservoir",
        "council",
        "north",
        "cut",
        "say",
    )
    for last in ("", "s", "ing", "ed", "-day", "'s", " of", " the", " and", " no", " a", " in")
]
VERBS = ("holds", "leaks", "gives way", "is mended", "stands")
CACHED = "public, max-age=0, must-revalidate"

CONSTANT = """
import asyncio, sys
from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server
from careo.edge.answers import Answer
from careo.project.direct import answer_in_the_servers_thread

body = open(sys.argv[2], "rb").read()
given = Answer(200, [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())], body)
if sys.argv[3] == "thread":
    answer_in_the_servers_thread(lambda scope: given)

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        return
    for message in given.messages:
        await send(message)

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

# In the newspaper's own Django, as an editor's process: how long publishing takes, and when the clock stood at its end.
PUBLISH = """
import sys, time
from careo.project.database import set_up_django
set_up_django()
from careo.paper.models import Home
from careo.stories.models import Section, Story
home = Home.objects.get()
section = Section.objects.filter(slug="bench").first()
if section is None:
    section = Section(title="Bench", slug="bench")
    home.add_child(instance=section)
story = Story.objects.filter(slug="the-dam").first()
if story is None:
    story = Story(title="The dam", slug="the-dam")
    section.add_child(instance=story)
story.body = [("paragraph", "<p>" + sys.argv[1] + "</p>")]
begun = time.time()
story.save_revision().publish()
print(begun, time.time())
"""


class Newspaper:
    """Careo as `careo serve` runs it, with many stories in its store."""

    def __init__(self, folder: Path, story: bytes, stories: int, megabytes: int) -> None:
        self.data, self.port = folder / "data", free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "CAREO_DATA": str(self.data),
            "CAREO_BIND": f"127.0.0.1:{self.port}",
            "CAREO_SECRET": "b" * 40,
            "CAREO_PAGES_MEMORY": str(megabytes),
        }
        self.page = Page(story, "text/html; charset=utf-8", int(time.time()), (("Cache-Control", CACHED),))
        self.paths = [f"/bench/{number}/" for number in range(stories)]

    @contextmanager
    def serving(self) -> Iterator[float]:
        """Until the block ends; gives the seconds that it took to answer."""
        command = [sys.executable, "-c", "from careo.project.cli.main import main; main()", "serve"]
        begun = time.monotonic()
        with running(command, f"{self.address}/", environment=self.environment, patience=180):
            yield time.monotonic() - begun

    def fill(self) -> float:
        """Lay the story into the store under every path, in both variants; gives the seconds."""
        begun, store = time.monotonic(), PageStore(self.data / "pages", memory_bytes=1)
        stamp = store.stamp()
        for number, path in enumerate(self.paths):
            tags = {f"page:{number}", f"outlet:{number % 50}", f"report:{number}", "site"}
            for variant in VARIANTS:
                assert store.put(path, variant, self.page, tags=tags, stamp=stamp)
        return time.monotonic() - begun

    def passes(self) -> list[str]:
        """Cookies of as many readers, each with a session's cookie beside it, as browsers send them."""
        code = "from careo.project.settings import CAREO_PASS_KEY as key; print(key.hex())"
        key = bytes.fromhex(self._python(code))
        worth = [issue(key, reader, now=time.time(), seconds=86_400) for reader in range(READERS)]
        return [f"sessionid={reader:032x}; careo_pass={each}" for reader, each in enumerate(worth)]

    def publish(self, words: str) -> tuple[float, float]:
        """Milliseconds that publishing takes, and that the next reader waits who is shown the words."""
        begun, ended = map(float, self._python(PUBLISH, words).split())
        asked = time.time()
        assert words.encode() in urlopen(f"{self.address}/bench/the-dam/", timeout=20).read()
        return (ended - begun) * 1_000, (time.time() - asked) * 1_000

    def megabytes(self) -> int:
        """What the server's process has in memory now."""
        status = Path(f"/proc/{self.server()}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024

    def server(self) -> int:
        """The process that answers."""
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if "careo.project.web" in line.read_text() and self._is_mine(line.parent):
                    return int(line.parent.name)
            except OSError:
                continue
        raise LookupError("the server's process")

    def _is_mine(self, process: Path) -> bool:
        return f"CAREO_DATA={self.data}\0" in (process / "environ").read_text() + "\0"

    def _python(self, code: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seconds", type=int, default=2)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--stories", type=int, default=10_000)
    options.add_argument("--bytes", type=int, default=10_000)
    options.add_argument("--memory", type=int, default=128)
    chosen = options.parse_args()
    story = story_of(chosen.bytes)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="careo-bench-")))
        paper = Newspaper(folder, story, chosen.stories, chosen.memory)
        with paper.serving() as cold:
            paper.publish("The dam is new.")  # with its section, which every page names
            filling = paper.fill()
        warm = stack.enter_context(paper.serving())
        empty = paper.megabytes()
        asked = [*careo(paper), *constants(stack, folder, story), nginx(stack, folder)]
        for each in asked:
            each.warm_up()
        for _ in range(chosen.rounds):
            for each in asked:
                each.run(chosen.seconds)
        print_rates(asked, story, chosen.seconds, chosen.rounds)
        print_rest(paper, asked, empty=empty, cold=cold, warm=warm, filling=filling)


def story_of(size: int) -> bytes:
    """Words in no order, which shrink about as much as a story's markup does; the same ones in each run."""
    draw = random.Random(7)
    words = "".join(f"<p>{' '.join(draw.choices(WORDS, k=60))}.</p>\n" for _ in range(size // 200))
    return f"<!doctype html><title>The dam</title>\n{words}".encode()[:size]


def careo(paper: Newspaper) -> list[Asked]:
    one, many = f"{paper.address}{paper.paths[0]}", zipf(paper.paths)
    passes = paper.passes()
    server = [paper.server()]
    with_passes = [f"{path}\t{passes[number % READERS]}" for number, path in enumerate(many)]
    return [
        Asked("Careo, to a visitor, one story", one, server),
        Asked(VISITORS, paper.address, server, lines=many),
        Asked(SUBSCRIBERS, paper.address, server, lines=with_passes),
        Asked("Careo, to visitors' browsers, Zipf, brotli", paper.address, server, BROWSER, many),
        Asked("Careo, to subscribers' browsers, Zipf, brotli", paper.address, server, BROWSER, with_passes),
        Asked("Careo, 304 to who has it", one, server, {"If-None-Match": paper.page.etag}),
        Asked("Django, a page at hand", f"{paper.address}/?by=django", server),
    ]


def constants(stack: ExitStack, folder: Path, story: bytes) -> Iterator[Asked]:
    """The same server around four lines of Python: what any application over it could reach."""
    (folder / "story.html").write_bytes(story)
    for name, way in ((LOOP, "loop"), (THREAD, "thread")):
        port = free_port()
        url = f"http://127.0.0.1:{port}/"
        command = [sys.executable, "-c", CONSTANT, str(port), str(folder / "story.html"), way]
        yield Asked(name, url, [stack.enter_context(running(command, url))])


def nginx(stack: ExitStack, folder: Path) -> Asked:
    """A file server, with one worker and the story as a file."""
    binary = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert binary is not None, "nginx is not installed"
    port = free_port()
    folder.chmod(0o755)  # its worker may be another user
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    url = f"http://127.0.0.1:{port}/story.html"
    master = stack.enter_context(running([binary, "-c", str(folder / "nginx.conf")], url))
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return Asked(LIMIT, url, [master, *map(int, workers)])


@contextmanager
def running(
    command: list[str], url: str, *, environment: dict[str, str] | None = None, patience: float = 20
) -> Iterator[int]:
    """The command's process, on the serving core, from when the URL answers until the block ends."""
    process = subprocess.Popen(
        ["taskset", "-c", SERVER_CORE, *command], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + patience
        while not answers(url):
            assert process.poll() is None, f"{command[0]} ended at once"
            assert time.monotonic() < end, f"{url} did not answer within {patience} s"
            time.sleep(0.05)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def answers(url: str) -> bool:
    try:
        with urlopen(Request(url), timeout=10) as answer:  # an address of our own
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def print_rates(asked: list[Asked], story: bytes, seconds: int, rounds: int) -> None:
    """Each round's rate is divided by nginx's of the same round; the table has the median of these ratios."""
    rates = {each.name: each.rates for each in asked}
    print(
        f"{time.strftime('%Y-%m-%d')} · {platform.machine()}, Python {platform.python_version()}, one core to serve and one to "
        f"ask · {len(story):,} bytes · wrk, {CONNECTIONS} connections, {rounds} rounds of {seconds} s · load "
        f"{os.getloadavg()[0]:.1f}\n"
    )
    print("| | requests a second of processor | to nginx | to constant bytes | lowest–highest to nginx |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for each in sorted(asked, key=lambda each: -statistics.median(each.rates)):
        to_files, to_bytes = ratios(each.rates, rates[LIMIT]), ratios(each.rates, rates[THREAD])
        print(
            f"| {each.name} | {statistics.median(each.rates):,.0f} | {statistics.median(to_files):.3g} | "
            f"{statistics.median(to_bytes):.3g} | {min(to_files):.3g}–{max(to_files):.3g} |"
        )
    both = ratios(rates[SUBSCRIBERS], rates[VISITORS])
    print(f"\nSubscribers to visitors: {statistics.median(both):.2f} ({min(both):.2f}–{max(both):.2f}).")


def ratios(rates: list[float], others: list[float]) -> list[float]:
    return [rate / other for rate, other in zip(rates, others, strict=True)]


def print_rest(
    paper: Newspaper,
    asked: list[Asked],
    *,
    empty: int,
    cold: float,
    warm: float,
    filling: float,
) -> None:
    loaded = paper.megabytes()
    print(f"\n{len(paper.paths):,} stories in both variants: filled in {filling:.0f} s, ", end="")
    print(f"server {empty} MB at the start, {loaded} MB after.")
    print(
        f"From `careo serve` to its first answer: {cold:.1f} s on an empty folder, {warm:.1f} s with the store kept."
    )
    for each in asked:
        if each.name in (VISITORS, SUBSCRIBERS, LIMIT):
            print(
                f"p99 with {CONNECTIONS} requests in flight, {each.name}: {statistics.median(each.p99s):.1f} ms."
            )
    published = [paper.publish(f"The dam {verb}.") for verb in VERBS]
    acts, shown = zip(*published, strict=True)
    print(f"Publishing: {statistics.median(acts):.0f} ms to its end; a reader is then shown it in ", end="")
    print(f"{statistics.median(shown):.0f} ms.")


if __name__ == "__main__":
    main()
