"""Two invented outlets on this machine, each a real HTTP server under a host name of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{headline} | {outlet}</title>
<meta property="og:site_name" content="{outlet}"><meta property="og:type" content="article">
<meta property="article:published_time" content="{published}"></head>
<body><nav><a href="/">{outlet}</a></nav><article><h1>{headline}</h1><p class="standfirst">{standfirst}</p>
<time datetime="{published}"></time>{body}</article><footer>{outlet}</footer></body></html>"""


@dataclass(frozen=True)
class Story:
    """What one outlet printed."""

    outlet: str
    language: str
    published: str
    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]

    def page(self) -> bytes:
        body = "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)
        return PAGE.format(**{**self.__dict__, "body": body}).encode()


FARO = Story(
    outlet="El Faro de Alba",
    language="es",
    published="2026-03-03T08:10:00-05:00",
    headline="El Gobierno anuncia cortes de agua en Puerto Alba desde el lunes",
    standfirst="El embalse de Las Garzas está al 23 por ciento de su capacidad",
    paragraphs=(
        "El ministro de Agua, Julián Barrera, anunció este martes que habrá cortes de agua de seis horas diarias en "
        "Puerto Alba a partir del lunes.",
        "“No nos queda otra salida: el embalse de Las Garzas está al 23 por ciento”, dijo Barrera en una conferencia "
        "de prensa celebrada en la sede del ministerio, en la capital.",
        "La alcaldía de Puerto Alba no respondió el martes a las preguntas de este diario sobre los pozos de la ciudad.",
    ),
)
WIRE = Story(
    outlet="Harbour Wire",
    language="en",
    published="2026-03-03T14:40:00+00:00",
    headline="Meridia to cut water in Puerto Alba from Monday",
    standfirst="The reservoir at Las Garzas stands at 23 percent",
    paragraphs=(
        "Meridia will cut off water in its capital for six hours a day from Monday, Water Minister Julián Barrera said "
        "on Tuesday.",
        "“We have no other way out: the reservoir of Las Garzas is at 23 percent,” Barrera told reporters at the "
        "ministry in Puerto Alba.",
        "The city hall of Puerto Alba did not answer questions about the wells that the city has of its own.",
    ),
)


@contextmanager
def served(story: Story, host: str) -> Iterator[str]:
    """The story's address at `host`, a name that stands for this machine."""

    class Outlet(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = story.page()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Not among the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Outlet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_port}/2026/03/agua"
    finally:
        server.shutdown()
        server.server_close()
