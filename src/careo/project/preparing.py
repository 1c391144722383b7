"""What `careo serve` has done before it starts anything: the database made ready, open doors refused.

A process of its own, run to its end; exit code 3 with one sentence where serving must not begin.
"""

from __future__ import annotations

import json
import sys
from ipaddress import ip_address
from pathlib import Path

import click

from careo.project import environment, theme
from careo.project.cli.failures import sentence_for
from careo.project.database import ready
from careo.project.processes import stop_with_supervisor
from careo.project.serving_refused import CannotServe
from careo.project.storage.address import StoreAddress


def main() -> None:
    stop_with_supervisor()
    try:
        ready()
        refuse_useless_store(environment.STORAGE_URL.read())
        refuse_broken_theme(environment.THEME.read())
        let_paper_follow_address()
        complete_the_catalogue()
        refuse_demonstration_passwords(environment.BIND.read()[0], environment.DATA.read().absolute())
    except Exception as error:
        click.echo(f"careo: {sentence_for(error)}", err=True)
        sys.exit(3)


def refuse_useless_store(address: StoreAddress | None) -> None:
    """Snapshots would be lost, or public; better said before anything is taken in."""
    from careo.project.storage.checking import refuse_useless_store

    refuse_useless_store(address)


def let_paper_follow_address() -> None:
    """Links in the pages name the address at which they are served; no other command may change it."""
    from careo.paper.actions import found_paper

    found_paper()


def complete_the_catalogue() -> None:
    """Stories published by an older Careo, or restored from its back-up, can be found again."""
    from careo.paper.cataloguing import enter_what_is_missing

    enter_what_is_missing()


def refuse_broken_theme(folder: Path | None) -> None:
    """A template that does not parse would make an error of every page that is drawn with it."""
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    for name in theme.template_names(folder) if folder else ():
        try:
            get_template(name)
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            raise CannotServe(
                f"{name} of the theme in {folder} cannot be used: {error}. Mend it, or unset CAREO_THEME."
            ) from error


def refuse_demonstration_passwords(host: str, data: Path) -> None:
    """Passwords that a file gives away open no newspaper to others than this machine's own people."""
    if _is_loopback(host):
        return
    if (data / "demo.part").exists():
        raise CannotServe(
            f"A demonstration edition in {data} was begun and not finished; run `careo demo`, or use another CAREO_DATA."
        )
    path = data / "demo.json"
    if not path.exists():
        return
    try:
        logins = json.loads(path.read_text())["logins"]
        working = [email for email, password in logins.values() if _opens(email, password)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotServe(f"{path} cannot be read; `careo demo` makes it again.") from error
    if working:
        raise CannotServe(
            f"The demonstration's passwords still work ({', '.join(working)}), so {environment.bind_text()}, which "
            "others can reach, is refused. Serve on 127.0.0.1, change those passwords at the desk, or use another CAREO_DATA."
        )


def _opens(email: str, password: str) -> bool:
    from django.contrib.auth import get_user_model

    reader = get_user_model()._default_manager.filter(email=email, is_active=True).first()
    return reader is not None and reader.check_password(password)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


if __name__ == "__main__":
    main()
