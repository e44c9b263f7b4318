"""A Modbus relay board with lamps on its coils and contacts on its inputs.

Not modelled: the silence of 3.5 characters between frames (a frame ends where its length says),
broadcasts, other units on the same line, functions beyond the six of the codec, lamps that fail.
"""

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from hardware.codecs.modbus import (
    BadFrameError,
    Function,
    ReadBits,
    Refusal,
    Request,
    WriteBits,
    WriteRegisters,
    decode_request,
    encode_refusal,
    encode_reply,
    frame,
    request_length,
    unframe,
)
from hardware.simulators.faults import CountedFaults, last_byte_wrong

ADDRESSES = 32


@dataclass
class Misbehaviour(CountedFaults):
    """What is wrong with board and line; stays as set until it is set otherwise.

    Args:
        silent: nothing answers, everything is done.
        wrong_checks: how many answers to come get a wrong check.
        cut_answers: how many answers to come lose their last bytes.
        noise: a stray byte before every third answer.
        other_unit: answers come from another unit.
        fragmented: answers leave byte by byte.
        refuses: every request is refused, as by a board without that function.
        bouncing: how many readings to come see the first door's contact the other way round, in
            turn.
    """

    silent: bool = False
    wrong_checks: int = 0
    cut_answers: int = 0
    noise: bool = False
    other_unit: bool = False
    fragmented: bool = False
    refuses: bool = False
    bouncing: int = 0


class ModbusBoard:
    """Answers requests.

    Args:
        unit: its address.
    """

    def __init__(self, unit: int) -> None:
        self.misbehaviour = Misbehaviour()
        self.coils = [False] * ADDRESSES
        self.registers = [0] * ADDRESSES
        self.inputs = [False] * ADDRESSES
        self._unit = unit
        self._bytes = bytearray()
        self._answers = 0
        self._lock = threading.Lock()
        # Its numbers decide what noise looks like, not who may do what.
        self._random = random.Random(20260101)  # noqa: S311 - repeatable noise, no secret

    def answer(self, data: bytes) -> Iterator[bytes]:
        """Pieces to send back for bytes that arrived."""
        with self._lock:
            self._bytes += data
            answers = b"".join(self._whole())
        if self.misbehaviour.silent or not answers:
            return
        size = 1 if self.misbehaviour.fragmented else len(answers)
        for start in range(0, len(answers), size):
            yield answers[start : start + size]

    def _whole(self) -> Iterator[bytes]:
        while self._bytes:
            length = request_length(bytes(self._bytes[1:]))
            if not length or length > len(self._bytes):
                return
            raw = bytes(self._bytes[:length])
            del self._bytes[:length]
            try:
                body = unframe(raw, self._unit)
            except BadFrameError:
                # A real board waits for silence; the rest of what came is lost with the frame.
                self._bytes.clear()
                return
            yield self._as_sent(self._obey(body))

    def _obey(self, body: bytes) -> bytes:
        request = Refusal.ILLEGAL_FUNCTION if self.misbehaviour.refuses else decode_request(body)
        if isinstance(request, Refusal):
            return encode_refusal(body, request)
        if not _within(request):
            return encode_refusal(body, Refusal.ILLEGAL_ADDRESS)
        match request:
            case ReadBits(function, start, count):
                held = self.coils if function is Function.READ_COILS else self._contacts()
                return encode_reply(body, tuple(held[start : start + count]))
            case WriteBits(start, bits):
                self.coils[start : start + len(bits)] = bits
            case WriteRegisters(start, values):
                self.registers[start : start + len(values)] = values
        return encode_reply(body)

    def _contacts(self) -> list[bool]:
        wrong = self.misbehaviour
        if not wrong.bouncing:
            return self.inputs
        wrong.bouncing -= 1
        return [self.inputs[0] ^ bool(wrong.bouncing % 2), *self.inputs[1:]]

    def _as_sent(self, body: bytes) -> bytes:
        wrong = self.misbehaviour
        self._answers += 1
        raw = frame(self._unit + wrong.other_unit, body)
        if wrong.due("wrong_checks"):
            raw = last_byte_wrong(raw)
        if wrong.due("cut_answers"):
            raw = raw[:-2]
        if wrong.noise and self._answers % 3 == 0:
            raw = self._random.randbytes(1) + raw
        return raw


def _within(request: Request) -> bool:
    count = 0
    match request:
        case ReadBits():
            count = request.count
        case WriteBits():
            count = len(request.bits)
        case WriteRegisters():
            count = len(request.values)
    return request.start + count <= ADDRESSES
