"""A mail server of the tests' own, on a port of this machine: it takes mail over real SMTP, or does not, as it is told."""

from __future__ import annotations

import socketserver
import threading
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

TAKEN = "250 taken"
HANG_UP = "hang up"


class Postman(socketserver.ThreadingTCPServer):
    """`letters` are what it took, in their order; `lines` how often it was called. `says` has its next answers: by address
    to RCPT, by "DATA" to what follows it, by "NOOP". HANG_UP in place of one breaks the line, after a mail was taken."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.letters: list[tuple[str, EmailMessage]] = []
        self.says: dict[str, list[str]] = {}
        self.lines = 0
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def answer_to(self, what: str) -> str:
        waiting = self.says.get(what, [])
        return waiting.pop(0) if waiting else TAKEN

    def to(self) -> list[str]:
        """Whom it took mail for."""
        return [to for to, _ in self.letters]

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Line(socketserver.StreamRequestHandler):
    server: Postman

    def handle(self) -> None:
        self.server.lines += 1
        self._say("220 postman")
        to = ""
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
                answer = self.server.answer_to(to)
            elif word == b"DATA":
                self._say("354 go on")
                raw = self._all_of_it()
                answer = self.server.answer_to("DATA")
                if answer in (TAKEN, HANG_UP):
                    self._take(to, raw)
            elif word == b"NOOP":
                answer = self.server.answer_to("NOOP")
            else:
                answer = "221 bye" if word == b"QUIT" else TAKEN
            if answer == HANG_UP:
                return
            self._say(answer)
            if word == b"QUIT":
                return

    def _all_of_it(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _take(self, to: str, raw: bytes) -> None:
        self.server.letters.append((to, BytesParser(policy=policy.default).parsebytes(raw)))

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())
