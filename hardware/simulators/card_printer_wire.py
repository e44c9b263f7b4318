"""The simulated card printer's side of the protocol: bytes in, answers out, faults on request."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass

from hardware.codecs.easyprinter import DOTS, Command, Order, OrderParser, Setting
from hardware.codecs.easyprinter_answers import encode_report, encode_state
from hardware.simulators.card_path_machine import CardPathMachine
from hardware.simulators.faults import CountedFaults

FIRMWARE = b"EP000226\n"
SERIAL_NUMBER = b"SIM00000001\r"

_MOVES = {
    Command.EJECT: "mouth",
    Command.MOVE_TO_CHIP: "chip",
    Command.MOVE_TO_PRINT: "print",
    Command.RETAIN: "bin",
}


@dataclass
class Misbehaviour(CountedFaults):
    """What is wrong with the wire; stays as set until it is set otherwise.

    Args:
        silent: nothing is answered, everything is done.
        dead: no power: nothing is answered or done.
        noisy: a stray byte before every third answer.
        garbage: answers are other bytes than they should be.
        stale_answers: the answer before comes again before each one.
        cut_answers: how many longer answers to come lose their end.
        lost_commands: how many moves to come are lost on the line.
        lose_link_after: name of a `Command` after whose effect the link is lost, once.
        cut_after_bytes: the link is lost when so many more bytes have arrived; 0 = not.
    """

    silent: bool = False
    dead: bool = False
    noisy: bool = False
    garbage: bool = False
    stale_answers: bool = False
    cut_answers: int = 0
    lost_commands: int = 0
    lose_link_after: str = ""
    cut_after_bytes: int = 0


class CardPrinterProtocol:
    """Obeys commands.

    Args:
        machine: what moves and prints.
        obeyed: called after every command, before its answer leaves.
        lose_link: pulls the cable.
    """

    def __init__(
        self,
        machine: CardPathMachine,
        obeyed: Callable[[], None],
        lose_link: Callable[[], None],
    ) -> None:
        self.misbehaviour = Misbehaviour()
        self.unknown: list[bytes] = []
        self._machine = machine
        self._obeyed = obeyed
        self._lose_link = lose_link
        self._parser = OrderParser()
        self._lock = threading.Lock()
        self._last, self._answers = b"", 0
        # Its numbers decide what noise looks like, not who may do what.
        self._random = random.Random(20260101)  # noqa: S311 - repeatable noise, no secret

    def forget_half(self) -> None:
        """Half a command that was on its way is gone."""
        self._parser.clear()

    def heard(self, data: bytes) -> bytes:
        """Bytes to send back for bytes that arrived."""
        wrong = self.misbehaviour
        if wrong.dead:
            return b""
        with self._lock:
            left = wrong.cut_after_bytes
            cut = 0 < left <= len(data)
            wrong.cut_after_bytes = 0 if cut else max(0, left - len(data))
            answers = b""
            for order in self._parser.feed(data[:left] if cut else data):
                answers += self._obey(order)
                cut = cut or self._lost_after(order)
        if cut:
            self._lose_link()
            return b""
        return answers

    def _obey(self, order: Order) -> bytes:
        answer = self._answer(order)
        if not answer:
            self._act(order)
        self._obeyed()
        return self._as_sent(answer) if answer and not self.misbehaviour.silent else b""

    def _lost_after(self, order: Order) -> bool:
        wanted = self.misbehaviour.lose_link_after
        if not wanted or not isinstance(order.what, Command) or order.what.name != wanted:
            return False
        self.misbehaviour.lose_link_after = ""
        return True

    def _answer(self, order: Order) -> bytes:
        machine = self._machine
        match order.what:
            case Command.SHORT_STATUS:
                return bytes([machine.short_status().byte])
            case Command.STATE:
                return encode_state(machine.path_state())
            case Command.REPORT:
                return encode_report(machine.report())
            case Command.DIRECTION:
                return b"0\r" if machine.held and machine.held.wrong_way else b"1\r"
            case Command.FIRMWARE:
                return FIRMWARE
            case Command.SERIAL_NUMBER:
                return SERIAL_NUMBER
            case Command.CHIP_UID | Command.MIFARE_UID:
                return b"E\r"
            case _:
                return b""

    def _act(self, order: Order) -> None:
        machine, what = self._machine, order.what
        if what in (*_MOVES, Command.FEED_FROM_FRONT) and self.misbehaviour.due("lost_commands"):
            return
        if isinstance(what, Command) and what in _MOVES:
            machine.go_to(_MOVES[what])
        elif what in (Command.FEED_FROM_FRONT, Command.ABORT_FEED):
            machine.feed(open_mouth=what is Command.FEED_FROM_FRONT)
        elif what is Command.REBOOT:
            machine.restart()
        elif what is Command.GO:
            machine.release()
        else:
            self._collect(order)

    def _collect(self, order: Order) -> None:
        job = self._machine.job
        match order.what:
            case Command.ROTATE:
                job.turned = True
            case Setting.ERASE_AREA:
                job.erase = order.data
            case Setting.ROW if order.data.isdigit():
                job.row = int(order.data)
            case what if what == DOTS:
                job.add(order.data)
            case None:
                self.unknown.append(order.data)
            case _:
                pass

    def _as_sent(self, answer: bytes) -> bytes:
        wrong = self.misbehaviour
        self._answers += 1
        if wrong.garbage:
            return self._random.randbytes(len(answer) + 1)
        before = self._last if wrong.stale_answers else b""
        self._last = answer
        if wrong.noisy and self._answers % 3 == 0:
            before += self._random.randbytes(1)
        if len(answer) > 1 and wrong.due("cut_answers"):
            answer = answer[: len(answer) // 2]
        return before + answer
