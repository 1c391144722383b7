"""`careo serve`: checks that serving may begin, starts the server and the worker, and ends them together."""

from __future__ import annotations

import errno
import fcntl
import http.client
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from careo.project import environment
from careo.project.folder import make_folder
from careo.project.kept_pages import kept_pages
from careo.project.processes import Part, Signals, Supervisor, name_this_machine
from careo.project.serving_refused import CannotServe

PROBE_SECONDS = 2.0
ROUND_SECONDS = 0.1


def serve(say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. `say` is told the address once it answers. Raises CannotServe, FolderTrouble."""
    signals = Signals()  # first of all, so that Ctrl-C while the database is made is not lost
    if troubles := environment.troubles():
        raise CannotServe(troubles[0])
    host, port = environment.BIND.read()
    data = environment.DATA.read().absolute()
    with alone(data):
        refuse_used_address(host, port)
        with kept_pages(data) as pages:
            pages.ended_well = Newspaper(host, port, signals, pages.doubt, say).run()


class Newspaper:
    """The server and the worker of one `careo serve`."""

    def __init__(
        self, host: str, port: int, signals: Signals, on_crash: Callable[[], None], say: Callable[[str], None]
    ) -> None:
        self.host, self.port, self.say, self.signals = host, port, say, signals
        self.on_crash = on_crash
        self.server = Part("server", "careo.project.web")
        self.worker = Part("worker", "careo.project.worker")
        self.answers = False

    def run(self) -> bool:
        """Until a signal comes. True where every part ended as it was told. Raises CannotServe."""
        name_this_machine()
        supervisor = Supervisor([self.server, self.worker], self.signals, self._crashed)
        # Django is loaded by those who need it and not by this process, which would keep its 100 MB for nothing.
        if (code := supervisor.run_first("careo.project.preparing")) != 0:
            if code is not None:
                raise SystemExit(3)  # why has been said
            return True
        try:
            supervisor.look_after(between=self._announce)
        finally:
            ended_well = supervisor.stop()
        return ended_well

    def _announce(self) -> float | None:
        if self.answers:
            return None
        if answers(self.host, self.port):
            self.answers = True
            self.say(f"Careo answers at {environment.address()} (Ctrl-C stops it)")
        return ROUND_SECONDS

    def _crashed(self, part: Part) -> None:
        if part is self.server and not self.answers:
            raise CannotServe(
                f"The server could not start on {environment.bind_text()}; what it said stands above. "
                "`careo settings check` looks for the cause."
            )
        self.on_crash()
        self.say(f"The {part.name} ended unexpectedly; it is started again.")


def refuse_used_address(host: str, port: int) -> None:
    """Say so where something else listens there. The server itself would share the port without a word."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        raise CannotServe(_why_not(error, environment.bind_text())) from error


def _why_not(error: OSError, bind: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{bind} is in use by another program; stop that one, or set CAREO_BIND to another port."
    if error.errno == errno.EACCES:
        return f"This user may not listen on {bind}; set CAREO_BIND to a port of 1024 or above."
    return f"{bind} is no address of this machine ({error.strerror}); set CAREO_BIND to one that is."


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """One newspaper for each CAREO_DATA: two workers would do each other's tasks again."""
    make_folder(data)
    with (data / "serving.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotServe(
                f"Another `careo serve` runs on {data}; stop it, or set CAREO_DATA to another folder."
            ) from error
        yield


def answers(host: str, port: int) -> bool:
    """Does the paper answer, whatever it says?"""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # asked, not listened on
    connection = http.client.HTTPConnection(reachable, port, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", "/", headers={"Host": urlsplit(environment.address()).netloc})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()
