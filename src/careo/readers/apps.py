from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

FROM_THE_START = ["add_subscription", "change_subscription", "view_subscription", "view_plan", "view_offer",
                  "view_paidsubscription"]  # fmt: skip


class ReadersConfig(AppConfig):
    name = "careo.readers"
    label = "readers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from careo.readers import signals  # noqa: F401
        from careo.readers.rights import give_rights_once

        def give(**told: Any) -> None:
            give_rights_once(self, {"Editors": FROM_THE_START}, using=told["using"])

        post_migrate.connect(give, sender=self, weak=False, dispatch_uid="readers.rights")
