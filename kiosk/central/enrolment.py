"""How a machine comes in: it brings an administrator's one-time code and leaves its key."""

from kiosk.central.answer import Answered, Outcome
from kiosk.central.client import CentralClient
from kiosk.central.contract.admission import Enrolled, EnrolmentIn
from kiosk.central.machine_key import KeyBook, MachineProof
from kiosk.clock import Clock


def proof_of(book: KeyBook, machine_id: str, clock: Clock) -> MachineProof | None:
    """What a machine that was let in signs with; None for one that was not.

    Raises:
        StorageError: the kept key does not open.
    """
    key = book.key()
    return MachineProof(machine_id, key, lambda: clock.now().timestamp()) if key else None


def enrol(
    client: CentralClient, book: KeyBook, machine_id: str, code: str, clock: Clock
) -> Outcome[Enrolled]:
    """Come in; may be repeated with the same code as long as no answer has come.

    Args:
        client: of the machine; it signs its calls from now on when this goes well.
        book: where the key is kept.
        machine_id: as it stands in the configuration.
        code: as typed.
        clock: of the machine.

    Raises:
        StorageError: the key cannot be kept.
    """
    key = book.next_key()
    proof = MachineProof(machine_id, key, lambda: clock.now().timestamp())
    before, client.transport.proof = client.transport.proof, proof
    asked = EnrolmentIn(machine_id=machine_id, code=code, public_key=proof.public_key)
    outcome = client.transport.post("/v1/enrolments", asked, None, Enrolled)
    if isinstance(outcome, Answered):
        book.taken(key)
    else:
        client.transport.proof = before
    return outcome
