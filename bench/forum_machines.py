"""The forum on two machines: two real `careo serve` over one PostgreSQL, one Valkey and one SeaweedFS.

    python -m bench.forum_machines [--posts 200000] [--threads 2000] [--seconds 10] [--rounds 5] [--heard 50]

Prints the first page of a 2,000-post thread at the first while both are asked for it, beside nginx serving a file; posts
accepted by 8 clients, four at each, all in one thread and then each in a thread of its own; and how long after the answer
of a post at one its number is with a listener of the other. The first server and nginx are bound to core 0, the second and
those who ask to core 1; PostgreSQL, Valkey and SeaweedFS run where there is room. What PostgreSQL's processes used is told
too, as its machine would have to bear it.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.forum import CLIENTS, FILL, MOST_POSTS, READERS, Client, at_once, cookies_of, told
from bench.serve import nginx, ratios, story_of
from bench.wrk import Asked, processor_of
from tests.project.machines import ADDRESS, Listener, Person, two_machines
from tests.project.newspaper import Newspaper
from tests.tools.postgresql import running_postgresql
from tests.tools.seaweed import running_seaweed
from tests.tools.valkey import running_valkey

CLOCK = os.sysconf("SC_CLK_TCK")
STORIES = f"""
from careo.stories.models import Story
print(*Story.objects.order_by("pk").values_list("pk", flat=True)[:{CLIENTS}])
"""
MADE = "from careo.forum.models import Thread; print(Thread.objects.get(story={story}).posts_made)"
TIDY = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("VACUUM ANALYZE")
    for name in ("server_version", "fsync", "synchronous_commit"):
        cursor.execute(f"SHOW {name}")
        print(name, cursor.fetchone()[0])
"""


@dataclass
class Paper:
    machines: tuple[Newspaper, Newspaper]
    servers: tuple[int, int]
    postmaster: int
    story: int
    cookies: list[str]

    @property
    def path(self) -> str:
        return f"/forum/{self.story}/"

    def processor(self) -> float:
        """Seconds that both servers and PostgreSQL have used so far."""
        return sum(map(processor_of, self.servers)) + self.processor_of_postgresql()

    def processor_of_postgresql(self) -> float:
        """All its processes', those that have ended among them."""
        alive = [int(one.parent.name) for one in Path("/proc").glob("[0-9]*/stat") if self._is_its(one)]
        own = Path(f"/proc/{self.postmaster}/stat").read_text().rpartition(")")[2].split()
        return sum(map(processor_of, [*alive, self.postmaster])) + (int(own[13]) + int(own[14])) / CLOCK

    def _is_its(self, stat: Path) -> bool:
        try:
            return int(stat.read_text().rpartition(")")[2].split()[1]) == self.postmaster
        except OSError:  # it has just ended
            return False


def migrate(folder: Path, url: str) -> None:
    """Before the servers begin: on a busy machine it takes longer than they are waited for."""
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", "from careo.project.database import ready; ready()"],
        env=os.environ | {"CAREO_DATA": str(folder / "migrating"), "DATABASE_URL": url},
        check=True,
    )
    print(f"an empty PostgreSQL migrated in {time.monotonic() - begun:.0f} s")


def postmaster_of(url: str) -> int:
    folder = unquote(urlsplit(url).netloc.rpartition("@")[2])
    return int((Path(folder) / "postmaster.pid").read_text().split()[0])


def bound(machine: Newspaper, core: int) -> int:
    """The server's process, on that core with all its threads."""
    (server,) = machine.processes("careo.project.web")
    for task in Path(f"/proc/{server}/task").iterdir():
        os.sched_setaffinity(int(task.name), {core})
    return server


def filled(machines: tuple[Newspaper, Newspaper], url: str, given: argparse.Namespace) -> Paper:
    begun = time.monotonic()
    fill = FILL.format(posts=given.posts, threads=given.threads, readers=READERS)
    number, key, *sessions = machines[0].python(fill).split()
    print(f"{given.posts:,} posts in {given.threads:,} threads, written in {time.monotonic() - begun:.0f} s")
    print(f"PostgreSQL: {', '.join(machines[0].python(TIDY).splitlines())}")
    cookies = [cookies_of(bytes.fromhex(key), one) for one in sessions]
    servers = bound(machines[0], 0), bound(machines[1], 1)
    return Paper(machines, servers, postmaster_of(url), int(number), cookies)


def pages(stack: ExitStack, paper: Paper, rounds: int) -> None:
    """nginx and both machines' first page, in rounds one after the other."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="careo-bench-")))
    (folder / "story.html").write_bytes(story_of(10_000))
    file = nginx(stack, folder)
    first, second = (
        Asked(
            "page",
            f"http://{machine.host}",
            [server],
            headers={"Host": ADDRESS},
            lines=[f"{paper.path}\t{cookie}" for cookie in paper.cookies],
        )
        for machine, server in zip(paper.machines, paper.servers, strict=True)
    )
    for asked in (file, first, second):
        asked.warm_up()
    whole, database = [], []
    with ThreadPoolExecutor(2) as pool:
        for _ in range(rounds):
            file.run(2)
            before, before_there = paper.processor(), paper.processor_of_postgresql()
            list(pool.map(lambda asked: asked.run(2), (first, second)))
            answered = first.answered[-1] + second.answered[-1]
            whole.append(answered / (paper.processor() - before))
            database.append(1_000 * (paper.processor_of_postgresql() - before_there) / answered)
    for name, rates in (("the first server's", first.rates), ("both servers' and PostgreSQL's", whole)):
        shares = ratios(rates, file.rates)
        print(
            f"first page of 2,000 posts: {statistics.median(rates):,.0f} a second of {name} processor; "
            f"to nginx {statistics.median(shares):.4f} ({min(shares):.4f} to {max(shares):.4f})"
        )
    print(
        f"nginx, a file: {statistics.median(file.rates):,.0f}; "
        f"of PostgreSQL's processor {statistics.median(database):.2f} ms a page; "
        f"p99 at the first with 32 at once there and 32 at the second {statistics.median(first.p99s):.0f} ms"
    )


def posts(paper: Paper, clients: list[Client], seconds: float) -> None:
    own = [int(one) for one in paper.machines[0].python(STORIES).split()]
    for what, stories in (("in one thread", [paper.story] * CLIENTS), ("each in its own", own)):
        begun, begun_there = paper.processor(), paper.processor_of_postgresql()
        took = at_once(lambda n, stories=stories: clients[n].write(stories[n]), seconds)  # type: ignore[misc]
        told(f"posts accepted, durable, {what}", took, seconds, paper.processor() - begun)
        there = paper.processor_of_postgresql() - begun_there
        print(f"  of it PostgreSQL's: {1_000 * there / len(took):.2f} ms each")


def heard(paper: Paper, clients: list[Client], many: int) -> None:
    """Milliseconds from the answer of a post at one to its number at the other, to and fro."""
    person = Person()
    person.cookies = dict(one.split("=", 1) for one in paper.cookies[-1].split("; "))
    ears = [Listener(machine, f"{paper.path}live/", person) for machine in paper.machines]
    made, took = int(paper.machines[0].python(MADE.format(story=paper.story))), []
    for n in range(many):
        time.sleep(random.uniform(0.2, 1.2))  # at whatever moment between two looks
        at = n % 2
        clients[at].write(paper.story)
        answered = time.monotonic()
        while f"id: {made + n + 1}\n" not in ears[1 - at].heard:
            assert time.monotonic() - answered < 30, ears[1 - at].heard[-200:]
            time.sleep(0.001)
        took.append((time.monotonic() - answered) * 1_000)
    print(
        f"from the answer of a post at one to its number at a listener of the other, {many} posts: "
        f"median {statistics.median(took):.0f} ms, worst {max(took):.0f} ms"
    )


def measure(stack: ExitStack, given: argparse.Namespace) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="careo-bench-")))
    url = stack.enter_context(running_postgresql())
    valkey, seaweed = stack.enter_context(running_valkey()), stack.enter_context(running_seaweed())
    migrate(folder, url)
    machines = stack.enter_context(two_machines(folder, url, valkey, seaweed))
    print(f"{platform.machine()}, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    paper = filled(machines, url, given)
    os.sched_setaffinity(0, {1})
    clients = [Client(machines[n % 2], paper.cookies[n::CLIENTS], address=ADDRESS) for n in range(CLIENTS)]
    for machine in machines:  # a first visit writes how far each has read; the ones after it are measured
        everybody = Client(machine, paper.cookies, address=ADDRESS)
        for _ in paper.cookies:
            everybody.read(paper.path)
            everybody.written += MOST_POSTS
    pages(stack, paper, given.rounds)
    posts(paper, clients, given.seconds)
    heard(paper, clients, given.heard)
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--posts", type=int, default=200_000)
    asked.add_argument("--threads", type=int, default=2_000)
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--heard", type=int, default=50)
    with ExitStack() as stack:
        measure(stack, asked.parse_args())


if __name__ == "__main__":
    main()
