"""`careo restore FILE`: a back-up laid into an empty CAREO_DATA."""

from __future__ import annotations

from pathlib import Path

import click

from careo.project import environment
from careo.project.backup import restore
from careo.project.cli.failures import Failure


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Restore FILE, made by `careo back-up`, into CAREO_DATA, which must hold no newspaper yet."""
    if not file.is_file():
        raise Failure(f"{file} is no file; give one that `careo back-up` has written.")
    if environment.DATABASE_URL.read().startswith("postgres"):
        raise Failure("The database is PostgreSQL; restore it with pg_restore, and CAREO_DATA by copying it.")
    data = environment.DATA.read().absolute()
    # Before Django starts: it would draw a secret of its own into the folder.
    restore(file, data, environment.sqlite_file(data))
    click.echo(f"{file} is restored into {data}.")
