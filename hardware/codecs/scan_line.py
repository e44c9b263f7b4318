"""Lines of a scanner on a serial port: the code's text, then CR, LF or both (hardware facts 7).

Pure: no input/output.
"""

from hardware.interfaces.code_scanner import LONGEST_CODE, ScannedCode, ScanTrouble

_ENDS = b"\r\n"


class ScanLineParser:
    """Finds codes in bytes that arrive in pieces; keeps no more than one code can need."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._too_long = False

    def feed(self, data: bytes) -> None:
        """Add what has arrived."""
        self._bytes += data

    @property
    def begun(self) -> bool:
        """Whether a line has begun and not ended."""
        return bool(self._bytes) or self._too_long

    def next(self) -> ScannedCode | ScanTrouble | None:
        """The next whole line; empty ones are skipped. None while none is whole."""
        while True:
            end = next((n for n, one in enumerate(self._bytes) if one in _ENDS), None)
            if end is None:
                self._bound()
                return None
            line = bytes(self._bytes[:end])
            del self._bytes[: end + 1]
            if self._too_long or len(line) > LONGEST_CODE:
                self._too_long = False
                return ScanTrouble.TOO_LONG
            if line:
                return _code(line)

    def _bound(self) -> None:
        if len(self._bytes) > LONGEST_CODE:
            self._too_long = True
            self._bytes.clear()


def _code(line: bytes) -> ScannedCode | ScanTrouble:
    if all(0x20 <= one < 0x7F for one in line):
        return ScannedCode(line.decode("ascii"))
    return ScanTrouble.NOT_TEXT


def scan_line(text: str, end: bytes = b"\r") -> bytes:
    """What a scanner sends for a code.

    Args:
        text: of the code.
        end: CR, LF or both.
    """
    return text.encode("utf-8") + end
