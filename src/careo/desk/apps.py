from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "careo.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from careo.desk import receivers  # noqa: F401  # its receivers need the models
