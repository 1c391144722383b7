"""`careo demo`: the demonstration edition, made where there is none, and its map."""

from __future__ import annotations

from typing import Any

import click

from careo.project.cli.answer import print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the map as one JSON object.")
def command(as_json: bool) -> None:
    """Make the demonstration edition where there is none; print where its pages are and how to log in."""
    from careo.project.database import ready

    ready()
    from careo.project.demo.edition import make

    found = make(progress=lambda line: click.echo(line, err=True))
    if as_json:
        print_json(found)
    else:
        click.echo(_for_people(found))


def _for_people(found: dict[str, Any]) -> str:
    pages = ("home", "story", "closed_story", "thread", "desk", "desk_event")
    lines = [f"The demonstration edition of The Meridia Post is at {found['address']}", ""]
    lines += [f"  {name.replace('_', ' '):14}{found['address']}{found['paths'][name]}" for name in pages]
    lines += ["", f"Log in at {found['address']}{found['paths']['login']}", ""]
    lines += [f"  {who:14}{email:34}{password}" for who, (email, password) in found["logins"].items()]
    return "\n".join(lines)
