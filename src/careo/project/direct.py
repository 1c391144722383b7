"""Lets the server's own thread answer what the edge has at hand; only the rest goes to the event loop.

Granian takes a request in a thread of its own and hands it to Python's loop, which makes a task of it, runs it, and
hands the answer back. For a page that lies in memory that way is longer than the answer: measured in
docs/decisions/0003. An answer needs no loop, though: what Granian offers for sending may be called from its thread.

Granian has no public place to say so. This module replaces the one function in which it makes the object that gets each
request (`_new_cbscheduler` of its embedded server); `tests/project/test_direct.py` fails where another version of
Granian has none, or would not call it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from granian._granian import CallbackScheduler
from granian.server import embed

from careo.edge.answers import Answer
from careo.edge.asgi import Scope

AtOnce = Callable[[Scope], Answer | None]
Callback = Callable[[Any], Coroutine[Any, Any, None]]


def answer_in_the_servers_thread(at_once: AtOnce) -> None:
    """From now on every server that this process starts asks `at_once` first."""

    def new_scheduler(loop: asyncio.AbstractEventLoop, callback: Callback, **_how: Any) -> CallbackScheduler:
        # What would run the loop's coroutines is left out: asyncio does that.
        scheduler = CallbackScheduler(loop, callback, None, None, None)  # type: ignore[call-arg]
        scheduler._schedule_fn = _scheduling(at_once, loop, callback, scheduler._ctx)  # type: ignore[attr-defined]
        return scheduler

    if not hasattr(embed, "_new_cbscheduler"):
        raise ImportError(
            "This version of Granian makes its scheduler elsewhere; install the one that Careo names."
        )
    embed._new_cbscheduler = new_scheduler


def _scheduling(
    at_once: AtOnce, loop: asyncio.AbstractEventLoop, callback: Callback, context: Any
) -> Callable[[Any], None]:
    """What is called with each request, in Granian's thread. It must raise nothing: there is nobody to catch it."""

    def schedule(request: Any) -> None:
        try:
            if (given := at_once(request.scope)) is not None:
                start, body = given.messages
                send = request.proto.send
                send(start)
                send(body)
                return
        except Exception:  # noqa: S110  # the loop meets it again, where it is logged and answered
            pass
        running = callback(request)
        try:
            loop.call_soon_threadsafe(_begin, loop, running, request, context=context)
        except RuntimeError:  # the loop has ended: so does the connection
            running.close()

    return schedule


def _begin(loop: asyncio.AbstractEventLoop, running: Coroutine[Any, Any, None], request: Any) -> None:
    request.taskref(loop.create_task(running))  # which would else be collected while it waits
