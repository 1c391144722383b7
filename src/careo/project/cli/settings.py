"""`careo settings check`: read every setting, and say which cannot be used or contradict each other."""

from __future__ import annotations

import sys

import click

from careo.project import environment


@click.group()
def command() -> None:
    """Settings, all of them environment variables."""


@command.command()
def check() -> None:
    """List every setting in force; exit 1 where one is wrong, with a sentence for each."""
    troubles = environment.troubles()
    for setting in environment.SETTINGS:
        click.echo(f"{setting.name:24} {environment.shown(setting)}")
    for trouble in troubles:
        click.echo(f"careo: {trouble}", err=True)
    sys.exit(1 if troubles else 0)
