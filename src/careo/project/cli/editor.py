"""`careo editor add E-MAIL`: the first account; prints a link at which its owner sets the password.

`careo editor forget-second-factor E-MAIL`: for whoever lost telephone, key and recovery codes, a reader or an editor.
"""

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


@command.command()
@click.argument("email", metavar="E-MAIL")
def forget_second_factor(email: str) -> None:
    """Take passkeys, app and recovery codes off an account, and log it out everywhere: for an owner who lost them."""
    from careo.project.database import ready

    ready()
    from careo.readers.actions import forget_second_factor

    taken = forget_second_factor(email)
    click.echo(f"Taken off the account of {email}: {taken}. A password, or a mail, now lets its owner in.")
