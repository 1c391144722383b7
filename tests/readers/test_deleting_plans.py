"""What was sold is not deleted with the plan it was sold as; the desk says why a plan stays."""

from __future__ import annotations

import pytest
from django.test import Client

from careo.press.models import Outlet
from careo.readers.models import Gift, Plan, Reader, Subscription
from tests.readers.paying import Deliver, pays
from tests.readers.stripe_stand_in import StandIn
from tests.stories import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, clara: Reader) -> Client:
    client.force_login(clara)
    return client


def delete(desk: Client, path: str) -> str:
    answer = desk.post(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_gift_that_nobody_took_yet_keeps_its_plan(
    desk: Client, stripe: StandIn, deliver: Deliver, ana: Reader, gift: Plan
) -> None:
    pays(stripe, ana, gift)
    deliver()
    page = delete(desk, f"/desk/plans/delete/{gift.pk}/")
    assert "“A year as a gift” was subscribed to or paid for, so it stays; untick “offered”" in page
    assert 'name="is_offered"' in page  # where that is done
    assert Gift.objects.get().checkout.plan == gift


def test_a_plan_that_was_granted_stays_and_one_that_nobody_has_goes(
    desk: Client, subscription: Subscription, monthly: Plan
) -> None:
    assert "so it stays" in delete(desk, f"/desk/plans/delete/{subscription.plan.pk}/")
    assert "so it stays" not in delete(desk, f"/desk/plans/delete/{monthly.pk}/")
    assert list(Plan.objects.all()) == [subscription.plan]


def test_whatever_else_others_rest_on_is_refused_in_a_sentence(desk: Client, bruno: Reader) -> None:
    outlet = cast.faro().outlet
    page = delete(desk, f"/desk/outlet/delete/{outlet.pk}/")
    assert "This cannot be deleted, since there is more that rests on it (reports: 1)" in page
    assert Outlet.objects.filter(pk=outlet.pk).exists()
