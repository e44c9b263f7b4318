"""The inside of the simulated printer: bytes in, paper and answers out.

Commands wait in a buffer while the paper is out or the cover open; status questions are answered
at once all the same, as a real printer's receiver does. GS r is answered in its turn.

Not modelled: the size of the buffer, heat, partial lines at the end of the paper, and commands
this product never sends (they are refused, which a test can see).
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.simulators.escpos_stream import Command, Splitter
from hardware.simulators.paper_roll import RefusedCommandError, Roll, Sheet


@dataclass
class Condition:
    """What a tester, or wear and tear, has done to the printer.

    Args:
        paper: `full`, `low` or `out`.
        cover_open: somebody looks inside.
        jammed: paper stuck at the cutter, until it is taken out and recovered.
        broken: a head or cutter that only a mechanic mends.
        silent: power or firmware gone: no answer, nothing printed.
        noisy: a wrong byte before every answer.
        line_s: seconds per line of text.
        lines_left: until the paper is out; None for a fresh roll.
    """

    paper: str = "full"
    cover_open: bool = False
    jammed: bool = False
    broken: bool = False
    silent: bool = False
    noisy: bool = False
    line_s: float = 0.0
    lines_left: int | None = None

    @property
    def stopped(self) -> bool:
        """Whether the mechanism stands still."""
        return self.paper == "out" or self.cover_open or self.jammed or self.broken or self.silent

    def answer(self, n: int) -> int:
        """The answer to DLE EOT n (hardware facts 3.2)."""
        out = self.paper == "out"
        error = self.jammed or self.broken
        if n == 1:
            bits = 0x08 if (out or self.cover_open or error) else 0
        elif n == 2:
            bits = 0x04 * self.cover_open | 0x20 * out | 0x40 * error
        elif n == 3:
            bits = 0x08 * self.jammed | 0x20 * self.broken
        else:
            bits = 0x0C * (self.paper != "full") | 0x60 * out
        return 0x12 | bits


@dataclass
class Record:
    """What came of it.

    Args:
        sheets: pieces of paper that were cut, oldest first.
        refused: commands that the printer does not know.
        in_slot: pieces of paper nobody has taken yet.
    """

    sheets: list[Sheet] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    in_slot: int = 0


class EscPosMachine:
    """One printer.

    Args:
        send: takes answers to the wire.
    """

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send
        self._splitter = Splitter()
        self._roll = Roll()
        self._waiting: deque[Command] = deque()
        self._turn = threading.Condition()
        self._ending = threading.Event()
        self.condition = Condition()
        self.record = Record()
        self.swallow_barrier: Callable[[], bool] = lambda: False
        self._thread = threading.Thread(target=self._work, name="simulated-printer", daemon=True)

    def start(self) -> None:
        """Switch on."""
        self._thread.start()

    def stop(self) -> None:
        """Switch off."""
        self._ending.set()
        with self._turn:
            self._turn.notify_all()
        self._thread.join(5)

    def feed(self, data: bytes) -> None:
        """Bytes from the wire."""
        for command in self._splitter.feed(data):
            if command.name == b"\x10\x04":
                self._answer(self.condition.answer(command.data[0]))
            elif command.name == b"\x10\x05":
                self._recover()
            else:
                with self._turn:
                    self._waiting.append(command)
                    self._turn.notify_all()

    def link_lost(self) -> None:
        """Half a command that was on the wire is gone; what was received whole still prints."""
        self._splitter.clear()

    def change(self, **values: str | bool | float | None) -> None:
        """Turn what a tester turns."""
        with self._turn:
            for name, value in values.items():
                setattr(self.condition, name, value)
            if values.get("paper") == "full":
                self.condition.lines_left = None
            self._turn.notify_all()

    def settled(self, limit_s: float = 10.0) -> bool:
        """Wait until everything received is printed, or the mechanism stands still."""
        with self._turn:
            return self._turn.wait_for(lambda: not self._waiting or self.condition.stopped, limit_s)

    def _answer(self, byte: int) -> None:
        if not self.condition.silent:
            self._send(bytes((0xFF, byte)) if self.condition.noisy else bytes((byte,)))

    def _recover(self) -> None:
        if self.condition.silent:
            return
        with self._turn:
            self._waiting.clear()
            self.condition.jammed = False
            if not self._roll.empty:
                # The scrap is cut off and falls out; it is no ticket.
                self._roll.sheet = Sheet()
            self._roll.reset()
            self._turn.notify_all()

    def _work(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(
                    lambda: (
                        self._ending.is_set()
                        or (bool(self._waiting) and not self.condition.stopped)
                    )
                )
                if self._ending.is_set():
                    return
                command = self._waiting[0]
            if command.name == b"line" and self.condition.line_s:
                self._ending.wait(self.condition.line_s)
                if self.condition.stopped:
                    continue
            self._do(command)
            with self._turn:
                if self._waiting and self._waiting[0] is command:
                    self._waiting.popleft()
                self._turn.notify_all()

    def _do(self, command: Command) -> None:
        if command.name == b"\x1dr":
            if not self.swallow_barrier():
                self._answer(0x00 if self.condition.paper == "full" else 0x03)
            return
        if command.name == b"line":
            self._use_paper()
        try:
            sheet = self._roll.do(command)
        except RefusedCommandError as refusal:
            self.record.refused.append(str(refusal))
            return
        if sheet:
            self.record.sheets.append(sheet)
            self.record.in_slot += 1

    def _use_paper(self) -> None:
        left = self.condition.lines_left
        if left is not None:
            self.condition.lines_left = left - 1
            if left <= 1:
                self.condition.paper = "out"
