"""A scanner at the far end of a serial line, with somebody who holds codes to it.

Not modelled: light and focus, a scanner that is told to start and stop, its setting codes, other
symbologies' prefixes, and keyboard mode.
"""

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from hardware.codecs.scan_line import scan_line
from hardware.settings import Options
from hardware.simulators.base import Knob
from hardware.simulators.cable import OnCable
from hardware.simulators.faults import CountedFaults
from hardware.simulators.knob_board import KnobBoard
from hardware.simulators.wire import PtyPeer

ENDS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n"}
TICKET = "T1:00000000-0000-4000-8000-000000000000"
"""A ticket that nobody holds."""
_TOO_LONG = 400
_WALLETS = {"wechat": ("13", 18), "alipay": ("28", 18), "unionpay": ("62", 19)}
_SWITCHES = ("double_scans", "fragmented")


@dataclass
class Misbehaviour(CountedFaults):
    """What scanner and line do.

    Args:
        end: key of `ENDS`.
        double_scans: every code is sent twice.
        fragmented: codes leave in small pieces with pauses.
        lost_ends: codes to come whose line end is lost.
        cut_codes: codes to come that break off in the middle, line end and all.
        flipped_bits: codes to come in which one character has its top bit set.
    """

    end: str = "cr"
    double_scans: bool = False
    fragmented: bool = False
    lost_ends: int = 0
    cut_codes: int = 0
    flipped_bits: int = 0


class CodeScannerSimulator(OnCable[PtyPeer]):
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: the device's options; `baudrate` (bit/s) paces the line, 115200 when absent.
        paced: whether bytes take their time on the line.
    """

    def __init__(self, key: str, options: Options, *, paced: bool = True) -> None:
        self.key = key
        self.misbehaviour = Misbehaviour()
        baud = int(options.get("baudrate", 115200)) if paced else None
        self._peer = PtyPeer(lambda _data: b"", baud=baud, name="code-scanner")
        self._pauses = threading.Event()
        # Its numbers are codes that no wallet has given out.
        self._random = random.Random(20260101)  # noqa: S311 - repeatable codes, no secret

    def start(self) -> Mapping[str, str | int | float]:
        """Begin to scan; the port is where the driver finds it."""
        return {"port": self._peer.start()}

    def show(self, text: str) -> None:
        """Hold a code to the scanner."""
        for _ in range(2 if self.misbehaviour.double_scans else 1):
            self._scan(text)

    def pay(self, wallet: str) -> str:
        """Hold a fresh payment code to it.

        Args:
            wallet: `wechat`, `alipay` or `unionpay`.

        Returns:
            The code.
        """
        prefix, length = _WALLETS[wallet]
        digits = "".join(self._random.choice("0123456789") for _ in range(length - len(prefix)))
        self.show(prefix + digits)
        return prefix + digits

    def knobs(self) -> tuple[Knob, ...]:
        """The codes first, then everything that can be wrong."""
        board = KnobBoard("code_scanner", self.misbehaviour)
        return (
            board.action("scan_wechat", lambda: self.pay("wechat")),
            board.action("scan_alipay", lambda: self.pay("alipay")),
            board.action("scan_unionpay", lambda: self.pay("unionpay")),
            board.action("scan_ticket", lambda: self.show(TICKET)),
            board.action("scan_other", lambda: self.show("https://example.invalid/")),
            board.action("scan_too_long", lambda: self.show("7" * _TOO_LONG)),
            board.action("scan_garbage", lambda: self.show("乱码\0\x07")),
            board.choice("end", ENDS),
            *(board.switch(key) for key in _SWITCHES),
            *(board.number(key) for key in ("lost_ends", "cut_codes", "flipped_bits")),
            board.cable(self._peer),
        )

    def _scan(self, text: str) -> None:
        wrong = self.misbehaviour
        whole = scan_line(text, b"" if wrong.due("lost_ends") else ENDS[wrong.end])
        if wrong.due("cut_codes"):
            whole = whole[: len(whole) // 2]
        if wrong.due("flipped_bits"):
            whole = bytes([whole[0] | 0x80]) + whole[1:]
        step = 3 if wrong.fragmented else len(whole)
        for start in range(0, len(whole), step):
            self._peer.send(whole[start : start + step])
            if wrong.fragmented:
                self._pauses.wait(0.003)
