from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "careo.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from careo.record import receivers  # noqa: F401  # its receivers need the models
