from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "careo.paper"
    label = "paper"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from careo.paper import gone, signals

        signals.connect()
        gone.connect()
