from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "careo.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
