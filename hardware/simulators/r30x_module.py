"""An R30x module without its wire: a finger may lie on it, and it may misbehave as set."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hardware.codecs.r30x import (
    BadPacketError,
    Command,
    Confirmation,
    Kind,
    Packet,
    PacketParser,
    Parameters,
    build_parameters,
    data_packets,
    encode,
)
from hardware.simulators.faults import CountedFaults, fragments, last_byte_wrong
from hardware.simulators.people.fingers import TEMPLATE_BYTES, impression, score

PARAMETERS = Parameters(
    system_id=0x0009,
    capacity=1000,
    security_level=3,
    address=0xFFFFFFFF,
    packet_bytes=128,
    baudrate=57600,
)
_ENOUGH_TO_MERGE = 100
_ENOUGH_TO_MATCH = 40
_FLIPPED_PERCENT = {"good": 5, "worn": 11}


@dataclass
class Touch:
    """What lies on the sensor; stays as set until it is set otherwise.

    Args:
        owner: key of a synthetic person, empty for nobody.
        condition: `good`, `worn` (a low score), `wet` (too messy) or `partial` (too few features).
        lifts_by_itself: after each print the finger counts as lifted once, then lies there again,
            as a person does who follows the screen.
    """

    owner: str = ""
    condition: str = "good"
    lifts_by_itself: bool = True


@dataclass
class Misbehaviour(CountedFaults):
    """What is wrong with module and line; stays as set until it is set otherwise.

    Args:
        image_delay_ms: the sensor's own time for an image.
        wrong_checksums: how many packets to come get a wrong checksum.
        lost_answers: how many commands to come are obeyed without an answer.
        noise: stray bytes before every packet.
        fragmented: packets leave in small pieces with pauses.
        wrong_password: the module is locked with another password.
        sensor_fails: no image can be taken.
        alters_templates: a template sent to it comes back changed, as a foreign one may.
        keeps_buffers: what is sent to it does not replace what a buffer holds.
        silent: nothing answers.
    """

    image_delay_ms: int = 200
    wrong_checksums: int = 0
    lost_answers: int = 0
    noise: bool = False
    fragmented: bool = False
    wrong_password: bool = False
    sensor_fails: bool = False
    alters_templates: bool = False
    keeps_buffers: bool = False
    silent: bool = False


class R30xModule:
    """Answers commands as hardware facts 6.1 say.

    Args:
        pause: lets time pass; False when the line went away meanwhile.
    """

    def __init__(self, pause: Callable[[float], bool]) -> None:
        self.touch = Touch()
        self.misbehaviour = Misbehaviour()
        self.buffers = {1: bytes(TEMPLATE_BYTES), 2: bytes(TEMPLATE_BYTES)}
        self.flash_writes = 0
        self._pause = pause
        self._parser = PacketParser()
        self._image = b""
        self._lifted = False
        self._touches = 0
        self._receiving: int | None = None
        self._received = bytearray()
        self._random = random.Random(20260101)  # noqa: S311 - repeatable noise, no secret

    def answer(self, data: bytes) -> Iterator[bytes]:
        """Bytes to send back for bytes that arrived."""
        self._parser.feed(data)
        while True:
            try:
                packet = self._parser.next_packet()
            except BadPacketError:
                yield from self._confirm(Confirmation.PACKET_ERROR)
                continue
            if packet is None:
                return
            if not self.misbehaviour.silent:
                yield from self._heard(packet)

    def power_on(self) -> None:
        """Power came back: working memory is empty."""
        self.buffers = {1: bytes(TEMPLATE_BYTES), 2: bytes(TEMPLATE_BYTES)}
        self._image, self._receiving = b"", None
        self._parser = PacketParser()

    def _heard(self, packet: Packet) -> Iterator[bytes]:
        if packet.kind in (Kind.DATA, Kind.LAST_DATA):
            self._receive(packet)
        elif packet.kind == Kind.COMMAND and packet.data:
            self._receiving = None
            yield from self._obey(packet.data[0], packet.data[1:])

    def _receive(self, packet: Packet) -> None:
        if self._receiving is None:
            return
        self._received += packet.data
        if packet.kind != Kind.LAST_DATA:
            return
        whole = bytes(self._received)
        if self.misbehaviour.alters_templates and any(whole):
            whole = last_byte_wrong(whole)
        if not self.misbehaviour.keeps_buffers:
            self.buffers[self._receiving] = whole
        self._receiving = None

    def _obey(self, code: int, data: bytes) -> Iterator[bytes]:
        buffer = data[0] if data else 0
        match code:
            case Command.GET_IMAGE:
                yield from self._take_image()
            case Command.MATCH:
                yield from self._match()
            case Command.UPLOAD_FEATURES:
                yield from self._confirm(Confirmation.OK)
                for packet in data_packets(self.buffers[buffer], PARAMETERS.packet_bytes):
                    yield from self._send(packet)
            case Command.DOWNLOAD_FEATURES:
                self._receiving, self._received = buffer, bytearray()
                yield from self._confirm(Confirmation.OK)
            case Command.READ_PARAMETERS:
                yield from self._confirm(Confirmation.OK, build_parameters(PARAMETERS))
            case _:
                yield from self._confirm(self._simply(code, buffer, data))

    def _simply(self, code: int, buffer: int, data: bytes) -> Confirmation:
        """Commands that a confirmation answers."""
        match code:
            case Command.VERIFY_PASSWORD:
                locked = self.misbehaviour.wrong_password or data != bytes(4)
                return Confirmation.WRONG_PASSWORD if locked else Confirmation.OK
            case Command.EXTRACT_FEATURES:
                return self._extract(buffer)
            case Command.MAKE_TEMPLATE:
                return self._merge()
            case _:
                # Store, delete and everything else that a session must never send.
                self.flash_writes += 1
                return Confirmation.PACKET_ERROR

    def _take_image(self) -> Iterator[bytes]:
        if not self._pause(self.misbehaviour.image_delay_ms / 1000):
            return
        if self.misbehaviour.sensor_fails:
            yield from self._confirm(Confirmation.CAPTURE_FAILED)
            return
        lifted, self._lifted = self._lifted, False
        if lifted or not self.touch.owner:
            self._image = b""
            yield from self._confirm(Confirmation.NO_FINGER)
            return
        self._touches += 1
        flipped = _FLIPPED_PERCENT.get(self.touch.condition, 5)
        self._image = impression(self.touch.owner, self._touches, flipped)
        yield from self._confirm(Confirmation.OK)

    def _extract(self, buffer: int) -> Confirmation:
        if not self._image:
            return Confirmation.NO_IMAGE
        self._lifted = self.touch.lifts_by_itself
        if self.touch.condition == "wet":
            return Confirmation.TOO_MESSY
        if self.touch.condition == "partial":
            return Confirmation.TOO_FEW_FEATURES
        self.buffers[buffer] = self._image
        return Confirmation.OK

    def _merge(self) -> Confirmation:
        if score(self.buffers[1], self.buffers[2]) < _ENOUGH_TO_MERGE:
            return Confirmation.PRINTS_DIFFER
        self.buffers[2] = self.buffers[1]
        return Confirmation.OK

    def _match(self) -> Iterator[bytes]:
        alike = score(self.buffers[1], self.buffers[2])
        verdict = Confirmation.OK if alike >= _ENOUGH_TO_MATCH else Confirmation.NO_MATCH
        yield from self._confirm(verdict, alike.to_bytes(2, "big"))

    def _confirm(self, confirmation: Confirmation, data: bytes = b"") -> Iterator[bytes]:
        if self.misbehaviour.due("lost_answers"):
            return
        yield from self._send(encode(Packet(Kind.ANSWER, bytes([confirmation]) + data)))

    def _send(self, whole: bytes) -> Iterator[bytes]:
        wrong = self.misbehaviour
        if wrong.due("wrong_checksums"):
            whole = last_byte_wrong(whole)
        if wrong.noise:
            yield bytes([0xEF, *self._random.randbytes(self._random.randint(0, 6)), 0xEF])
        if not wrong.fragmented:
            yield whole
            return
        for piece in fragments(whole, 1 + len(whole) // 3, self._random):
            yield piece
            if not self._pause(self._random.uniform(0.0005, 0.002)):
                return
