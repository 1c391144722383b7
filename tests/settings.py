"""The product's own settings over a folder of their own, with fast passwords and tasks done as they are enqueued."""

from __future__ import annotations

import os
import tempfile

os.environ["CAREO_DATA"] = tempfile.mkdtemp(prefix="careo-test-")
os.environ["CAREO_ADDRESS"] = "http://testserver"
os.environ["CAREO_SECRET"] = "for tests alone; nothing is signed with it elsewhere"

from careo.project.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
