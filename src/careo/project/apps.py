from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "careo.project"
    label = "project"
