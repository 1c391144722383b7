"""`python -m careo` is the `careo` command."""

from careo.project.cli.main import main

main()
