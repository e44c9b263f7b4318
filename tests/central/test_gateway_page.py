"""The tester's page of the gateway's stand-in, used through its own forms."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest

from kiosk.central.server.endorsements import outside, tables
from kiosk.central.server.endorsements.gateway import DELAY_S
from tests.kit.central import Caller, RunningCentral
from tests.kit.pages import Browser, signed_in, staffed
from tests.kit.permits_on_file import MachineAt, permit_on_file, put_on_file

HERE = "/staff/gateway"
DUE_FEN = 3000


class Shop:
    """A machine that charges codes, and a tester at the page.

    Args:
        central: both ask it.
        machine: with an approved order.
        tester: signed in.
    """

    def __init__(self, central: RunningCentral, machine: MachineAt, tester: Browser) -> None:
        self.central = central
        self._machine = machine
        self._tester = tester

    def pays(self, payment_id: str) -> None:
        """Hold a phone to the scanner."""
        sent = self._machine.pays("o-1", "alipay", DUE_FEN, payment_id)
        assert sent.status == HTTPStatus.CREATED

    def stands(self, payment_id: str) -> tuple[str, str]:
        """State of the payment, then of the order."""
        return self._machine.payment(payment_id), str(self._machine.order("o-1")["state"])

    def mode(self, wanted: str) -> None:
        """Press a button of the first form."""
        after = self._tester.press(HERE, "mode", wanted)
        assert f'value="{wanted}" aria-pressed="true" disabled' in after.text

    def decides(self, payment_id: str, act: str) -> None:
        """Press a button beside a charge."""
        after = self._tester.press(HERE, "act", act, to=f"/{payment_id}")
        assert payment_id in after.text


@pytest.fixture
def machine(central: RunningCentral, caller: Caller) -> MachineAt:
    put_on_file(central, permit_on_file())
    at = MachineAt(caller)
    assert at.orders("o-1", ("HKG", "1y2")).status == 201
    return at


@pytest.fixture
def tester(central: RunningCentral) -> Iterator[Browser]:
    staffed(central)
    with signed_in(central, "administrator") as browser:
        yield browser


@pytest.fixture
def shop(central: RunningCentral, machine: MachineAt, tester: Browser) -> Shop:
    return Shop(central, machine, tester)


def test_a_charge_waits_until_the_tester_approves_it(shop: Shop) -> None:
    shop.mode("ask")
    shop.pays("p-1")
    assert shop.stands("p-1") == ("pending", "approved")
    shop.decides("p-1", "approve")
    assert shop.stands("p-1") == ("taken", "paid")


def test_a_charge_that_the_tester_declines_leaves_the_order_unpaid(shop: Shop) -> None:
    shop.mode("ask")
    shop.pays("p-1")
    shop.decides("p-1", "decline")
    assert shop.stands("p-1") == ("declined", "approved")
    shop.mode("approve")
    shop.pays("p-2")
    assert shop.stands("p-2") == ("taken", "paid")


def test_every_charge_is_declined_while_the_page_says_so(shop: Shop) -> None:
    shop.mode("decline")
    shop.pays("p-1")
    assert shop.stands("p-1") == ("declined", "approved")


def test_a_delayed_charge_lands_when_its_time_has_come(shop: Shop) -> None:
    shop.mode("delay")
    shop.pays("p-1")
    shop.central.clock.moment += timedelta(seconds=DELAY_S - 1)
    assert shop.stands("p-1") == ("pending", "approved")
    shop.central.clock.moment += timedelta(seconds=1)
    assert shop.stands("p-1") == ("taken", "paid")


def test_a_lost_charge_is_taken_and_silent_until_it_is_let_speak(shop: Shop) -> None:
    shop.mode("lose")
    shop.pays("p-1")
    assert shop.stands("p-1") == ("pending", "approved")
    (charge,) = shop.central.rows(tables.gateway_charge)
    assert (charge["state"], charge["amount_fen"]) == ("taken", DUE_FEN)
    shop.decides("p-1", "speak")
    assert shop.stands("p-1") == ("taken", "paid")


def test_a_charge_falls_silent_while_it_waits(shop: Shop) -> None:
    shop.mode("ask")
    shop.pays("p-1")
    shop.decides("p-1", "silence")
    shop.decides("p-1", "approve")
    assert shop.stands("p-1") == ("pending", "approved")
    shop.decides("p-1", "speak")
    assert shop.stands("p-1") == ("taken", "paid")


def test_a_reversed_charge_is_given_back_and_the_order_is_unpaid(shop: Shop) -> None:
    shop.pays("p-1")
    assert shop.stands("p-1") == ("taken", "paid")
    shop.decides("p-1", "reverse")
    assert shop.stands("p-1") == ("refunded", "approved")
    shop.pays("p-2")
    assert shop.stands("p-2") == ("taken", "paid")


def test_only_an_administrator_of_a_demo_gets_there(
    central: RunningCentral, tester: Browser
) -> None:
    assert tester.get(HERE).status == 200
    clerk = Browser(central)
    clerk.sign_in("clerk1")
    assert clerk.get(HERE).status == 403
    clerk.close()
    central.app.state.outside = outside.outside(stand_ins=False)
    assert tester.get(HERE).status == 404
