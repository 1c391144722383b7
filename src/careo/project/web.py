"""The process that answers HTTP: Granian's server around the edge and Django. Run by `careo serve`.

The server runs inside this process, without a parent and children of its own, so that there is one process to stop
and none to be orphaned. HTTP/1.1 only: TLS and HTTP/2 are the proxy's before it (docs/running.md).
"""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import signal

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from careo.edge.app import Edge
from careo.edge.observer import Observer
from careo.project import environment
from careo.project.access_log import AccessLog, Observers
from careo.project.database import set_up_django
from careo.project.direct import answer_in_the_servers_thread
from careo.project.metrics import Metrics
from careo.project.processes import stop_with_supervisor

# Connections at once, those of listeners to a thread among them; more are not taken from the kernel's queue. How many
# of them Django answers at once is `careo.edge.behind`'s.
BACKPRESSURE = 8_192
# A browser sends its headers at once; who takes longer holds a connection for nothing.
HEADER_MILLISECONDS = 10_000
# Of a request line and its headers. Browsers and proxies stop at 8 to 32 kB.
HEADER_BYTES = 64 * 1024

# Time for answers that are on their way out; a client that is slow to ask is not waited for.
FLUSH_SECONDS = 1.0
# Time for Django to finish what it has begun; the supervisor's own patience ends at eight.
FINISH_SECONDS = 6.0


def main() -> None:
    stop_with_supervisor()
    connections = _allow_connections()
    set_up_django()
    from careo.project.asgi import application

    metrics = Metrics() if environment.METRICS_BIND.read() else None
    edge = application(Observers(_observers(metrics)))
    if metrics is not None:
        _serve_metrics(metrics, edge)
    answer_in_the_servers_thread(edge.at_once)
    host, port = environment.BIND.read()
    server = Server(
        edge,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        backpressure=connections,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS, max_buffer_size=HEADER_BYTES),
        log_enabled=False,
    )
    ended_well = asyncio.run(_serve(server, edge))
    logging.shutdown()
    # The server's own threads outlive it for a moment and abort when they meet an interpreter that is being taken down.
    os._exit(0 if ended_well else 1)


def _allow_connections() -> int:
    """Open files for all of them, as far as the machine's owner allows: by habit a process begins with a thousand. Says
    how many connections there may be: half of that, so that pages and the database can still be opened."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * BACKPRESSURE
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    allowed = max(soft, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return min(BACKPRESSURE, allowed // 2)


def _observers(metrics: Metrics | None) -> list[Observer]:
    log: list[Observer] = [AccessLog()] if environment.ACCESS_LOG.read() else []
    return [*log, metrics] if metrics is not None else log


def _serve_metrics(metrics: Metrics, edge: Edge) -> None:
    from careo.project.queue import tasks_by_state

    bind = environment.METRICS_BIND.read()
    assert bind is not None  # noqa: S101  # asked before
    metrics.watch(edge, tasks_by_state)
    try:
        metrics.serve(*bind)
    except OSError as error:
        # The paper is worth more than its figures.
        logging.getLogger(__name__).error(
            "No metrics: %s of CAREO_METRICS_BIND cannot be had (%s).", bind, error
        )


async def _serve(server: Server, edge: Edge) -> bool:
    """Until a signal comes. True where no request was cut off in the middle of Django's work."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    serving = asyncio.create_task(server.serve())
    await asyncio.wait({serving, asyncio.create_task(told.wait())}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()  # says why, if there is a reason
        return False
    server.stop()  # type: ignore[no-untyped-call]
    return await _finish(serving, edge)


async def _finish(serving: asyncio.Task[None], edge: Edge) -> bool:
    clock = asyncio.get_running_loop().time
    told = clock()
    while not serving.done():
        if clock() - told > (FINISH_SECONDS if edge.in_hand else FLUSH_SECONDS):
            break
        await asyncio.sleep(0.02)
    # The very last word before the process ends: what has not begun by now never will.
    ended_well = edge.in_hand == 0
    if not serving.done():
        os._exit(0 if ended_well else 1)
    return ended_well


if __name__ == "__main__":
    main()
