"""The pass: set with the log-in's own answer, renewed after its end, gone with the right to it."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import DjangoAssertNumQueries

from careo.edge.passes import Verdict, issue, judge, opened
from careo.readers.actions import end, grant
from careo.readers.middleware import PassMiddleware
from careo.readers.models import Plan, Reader, Subscription
from tests.readers.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NAME = settings.CAREO_PASS_COOKIE


def verdict(client: Client, *, later: float = 0) -> Verdict:
    cookie = client.cookies.get(NAME)
    return judge(settings.CAREO_PASS_KEY, cookie.value if cookie else None, now=time.time() + later)


def log_in(client: Client, reader: Reader) -> HttpResponse:
    return client.post("/account/login/", {"login": reader.email, "password": PASSWORD})  # type: ignore[return-value]


def test_the_answer_that_logs_a_subscriber_in_brings_the_pass(client: Client, bruno: Reader) -> None:
    answer = log_in(client, bruno)
    assert answer.status_code == 302
    cookie = answer.cookies[NAME]
    read = opened(settings.CAREO_PASS_KEY, cookie.value)
    assert read is not None
    assert read.reader == bruno.pk
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert "private" in answer["Cache-Control"]
    assert verdict(client) is Verdict.GENUINE
    assert verdict(client, later=settings.CAREO_PASS_SECONDS + 1) is Verdict.EXPIRED


def test_the_cookie_outlives_the_pass_so_that_the_edge_asks_again(client: Client, bruno: Reader) -> None:
    cookie = log_in(client, bruno).cookies[NAME]
    assert cookie["max-age"] > 10 * settings.CAREO_PASS_SECONDS


def test_a_reader_without_a_subscription_gets_no_pass(client: Client, ana: Reader) -> None:
    assert NAME not in log_in(client, ana).cookies


@pytest.mark.both_databases
def test_the_first_answer_after_its_end_brings_a_new_pass_and_the_next_none(
    client: Client, bruno: Reader
) -> None:
    log_in(client, bruno)
    first = client.cookies[NAME].value
    assert NAME not in client.get("/account/").cookies
    with time_machine.travel(time.time() + settings.CAREO_PASS_SECONDS + 1):
        answer = client.get("/account/")
        assert answer.cookies[NAME].value != first
        assert verdict(client) is Verdict.GENUINE
        assert NAME not in client.get("/account/").cookies


def test_an_ended_subscription_loses_its_pass_with_the_next_answer(
    client: Client, bruno: Reader, subscription: Subscription
) -> None:
    log_in(client, bruno)
    end(subscription)
    answer = client.get("/account/")
    assert answer.cookies[NAME].value == ""
    assert answer.cookies[NAME]["max-age"] == 0


def test_a_blocked_account_loses_pass_and_session(client: Client, bruno: Reader) -> None:
    log_in(client, bruno)
    Reader.objects.filter(pk=bruno.pk).update(is_active=False)
    answer = client.get("/account/corner/")
    assert answer.cookies[NAME].value == ""
    assert b"Bruno" not in answer.content


def test_logging_out_takes_the_pass_away(client: Client, bruno: Reader) -> None:
    log_in(client, bruno)
    assert client.post("/account/logout/").cookies[NAME].value == ""


def test_asking_to_log_out_without_confirming_changes_nothing(client: Client, bruno: Reader) -> None:
    log_in(client, bruno)
    client.get("/account/logout/")
    assert verdict(client) is Verdict.GENUINE
    assert b"Bruno" in client.get("/account/corner/").content


def test_whoever_logs_in_over_anothers_pass_keeps_none_of_it(
    client: Client, ana: Reader, bruno: Reader
) -> None:
    log_in(client, bruno)
    kept = client.cookies[NAME].value
    client.post("/account/logout/")
    client.cookies[NAME] = kept
    assert log_in(client, ana).cookies[NAME].value == ""


def seen(request: HttpRequest) -> str:
    """The variant that a view behind the middleware sees."""
    variants: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        variants.append(request.variant)  # type: ignore[attr-defined]
        return HttpResponse()

    PassMiddleware(view)(request)
    return variants[0]


def test_the_session_is_asked_never_the_pass_alone(ana: Reader, bruno: Reader, rf: RequestFactory) -> None:
    genuine = issue(settings.CAREO_PASS_KEY, bruno.pk, now=time.time(), seconds=300)
    request = rf.get("/politics/")
    request.COOKIES[NAME] = genuine
    request.user = ana
    assert seen(request) == "public"
    request = rf.get("/politics/")
    request.user, request.session = bruno, Client().session
    assert seen(request) == "subscriber"


def test_the_very_request_that_grants_a_subscription_brings_the_pass(
    ana: Reader, plan: Plan, client: Client, rf: RequestFactory
) -> None:
    def pay(request: HttpRequest) -> HttpResponse:
        grant(ana, plan, by=None)
        return HttpResponse()

    request = rf.post("/account/subscribe/")
    request.user, request.session = ana, client.session
    assert NAME in PassMiddleware(pay)(request).cookies


def test_a_visitor_costs_no_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/account/corner/")
    assert b"Log in" in answer.content
    assert not answer.cookies


def test_the_corner_is_kept_by_nobody(client: Client, bruno: Reader) -> None:
    client.force_login(bruno)
    answer = client.get("/account/corner/")
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("forged", ["", "x", "a" * 66, "=" * 66, "ñ" * 66, "a" * 100_000])
def test_a_forged_pass_is_taken_away_and_opens_nothing(client: Client, ana: Reader, forged: str) -> None:
    client.force_login(ana)
    client.cookies[NAME] = forged
    answer = client.get("/account/")
    assert "You have no subscription in force" in answer.content.decode()


def test_a_session_that_ended_ends_the_pass_with_it(client: Client, bruno: Reader) -> None:
    log_in(client, bruno)
    with time_machine.travel(time.time() + timedelta(days=15).total_seconds()):
        assert client.get("/account/corner/").cookies[NAME].value == ""
