from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "careo.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from careo.project import joining, moved

        joining.connect()
        moved.watch()
