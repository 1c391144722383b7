"""The log-ins of a reader that still hold: noted as they are used, shown, and ended one by one or all others at once.

A log-in is written down when it begins and then every SEEN seconds at most, so that reading costs no writing. Ending
one deletes Django's session; ending all others also makes void whatever session may exist that was never noted here.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from careo.readers import devices
from careo.readers.models import Reader, ReaderSession
from careo.readers.turns import in_turn

SEEN = 15 * 60  # seconds


def note(request: HttpRequest, reader: Reader) -> None:
    """Keep when and from where this log-in was last used, unless that was written down a moment ago."""
    if not request.session.session_key:
        request.session.save()
    key = str(request.session.session_key)
    if not cache.add(f"session-seen:{key}", True, SEEN):
        return
    browser, system = devices.named(request.META.get("HTTP_USER_AGENT", ""))
    told = {"seen_at": timezone.now(), "browser": browser, "system": system, "network": _network(request)}
    in_turn(ReaderSession.objects.update_or_create)(key=key, defaults={"reader": reader, **told})


def of(reader: Reader) -> list[ReaderSession]:
    """Those that hold, last used first."""
    return [kept for kept in reader.kept_sessions.all() if _holds(kept, reader)]


def end(reader: Reader, number: int) -> bool:
    """End one of the reader's log-ins; False where there is no such."""
    kept = reader.kept_sessions.filter(pk=number).first()
    if kept is None:
        return False
    _store(kept.key).delete(kept.key)
    kept.delete()
    return True


@transaction.atomic
def end_others(request: HttpRequest, reader: Reader) -> None:
    """Log the reader out everywhere but here; links that were sent to log in are void, too."""
    Reader.objects.filter(pk=reader.pk).update(log_outs=F("log_outs") + 1)
    reader.refresh_from_db(fields=["log_outs"])
    here = request.session.session_key
    for kept in reader.kept_sessions.exclude(key=here):
        _store(kept.key).delete(kept.key)
    update_session_auth_hash(request, reader)  # gives this one a new key
    reader.kept_sessions.exclude(key=here).delete()
    reader.kept_sessions.update(key=request.session.session_key)


def forget(key: str | None) -> None:
    """A log-in that its reader ended by logging out."""
    ReaderSession.objects.filter(key=key).delete()


def forget_old() -> None:
    """Those not used for so long that no session of theirs can hold. Called by the worker, once a day."""
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    ReaderSession.objects.filter(seen_at__lt=timezone.now() - longest).delete()


def _holds(kept: ReaderSession, reader: Reader) -> bool:
    """Whether its session is there, and no password was set and nobody logged out everywhere since."""
    proof = str(_store(kept.key).get(HASH_SESSION_KEY, ""))
    return constant_time_compare(proof, reader.get_session_auth_hash())


def _store(key: str) -> SessionBase:
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return store


def _network(request: HttpRequest) -> str:
    try:
        return devices.coarse(get_adapter().get_client_ip(request))
    except PermissionDenied:  # it cannot be told; nothing is counted here
        return ""
