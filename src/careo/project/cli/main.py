"""The `careo` command: finds a subcommand's file when it is asked for, so that the offline ones start at once.

Exit codes: 0 done · 1 done, with findings · 2 wrong usage · 3 refused or failed, one sentence on stderr.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from careo import __version__
from careo.project.cli.failures import sentence_for

# Name on the command line → module of this package that holds a click command `command`.
COMMANDS = {
    "read": "read",
    "capture": "capture",
    "compare": "compare",
    "check": "check",
    "serve": "serve",
    "demo": "demo",
    "editor": "editor",
    "back-up": "back_up",
    "restore": "restore",
    "settings": "settings",
}


class LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"careo.project.cli.{COMMANDS[cmd_name]}").command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="careo")
def careo() -> None:
    """A newsroom and newspaper in which every sentence can be followed back to what another outlet printed."""


def main() -> None:
    """Run the command line; what a user or a file did wrong never ends in a traceback."""
    try:
        careo(standalone_mode=True)
    except Exception as error:
        click.echo(f"careo: {sentence_for(error)}", err=True)
        sys.exit(3)
