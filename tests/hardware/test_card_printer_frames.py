"""The EasyPrinter S3 protocol to the byte, and whatever else may come over a wire."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.easyprinter import (
    DOTS,
    Command,
    Order,
    OrderParser,
    Setting,
    dots,
    job,
    setting,
)
from hardware.codecs.easyprinter_answers import (
    BadAnswerError,
    Fault,
    PathState,
    Report,
    ShortStatus,
    decode_direction,
    decode_report,
    decode_state,
    decode_status,
    encode_report,
    encode_state,
)
from hardware.interfaces.card_printer import FaceArea

COMMANDS = [
    (Command.SHORT_STATUS, "1A"),
    (Command.FIRMWARE, "1B 61"),
    (Command.SERIAL_NUMBER, "1B 25 6F 53"),
    (Command.REBOOT, "1B 24 52"),
    (Command.FEED_FROM_FRONT, "1B 31"),
    (Command.FEED_FROM_HOPPER, "1B 63"),
    (Command.ABORT_FEED, "1B 32"),
    (Command.EJECT, "1B 33"),
    (Command.DIRECTION, "1B 23"),
    (Command.CHIP_UID, "1B A7"),
    (Command.MIFARE_UID, "1B 24 24 55"),
    (Command.ROTATE, "1B 55"),
    (Command.PANEL_RESET, "1B 24 44 30"),
    (Command.GO, "0C"),
    (Command.STATE, "1B 3F"),
]

areas = st.builds(
    lambda left, top, width, height: FaceArea(
        left, top * 8, min(width, 960 - left), min(height, 70 - top) * 8
    ),
    st.integers(0, 959),
    st.integers(0, 69),
    st.integers(1, 12),
    st.integers(1, 70),
)


@pytest.mark.parametrize(("command", "raw"), COMMANDS, ids=[one.name for one, _ in COMMANDS])
def test_commands_are_the_public_bytes(command: Command, raw: str) -> None:
    assert command.value == bytes.fromhex(raw)


def test_numbers_go_as_ascii_digits() -> None:
    assert setting(Setting.WINDOW, 100, 1100) == b"\x1b\x25\x6401001100"
    assert setting(Setting.ERASE_AREA, 0, 100, 96, 1100) == b"\x1b\x4c\x31000100961100"
    assert setting(Setting.BYTE, 13) == b"\x1b\x25\x7813"
    assert setting(Setting.ROW, 130) == b"\x1b\x25\x790130"
    assert dots(b"\x01\x02") == b"\x1b\x51\x02\x01\x02"


@pytest.mark.parametrize(
    ("byte", "status"),
    [
        (0x00, ShortStatus()),
        (0x09, ShortStatus(at_print_sensor=True, in_print_position=True)),
        (0x29, ShortStatus(at_print_sensor=True, in_print_position=True, printed=True)),
        (0x02, ShortStatus(at_front=True)),
        (0x40, ShortStatus(in_chip_position=True)),
        (0x80, ShortStatus(error=True)),
    ],
)
def test_the_tried_statuses_mean_what_was_seen(byte: int, status: ShortStatus) -> None:
    assert decode_status(byte) == status
    assert status.byte == byte


@pytest.mark.parametrize("byte", [0x04, 0x08, 0x10, 0x18, 0x49, 0xFF, 0x1A])
def test_a_status_that_sensors_cannot_say_is_refused(byte: int) -> None:
    with pytest.raises(BadAnswerError):
        decode_status(byte)


@given(st.integers(0, 255))
def test_every_byte_is_a_status_or_refused(byte: int) -> None:
    try:
        status = decode_status(byte)
    except BadAnswerError:
        return
    assert status.byte == byte & ~0x04


def test_the_longer_answers_are_read_to_the_byte() -> None:
    assert decode_state(b"00001010\r") == PathState(at_back=False, inside=True, at_front=False)
    assert decode_report(b"M01003095\r") == Report(Fault.JAMMED, 3, 95)
    assert decode_direction(b"1\r")
    assert not decode_direction(b"0\r")


@given(st.builds(PathState, st.booleans(), st.booleans(), st.booleans()))
def test_a_state_comes_back_as_it_went(state: PathState) -> None:
    assert decode_state(encode_state(state)) == state


@given(st.builds(Report, st.sampled_from(list(Fault)), st.integers(0, 999), st.integers(0, 100)))
def test_a_report_comes_back_as_it_went(report: Report) -> None:
    assert decode_report(encode_report(report)) == report


@given(st.binary(max_size=12))
def test_garbage_is_no_answer(raw: bytes) -> None:
    for decode in (decode_state, decode_report, decode_direction):
        try:
            decode(raw)
        except BadAnswerError:
            continue
        assert raw[-1:] == b"\r"


@given(st.binary(max_size=80), st.lists(st.integers(0, 80), max_size=6))
def test_a_parser_takes_any_bytes_in_any_pieces(raw: bytes, cuts: list[int]) -> None:
    whole, pieces = OrderParser(), OrderParser()
    places = sorted({0, *(min(cut, len(raw)) for cut in cuts), len(raw)})
    heard = [order for a, b in pairwise(places) for order in pieces.feed(raw[a:b])]
    assert heard == whole.feed(raw)


@given(areas, st.data())
def test_a_job_is_understood_as_it_was_meant(area: FaceArea, data: st.DataObject) -> None:
    row = st.binary(min_size=area.height // 8, max_size=area.height // 8)
    rows = data.draw(st.lists(row, min_size=area.width, max_size=area.width))
    orders = OrderParser().feed(b"".join(job(area, rows)))
    assert [one.what for one in orders[:4]] == [
        *(Command.ROTATE, Setting.WINDOW, Setting.ERASE_AREA, Setting.ROW),
    ]
    first_row = 130 + 960 - area.left - area.width
    assert orders[3].data == b"%04d" % first_row
    sent = [one.data.ljust(83, b"\0") for one in orders[4:]]
    assert all(one.what == DOTS for one in orders[4:])
    first = 13 + area.top // 8
    assert [one[first : first + area.height // 8] for one in sent] == rows
    assert not any(any(one[:first]) or any(one[first + area.height // 8 :]) for one in sent)


def test_dots_that_look_like_commands_stay_dots() -> None:
    row = bytes.fromhex("0C 1A 1B 33 1B 24 52 0C")
    assert OrderParser().feed(dots(row) + Command.GO.value) == [
        Order(DOTS, row),
        Order(Command.GO),
    ]


def test_unknown_bytes_are_told_apart_and_dropped() -> None:
    parser = OrderParser()
    assert parser.feed(b"\x00\x1bZ\x1a") == [
        *(Order(None, b"\x00"), Order(None, b"\x1b"), Order(None, b"Z")),
        Order(Command.SHORT_STATUS),
    ]
    parser.feed(b"\x1b%d01")
    parser.clear()
    assert parser.feed(b"\x1a") == [Order(Command.SHORT_STATUS)]


@pytest.mark.parametrize("area", [(-1, 0, 1, 8), (0, 4, 8, 8), (0, 0, 961, 8), (0, 552, 8, 16)])
def test_an_area_that_is_not_on_the_card_is_refused(area: tuple[int, int, int, int]) -> None:
    with pytest.raises(AssertionError):
        FaceArea(*area)
