"""Lines of a scanner: every line end, every length, and whatever else comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.scan_line import ScanLineParser, scan_line
from hardware.interfaces.code_scanner import LONGEST_CODE, ScannedCode, ScanTrouble

codes = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60)


def found(parser: ScanLineParser) -> list[ScannedCode | ScanTrouble]:
    """Everything whole the parser has."""
    items = list[ScannedCode | ScanTrouble]()
    while (item := parser.next()) is not None:
        items.append(item)
    return items


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_each_line_end_ends_one_code(end: bytes) -> None:
    parser = ScanLineParser()
    parser.feed(scan_line("T1:1", end) + scan_line("T1:2", end))
    assert found(parser) == [ScannedCode("T1:1"), ScannedCode("T1:2")]
    assert not parser.begun


def test_a_code_of_the_greatest_length_counts_and_one_more_does_not() -> None:
    parser = ScanLineParser()
    parser.feed(scan_line("7" * LONGEST_CODE) + scan_line("7" * (LONGEST_CODE + 1)))
    assert found(parser) == [ScannedCode("7" * LONGEST_CODE), ScanTrouble.TOO_LONG]


def test_a_line_without_an_end_keeps_no_memory() -> None:
    parser = ScanLineParser()
    for _ in range(100):
        parser.feed(b"7" * LONGEST_CODE)
        assert parser.next() is None
        assert len(parser._bytes) <= LONGEST_CODE
    parser.feed(b"\r" + scan_line("T1:1"))
    assert found(parser) == [ScanTrouble.TOO_LONG, ScannedCode("T1:1")]


@pytest.mark.parametrize("line", [b"\x00", b"12\x7f", b"\x93\xfa\x96{", "码".encode()])
def test_bytes_that_no_code_has_are_not_text(line: bytes) -> None:
    parser = ScanLineParser()
    parser.feed(line + b"\r")
    assert found(parser) == [ScanTrouble.NOT_TEXT]


def test_a_scanned_code_never_shows_itself() -> None:
    assert repr(ScannedCode("130000000000000000")) == "ScannedCode(18 characters)"
    assert str(ScannedCode("130000000000000000")) == "ScannedCode(18 characters)"


@given(st.lists(codes, min_size=1, max_size=4), st.data())
def test_codes_are_found_however_the_line_cuts_them(sent: list[str], data: st.DataObject) -> None:
    stream = b"".join(scan_line(one, b"\r\n") for one in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    parser, items = ScanLineParser(), list[ScannedCode | ScanTrouble]()
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        parser.feed(stream[start:end])
        items += found(parser)
    assert items == [ScannedCode(one) for one in sent]


@given(st.binary(max_size=2000))
def test_no_bytes_upset_the_parser(noise: bytes) -> None:
    parser = ScanLineParser()
    parser.feed(noise)
    for item in found(parser):
        if isinstance(item, ScannedCode):
            assert item.text.isascii()
            assert item.text.isprintable()
            assert 1 <= len(item.text) <= LONGEST_CODE
