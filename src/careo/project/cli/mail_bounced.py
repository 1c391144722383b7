"""`careo mail-bounced`: tells the paper that mail came back, by address or by the mail server's own report."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import click

from careo.project.cli.failures import Failure as Refused

LARGEST = 10_000_000  # bytes of a report: it may hold the mail it is about
WORDS = {"hard": "nothing more is sent there", "soft": "noted", "complaint": "nothing more is sent there"}


@click.command(name="mail-bounced")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option(
    "--soft", is_flag=True, help="Of the addresses: it may arrive another time; the third in 14 days stops."
)
@click.option("--report", "reports", multiple=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="A mail server's report (RFC 3464) or a complaint (RFC 5965); may be given again.")  # fmt: skip
def command(addresses: tuple[str, ...], soft: bool, reports: tuple[Path, ...]) -> None:
    """Note that mail to a reader came back; without ADDRESS and FILE, a report is read from standard input.

    A mail server can pipe into it what comes to the sender's address. What is no report changes nothing.
    """
    from careo.project.database import ready

    ready()
    from careo.readers.bouncing import note
    from careo.readers.delivery_reports import Failure, failures_in

    found = [Failure(address.lower(), "soft" if soft else "hard", "told by hand") for address in addresses]
    for raw in (
        _read(reports) if addresses or reports else [_within_limit(sys.stdin.buffer, "standard input")]
    ):
        found += failures_in(raw)
    for failure in found:
        click.echo(f"{failure.address}: {WORDS[failure.kind] if note(failure) else 'nothing to be done'}")
    if not found:
        click.echo("This is no report of mail that came back; nothing was done.")


def _read(files: Iterable[Path]) -> Iterable[bytes]:
    for path in files:
        with path.open("rb") as file:
            yield _within_limit(file, str(path))


def _within_limit(file: BinaryIO, name: str) -> bytes:
    raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Refused(f"{name} is larger than {LARGEST:,} bytes, which no report is; nothing was done.")
    return raw
