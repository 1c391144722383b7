"""`careo serve`: the newspaper, until Ctrl-C."""

from __future__ import annotations

from functools import partial

import click


@click.command()
def command() -> None:
    """Serve the newspaper at CAREO_BIND, with its worker, until it is stopped."""
    from careo.project.serve import serve

    serve(partial(click.echo, err=False))
