"""A CCNET validator without its wire."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping

from hardware.codecs.ccnet import (
    BadFrameError,
    Command,
    FrameParser,
    Reply,
    State,
    build_bill_table,
    enabled_types,
    encode_reply,
)
from hardware.simulators.cash_box import FEN_PER_YUAN, NOTES_YUAN, CashBox, Misbehaviour
from hardware.simulators.faults import last_byte_wrong
from hardware.simulators.note_path import NotePath

CURRENCY = "CHN"
_IDENTITY = b"SIM-CN1234     " + b"420299000001" + b"\0" * 7
_PIECE_BYTES = 2


class CcnetMachine:
    """Answers commands as hardware facts 5.2 say.

    Args:
        box: where notes end; kept when everything else is killed.
        pause: lets time pass; False when the line went away meanwhile.
        send: speaks unasked, which a polled validator never does.
    """

    def __init__(
        self, box: CashBox, pause: Callable[[float], bool], send: Callable[[bytes], None]
    ) -> None:
        del send
        self.misbehaviour = Misbehaviour()
        self.box = box
        self.line_options: Mapping[str, str] = {}
        self._path = NotePath(box, self.misbehaviour)
        self._pause = pause
        self._lock = threading.RLock()
        self._parser = FrameParser()
        self._answered = -1
        # Its numbers decide what noise there is, not who may do what.
        self._random = random.Random(20260101)  # noqa: S311 - repeatable noise, no secret

    @property
    def accepting(self) -> bool:
        """Whether a note held to the mouth would be drawn in."""
        with self._lock:
            return bool(self._path.enabled)

    def insert(self, yuan: int) -> None:
        """Hold a note to the mouth; it stays in the hand when the validator does not want any."""
        with self._lock:
            if self._path.enabled:
                self._path.insert(yuan)
            else:
                self.box.give_back(yuan * FEN_PER_YUAN)

    def cut_power(self) -> None:
        """The power goes and comes back, wherever a note may be."""
        with self._lock:
            self._path.cut_power()

    def clear_jam(self) -> None:
        """Staff take a stuck note out."""
        with self._lock:
            self._path.clear_jam()

    def start(self) -> None:
        """Nothing runs by itself: time passes when it is polled."""

    def stop(self) -> None:
        """Nothing runs by itself."""

    def answer(self, data: bytes) -> Iterator[bytes]:
        """Bytes to send back for bytes that arrived."""
        self._parser.feed(data)
        while True:
            try:
                body = self._parser.next_body()
            except BadFrameError:
                yield from self._send(Reply(State.NAK))
                continue
            if body is None:
                return
            if not self.misbehaviour.silent:
                yield from self._obey(body[0], body[1:])

    def _obey(self, command: int, data: bytes) -> Iterator[bytes]:
        wrong = self.misbehaviour
        if command == Command.ACK:
            # A receipt is for the answer before it, and only polls tell of notes.
            if self._answered == Command.POLL and not wrong.due("lost_receipts"):
                with self._lock:
                    self._path.receipt()
            return
        if command == Command.NAK:
            return
        if wrong.due("naks"):
            yield from self._send(Reply(State.NAK))
            return
        self._answered = command
        with self._lock:
            reply = self._reply(command, data)
        yield from self._send(reply)

    def _reply(self, command: int, data: bytes) -> Reply:
        match command:
            case Command.POLL:
                return Reply(*self._path.look())
            case Command.RESET:
                self._path.reset()
                return Reply(State.ACK)
            case Command.ENABLE_BILL_TYPES:
                return _obeyed(self._path.enable(enabled_types(data)))
            case Command.STACK:
                return _obeyed(self._path.stack())
            case Command.RETURN:
                return _obeyed(self._path.give_back())
            case Command.IDENTIFICATION:
                return Reply(_IDENTITY[0], _IDENTITY[1:])
            case Command.GET_BILL_TABLE:
                table = build_bill_table(NOTES_YUAN, CURRENCY)
                return Reply(table[0], table[1:])
            case _:
                return Reply(State.ILLEGAL_COMMAND)

    def _send(self, reply: Reply) -> Iterator[bytes]:
        wrong = self.misbehaviour
        if wrong.due("lost_answers"):
            return
        whole = encode_reply(reply)
        if wrong.due("bad_checksums"):
            whole = last_byte_wrong(whole)
        if wrong.noise:
            yield bytes([0x02, *self._random.randbytes(self._random.randint(0, 4)), 0x55])
        if not wrong.fragmented:
            yield whole
            return
        for start in range(0, len(whole), _PIECE_BYTES):
            yield whole[start : start + _PIECE_BYTES]
            if not self._pause(self._random.uniform(0.0005, 0.002)):
                return


def _obeyed(obeyed: bool) -> Reply:
    return Reply(State.ACK if obeyed else State.ILLEGAL_COMMAND)
