"""Every payment has one end: taken once, given back, or owed where staff see it."""

from datetime import timedelta

import pytest

from kiosk.central.server.endorsements import gateway, outside, tables
from kiosk.central.server.endorsements.gateway import Mode, Said
from tests.kit.central import Caller, RunningCentral
from tests.kit.permits_on_file import MachineAt, permit_on_file, put_on_file

CODES = ("alipay", "wechat", "unionpay_code")


@pytest.fixture
def machine(central: RunningCentral, caller: Caller) -> MachineAt:
    put_on_file(central, permit_on_file())
    at = MachineAt(caller)
    assert at.orders("o-1", ("HKG", "1y2")).status == 201
    return at


class GatewayTester:
    """Turns the stand-in of the gateway."""

    def __init__(self, central: RunningCentral) -> None:
        self.central = central

    def mode(self, mode: Mode) -> None:
        with self.central.office.database.transaction() as connection:
            gateway.set_mode(connection, mode)

    def turn(self, payment_id: str, **values: object) -> None:
        with self.central.office.database.transaction() as connection:
            gateway.turn(connection, payment_id, values)

    def book(self) -> dict[str, str]:
        rows = self.central.rows(tables.gateway_charge)
        return {row["payment_id"]: str(row["state"]) for row in rows}

    def settle(self, later_s: float = 0.0) -> None:
        self.central.clock.moment += timedelta(seconds=later_s)
        outside.settle(self.central.office, self.central.app.state.outside)


@pytest.fixture
def tester(central: RunningCentral) -> GatewayTester:
    return GatewayTester(central)


@pytest.mark.parametrize("means", CODES)
def test_a_code_is_charged_once_whatever_is_repeated(
    machine: MachineAt, tester: GatewayTester, means: str
) -> None:
    first = machine.pays("o-1", means, 3000, "p-1", payment_code="130000000000000000")
    again = machine.pays("o-1", means, 3000, "p-1", payment_code="130000000000000000")
    assert (first.body["state"], first.status, again.status) == ("pending", 201, 200)
    assert machine.payment("p-1") == "taken"
    assert machine.order("o-1")["state"] == "paid"
    assert tester.book() == {"p-1": "taken"}


def test_a_second_charge_for_a_paid_order_is_refused(machine: MachineAt) -> None:
    machine.pays("o-1", "alipay", 3000, "p-1")
    assert machine.pays("o-1", "alipay", 3000, "p-2").code == "wrong_state"  # one is under way
    assert machine.payment("p-1") == "taken"
    assert machine.pays("o-1", "wechat", 3000, "p-2").code == "wrong_state"
    assert machine.caller.get("/v1/payments/p-2").code == "unknown_payment"


def test_a_code_pays_exactly_what_is_left(machine: MachineAt) -> None:
    machine.pays("o-1", "cash", 1000)
    assert machine.pays("o-1", "alipay", 3000).code == "wrong_state"
    assert machine.pays("o-1", "alipay", 2000, "p-1").status == 201
    assert machine.payment("p-1") == "taken"
    assert machine.order("o-1")["state"] == "paid"


def test_a_key_used_for_something_else_is_refused(machine: MachineAt) -> None:
    machine.pays("o-1", "cash", 1000, "p-1")
    assert machine.pays("o-1", "cash", 2000, "p-1").code == "already_exists"
    assert machine.pays("o-9", "cash", 2000, "p-2").code == "unknown_order"


def test_a_declined_code_leaves_the_order_to_be_paid_otherwise(
    machine: MachineAt, tester: GatewayTester
) -> None:
    tester.mode(Mode.DECLINE)
    machine.pays("o-1", "alipay", 3000, "p-1")
    assert machine.payment("p-1") == "declined"
    machine.pays("o-1", "bank_card", 3000, "p-2", terminal_reference="000123")
    assert machine.order("o-1")["state"] == "paid"


def test_a_slow_gateway_is_asked_again_and_never_charged_again(
    machine: MachineAt, tester: GatewayTester
) -> None:
    tester.mode(Mode.DELAY)
    machine.pays("o-1", "alipay", 3000, "p-1")
    assert machine.payment("p-1") == "pending"
    tester.settle(gateway.DELAY_S + 1)
    assert machine.payment("p-1") == "taken"
    assert tester.book() == {"p-1": "taken"}


def test_money_taken_without_an_answer_is_given_back_when_the_key_is_closed(
    machine: MachineAt, tester: GatewayTester
) -> None:
    tester.mode(Mode.LOSE)
    machine.pays("o-1", "alipay", 3000, "p-1")
    tester.settle(120)
    assert machine.payment("p-1") == "pending"
    assert machine.cancels("o-1", "p-1", "alipay", 3000).body["state"] == "refunding"
    tester.settle()
    assert machine.payment("p-1") == "refunding"  # the gateway still says nothing
    tester.turn("p-1", silent=False)
    tester.settle()
    assert (machine.payment("p-1"), tester.book()) == ("refunded", {"p-1": "refunded"})


@pytest.mark.parametrize("means", CODES)
def test_a_closed_key_lets_no_late_charge_land(
    machine: MachineAt, tester: GatewayTester, means: str
) -> None:
    assert machine.cancels("o-1", "p-1", means, 3000).status == 200
    assert machine.payment("p-1") == "cancelled"
    late = machine.pays("o-1", means, 3000, "p-1")
    assert late.body["state"] == "cancelled"
    assert tester.book() == {"p-1": "closed"}
    assert machine.order("o-1")["state"] == "approved"


def test_a_waiting_charge_is_closed_before_the_citizen_has_agreed(
    machine: MachineAt, tester: GatewayTester
) -> None:
    tester.mode(Mode.ASK)
    machine.pays("o-1", "wechat", 3000, "p-1")
    machine.cancels("o-1", "p-1", "wechat", 3000)
    assert machine.payment("p-1") == "cancelled"
    assert tester.book() == {"p-1": "closed"}


@pytest.mark.parametrize("means", ["cash", "bank_card"])
def test_money_that_lands_under_a_closed_key_is_owed_where_staff_see_it(
    machine: MachineAt, means: str
) -> None:
    assert machine.cancels("o-1", "p-1", means, 3000).body["state"] == "cancelled"
    assert machine.pays("o-1", means, 3000, "p-1").body["state"] == "owed"
    assert machine.order("o-1")["state"] == "approved"


def test_a_void_order_gives_everything_back(machine: MachineAt, tester: GatewayTester) -> None:
    machine.pays("o-1", "cash", 1000, "p-1")
    machine.pays("o-1", "alipay", 2000, "p-2")
    assert machine.payment("p-2") == "taken"
    assert machine.voids("o-1").body["state"] == "voided"
    assert machine.voids("o-1").body["state"] == "voided"
    tester.settle()
    assert [machine.payment(one) for one in ("p-1", "p-2")] == ["owed", "refunded"]
    assert machine.pays("o-1", "cash", 500, "p-3").body["state"] == "owed"
    assert machine.confirms("o-1").code == "wrong_state"


def test_a_charge_that_lands_after_the_void_goes_back(
    machine: MachineAt, tester: GatewayTester
) -> None:
    tester.mode(Mode.ASK)
    machine.pays("o-1", "alipay", 3000, "p-1")
    machine.voids("o-1")
    tester.turn("p-1", state=Said.TAKEN)
    tester.settle()
    assert machine.payment("p-1") == "refunded"


def test_a_terminal_that_gave_it_back_settles_the_debt(machine: MachineAt) -> None:
    machine.pays("o-1", "bank_card", 3000, "p-1", terminal_reference="000123")
    assert machine.refunds("p-1").body["state"] == "owed"
    assert machine.order("o-1")["state"] == "approved"
    assert machine.refunds("p-1", done_by_terminal=True).body["state"] == "refunded"
    assert machine.refunds("p-1", done_by_terminal=True).body["state"] == "refunded"


def test_cash_is_never_given_back_by_a_terminal(machine: MachineAt) -> None:
    machine.pays("o-1", "cash", 3000, "p-1")
    assert machine.refunds("p-1", done_by_terminal=True).body["state"] == "owed"


def test_what_was_issued_is_not_given_back(machine: MachineAt) -> None:
    machine.pays("o-1", "alipay", 3000, "p-1")
    machine.payment("p-1")
    machine.confirms("o-1")
    assert machine.refunds("p-1").code == "wrong_state"
    assert machine.cancels("o-1", "p-1", "alipay", 3000).code == "wrong_state"


def test_a_charge_reversed_by_the_wallet_unpays_the_order(
    machine: MachineAt, tester: GatewayTester
) -> None:
    machine.pays("o-1", "alipay", 3000, "p-1")
    assert machine.payment("p-1") == "taken"
    tester.turn("p-1", state=Said.REFUNDED)
    assert machine.payment("p-1") == "refunded"
    assert machine.order("o-1")["state"] == "approved"
    assert machine.confirms("o-1").code == "wrong_state"


def test_a_charge_that_never_reached_the_gateway_is_closed_not_repeated(
    machine: MachineAt, tester: GatewayTester, central: RunningCentral
) -> None:
    machine.pays("o-1", "alipay", 3000, "p-1")
    with central.office.database.transaction() as connection:
        connection.execute(tables.gateway_charge.delete())
    tester.settle(10)
    assert machine.payment("p-1") == "pending"
    tester.settle(60)
    assert (machine.payment("p-1"), tester.book()) == ("declined", {"p-1": "closed"})


def test_without_a_gateway_no_code_is_charged(machine: MachineAt, central: RunningCentral) -> None:
    central.app.state.outside = outside.outside(stand_ins=False)
    assert machine.pays("o-1", "alipay", 3000, "p-1").code == "no_gateway"
    assert machine.pays("o-1", "cash", 3000, "p-2").status == 201
