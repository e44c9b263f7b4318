"""The line to an ICT-104 acceptor: orders go out, notices come in, asked or not."""

from collections.abc import Iterator, Mapping

from hardware.codecs.ict104 import Escrow, Notice, NoticeParser, Order
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import NoAnswerError
from hardware.timing import Deadline

_PIECE_BYTES = 16
_SELF_TOLD = (
    *(Notice.STACKED, Notice.RETURNED, Notice.REJECTED),
    *(Notice.EXCEPTION_ENDED, Notice.POWER_UP, Notice.FISHING),
)
"""Notices that are never the answer to a question."""
_MISFITS: Mapping[Order, Notice] = {
    Order.ENABLE: Notice.INHIBITED,
    Order.INHIBIT: Notice.ENABLED,
}
"""Late answers to the opposite order."""


class Ict104Line:
    """Speaks single bytes.

    Args:
        device: name for errors.
        line: the port, with even parity.
        answer_s: longest wait for an answer.
        tries: of a question.
    """

    def __init__(self, device: str, line: SerialLine, answer_s: float, tries: int) -> None:
        self._device = device
        self._line = line
        self._answer_s = answer_s
        self._tries = tries
        self._parser = NoticeParser()

    def say(self, order: Order) -> None:
        """Give an order; what came in meanwhile is kept.

        Raises:
            NotConnectedError: the port is gone.
        """
        self._line.send(bytes([order]))

    def hear(self) -> Notice | Escrow | None:
        """The next notice; None when nothing came for a moment.

        Raises:
            NotConnectedError: the port is gone.
        """
        found = self._parser.next()
        if found is None:
            self._parser.feed(self._line.read(_PIECE_BYTES))
            found = self._parser.next()
        return found

    def ask(self, order: Order) -> tuple[Notice, list[Notice | Escrow]]:
        """Give an order that is answered, and keep what else was said meanwhile.

        Returns:
            The answer, and notices of notes that came before it.

        Raises:
            NotConnectedError: the port is gone.
            NoAnswerError: silence, also when asked again.
        """
        # What came before the question is no answer to it.
        aside = [heard for heard in self._drained() if _is_told(heard)]
        for _ in range(self._tries):
            self.say(order)
            deadline = Deadline(self._answer_s)
            while not deadline.passed:
                heard = self.hear()
                if heard is Notice.POWER_UP:
                    # It waits two seconds for this and inhibits itself otherwise.
                    self.say(Order.ACCEPT)
                    aside.append(heard)
                    break
                if heard is not None and _is_told(heard):
                    aside.append(heard)
                elif isinstance(heard, Notice) and heard is not _MISFITS.get(order):
                    return heard, aside
        raise NoAnswerError(self._device, f"{order.name}: silence")

    def forget(self) -> None:
        """Drop what has come in.

        Raises:
            NotConnectedError: the port is gone.
        """
        for _ in self._drained():
            continue

    def _drained(self) -> Iterator[Notice | Escrow]:
        while (heard := self.hear()) is not None:
            yield heard


def _is_told(heard: Notice | Escrow) -> bool:
    """Whether it is said unasked and only once."""
    return isinstance(heard, Escrow) or heard in _SELF_TOLD
