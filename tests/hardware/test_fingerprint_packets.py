"""R30x packets: the public ones to the byte, and whatever a line does to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.r30x import (
    BadPacketError,
    Command,
    Packet,
    PacketParser,
    Parameters,
    build_parameters,
    command,
    data_packets,
    encode,
    parse_parameters,
)
from tests.kit.frames import whole

PUBLIC_COMMANDS = [
    (Command.GET_IMAGE, "", "EF 01 FF FF FF FF 01 00 03 01 00 05"),
    (Command.EXTRACT_FEATURES, "01", "EF 01 FF FF FF FF 01 00 04 02 01 00 08"),
    (Command.EXTRACT_FEATURES, "02", "EF 01 FF FF FF FF 01 00 04 02 02 00 09"),
    (Command.MATCH, "", "EF 01 FF FF FF FF 01 00 03 03 00 07"),
    (Command.MAKE_TEMPLATE, "", "EF 01 FF FF FF FF 01 00 03 05 00 09"),
    (Command.UPLOAD_FEATURES, "01", "EF 01 FF FF FF FF 01 00 04 08 01 00 0E"),
    (Command.DOWNLOAD_FEATURES, "01", "EF 01 FF FF FF FF 01 00 04 09 01 00 0F"),
    (Command.READ_PARAMETERS, "", "EF 01 FF FF FF FF 01 00 03 0F 00 13"),
    (Command.VERIFY_PASSWORD, "00000000", "EF 01 FF FF FF FF 01 00 07 13 00 00 00 00 00 1B"),
]
packets = st.builds(
    Packet,
    kind=st.sampled_from([1, 2, 7, 8]),
    data=st.binary(max_size=256),
    address=st.integers(0, 2**32 - 1),
)


def heard(parser: PacketParser) -> list[Packet]:
    return whole(parser.next_packet, BadPacketError)


@pytest.mark.parametrize(("code", "data", "public"), PUBLIC_COMMANDS)
def test_commands_equal_the_public_packets(code: Command, data: str, public: str) -> None:
    assert command(code, bytes.fromhex(data)) == bytes.fromhex(public)


def test_a_public_answer_is_understood() -> None:
    parser = PacketParser()
    parser.feed(bytes.fromhex("EF 01 FF FF FF FF 07 00 03 00 00 0A"))
    assert parser.next_packet() == Packet(7, b"\0")


def test_commands_that_write_flash_do_not_exist() -> None:
    assert not {0x04, 0x06, 0x07, 0x0B, 0x0C, 0x0D, 0x0E, 0x12} & set(Command)


@given(packets, st.lists(st.integers(1, 300), max_size=8))
def test_a_packet_in_pieces_comes_out_whole(packet: Packet, cuts: list[int]) -> None:
    raw, parser, start = encode(packet), PacketParser(), 0
    for cut in cuts:
        parser.feed(raw[start : start + cut])
        start += cut
    parser.feed(raw[start:])
    assert heard(parser) == [packet]
    assert parser.missing > 0


@given(st.binary(max_size=40), packets)
def test_noise_before_a_packet_costs_at_most_that_packet(noise: bytes, packet: Packet) -> None:
    parser = PacketParser()
    parser.feed(noise + encode(packet))
    # Noise may look like the head of a long packet; then it ends with the bytes that follow.
    for _ in range(3):
        parser.feed(bytes(300))
    assert heard(parser)[-1:] == [packet]


@given(packets, st.integers(0, 10_000), st.integers(1, 255))
def test_a_flipped_byte_is_never_taken_for_the_same_packet(
    packet: Packet, at: int, flip: int
) -> None:
    raw = bytearray(encode(packet))
    raw[6 + at % (len(raw) - 6)] ^= flip
    parser = PacketParser()
    parser.feed(bytes(raw) + bytes(600))
    assert packet not in heard(parser)


@given(st.binary(max_size=600))
def test_any_bytes_are_survived(raw: bytes) -> None:
    parser = PacketParser()
    parser.feed(raw)
    heard(parser)
    assert parser.missing > 0


@given(st.binary(min_size=1, max_size=2048), st.sampled_from([32, 64, 128, 256]))
def test_a_transfer_is_put_together_again(data: bytes, packet_bytes: int) -> None:
    parser = PacketParser()
    parser.feed(b"".join(data_packets(data, packet_bytes)))
    parts = heard(parser)
    assert b"".join(part.data for part in parts) == data
    assert [part.kind for part in parts] == [2] * (len(parts) - 1) + [8]


def test_parameters_go_there_and_back() -> None:
    parameters = Parameters(0x0009, 1000, 3, 0xFFFFFFFF, 128, 57600)
    raw = bytes.fromhex("0000 0009 03E8 0003 FFFFFFFF 0002 0006")
    assert build_parameters(parameters) == raw
    assert parse_parameters(raw) == parameters


@pytest.mark.parametrize(
    "raw", [bytes(15), bytes.fromhex("0000 0009 03E8 0003 FFFFFFFF 0004 0006")]
)
def test_parameters_that_cannot_be_are_refused(raw: bytes) -> None:
    with pytest.raises(BadPacketError):
        parse_parameters(raw)
