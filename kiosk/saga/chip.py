"""The chip of the permit: opened, written once, read back (the pivot of the transaction)."""

from collections.abc import Callable
from typing import TypeVar

from hardware.interfaces.card_printer import CardPosition, Probe
from hardware.interfaces.chip_reader import (
    AccessKey,
    ChipEndorsement,
    ChipRead,
    ChipReader,
    ChipTrouble,
    EndorsementRecord,
    NoRecord,
    NotWritten,
    Written,
)
from hardware.interfaces.device import Cancel
from hardware.outcome import Done
from kiosk.domain.transaction.progress import Making, Work
from kiosk.saga.book import Book
from kiosk.saga.custody import Custody
from kiosk.saga.ports import CHIP_READER, NEVER, Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.state import State

T = TypeVar("T")

PHASE_OF = {
    Probe.DONE: Phase.DONE,
    Probe.NOT_DONE: Phase.NOT_DONE,
    Probe.UNKNOWN: Phase.UNKNOWN,
}
_NO_USE_TRYING = (
    ChipTrouble.DEAD,
    ChipTrouble.WRONG_KEY,
    ChipTrouble.NOT_AUTHENTIC,
    ChipTrouble.PASSPORT,
    ChipTrouble.TAIWAN_PERMIT,
    ChipTrouble.OTHER_DOCUMENT,
    ChipTrouble.NOT_A_DOCUMENT,
    ChipTrouble.NO_ROOM,
)


class Chip:
    """Uses the chip of the card inside.

    Args:
        parts: of the machine.
        custody: moves the card to the chip.
    """

    def __init__(self, parts: Parts, custody: Custody) -> None:
        self._parts = parts
        self._custody = custody

    def read(self, state: State) -> ChipRead | ChipTrouble | None:
        """Open and read; None when the card does not come to the chip or the reader fails."""
        if not self._custody.move_to(CardPosition.CHIP):
            return None
        keys = (_key(state),)
        said: ChipRead | ChipTrouble | None = None
        for _ in range(self._parts.limits.acts):
            said = self._use(lambda reader, cancel: reader.read(keys, cancel))
            if isinstance(said, ChipRead) or said in _NO_USE_TRYING:
                break
        return said

    def write(self, book: Book) -> None:
        """Write the record of the order; ends with the step done, not done, or unknown.

        Every try has its own intent, and none follows but a sure "not done".
        """
        self._parts.tell(Making(Work.WRITING_CHIP, self._parts.limits.left_s(Work.WRITING_CHIP)))
        keys, record = (_key(book.state),), record_of(book.state)
        for _ in range(self._parts.limits.acts):
            if not self._custody.move_to(CardPosition.CHIP):
                return
            book.write(Step.CHIP, Phase.INTENT)
            said = self._use(lambda reader, cancel: reader.write_endorsement(keys, record, cancel))
            if isinstance(said, Written):
                book.write(Step.CHIP, Phase.DONE)
                return
            if isinstance(said, NotWritten):
                book.write(Step.CHIP, Phase.NOT_DONE, trouble=said.trouble.value)
                if said.trouble in _NO_USE_TRYING:
                    return
                continue
            # Silence or doubt: the chip itself is asked, never written again before it answered.
            book.write(Step.CHIP, PHASE_OF[self.probe(book.state)])
            if book.state.steps[Step.CHIP] is not Phase.NOT_DONE:
                return

    def probe(self, state: State) -> Probe:
        """Whether the record of the order is the one that counts on the chip."""
        keys, record = (_key(state),), record_of(state)
        for ask in range(self._parts.limits.asks):
            if ask:
                self._parts.pause(self._parts.limits.ask_again_s)
            if not self._custody.move_to(CardPosition.CHIP):
                continue
            said = self._use(lambda reader, cancel: reader.read_endorsement(keys, cancel))
            if isinstance(said, EndorsementRecord):
                return Probe.DONE if said == record else Probe.NOT_DONE
            if isinstance(said, NoRecord):
                return Probe.NOT_DONE
        return Probe.UNKNOWN

    def _use(self, fn: Callable[[ChipReader, Cancel], T]) -> T | None:
        outcome = self._parts.devices.call(CHIP_READER, fn, self._parts.limits.chip_s, NEVER)
        return outcome.value if isinstance(outcome, Done) else None


def record_of(state: State) -> EndorsementRecord:
    """What the chip shall say for the approved order."""
    assert state.order is not None, "nothing is written that was not approved"
    return EndorsementRecord(
        state.saga,
        tuple(
            ChipEndorsement(
                destination=one.destination,
                kind=one.kind,
                entries=one.entries,
                valid_from=one.valid_from.strftime("%Y%m%d"),
                valid_until=one.valid_until.strftime("%Y%m%d"),
                number=one.number,
            )
            for one in state.order.granted
        ),
    )


def _key(state: State) -> AccessKey:
    person = state.person
    return AccessKey(person["permit_number"], person["birth"], person["expiry"])
