"""Modbus RTU to the byte: the frames of hardware facts 9b, and whatever else may come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.modbus import (
    BadFrameError,
    Function,
    ReadBits,
    Refusal,
    Request,
    WriteBits,
    WriteRegisters,
    crc16,
    decode_reply,
    decode_request,
    encode_refusal,
    encode_reply,
    encode_request,
    frame,
    reply_length,
    request_length,
    unframe,
)

PUBLIC: list[tuple[Request, str]] = [
    (WriteBits(0, (True,)), "01 05 00 00 FF 00 8C 3A"),
    (WriteBits(0, (False,)), "01 05 00 00 00 00 CD CA"),
    (ReadBits(Function.READ_COILS, 0, 8), "01 01 00 00 00 08 3D CC"),
    (ReadBits(Function.READ_INPUTS, 0, 8), "01 02 00 00 00 08 79 CC"),
    (WriteBits(0, (True,) * 8), "01 0F 00 00 00 08 01 FF BE D5"),
]

addresses = st.integers(0, 0xFFFF)
bits = st.lists(st.booleans(), min_size=1, max_size=80).map(tuple)
requests: st.SearchStrategy[Request] = st.one_of(
    st.builds(
        ReadBits,
        st.sampled_from([Function.READ_COILS, Function.READ_INPUTS]),
        addresses,
        st.integers(1, 80),
    ),
    st.builds(WriteBits, addresses, bits),
    st.builds(WriteRegisters, addresses, st.lists(addresses, min_size=1, max_size=40).map(tuple)),
)


@pytest.mark.parametrize(("request_", "raw"), PUBLIC, ids=[raw for _, raw in PUBLIC])
def test_requests_are_the_public_frames(request_: Request, raw: str) -> None:
    assert frame(1, encode_request(request_)) == bytes.fromhex(raw)


def test_the_examples_of_the_specification_are_the_bodies() -> None:
    assert encode_request(WriteRegisters(1, (3,))) == bytes.fromhex("06 0001 0003")
    several = WriteRegisters(1, (0x000A, 0x0102))
    assert encode_request(several) == bytes.fromhex("10 0001 0002 04 000A 0102")
    coils = WriteBits(0x13, tuple(bit == "1" for bit in "1011001110"))
    assert encode_request(coils) == bytes.fromhex("0F 0013 000A 02 CD 01")
    read = ReadBits(Function.READ_INPUTS, 0xC4, 22)
    said = decode_reply(read, bytes.fromhex("02 03 AC DB 35"))
    assert isinstance(said, tuple)
    assert "".join("01"[bit] for bit in said[:8]) == "00110101"
    assert decode_reply(read, bytes.fromhex("82 02")) is Refusal.ILLEGAL_ADDRESS


def test_the_check_is_the_well_known_one() -> None:
    assert crc16(b"123456789") == 0x4B37


@given(requests)
def test_a_request_is_understood_as_it_was_meant(request_: Request) -> None:
    body = encode_request(request_)
    assert decode_request(body) == request_
    assert request_length(body) == len(frame(1, body))


@given(requests, st.data())
def test_an_answer_is_understood_as_it_was_meant(request_: Request, data: st.DataObject) -> None:
    said: tuple[bool, ...] = ()
    if isinstance(request_, ReadBits):
        many = st.lists(st.booleans(), min_size=request_.count, max_size=request_.count)
        said = tuple(data.draw(many))
    body = encode_reply(encode_request(request_), said)
    assert decode_reply(request_, body) == said
    assert reply_length(request_) == len(frame(1, body))


@given(requests, st.sampled_from(list(Refusal)))
def test_a_refusal_is_told_from_an_answer(request_: Request, why: Refusal) -> None:
    body = encode_refusal(encode_request(request_), why)
    assert decode_reply(request_, body) is why
    assert len(frame(1, body)) == 5


@given(requests, st.integers(0, 400), st.integers(0, 7))
def test_no_single_wrong_bit_goes_unnoticed(request_: Request, at: int, bit: int) -> None:
    raw = bytearray(frame(1, encode_request(request_)))
    raw[at % len(raw)] ^= 1 << bit
    with pytest.raises(BadFrameError):
        unframe(bytes(raw), 1)


@given(st.binary(max_size=20))
def test_any_bytes_are_a_request_or_a_refusal(body: bytes) -> None:
    understood = decode_request(body)
    if not isinstance(understood, Refusal):
        assert decode_request(encode_request(understood)) == understood


@given(requests, st.binary(max_size=20))
def test_any_bytes_are_an_answer_or_refused(request_: Request, body: bytes) -> None:
    try:
        said = decode_reply(request_, body)
    except BadFrameError:
        return
    assert isinstance(said, Refusal) or len(body) == reply_length(request_) - 3


def test_a_frame_of_another_unit_is_not_ours() -> None:
    with pytest.raises(BadFrameError, match="unit 2"):
        unframe(frame(2, b"\x01\x01\x00"), 1)
