"""The till's frame and the MIS-POS record: whole, cut, garbled and never upset."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.ecr_frame import (
    LONGEST_DATA,
    BadFrameError,
    Control,
    EcrParser,
    frame,
)
from hardware.codecs.mispos import (
    LARGEST_FEN,
    BadRecordError,
    Kind,
    Request,
    Response,
    decode_request,
    decode_response,
    encode_request,
    encode_response,
)
from tests.kit.frames import whole

columns = st.text("0123456789ABC*", max_size=4)
requests = st.builds(
    Request,
    kind=st.sampled_from(Kind),
    amount_fen=st.integers(0, LARGEST_FEN),
    till=columns,
    operator=columns,
    original_voucher=columns,
    check=st.integers(100, 999).map(str),
)
responses = st.builds(
    Response,
    code=st.sampled_from(["00", "51", "TO"]),
    check=st.integers(100, 999).map(str),
    bank=columns,
    card=columns,
    voucher=st.just("") | st.integers(0, 999999).map("{:06d}".format),
    amount_fen=st.integers(0, LARGEST_FEN),
    message=st.text("交易成功余额不足", max_size=20),
    batch=st.just("") | st.integers(0, 999999).map("{:06d}".format),
    reference=columns,
)
SALE = Request(Kind.SALE, 1500, "1", "1", check="123")


def found(parser: EcrParser) -> list[Control | bytes]:
    return whole(parser.next, BadFrameError)


def test_a_sale_is_59_bytes_in_the_public_columns() -> None:
    assert encode_request(SALE) == (
        b"1       1       00000000001500" + b" " * 8 + b" " * 12 + b" " * 6 + b"123"
    )
    assert len(encode_request(SALE)) == 59


def test_an_answer_is_148_bytes_in_the_public_columns() -> None:
    whole = encode_response(
        Response(
            "00",
            "123",
            bank="0104",
            card="622848******0018",
            voucher="000007",
            amount_fen=1500,
            message="交易成功",
            merchant="999420299990001",
            terminal="99420299",
            batch="000001",
            date="0102",
            time="090007",
            reference="000001000007",
            auth_code="000007",
            settled_on="0102",
        )
    )
    assert len(whole) == 148
    assert whole[:32] == b"000104622848******0018    000007"
    assert whole[32:44] == b"000000001500"
    assert whole[44:84].rstrip() == "交易成功".encode("gbk")
    assert whole[84:] == b"999420299990001994202990000010102090007000001000007000007" + b"0102123"


def test_a_frame_counts_in_bcd_and_checks_from_the_length_on() -> None:
    assert frame(b"A" * 59)[:3] == bytes.fromhex("02 00 59")
    assert frame(b"A" * 148)[:3] == bytes.fromhex("02 01 48")
    assert frame(b"A") == bytes([0x02, 0x00, 0x01, 0x41, 0x03, 0x01 ^ 0x41 ^ 0x03])


def test_a_message_too_long_is_cut_at_a_whole_character() -> None:
    long = Response("00", "123", message="一" * 19 + "abc一")
    assert decode_response(encode_response(long)).message == "一" * 19 + "ab"
    odd = Response("00", "123", message="a" + "一" * 30)
    assert decode_response(encode_response(odd)).message == "a" + "一" * 19


def test_a_message_that_a_terminal_cut_in_half_does_not_cost_the_answer() -> None:
    whole = bytearray(encode_response(Response("00", "123", amount_fen=1)))
    whole[44:84] = ("一" * 20).encode("gbk")[1:] + b"\xd2"
    assert decode_response(bytes(whole)).amount_fen == 1


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (0, b"\xff\xff"),
        (0, b"  "),
        (26, b"12a456"),
        (32, b"00000000150x"),
        (32, b"-00000001500"),
        (107, b"1     "),
        (145, b"   "),
        (145, b"12x"),
    ],
)
def test_columns_that_no_terminal_fills_like_this_are_refused(at: int, wrong: bytes) -> None:
    whole = bytearray(encode_response(Response("00", "123", voucher="000007", amount_fen=1500)))
    whole[at : at + len(wrong)] = wrong
    with pytest.raises(BadRecordError):
        decode_response(bytes(whole))


@pytest.mark.parametrize("length", [0, 58, 60, 147, 149])
def test_records_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(BadRecordError):
        decode_request(b"0" * length)
    with pytest.raises(BadRecordError):
        decode_response(b"0" * length)


def test_a_kind_that_is_not_known_is_refused() -> None:
    whole = encode_request(SALE).replace(b"1       00", b"1       77")
    with pytest.raises(BadRecordError, match="kind"):
        decode_request(whole)


def test_neither_record_nor_error_shows_a_card() -> None:
    shown = repr(Response("00", "123", card="622848******0018", voucher="000007"))
    assert "622848" not in shown


def test_a_damaged_frame_is_told_and_the_next_one_found() -> None:
    good = frame(b"hello!!")
    parser = EcrParser()
    parser.feed(good[:-1] + bytes([good[-1] ^ 1]) + good)
    with pytest.raises(BadFrameError):
        parser.next()
    assert found(parser) == [b"hello!!"]
    assert not parser.damaged


def test_noise_alone_is_damage_and_a_receipt_alone_does_not_end_it() -> None:
    parser = EcrParser()
    parser.feed(b"zz")
    assert parser.next() is None
    assert parser.damaged
    parser.feed(bytes([Control.ACK]))
    assert parser.next() is Control.ACK
    assert parser.damaged
    parser.calm()
    assert not parser.damaged
    parser.feed(b"zz")
    assert parser.next() is None
    parser.clear()
    assert not parser.damaged


def test_the_parser_says_how_much_it_still_needs() -> None:
    whole = frame(b"hello!!")
    parser = EcrParser()
    assert parser.missing == 1
    parser.feed(whole[:1])
    assert parser.missing == 2
    parser.feed(whole[1:4])
    assert parser.missing == len(whole) - 4
    parser.feed(whole[4:])
    assert parser.missing == 0


def test_a_length_no_record_has_is_noise() -> None:
    parser = EcrParser()
    parser.feed(bytes.fromhex("02 00 00 02 09 99 02 0A 01 02 99") + frame(b"hello!!"))
    assert found(parser) == [b"hello!!"]


@given(requests)
def test_requests_survive_the_way_there_and_back(request_: Request) -> None:
    assert decode_request(encode_request(request_)) == request_


@given(responses)
def test_answers_survive_the_way_there_and_back(response: Response) -> None:
    assert decode_response(encode_response(response)) == response


@given(st.lists(st.binary(min_size=1, max_size=200), min_size=1, max_size=3), st.data())
def test_frames_are_found_however_the_line_cuts_them(
    sent: list[bytes], data: st.DataObject
) -> None:
    noise = st.binary(max_size=8).map(lambda n: bytes(one | 0x80 for one in n))
    stream = b"".join(data.draw(noise) + frame(one) for one in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    parser, items = EcrParser(), list[Control | bytes]()
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        parser.feed(stream[start:end])
        items += found(parser)
    assert items == sent


@given(st.binary(max_size=3 * LONGEST_DATA))
def test_no_bytes_upset_the_parser(noise: bytes) -> None:
    parser = EcrParser()
    parser.feed(noise)
    found(parser)
    assert parser.missing > 0


@given(st.binary(min_size=148, max_size=148) | st.binary(max_size=200))
def test_no_bytes_upset_the_records(noise: bytes) -> None:
    for decode in (decode_request, decode_response):
        with contextlib.suppress(BadRecordError):
            decode(noise)


@given(responses, st.integers(0, 147), st.integers(1, 255))
def test_one_flipped_byte_in_a_frame_is_never_taken_for_an_answer(
    response: Response, at: int, flip: int
) -> None:
    whole = bytearray(frame(encode_response(response)))
    whole[3 + at] ^= flip
    parser = EcrParser()
    parser.feed(bytes(whole))
    assert encode_response(response) not in found(parser)
    assert not any(isinstance(one, bytes) and len(one) == 148 for one in found(parser))
