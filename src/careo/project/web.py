"""The process that answers HTTP: Granian's server around the edge and Django. Run by `careo serve`.

The server runs inside this process, without a parent and children of its own, so that there is one process to stop
and none to be orphaned. HTTP/1.1 only: TLS and HTTP/2 are the proxy's before it (docs/running.md).
"""

from __future__ import annotations

import asyncio
import signal

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from careo.project import environment
from careo.project.database import set_up_django
from careo.project.processes import stop_with_supervisor

# Requests that wait for their turn; more are not taken from the kernel's queue. Threads of Django grow with it.
BACKPRESSURE = 64


def main() -> None:
    stop_with_supervisor()
    set_up_django()
    from careo.project.asgi import application

    host, port = environment.BIND.read()
    server = Server(
        application(),
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        backpressure=BACKPRESSURE,
        log_enabled=False,
    )
    asyncio.run(_serve(server))


async def _serve(server: Server) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    await server.serve()


if __name__ == "__main__":
    main()
