"""The `careo` command: finds a subcommand's file when it is asked for, so that the offline ones start at once.

Exit codes: 0 done · 1 done, with findings · 2 wrong usage · 3 refused or failed, one sentence on stderr.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from careo import __version__
from careo.project.cli.failures import sentence_for

DONE, WRONG_USAGE, FAILED = 0, 2, 3
INTERRUPTED = 130  # as the shell counts an end by Ctrl-C
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
    "storage": "storage",
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
    """Run the command line and leave with its code; what a user or a file did wrong never ends in a traceback."""
    # Kept mail holds links that open accounts: what is written is its owner's alone, in whatever folder.
    os.umask(0o077)
    try:
        # Not by click's own main: it ends with 1, which means findings here, when whoever reads the answer has gone.
        with careo.make_context("careo", sys.argv[1:]) as context:
            careo.invoke(context)
        sys.exit(DONE)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USAGE if isinstance(error, click.UsageError) else FAILED)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _let_go_of_output()
        sys.exit(FAILED)
    except Exception as error:
        click.echo(f"careo: {sentence_for(error)}", err=True)
        _say_what_waits()
        sys.exit(FAILED)


def _say_what_waits() -> None:
    """Answers given before the failure still go out; where there is no room for them, Python is not to try at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        _let_go_of_output()


def _let_go_of_output() -> None:
    """Whoever read our answer (`| head -1`) has gone: nobody is there to be told, and Python is not to try at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
