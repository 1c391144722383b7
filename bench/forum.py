"""The forum under load: 200,000 posts in 2,000 threads, on SQLite, by a real `careo serve`.

    python -m bench.forum [--posts 200000] [--seconds 10] [--rounds 5] [--listeners 1000]

Prints the first page of a 2,000-post thread to logged-in subscribers beside nginx serving a file, posts accepted by 8
clients with p50 and p99, each durable when answered, and the server's memory for each listener. The server and nginx are
bound to one core, whatever asks to another. Rates are also told per second of processor that the server used, which is
what a core of its own would give however many others share it now. Readers send the cookies that logging in brings: session,
pass and the token against forged forms; posts go by the same path as a browser's.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.serve import nginx, ratios, story_of
from bench.wrk import Asked, processor_of
from tests.project.newspaper import Newspaper

from careo.edge.passes import issue

CLIENTS, MOST_POSTS = 8, 10
READERS = 500  # who write ten posts each and no more: the forum's own limit for five minutes stays in force
CSRF = "c" * 32
FILL = """
from importlib import import_module
from uuid import uuid4
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.utils import timezone
from careo.forum.models import Post, Thread
from careo.paper.models import Home
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan, Reader
from careo.stories.models import Section, Story

def session(reader):
    made = import_module(settings.SESSION_ENGINE).SessionStore()
    made[SESSION_KEY], made[BACKEND_SESSION_KEY] = str(reader.pk), settings.AUTHENTICATION_BACKENDS[0]
    made[HASH_SESSION_KEY] = reader.get_session_auth_hash()
    made.save()
    return made.session_key

with transaction.atomic():
    section = Section(title="Politics", slug="politics")
    Home.objects.get().add_child(instance=section)
    plan, _ = Plan.objects.get_or_create(slug="post", defaults={{"name": "The Post"}})
    readers = [open_account(f"reader{{n}}@readers.example", pen_name=f"Reader {{n}}") for n in range({readers})]
    for reader in readers:
        grant(reader, plan, by=None)
    big = None
    for n in range({threads}):
        story = Story(title=f"Story {{n}}", slug=f"story-{{n}}", live=True, first_published_at=timezone.now())
        section.add_child(instance=story)
        many = 2_000 if n == 0 else ({posts} - 2_000) // ({threads} - 1)
        thread = Thread.objects.create(story=story, posts_made=many, last_post_at=timezone.now())
        Post.objects.bulk_create([Post(thread=thread, number=i + 1, author=readers[i % len(readers)],
            form_token=uuid4(), text=f"Post {{i}}: the *ferry* of line {{i}} was late again.\\n\\nI saw it from the quay.")
            for i in range(many)], batch_size=500)
        big = big or story.pk
    Post.objects.update(posted_at="2026-01-01T00:00:00Z")  # long ago, for the limit on how many one writes
    sessions = [session(reader) for reader in readers]
Reader.objects.update(date_joined="2025-01-01T00:00:00Z")  # settled accounts
print(big, settings.CAREO_PASS_KEY.hex(), *(f"{{reader.pk}}:{{one}}" for reader, one in zip(readers, sessions)))
"""


class Client:
    """One connection that is kept, and the sessions of the readers who take turns on it.

    `address`: the paper's, where it is not the server's own.
    """

    def __init__(self, newspaper: Newspaper, cookies: list[str], address: str = "") -> None:
        self.cookies, self.written, self.address = cookies, 0, address or newspaper.host
        self.connection = http.client.HTTPConnection("127.0.0.1", newspaper.port, timeout=60)

    @property
    def headers(self) -> dict[str, str]:
        cookie = self.cookies[self.written // MOST_POSTS % len(self.cookies)]
        return {"Host": self.address, "Cookie": cookie}

    def read(self, path: str) -> None:
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status

    def write(self, story: int) -> str:
        """Where the post stands."""
        form = f"text=The+ferry+came+late&form_token={uuid4()}&csrfmiddlewaretoken={CSRF}"
        headers = {
            **self.headers,
            "Origin": f"http://{self.address}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request("POST", f"/forum/{story}/reply/", form, headers)
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 302, answer.status
        self.written += 1
        return answer.headers["Location"]


def at_once(act: Callable[[int], object], seconds: float) -> list[float]:
    """Milliseconds of each act by CLIENTS that do it again and again."""
    end = time.monotonic() + seconds

    def keep_on(n: int) -> list[float]:
        took = []
        while (begun := time.monotonic()) < end:
            act(n)
            took.append((time.monotonic() - begun) * 1000)
        return took

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [one for many in pool.map(keep_on, range(CLIENTS)) for one in many]


def told(what: str, took: list[float], seconds: float, used: float) -> None:
    hundred = statistics.quantiles(took, n=100)
    print(
        f"{what}: {len(took) / seconds:.1f} a second, p50 {hundred[49]:.0f} ms, p99 {hundred[98]:.0f} ms; "
        f"{len(took) / used:.1f} a second of processor, {1_000 * used / len(took):.2f} ms each"
    )


def cookies_of(key: bytes, told: str) -> str:
    reader, session = told.split(":")
    worth = issue(key, int(reader), now=time.time(), seconds=86_400)
    return f"careo_session={session}; careo_csrf={CSRF}; careo_pass={worth}"


def pages(
    stack: ExitStack,
    newspaper: Newspaper,
    server: int,
    path: str,
    cookies: list[str],
    given: argparse.Namespace,
) -> None:
    """The first page, and a file from nginx, in rounds one after the other."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="careo-bench-")))
    (folder / "story.html").write_bytes(story_of(10_000))
    file = nginx(stack, folder)
    page = Asked(
        "page", f"http://{newspaper.host}", [server], lines=[f"{path}\t{cookie}" for cookie in cookies]
    )
    for asked in (file, page):
        asked.warm_up()
    for _ in range(given.rounds):
        file.run(2)
        page.run(2)
    shares = ratios(page.rates, file.rates)
    print(
        f"first page of 2,000 posts: {statistics.median(page.rates):,.0f} a second of processor, "
        f"p99 {statistics.median(page.p99s):.0f} ms with 32 at once; nginx, a file: {statistics.median(file.rates):,.0f}; "
        f"to nginx {statistics.median(shares):.4f} ({min(shares):.4f} to {max(shares):.4f})"
    )


def memory(pid: int) -> int:
    """Kilobytes that the process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


async def listen(
    newspaper: Newspaper, path: str, cookie: str, many: int, measure: Callable[[], None]
) -> None:
    ask = (
        f"GET {path} HTTP/1.1\r\nHost: {newspaper.host}\r\nAccept: text/event-stream\r\nCookie: {cookie}\r\n\r\n"
    ).encode()
    writers = []
    for _ in range(many):
        reader, writer = await asyncio.open_connection("127.0.0.1", newspaper.port)
        writer.write(ask)
        line = await reader.readline()
        assert b" 200 " in line, line
        writers.append(writer)
    await asyncio.sleep(2)
    measure()
    for writer in writers:
        writer.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--posts", type=int, default=200_000)
    asked.add_argument("--threads", type=int, default=2_000)
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--listeners", type=int, default=1_000)
    given = asked.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="careo-bench-") as folder, ExitStack() as stack:
        newspaper = Newspaper(Path(folder) / "data")
        try:
            newspaper.wait_until_it_answers()
            print(
                f"{platform.machine()}, {len(cores)} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
            )
            begun = time.monotonic()
            fill = FILL.format(posts=given.posts, threads=given.threads, readers=READERS)
            number, key, *sessions = newspaper.python(fill).split()
            story, cookies = int(number), [cookies_of(bytes.fromhex(key), one) for one in sessions]
            print(
                f"{given.posts:,} posts in {given.threads:,} threads, written in {time.monotonic() - begun:.0f} s"
            )
            (server,) = newspaper.processes("careo.project.web")
            os.sched_setaffinity(server, {cores[0]})
            for task in Path(f"/proc/{server}/task").iterdir():
                os.sched_setaffinity(int(task.name), {cores[0]})
            os.sched_setaffinity(0, set(cores[1:] or cores))
            clients = [Client(newspaper, cookies[n::CLIENTS]) for n in range(CLIENTS)]
            everybody = Client(newspaper, cookies)
            for _ in cookies:  # a first visit writes how far each has read; the ones after it are measured
                everybody.read(f"/forum/{story}/")
                everybody.written += MOST_POSTS
            pages(stack, newspaper, server, f"/forum/{story}/", cookies, given)
            begun_at = processor_of(server)
            took = at_once(lambda n: clients[n].write(story), given.seconds)
            told("posts accepted, durable", took, given.seconds, processor_of(server) - begun_at)
            before = memory(server)

            def measure() -> None:
                grown = memory(server) - before
                print(
                    f"{given.listeners} listeners: {grown / 1024:.0f} MB more, {grown / given.listeners:.0f} kB each"
                )

            asyncio.run(
                listen(
                    newspaper, f"/forum/{story}/live/", clients[0].headers["Cookie"], given.listeners, measure
                )
            )
        finally:
            newspaper.end()


if __name__ == "__main__":
    main()
