"""CCNET frames: the published ones to the byte, and whatever a line does to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.ccnet import (
    BILL_TYPES,
    BadFrameError,
    Command,
    FrameParser,
    Reply,
    State,
    build_bill_table,
    decode_bill_table,
    enable,
    enabled_types,
    encode_reply,
    frame,
    request,
)
from tests.kit.frames import whole

KNOWN = [
    (request(Command.ACK), "02 03 06 00 C2 82"),
    (request(Command.NAK), "02 03 06 FF BA 8D"),
    (request(Command.RESET), "02 03 06 30 41 B3"),
    (request(Command.GET_STATUS), "02 03 06 31 C8 A2"),
    (request(Command.POLL), "02 03 06 33 DA 81"),
    (enable(range(24)), "02 03 0C 34 FF FF FF FF FF FF FE F7"),
    (enable(()), "02 03 0C 34 00 00 00 00 00 00 17 0C"),
    (request(Command.STACK), "02 03 06 35 EC E4"),
    (request(Command.RETURN), "02 03 06 36 77 D6"),
    (request(Command.IDENTIFICATION), "02 03 06 37 FE C7"),
    (request(Command.HOLD), "02 03 06 38 09 3F"),
    (request(Command.GET_BILL_TABLE), "02 03 06 41 4F D1"),
]
bodies = st.binary(min_size=1, max_size=130)


def found(parser: FrameParser) -> list[bytes]:
    return whole(parser.next_body, BadFrameError)


@pytest.mark.parametrize(("whole", "known"), KNOWN)
def test_frames_equal_the_known_ones(whole: bytes, known: str) -> None:
    assert whole == bytes.fromhex(known)


def test_answers_carry_state_and_bill_type() -> None:
    parser = FrameParser()
    parser.feed(encode_reply(Reply(State.ESCROW, b"\x04")))
    [body] = found(parser)
    assert Reply(body[0], body[1:]) == Reply(State.ESCROW, b"\x04")
    assert Reply(State.ESCROW, b"\x04").bill_type == 4
    assert Reply(State.ESCROW).bill_type == -1


@given(st.sets(st.integers(0, 23)))
def test_enabled_types_survive_the_way_there_and_back(types: set[int]) -> None:
    assert enabled_types(enable(sorted(types))[4:-2]) == tuple(sorted(types))


def test_an_enable_command_of_another_length_is_refused() -> None:
    with pytest.raises(BadFrameError):
        enabled_types(bytes(5))


def test_a_bill_table_gives_fen_by_type() -> None:
    table = build_bill_table((1, 5, 10, 20, 50, 100), "CHN")
    assert table[:10] == b"\x01CHN\x00\x05CHN\x00"
    assert table[25:30] == b"\x01CHN\x02"
    values = {0: 100, 1: 500, 2: 1000, 3: 2000, 4: 5000, 5: 10_000}
    assert decode_bill_table(table, "CHN") == values
    assert decode_bill_table(table, "USA") == {}


def test_notes_below_one_yuan_are_exact() -> None:
    table = b"\x05CHN\x81" + b"\x01CHN\x82" + bytes(5 * (BILL_TYPES - 2))
    assert decode_bill_table(table, "CHN") == {0: 50, 1: 1}


@pytest.mark.parametrize(
    "table", [b"", bytes(119), b"\x01CHN\x20" + bytes(115), b"\x01CHN\x83" + bytes(115)]
)
def test_a_table_that_no_validator_has_is_refused(table: bytes) -> None:
    with pytest.raises(BadFrameError):
        decode_bill_table(table, "CHN")


def test_a_wrong_crc_is_told_and_the_next_frame_found() -> None:
    parser = FrameParser()
    parser.feed(request(Command.POLL)[:-1] + b"\x00" + request(Command.STACK))
    with pytest.raises(BadFrameError, match="CRC"):
        parser.next_body()
    assert parser.next_body() == bytes([Command.STACK])


def test_lengths_that_no_frame_has_are_noise() -> None:
    parser = FrameParser()
    parser.feed(bytes.fromhex("02 03 00 02 03 05 02 03 FF") + request(Command.POLL))
    assert found(parser) == [bytes([Command.POLL])]


def test_the_parser_says_how_much_it_still_needs() -> None:
    parser = FrameParser()
    assert parser.missing == 6
    parser.feed(request(Command.POLL)[:4])
    assert parser.missing == 2


@given(st.lists(bodies, min_size=1, max_size=3), st.data())
def test_frames_are_found_however_the_line_cuts_them(
    sent: list[bytes], data: st.DataObject
) -> None:
    noise = st.binary(max_size=8).map(lambda n: n.replace(b"\x02", b"\x55"))
    stream = b"".join(data.draw(noise) + frame(one) for one in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    parser, items = FrameParser(), list[bytes]()
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        parser.feed(stream[start:end])
        items += found(parser)
    assert items == sent


@given(st.binary(max_size=800))
def test_no_bytes_upset_the_parser(noise: bytes) -> None:
    parser = FrameParser()
    parser.feed(noise)
    found(parser)
    assert parser.missing > 0


@given(st.binary(min_size=120, max_size=120))
def test_no_bytes_upset_the_bill_table(noise: bytes) -> None:
    try:
        values = decode_bill_table(noise, "CHN")
    except BadFrameError:
        return
    assert all(value > 0 for value in values.values())
