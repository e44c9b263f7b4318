"""Permits of nobody, put on file at a running central."""

from datetime import date
from typing import Any

from kiosk.central.contract.permits import EndorsementOnFile, PermitOnFile
from kiosk.central.server.endorsements.register import PermitRecord, bring_in
from tests.kit.central import HALL, Caller, Reply, RunningCentral, new_id

LI = "420299198005013726"
"""an adult of the synthetic region"""
LI_PERMIT = "C00000011"
UNUSED = "Q26010100001"
AT = "2026-11-24T09:31:00+08:00"
WHO = {"machine_id": "e1", "hall_id": HALL}
PERSON = {**WHO, "id_number": LI, "permit_number": LI_PERMIT}
PROVEN = ["chip", "face"]


def permit_on_file(**changes: Any) -> PermitRecord:
    """Li's permit: an unused journey to Hong Kong, one to Macao that is used up."""
    endorsements = (
        EndorsementOnFile(
            number=UNUSED,
            destination="HKG",
            kind="L",
            entries=1,
            entries_left=1,
            valid_from=date(2026, 9, 1),
            valid_until=date(2027, 8, 31),
            used=False,
        ),
        EndorsementOnFile(
            number="Q25010100002",
            destination="MAC",
            kind="L",
            entries=1,
            entries_left=0,
            valid_from=date(2025, 9, 1),
            valid_until=date(2026, 8, 31),
            used=True,
        ),
    )
    permit = PermitOnFile(
        permit_number=LI_PERMIT,
        name="李测试",
        birth=date(1980, 5, 1),
        valid_from=date(2020, 1, 1),
        valid_until=date(2030, 1, 1),
        endorsements=endorsements,
    )
    return PermitRecord.model_validate({"id_number": LI, "permit": permit, **changes})


def put_on_file(central: RunningCentral, *records: PermitRecord) -> None:
    """As whoever owns the register would."""
    with central.office.database.transaction() as connection:
        bring_in(connection, central.office.sealer, records)


class MachineAt:
    """What an endorsement machine asks of central, in plain HTTP.

    Args:
        caller: its line.
    """

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    def orders(self, order_id: str, *wishes: tuple[str, str], **changes: Any) -> Reply:
        """Order journeys of kind L: pairs of destination and grant."""
        body = {
            **PERSON,
            "order_id": order_id,
            "wishes": [{"destination": to, "kind": "L", "grant": grant} for to, grant in wishes],
            "proofs": PROVEN,
            "accepted_cancels": [UNUSED],
            "asked_at": AT,
        }
        return self.caller.post("/v1/orders", {**body, **changes})

    def pays(self, order_id: str, means: str, fen: int, payment_id: str = "", **more: Any) -> Reply:
        """Charge a code, or report what a device took."""
        body = {
            "payment_id": payment_id or new_id("pay"),
            "order_id": order_id,
            "machine_id": "e1",
            "means": means,
            "amount_fen": fen,
            "at": AT,
        }
        return self.caller.post("/v1/payments", {**body, **more})

    def payment(self, payment_id: str) -> str:
        """State of a payment."""
        return str(self.caller.get(f"/v1/payments/{payment_id}").body["state"])

    def order(self, order_id: str) -> Any:
        """An order as it stands."""
        return self.caller.get(f"/v1/orders/{order_id}").body

    def cancels(self, order_id: str, payment_id: str, means: str, fen: int) -> Reply:
        """Close a key."""
        body = {"order_id": order_id, "machine_id": "e1", "means": means, "amount_fen": fen}
        path = f"/v1/payments/{payment_id}/cancellation"
        return self.caller.post(path, {**body, "reason": "asked", "at": AT})

    def refunds(self, payment_id: str, **more: Any) -> Reply:
        """Give back."""
        body = {"machine_id": "e1", "reason": "asked", "at": AT}
        return self.caller.post(f"/v1/payments/{payment_id}/refund", {**body, **more})

    def confirms(self, order_id: str, **changes: Any) -> Reply:
        """The card was made."""
        body = {"machine_id": "e1", "chip_verified": True, "face_verified": True, "at": AT}
        return self.caller.post(f"/v1/orders/{order_id}/confirmation", {**body, **changes})

    def voids(self, order_id: str) -> Reply:
        """Nothing was made."""
        body = {"machine_id": "e1", "reason": "asked", "at": AT}
        return self.caller.post(f"/v1/orders/{order_id}/void", body)
