"""`careo back-up FILE`: everything that must not be lost, into one file, while the paper goes on."""

from __future__ import annotations

from pathlib import Path

import click

from careo.project.cli.failures import Failure


@click.command(name="back-up")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Overwrite FILE where it exists.")
def command(file: Path, replace: bool) -> None:
    """Write database, snapshots, pictures, kept mail and secret to FILE. It holds all secrets: keep it safe."""
    if file.is_dir():
        raise Failure(f"{file} is a folder; give the name that the back-up is to have in it.")
    if file.exists() and not replace:
        raise Failure(f"{file} exists already; choose another name, or add --replace.")
    from careo.project.database import ready, sqlite_path

    ready()
    from django.conf import settings

    from careo.project.backup import back_up

    database = sqlite_path()
    if database is None:
        raise Failure("The database is PostgreSQL; back it up with pg_dump, and CAREO_DATA by copying it.")
    size = back_up(settings.CAREO_DATA, database, file.absolute())
    click.echo(f"{file}: {size:,} bytes.")
    if settings.CAREO_STORE is not None:
        click.echo(f"Pictures and snapshots are not in it: they are in {settings.CAREO_STORE}.", err=True)
