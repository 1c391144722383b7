"""`careo editor add E-MAIL`: the first account; prints a link at which its owner sets the password."""

from __future__ import annotations

import click


@click.group()
def command() -> None:
    """Accounts of editors."""


@command.command()
@click.argument("email", metavar="E-MAIL")
@click.option("--administrator", is_flag=True, help="May do everything, accounts of others included.")
def add(email: str, administrator: bool) -> None:
    """Make an editor of E-MAIL and print a link to set the password."""
    from careo.project.database import ready

    ready()
    from careo.project.editors import invite_editor

    click.echo(invite_editor(email, administrator=administrator))
