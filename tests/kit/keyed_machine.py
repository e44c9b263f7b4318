"""A machine that proves who it is: its records, its key, its client."""

from pathlib import Path

from kiosk.central.answer import Outcome, Timeouts
from kiosk.central.client import CentralClient
from kiosk.central.contract import Accepted, StaffCall
from kiosk.central.contract.admission import Enrolled
from kiosk.central.enrolment import enrol, proof_of
from kiosk.central.machine_key import KeyBook
from kiosk.cipher import FieldCipher
from kiosk.storage import Storage
from tests.kit.central import HALL, WallClock, new_id


class Machine:
    """A machine's records and its client.

    Args:
        url: of central.
        folder: of its records.
        clock: its own.
        machine_id: as configured.
    """

    def __init__(
        self, url: str, folder: Path, clock: WallClock | None = None, machine_id: str = "kiosk-1"
    ) -> None:
        self.machine_id = machine_id
        self.clock = clock or WallClock()
        self.storage = Storage(folder / machine_id / "machine.sqlite")
        self.book = KeyBook(self.storage, FieldCipher(bytes(range(32))))
        self.client = CentralClient(url, self.clock, Timeouts(tries=1))
        self.client.transport.proof = proof_of(self.book, machine_id, self.clock)

    def come_in(self, code: str) -> Outcome[Enrolled]:
        """Bring a code."""
        return enrol(self.client, self.book, self.machine_id, code, self.clock)

    def call(self, machine_id: str = "") -> Outcome[Accepted]:
        """Ask for something that only a machine may ask for."""
        call = StaffCall(
            machine_id=machine_id or self.machine_id,
            hall_id=HALL,
            reason="help",
            at=self.clock.now(),
        )
        return self.client.call_staff(call, new_id("key"))

    def close(self) -> None:
        """End."""
        self.client.close()
        self.storage.close()
