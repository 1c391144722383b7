from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ForumConfig(AppConfig):
    name = "careo.forum"
    label = "forum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from careo.readers.rights import give_rights_once

        def give(**told: Any) -> None:
            # Not Wagtail's own group "Moderators": its members may publish pages.
            rights = [
                "moderate",
                "change_forumsettings",
                *(f"{act}_listedword" for act in ("add", "change", "delete", "view")),
            ]
            opening = ["open_threads"]
            groups = {"Forum moderators": rights + opening, "Editors": opening}
            give_rights_once(self, groups, using=told["using"])

        post_migrate.connect(give, sender=self, weak=False, dispatch_uid="forum.rights")
