"""Django's handler of ASGI requests, with one turn of a thread for each instead of half a dozen.

Nothing of ours behind the edge is asynchronous. Django's own handler hands a request to and fro between the loop and a
thread for each layer that could be, begins a thread for each request, and with that opens the database anew. Here a
thread that is kept, with its connection, does the whole of it: signals, middleware, view, and what is done after. A
bare answer costs 0.2 ms of processor that way.

A client who goes away in the middle is not watched for: a thread cannot be called back, and what was begun is finished.
"""

from __future__ import annotations

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, cast

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from careo.edge.asgi import Receive, Scope, Send

# Each keeps a connection to the database; PostgreSQL gives a hundred in all of itself. One core answers no more with
# more of them: those above a few are for requests that wait for Stripe or for a mail server.
THREADS = 32


class OneTurnHandler(ASGIHandler):
    """`threads`: requests answered at once; others wait for a turn."""

    def __init__(self, threads: int = THREADS) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="django")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        try:
            body = await self.read_body(cast("Any", receive))
        except RequestAborted:
            return
        loop, context = asyncio.get_running_loop(), contextvars.copy_context()
        try:
            response = await loop.run_in_executor(self._threads, context.run, self._answer, scope, body)
        finally:
            body.close()
        if not response.streaming:
            await self.send_response(response, cast("Any", send))
            return
        async with ThreadSensitiveContext():
            await self.send_response(response, cast("Any", send))
            await sync_to_async(response.close)()

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        """In a thread. What is no stream is closed here, which ends the request for Django: its bytes stay."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response = cast("HttpResponseBase", refusal) if request is None else self.get_response(request)
        response._handler_class = self.__class__  # type: ignore[attr-defined]  # sender of `request_finished`
        if not response.streaming:
            response.close()
        return response
