"""SAM_V frames: the public ones to the byte, and whatever a line does to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.samv import (
    PREAMBLE,
    BadFrameError,
    Command,
    FrameParser,
    Reply,
    build_sam_number,
    decode_reply,
    encode_reply,
    pack_blocks,
    parse_sam_number,
    request,
    unpack_blocks,
)
from tests.kit.frames import whole

PUBLIC_REQUESTS = [
    (Command.RESET, b"", "AA AA AA 96 69 00 03 10 FF EC"),
    (Command.STATUS, b"", "AA AA AA 96 69 00 03 11 FF ED"),
    (Command.READ_SAM_NUMBER, b"", "AA AA AA 96 69 00 03 12 FF EE"),
    (Command.FIND_CARD, b"", "AA AA AA 96 69 00 03 20 01 22"),
    (Command.SELECT_CARD, b"", "AA AA AA 96 69 00 03 20 02 21"),
    (Command.READ_TEXT_AND_PHOTO, b"", "AA AA AA 96 69 00 03 30 01 32"),
    (Command.READ_WITH_FINGERPRINTS, b"", "AA AA AA 96 69 00 03 30 10 23"),
    (Command.READ_NEWEST_ADDRESS, b"", "AA AA AA 96 69 00 03 30 03 30"),
    (Command.READ_MANAGEMENT_NUMBER, b"", "AA AA AA 96 69 00 03 30 05 36"),
    (Command.SET_MAX_RF_BYTES, b"\x50", "AA AA AA 96 69 00 04 61 FF 50 CA"),
]
PUBLIC_REPLIES = [
    (Reply(0x9F, bytes(4)), "AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97"),
    (Reply(0x90, bytes(8)), "AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C"),
]
replies = st.builds(
    Reply,
    sw3=st.integers(0, 255),
    data=st.binary(max_size=1400),
    sw1=st.integers(0, 255),
    sw2=st.integers(0, 255),
)


def bodies(parser: FrameParser) -> list[bytes]:
    return whole(parser.next_body, BadFrameError)


@pytest.mark.parametrize(
    ("command", "data", "public"), PUBLIC_REQUESTS, ids=[c.name for c, _, _ in PUBLIC_REQUESTS]
)
def test_requests_equal_the_public_frames(command: Command, data: bytes, public: str) -> None:
    assert request(command, data) == bytes.fromhex(public)


@pytest.mark.parametrize(("reply", "public"), PUBLIC_REPLIES, ids=["find", "select"])
def test_answers_equal_the_public_frames_both_ways(reply: Reply, public: str) -> None:
    assert encode_reply(reply) == bytes.fromhex(public)
    parser = FrameParser()
    parser.feed(bytes.fromhex(public))
    body = parser.next_body()
    assert body is not None
    assert decode_reply(body) == reply


@pytest.mark.parametrize(("prints", "whole"), [(0, 1297), (512, 1809), (1024, 2321)])
def test_answers_with_fingerprints_have_the_public_lengths(prints: int, whole: int) -> None:
    data = pack_blocks(bytes(256), bytes(1024), bytes(prints))
    assert len(encode_reply(Reply(0x90, data))) == whole
    assert unpack_blocks(data, 3) == (bytes(256), bytes(1024), bytes(prints))


def test_an_answer_with_text_and_photo_has_the_public_length() -> None:
    data = pack_blocks(bytes(256), bytes(1024))
    assert data.startswith(bytes.fromhex("0100 0400"))
    assert len(encode_reply(Reply(0x90, data))) == 1295


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01\x00\x04",
        pack_blocks(bytes(256), bytes(1024))[:-1],
        pack_blocks(bytes(256), bytes(1024)) + b"\0",
        pack_blocks(bytes(255), bytes(1025)),
    ],
    ids=["empty", "cut in the lengths", "one short", "one more", "other sizes"],
)
def test_a_reading_whose_lengths_do_not_add_up_is_refused(data: bytes) -> None:
    with pytest.raises(BadFrameError):
        unpack_blocks(data, 2)


def test_a_reader_number_is_shown_as_vendors_show_it() -> None:
    shown = "05.03-20110131-000123456-000987654"
    assert parse_sam_number(build_sam_number(shown)) == shown
    with pytest.raises(BadFrameError):
        parse_sam_number(bytes(15))


def test_a_wrong_check_byte_is_told_and_the_next_frame_still_found() -> None:
    good = request(Command.FIND_CARD)
    parser = FrameParser()
    parser.feed(good[:-1] + b"\x23" + good)
    with pytest.raises(BadFrameError, match="check byte"):
        parser.next_body()
    assert parser.next_body() == Command.FIND_CARD.value
    assert parser.next_body() is None


def test_a_preamble_in_the_noise_does_not_swallow_the_frame_behind_it() -> None:
    parser = FrameParser()
    parser.feed(PREAMBLE + b"\x00\x05" + request(Command.STATUS))
    assert bodies(parser) == [Command.STATUS.value]


def test_a_length_no_answer_has_is_taken_for_noise() -> None:
    parser = FrameParser()
    parser.feed(PREAMBLE + b"\xff\xff" + PREAMBLE + b"\x00\x00" + request(Command.STATUS))
    assert parser.next_body() == Command.STATUS.value


def test_the_parser_says_how_much_it_still_needs() -> None:
    whole = encode_reply(Reply(0x90, bytes(8)))
    parser = FrameParser()
    assert parser.missing == 7
    parser.feed(whole[:6])
    assert parser.missing == 1
    parser.feed(whole[6:10])
    assert parser.missing == len(whole) - 10
    parser.feed(whole[10:])
    assert parser.missing == 0


def test_an_answer_without_status_is_refused() -> None:
    with pytest.raises(BadFrameError):
        decode_reply(b"\0\0")


def test_a_reply_never_shows_its_data() -> None:
    assert repr(Reply(0x90, b"secret")) == "Reply(sw3=0x90, 6 bytes)"


@given(replies)
def test_answers_survive_the_way_there_and_back(reply: Reply) -> None:
    parser = FrameParser()
    parser.feed(encode_reply(reply))
    [body] = bodies(parser)
    assert decode_reply(body) == reply


@given(st.lists(replies, min_size=1, max_size=3), st.data())
def test_frames_are_found_however_the_line_cuts_them(
    sent: list[Reply], data: st.DataObject
) -> None:
    # Noise that happens to hold a whole preamble can swallow bytes of the next frame; that is
    # what the driver's retry is for.
    noise = st.binary(max_size=12).filter(lambda n: b"\x96" not in n)
    stream = b"".join(data.draw(noise) + encode_reply(reply) for reply in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    parser, found = FrameParser(), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        parser.feed(stream[start:end])
        found += bodies(parser)
    assert [decode_reply(body) for body in found] == sent


@given(st.binary(max_size=3000))
def test_no_bytes_upset_the_parser(noise: bytes) -> None:
    parser = FrameParser()
    parser.feed(noise)
    bodies(parser)
    assert parser.missing > 0
