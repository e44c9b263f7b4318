"""The simulated reader at its wire, without the driver: it obeys the protocol to the byte."""

from collections.abc import Iterator

import pytest
import serial

from hardware.codecs.samv import (
    Command,
    FrameParser,
    Reply,
    Sw3,
    decode_reply,
    frame,
    request,
    unpack_blocks,
)
from hardware.codecs.samv_text import parse_text
from hardware.simulators.id_card_reader import IdCardReaderSimulator
from hardware.simulators.people import people

FIND = request(Command.FIND_CARD)
SELECT = request(Command.SELECT_CARD)
READ = request(Command.READ_TEXT_AND_PHOTO)


class Wire:
    """A line to the simulator that carries what a test writes."""

    def __init__(self, peer: IdCardReaderSimulator, port: serial.Serial) -> None:
        self.peer = peer
        self._port = port

    def ask(self, raw: bytes) -> Reply:
        self._port.write(raw)
        parser = FrameParser()
        while (body := parser.next_body()) is None:
            data = self._port.read(parser.missing)
            assert data, "no answer"
            parser.feed(data)
        return decode_reply(body)

    def silence(self, raw: bytes) -> bool:
        self._port.write(raw)
        self._port.timeout = 0.05
        return self._port.read(1) == b""


@pytest.fixture
def wire() -> Iterator[Wire]:
    peer = IdCardReaderSimulator("reader", {}, paced=False)
    peer.misbehaviour.card_delay_ms = 0
    with serial.Serial(str(peer.start()["port"]), 115200, timeout=5) as port:
        yield Wire(peer, port)
    peer.stop()


def test_it_answers_the_public_frames(wire: Wire) -> None:
    assert wire.ask(request(Command.RESET)).sw3 == Sw3.SUCCESS
    assert wire.ask(request(Command.STATUS)).sw3 == Sw3.SUCCESS
    assert len(wire.ask(request(Command.READ_SAM_NUMBER)).data) == 16
    assert wire.ask(request(Command.SET_MAX_RF_BYTES, b"\x50")).sw3 == Sw3.SUCCESS
    wire.peer.lay("adult")
    assert wire.ask(FIND) == Reply(Sw3.CARD_FOUND, bytes(4))
    assert wire.ask(SELECT) == Reply(Sw3.SUCCESS, bytes(8))
    text, photo = unpack_blocks(wire.ask(READ).data, 2)
    assert parse_text(text).number == people()["adult"].card.number
    assert photo.startswith(b"SIMJ")


def test_without_a_card_nothing_is_found(wire: Wire) -> None:
    assert wire.ask(FIND).sw3 == Sw3.FIND_FAILED


def test_finding_selecting_and_reading_must_come_in_this_order(wire: Wire) -> None:
    wire.peer.lay("adult")
    assert wire.ask(SELECT).sw3 == Sw3.SELECT_FAILED
    assert wire.ask(READ).sw3 == Sw3.READ_FAILED
    assert wire.ask(FIND).sw3 == Sw3.CARD_FOUND
    assert wire.ask(READ).sw3 == Sw3.READ_FAILED


def test_one_reading_uses_the_selection_up(wire: Wire) -> None:
    wire.peer.lay("adult")
    for raw in (FIND, SELECT, READ):
        last = wire.ask(raw)
    assert last.sw3 == Sw3.SUCCESS
    assert wire.ask(READ).sw3 == Sw3.READ_FAILED


def test_a_reset_forgets_the_selection(wire: Wire) -> None:
    wire.peer.lay("adult")
    wire.ask(FIND)
    wire.ask(SELECT)
    wire.ask(request(Command.RESET))
    assert wire.ask(READ).sw3 == Sw3.READ_FAILED


def test_a_card_laid_instead_of_another_must_be_found_again(wire: Wire) -> None:
    wire.peer.lay("adult")
    wire.ask(FIND)
    wire.ask(SELECT)
    wire.peer.lay("minor")
    assert wire.ask(READ).sw3 == Sw3.READ_FAILED


def test_a_reading_with_fingerprints_carries_an_empty_block(wire: Wire) -> None:
    wire.peer.lay("adult")
    wire.ask(FIND)
    wire.ask(SELECT)
    reply = wire.ask(request(Command.READ_WITH_FINGERPRINTS))
    assert unpack_blocks(reply.data, 3)[2] == b""
    assert wire.ask(request(Command.READ_NEWEST_ADDRESS)).sw3 == Sw3.NO_SUCH_ITEM


@pytest.mark.parametrize(
    ("raw", "sw3"),
    [
        (FIND[:-1] + b"\x00", Sw3.REQUEST_CHECKSUM_WRONG),
        (frame(bytes.fromhex("7777")), Sw3.COMMAND_WRONG),
        (frame(bytes.fromhex("30 05")), Sw3.COMMAND_WRONG),
    ],
    ids=["checksum", "unknown", "not modelled"],
)
def test_requests_it_cannot_follow_are_refused_by_status(wire: Wire, raw: bytes, sw3: int) -> None:
    assert wire.ask(raw).sw3 == sw3


def test_a_request_in_pieces_with_noise_before_it_is_understood(wire: Wire) -> None:
    assert wire.silence(b"\x00\xaa\x13\xaa" + FIND[:7])
    assert wire.ask(FIND[7:]).sw3 == Sw3.FIND_FAILED


def test_the_bench_lays_cards_and_takes_them_away(wire: Wire) -> None:
    knobs = {knob.key: knob for knob in wire.peer.knobs()}
    knobs["card"].set("elder")
    assert knobs["card"].get() == "elder"
    knobs["pull"].set(None)
    assert knobs["card"].get() == "none"
    knobs["card"].set("elder")
    knobs["card"].set("none")
    assert knobs["card"].get() == "none"
