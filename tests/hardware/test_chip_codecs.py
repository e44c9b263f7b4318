"""Chip data: what is built reads back, and no bytes raise anything but the codec's own error."""

import io
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hardware.codecs import bac, endorsement_file, lds, pace
from hardware.codecs.apdu import Command, Response, decode_command, decode_response
from hardware.codecs.certificate import parse_certificate
from hardware.codecs.check_digit import check_digit
from hardware.codecs.chip_cipher import KeyPair, Suite, pad, unpad
from hardware.codecs.curve import BRAINPOOL_P256R1
from hardware.codecs.endorsement_file import FILE_BYTES, PLACE_BYTES, current, next_patch
from hardware.codecs.face_image import build_face, parse_face, read_picture
from hardware.codecs.lds import DocumentKind, FileId, IssueDetails, PersonDetails
from hardware.codecs.secure_messaging import SecureMessaging
from hardware.codecs.security_object import parse_security_object
from hardware.codecs.tlv import BadChipDataError, build, parse_all, parse_one, read_head
from hardware.interfaces.chip_reader import (
    AccessKey,
    ChipEndorsement,
    EndorsementRecord,
    PictureFormat,
)
from hardware.simulators.people.permits import make_permit, permits

TAGS = st.sampled_from([0x30, 0x5F0E, 0x61, 0x7F61, 0x80, 0x87])
ASCII = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=12)
KEYS = KeyPair(Suite.AES_128, bytes(16), bytes(range(16)))

READERS: Mapping[str, Callable[[bytes], object]] = {
    "tlv": parse_all,
    "head": read_head,
    "command": decode_command,
    "answer": decode_response,
    "common": lds.parse_common,
    "mrz": lds.parse_mrz,
    "person": lds.parse_person,
    "issue": lds.parse_issue,
    "face": parse_face,
    "picture": read_picture,
    "certificate": parse_certificate,
    "security object": parse_security_object,
    "card access": pace.parse_card_access,
    "mechanism": lambda data: pace.is_mechanism(data, pace.PaceProtocol(Suite.AES_128, 13)),
    "pace step": lambda data: pace.step_value(data, 0x80),
    "point": BRAINPOOL_P256R1.decode,
    "endorsements": current,
    "padding": unpad,
    "protected answer": lambda data: SecureMessaging(KEYS).open_answer(Response(data)),
    "protected command": lambda data: SecureMessaging(KEYS).open_command(
        Command(0x0C, 0xB0, 0, 0, data)
    ),
    "proof": lambda data: bac.opened(bac.access_keys(permits()["adult"].key), data, b"", b""),
}


def whole_files() -> Mapping[str, bytes]:
    """Files of a real (synthetic) chip, by the reader that reads them."""
    files = make_permit("adult").chip.content.files
    return {
        "common": files[FileId.COMMON],
        "mrz": files[FileId.DG1],
        "face": files[FileId.DG2],
        "person": files[FileId.DG11],
        "issue": files[FileId.DG12],
        "security object": files[FileId.SECURITY_OBJECT],
        "endorsements": files[0xE001],
        "card access": pace.build_card_access(pace.PaceProtocol(Suite.AES_256, 16)),
    }


WHOLE = whole_files()


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(data=st.binary(max_size=200))
def test_arbitrary_bytes_raise_only_the_codecs_own_error(
    reader: Callable[[bytes], object], data: bytes
) -> None:
    try:
        reader(data)
    except BadChipDataError:
        return


@pytest.mark.parametrize("name", WHOLE)
@given(at=st.integers(0, 10**6), wrong=st.integers(1, 255), cut=st.booleans())
def test_damaged_files_raise_only_the_codecs_own_error(
    name: str, at: int, wrong: int, *, cut: bool
) -> None:
    whole = WHOLE[name]
    # The beginning holds the structure; far inside a picture nothing is looked at.
    at %= min(len(whole), 700)
    damaged = whole[:at] if cut else whole[:at] + bytes([whole[at] ^ wrong]) + whole[at + 1 :]
    try:
        READERS[name](damaged)
    except BadChipDataError:
        return


@given(st.lists(st.tuples(TAGS, st.binary(max_size=300)), max_size=4))
def test_elements_read_back(elements: list[tuple[int, bytes]]) -> None:
    data = b"".join(build(tag, value) for tag, value in elements)
    assert [(one.tag, one.value) for one in parse_all(data)] == elements
    assert b"".join(one.raw for one in parse_all(data)) == data


@given(
    head=st.binary(min_size=4, max_size=4),
    data=st.binary(max_size=400),
    expect=st.none() | st.integers(1, 65536),
)
def test_commands_read_back(head: bytes, data: bytes, expect: int | None) -> None:
    command = Command(*head, data, expect)
    assert decode_command(command.encode()) == command


@given(data=st.binary(max_size=300), sw=st.integers(0x6000, 0x6FFF) | st.integers(0x9000, 0x9FFF))
def test_answers_read_back(data: bytes, sw: int) -> None:
    assert decode_response(Response(data, sw).encode()) == Response(data, sw)


@given(
    data=st.binary(max_size=223),
    expect=st.none() | st.integers(1, 65536),
    suite=st.sampled_from(Suite),
)
def test_protected_commands_read_back(data: bytes, expect: int | None, suite: Suite) -> None:
    keys = KeyPair(suite, bytes(suite.key_bytes), bytes(range(suite.key_bytes)))
    command = Command(0x00, 0xD6, 0, 7, data, expect)
    sent = SecureMessaging(keys).protect(command)
    assert SecureMessaging(keys).open_command(decode_command(sent.encode())) == command


@given(data=st.binary(max_size=64), block=st.sampled_from([8, 16]))
def test_padding_reads_back(data: bytes, block: int) -> None:
    assert len(pad(data, block)) % block == 0
    assert unpad(pad(data, block)) == data


@pytest.mark.parametrize(
    ("text", "digit"),
    # Both public permit lines (domain facts 11.1), and the number of ICAO's own example.
    [("C00000000", "4"), ("240420", "0"), ("810803", "8"), ("L00000000", "7"), ("L898902C<", "3")],
)
def test_check_digits_are_icaos(text: str, digit: str) -> None:
    assert check_digit(text) == digit


def test_a_key_with_other_characters_is_refused() -> None:
    with pytest.raises(BadChipDataError):
        bac.access_keys(AccessKey("C0000000Ä", "900101", "300101"))


@given(name=st.text(max_size=20), place=st.text(st.characters(exclude_characters="<"), max_size=9))
def test_person_details_read_back(name: str, place: str) -> None:
    try:
        details = PersonDetails(name, place.strip())
        data = lds.build_person(details)
    except UnicodeEncodeError:
        return
    assert lds.parse_person(data) == details


def test_issue_dates_read_as_digits_and_packed() -> None:
    assert lds.parse_issue(lds.build_issue(IssueDetails("样例局", "20240318"))).issued == "20240318"
    packed = build(0x6C, build(0x5F26, bytes.fromhex("20240318")))
    assert lds.parse_issue(packed).issued == "20240318"


@pytest.mark.parametrize(
    ("mrz", "kind"),
    [
        ("CS".ljust(90, "<"), DocumentKind.HK_MACAO_PERMIT),
        ("CD".ljust(90, "<"), DocumentKind.TAIWAN_PERMIT),
        ("CR".ljust(90, "<"), DocumentKind.OTHER),
        ("I<XXA".ljust(90, "<"), DocumentKind.OTHER),
        ("POCHN".ljust(88, "<"), DocumentKind.PASSPORT),
        ("P<XXA".ljust(88, "<"), DocumentKind.PASSPORT),
        ("CS".ljust(72, "<"), DocumentKind.OTHER),
    ],
)
def test_a_permit_is_told_by_its_first_letters_not_by_its_length(
    mrz: str, kind: DocumentKind
) -> None:
    assert lds.kind_of(lds.parse_mrz(lds.build_mrz(mrz))) is kind


@pytest.mark.parametrize(
    ("options", "coding"),
    [
        ({"format": "JPEG"}, PictureFormat.JPEG),
        ({"format": "JPEG", "progressive": True}, PictureFormat.JPEG),
        ({"format": "JPEG2000"}, PictureFormat.JPEG_2000),
        ({"format": "JPEG2000", "no_jp2": True}, PictureFormat.JPEG_2000),
    ],
)
def test_faces_read_back_in_every_container(
    options: dict[str, object], coding: PictureFormat
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 52), "#c08060").save(out, **options)
    face = read_picture(out.getvalue())
    assert (face.coding, face.width_px, face.height_px) == (coding, 40, 52)
    assert parse_face(build_face(face)) == face


def test_a_face_with_feature_points_is_found_behind_them() -> None:
    out = io.BytesIO()
    Image.new("L", (8, 9)).save(out, "JPEG")
    whole = build_face(read_picture(out.getvalue()))
    record = parse_one(whole, 0x75).children()[0].children()[1].children()[1].value
    points, begin = bytes(16), 14 + 20
    size = int.from_bytes(record[14:18], "big") + len(points)
    pointed = record[:14] + size.to_bytes(4, "big") + (2).to_bytes(2, "big")
    pointed += record[20:begin] + points + record[begin:]
    group = build(0x7F61, build(2, b"\x01"), build(0x7F60, build(0x7F2E, pointed)))
    assert parse_face(build(0x75, group)).picture == out.getvalue()


ENDORSEMENTS = st.builds(ChipEndorsement, ASCII, ASCII, st.integers(0, 0xFFFF), ASCII, ASCII, ASCII)
RECORDS = st.builds(
    EndorsementRecord, ASCII.filter(bool), st.lists(ENDORSEMENTS, min_size=1, max_size=4).map(tuple)
)


@given(st.lists(RECORDS, min_size=1, max_size=5))
def test_the_newest_record_counts(records: list[EndorsementRecord]) -> None:
    file = bytearray(FILE_BYTES)
    for record in records:
        patch = next_patch(bytes(file), record)
        file[patch.offset : patch.offset + len(patch.data)] = patch.data
        placed = current(bytes(file))
        assert placed is not None
        assert placed.record == record


@given(before=RECORDS, torn=RECORDS, share=st.floats(0, 1, exclude_max=True))
def test_a_record_torn_anywhere_leaves_the_one_before_it(
    before: EndorsementRecord, torn: EndorsementRecord, share: float
) -> None:
    file = bytearray(FILE_BYTES)
    for record in (torn, before):
        patch = next_patch(bytes(file), record)
        file[patch.offset : patch.offset + len(patch.data)] = patch.data
    patch = next_patch(bytes(file), torn)
    cut = int(share * len(patch.data))
    file[patch.offset : patch.offset + cut] = patch.data[:cut]
    placed = current(bytes(file))
    assert placed is not None
    assert placed.record == before


@pytest.mark.parametrize(
    "record",
    [
        EndorsementRecord("x" * 65, (ChipEndorsement("HKG", "G", 1, "", ""),)),
        EndorsementRecord("x", ()),
        EndorsementRecord("x", (ChipEndorsement("HKG", "G", 70000, "", ""),)),
        EndorsementRecord("订单", (ChipEndorsement("HKG", "G", 1, "", ""),)),
        EndorsementRecord("x", (ChipEndorsement("H" * 64, "G" * 64, 1, "1" * 64, "2" * 64),) * 4),
    ],
)
def test_a_record_that_does_not_fit_is_refused(record: EndorsementRecord) -> None:
    with pytest.raises(BadChipDataError):
        next_patch(b"", record)
    assert endorsement_file.FILE_BYTES == 2 * PLACE_BYTES
