"""`careo storage`: try the store of files that CAREO_STORAGE_URL names, and carry a paper's files there or back."""

from __future__ import annotations

import click

from careo.project import environment
from careo.project.cli.failures import Failure
from careo.project.storage.address import StoreAddress


@click.group()
def command() -> None:
    """The store in which pictures and snapshots lie, where CAREO_STORAGE_URL names one."""


@command.command()
def check() -> None:
    """Write, read and delete a probe, and see that strangers cannot read it."""
    address = _address()
    from careo.project.storage.checking import refuse_useless_store

    refuse_useless_store(address)
    click.echo(f"Files can be kept in {address}, and nobody reads there without the key.")


@command.command()
@click.argument("direction", type=click.Choice(["to-store", "to-disk"]))
def move(direction: str) -> None:
    """Copy every picture, document and snapshot; compared after it was written, none deleted. Stop the paper meanwhile."""
    address = _address()
    from careo.project.serve import alone
    from careo.project.storage.checking import refuse_useless_store
    from careo.project.storage.moving import move_to_disk, move_to_store

    data = environment.DATA.read().absolute()
    with alone(data):
        refuse_useless_store(address)
        moved = (move_to_store if direction == "to-store" else move_to_disk)(data, address)
    click.echo(f"{moved.written:,} files copied and compared, {moved.there:,} were there already.")


def _address() -> StoreAddress:
    if troubles := environment.troubles():
        raise Failure(troubles[0])
    address = environment.STORAGE_URL.read()
    if address is None:
        raise Failure("CAREO_STORAGE_URL is not set; set it to the store, such as s3://newsroom/post.")
    return address
