"""Answers of the EasyPrinter S3 (hardware facts 8, and its maker's manual).

An answer carries neither number nor check byte: it is told from noise only by its length, its
form and what sensors can say at the same time. Pure: no input/output.
"""

from dataclasses import dataclass
from enum import IntEnum

STATE_BYTES = 9
REPORT_BYTES = 10
CARRIAGE_RETURN = 0x0D
LINE_FEED = 0x0A


class BadAnswerError(ValueError):
    """Bytes that are not what the protocol says."""


@dataclass(frozen=True, slots=True)
class ShortStatus:
    """The sensors (hardware facts 8, command 1A).

    Args:
        at_print_sensor: bit 0.
        at_front: bit 1, a card in the mouth.
        in_print_position: bit 3.
        printing: bit 4.
        printed: bit 5, a job ended on the card inside.
        in_chip_position: bit 6.
        error: bit 7.
    """

    at_print_sensor: bool = False
    at_front: bool = False
    in_print_position: bool = False
    printing: bool = False
    printed: bool = False
    in_chip_position: bool = False
    error: bool = False

    @property
    def byte(self) -> int:
        """As it goes over the wire."""
        bits = (
            *(self.at_print_sensor, self.at_front, False, self.in_print_position),
            *(self.printing, self.printed, self.in_chip_position, self.error),
        )
        return sum(bit << place for place, bit in enumerate(bits))


@dataclass(frozen=True, slots=True)
class PathState:
    """Three sensors (manual of the EasyPrinter S3, command ESC ?).

    Args:
        at_back: the sensor behind the head.
        inside: a card is in the printer.
        at_front: a card is in the mouth.
    """

    at_back: bool
    inside: bool
    at_front: bool


class Fault(IntEnum):
    """What the error bit means, in a report; this product's own numbers."""

    NONE = 0
    JAMMED = 1
    NOT_A_CARD = 5
    BIN_FULL = 6
    HEAD_WORN = 7
    HARDWARE = 9


@dataclass(frozen=True, slots=True)
class Report:
    """Supplies and the cause of an error; this product's own answer.

    Args:
        fault: cause of the error bit.
        retained: cards in the retain bin, 0 to 999.
        head_percent: life left of print and erase head, 0 to 100.
    """

    fault: Fault
    retained: int
    head_percent: int


def decode_status(byte: int) -> ShortStatus:
    """Read a short status.

    Raises:
        BadAnswerError: no set of sensors can say this.
    """
    bits = [bool(byte & 1 << place) for place in range(8)]
    status = ShortStatus(bits[0], bits[1], bits[3], bits[4], bits[5], bits[6], bits[7])
    # Older firmware repeats the print sensor in bit 2; anything else there is noise.
    if bits[2] and not bits[0]:
        raise BadAnswerError("a status with its unused bit set")
    if status.in_print_position and (status.in_chip_position or not status.at_print_sensor):
        raise BadAnswerError("a status with the card in two places")
    if status.printing and not status.in_print_position:
        raise BadAnswerError("a status that prints without a card")
    return status


def decode_state(answer: bytes) -> PathState:
    """Read the answer to ESC ?, `00001abc` and a carriage return.

    Raises:
        BadAnswerError: it is something else.
    """
    if len(answer) != STATE_BYTES or answer[-1] != CARRIAGE_RETURN or set(answer[:-1]) - {48, 49}:
        raise BadAnswerError(f"a state of {len(answer)} bytes")
    back, inside, front = (byte == 49 for byte in answer[5:8])
    return PathState(back, inside, front)


def encode_state(state: PathState) -> bytes:
    """The answer to ESC ?."""
    return b"00001%d%d%d\r" % (state.at_back, state.inside, state.at_front)


def decode_report(answer: bytes) -> Report:
    """Read a report, `Mff` + three digits of cards + three of head life + carriage return.

    Raises:
        BadAnswerError: it is something else.
    """
    digits = answer[1:-1]
    form = answer[:1] == b"M" and answer[-1:] == b"\r" and digits.isdigit()
    if len(answer) != REPORT_BYTES or not form:
        raise BadAnswerError(f"a report of {len(answer)} bytes")
    code, retained, head = int(digits[:2]), int(digits[2:5]), int(digits[5:])
    if code not in set(Fault) or head > 100:
        raise BadAnswerError("a report with numbers that mean nothing")
    return Report(Fault(code), retained, head)


def encode_report(report: Report) -> bytes:
    """A report as it goes over the wire."""
    return b"M%02d%03d%03d\r" % (report.fault, report.retained, report.head_percent)


def decode_direction(answer: bytes) -> bool:
    """Whether the card lies the right way round: `1` or `0`, then a carriage return.

    Raises:
        BadAnswerError: it is something else.
    """
    if answer not in (b"0\r", b"1\r"):
        raise BadAnswerError(f"a direction of {len(answer)} bytes")
    return answer == b"1\r"
