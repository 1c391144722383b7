"""The `careo` command, one subcommand a file."""
