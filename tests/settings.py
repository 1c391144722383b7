"""The product's own settings over a folder of their own, with fast passwords and tasks done as they are enqueued."""

from __future__ import annotations

import os
import tempfile

from careo.project.database import lay_first_copy

os.environ["CAREO_DATA"] = tempfile.mkdtemp(prefix="careo-test-")
os.environ["CAREO_ADDRESS"] = "http://testserver"
os.environ["CAREO_SECRET"] = "for tests alone; nothing is signed with it elsewhere"

from careo.project.settings import *  # noqa: F403
from careo.project.settings import DATA, DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Tests start from the same first copy as a newspaper does; only what is newer than it is migrated.
    lay_first_copy(DATA / "test.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
