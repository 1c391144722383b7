"""Money is given back once, however often it is asked for."""

from __future__ import annotations

import pytest
from django.test import Client

from careo.readers.errors import RefundedMeanwhile
from careo.readers.models import PaidSubscription, Plan, Reader, Refund
from careo.readers.payments import actions
from tests.readers.paying import Deliver, pays
from tests.readers.stripe_stand_in import StandIn

pytestmark = pytest.mark.django_db


def test_a_refund_sent_twice_from_one_page_gives_back_once(
    stripe: StandIn, deliver: Deliver, ana: Reader, clara: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    path, desk = f"/desk/payments/{PaidSubscription.objects.get().pk}/", Client()
    desk.force_login(clara)
    assert 'name="given" value="0"' in desk.get(path).content.decode()
    told = {"invoice": actions.invoices(ana)[0].id, "amount": "200", "given": "0", "reason": "Rain."}
    for _ in range(2):
        page = desk.post(path, told, follow=True).content.decode()
    assert str(RefundedMeanwhile()) in page
    assert 'name="given" value="200"' in page
    assert Refund.objects.get().amount == 200


def test_a_refund_that_stripe_made_before_we_could_keep_it_is_not_made_again(
    stripe: StandIn,
    deliver: Deliver,
    ana: Reader,
    clara: Reader,
    monthly: Plan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    [invoice] = actions.invoices(ana)

    def cut_off(*args: object, **named: object) -> None:
        raise ConnectionError("the power went")

    with monkeypatch.context() as while_it_lasts:
        while_it_lasts.setattr(actions, "note_refunds", cut_off)
        with pytest.raises(ConnectionError):
            actions.refund(invoice.id, 200, by=clara, reason="Rain.")
    assert actions.refund(invoice.id, 200, by=clara, reason="Rain.").amount == 200
