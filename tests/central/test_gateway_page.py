"""The tester's page of the gateway's stand-in."""

from collections.abc import Iterator

import pytest

from kiosk.central.server.endorsements import outside
from tests.kit.central import Caller, RunningCentral
from tests.kit.pages import Browser, signed_in, staffed
from tests.kit.permits_on_file import MachineAt, permit_on_file, put_on_file

HERE = "/staff/gateway"


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


def test_a_charge_waits_until_the_tester_has_decided(machine: MachineAt, tester: Browser) -> None:
    tester.post(f"{HERE}/mode", {"mode": "ask"})
    machine.pays("o-1", "alipay", 3000, "p-1")
    assert machine.payment("p-1") == "pending"
    assert "p-1" in tester.get(HERE).text
    tester.post(f"{HERE}/charges/p-1", {"act": "approve"})
    assert machine.payment("p-1") == "taken"
    tester.post(f"{HERE}/charges/p-1", {"act": "reverse"})
    assert machine.payment("p-1") == "refunded"


def test_a_charge_that_is_silent_can_be_let_speak(machine: MachineAt, tester: Browser) -> None:
    tester.post(f"{HERE}/mode", {"mode": "lose"})
    machine.pays("o-1", "wechat", 3000, "p-1")
    assert machine.payment("p-1") == "pending"
    tester.post(f"{HERE}/charges/p-1", {"act": "speak"})
    assert machine.payment("p-1") == "taken"


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
