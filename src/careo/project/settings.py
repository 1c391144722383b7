"""Django's settings, all of them derived from `environment`; nothing here asks which database or storage is in use
but the lines that say so."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from careo.project import environment, theme
from careo.project.secret import secret_key

DATA = environment.DATA.read().absolute()
ADDRESS = environment.address()
THEME = environment.THEME.read()
SECURE = ADDRESS.startswith("https://")
HERE = Path(__file__).parent

SECRET_KEY = secret_key(DATA)
DEBUG = False
HOST = urlsplit(ADDRESS).hostname or "localhost"
ALLOWED_HOSTS = [f"[{HOST}]" if ":" in HOST else HOST]
CSRF_TRUSTED_ORIGINS = [ADDRESS]
ROOT_URLCONF = "careo.project.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "readers.Reader"

INSTALLED_APPS = [
    # Ours first, so that our templates win; in the order a report passes them.
    "careo.project",
    "careo.press",
    "careo.record",
    "careo.desk",
    "careo.stories",
    "careo.paper",
    "careo.readers",
    "careo.forum",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "careo.project.security.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "careo.project.null_bytes.NullByteMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "careo.project.quick_threads.QuickThreads",  # a thread's page, mostly; what stands below is then not asked
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "careo.readers.middleware.PassMiddleware",
    "careo.readers.noting.NoteSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "careo.readers.desk_door.DeskDoorMiddleware",
    "careo.project.protected.ProtectedMiddleware",
    "careo.paper.old_addresses.OldAddressMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": theme.template_folders(THEME),  # before the applications' own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

DATABASES: dict[str, Any] = {
    # Connections are kept with the threads that answer (`handler`); one that was lost is opened anew, not answered with an error.
    "default": dj_database_url.parse(
        environment.DATABASE_URL.read() or f"sqlite:///{DATA / 'careo.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing half-way
        "timeout": 20,
        # FULL: what a reader or an editor was told is kept survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        **DATABASES["default"].get("OPTIONS", {}),  # what the URL asks for: ?timeout=5
    }

CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Attempts to log in are counted here. Django's own 300 are filled in a minute, and the counts thrown out with them;
        # an entry is some 300 bytes.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
if environment.REDIS_URL.read():
    CACHES["default"] = {
        "BACKEND": "careo.project.cache.SturdyCache",
        "LOCATION": environment.REDIS_URL.read(),
        "KEY_PREFIX": f"careo:{HOST}",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "/static/"
STATICFILES_DIRS = theme.static_folders(THEME, DATA)
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORE = environment.STORAGE_URL.read()
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "careo.project.static.VersionedStaticFiles"},
    # Never public: what other outlets printed, byte for byte.
    "snapshots": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "snapshots", "base_url": None, "file_permissions_mode": 0o600},
    },
}
if STORE is not None:
    for _name, _class in (("default", "MediaStorage"), ("snapshots", "SnapshotStorage")):
        STORAGES[_name] = {
            "BACKEND": f"careo.project.storage.backend.{_class}",
            "OPTIONS": {"address": STORE},
        }
    # Pictures that were asked for, kept on this machine: what the edge hands out. Made again where it is gone.
    MEDIA_ROOT = DATA / "pictures"
# Documents are handed out by the paper itself, which asks who may have them, wherever they are kept.
WAGTAILDOCS_SERVE_METHOD = "serve_view"

LANGUAGE_CODE = environment.LANGUAGE.read()
LOCALE_PATHS = [HERE / "locale"]
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Spanish")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_X_FORWARDED_HOST = False

# Reading, fetching and serving read these through django.conf; their meaning is in `environment`.
CAREO_DATA = DATA
CAREO_ADDRESS = ADDRESS
CAREO_PAGES = DATA / "pages"
CAREO_STORE = STORE
CAREO_REDIS_URL = environment.REDIS_URL.read()
CAREO_PAGES_MEMORY = environment.PAGES_MEMORY.read()
CAREO_SURROGATE_KEYS = environment.SURROGATE_KEYS.read()
# A key of its own: whoever learns it can read as a subscriber, but forge no session.
CAREO_PASS_KEY = hmac.digest(SECRET_KEY.encode(), b"careo.pass", hashlib.sha256)
CAREO_PASS_SECONDS = environment.PASS_MINUTES.read() * 60
CAREO_PASS_COOKIE = "__Host-careo_pass" if SECURE else "careo_pass"
CAREO_DESK_SECOND_FACTOR = environment.DESK_SECOND_FACTOR.read()
CAREO_EDIT_MINUTES = environment.EDIT_MINUTES.read()
CAREO_POST_LIMIT = environment.POST_LIMIT.read()
CAREO_GIFT_LINKS = environment.GIFT_LINKS.read()
CAREO_GIFT_LINK_DAYS = environment.GIFT_LINK_DAYS.read()
CAREO_REPORT_LIMIT = environment.REPORT_LIMIT.read()
CAREO_FETCH_SECONDS = environment.FETCH_SECONDS.read()
CAREO_FETCH_HOSTS = environment.FETCH_HOSTS.read()
CAREO_STRIPE_KEY = environment.STRIPE_KEY.read()
CAREO_STRIPE_WEBHOOK_SECRET = environment.STRIPE_WEBHOOK_SECRET.read()
CAREO_STRIPE_ADDRESS = environment.STRIPE_ADDRESS.read()
CAREO_TRUSTED_PROXIES = environment.TRUSTED_PROXIES.read()

SESSION_COOKIE_NAME = "__Host-careo_session" if SECURE else "careo_session"
CSRF_COOKIE_NAME = "__Host-careo_csrf" if SECURE else "careo_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows its previews in a frame of its own

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "careo.readers.adapter.ReaderAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds; of the code in a mail, and of the link beside it
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,10/h/key",  # nobody's mailbox is filled through us
    "confirm_login_code": "20/m/ip,10/10m/key",
    "log_in_link": "20/m/ip",
    "reauthenticate": "10/m/user,20/m/ip",
    "second_factor": "30/d/key",
}
MFA_ADAPTER = "careo.readers.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "careo.readers.second_factor.AuthenticateForm",
    "reauthenticate": "careo.readers.second_factor.ReauthenticateForm",
    "activate_totp": "careo.readers.second_factor.ActivateTOTPForm",
    "add_webauthn": "careo.readers.passkeys.AddForm",
    "edit_webauthn": "careo.readers.passkeys.NameForm",
    "login_webauthn": "careo.readers.passkeys.LogInForm",
    "authenticate_webauthn": "careo.readers.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "careo.readers.passkeys.ReauthenticateForm",
}
# An unconfirmed address opens no account here, so one that is only claimed bars nobody; see RequestLoginCodeForm.
MFA_ALLOW_UNVERIFIED_EMAIL = True

WAGTAIL_SITE_NAME = "Careo"
WAGTAILADMIN_BASE_URL = ADDRESS
WAGTAILIMAGES_IMAGE_MODEL = "stories.Picture"
# Through Pillow's own libavif, at its own speed of 6: a picture of noise 1440 wide takes 0.6 s of one core and 249 KB, where
# WebP takes 0.14 s and 473 KB, JPEG 0.02 s and 390 KB. Each is encoded once; speed 8 saves little of it and adds a fifth.
WAGTAILIMAGES_AVIF_QUALITY, WAGTAILIMAGES_WEBP_QUALITY, WAGTAILIMAGES_JPEG_QUALITY = 61, 80, 76
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no editor's address leaves the newsroom, hashed or not
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # it would change an address without asking whether it is one's own
# A page's own password would lie in the database in clear, and could be guessed at without end: accounts and groups do.
WAGTAIL_PRIVATE_PAGE_OPTIONS = WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILADMIN_LOGIN_URL = "/account/login/"

EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = f"paper@{ALLOWED_HOSTS[0]}"
EMAIL_BACKEND, _email = environment.email(DATA)
globals().update(_email)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "careo.project.logs.JsonLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": environment.LOG.read()}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
