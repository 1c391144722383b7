"""Settings from the environment, URLs, the ASGI application, the `careo` command, the demonstration edition."""
