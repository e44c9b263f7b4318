"""An ICT-104 acceptor without its wire; each note has a thread of its own and is told of once."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping

from hardware.codecs.ict104 import Escrow, Notice, Order, encode
from hardware.simulators.cash_box import FEN_PER_YUAN, CashBox, Misbehaviour

CHANNELS_YUAN = (5, 10, 20, 50, 100)
_NOISE = b"\xc1\xd7\xe3"
"""Bytes that mean nothing to either side."""


class _Life:
    """From one power-up to the next."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.decided = threading.Event()
        self.accepted = False


class _Voice:
    """Says things once, as the line allows."""

    def __init__(self, misbehaviour: Misbehaviour, send: Callable[[bytes], None]) -> None:
        self._wrong = misbehaviour
        self._send = send
        self._pauses = threading.Event()
        # Its numbers decide how long pauses are, not who may do what.
        self._random = random.Random(20260101)  # noqa: S311 - repeatable pauses, no secret

    def tell(self, notice: Notice | Escrow, life: _Life | None = None) -> None:
        """Say it unasked; a life that is over says nothing."""
        if self._wrong.silent or (life and life.over.is_set()):
            return
        whole = self.shaped(notice)
        step = 1 if self._wrong.fragmented else max(1, len(whole))
        for start in range(0, len(whole), step):
            self._send(whole[start : start + step])
            if self._wrong.fragmented:
                self._pauses.wait(self._random.uniform(0.001, 0.005))

    def shaped(self, notice: Notice | Escrow) -> bytes:
        """Its bytes, with what the line does to them."""
        whole = encode(notice)
        if self._wrong.due("bad_checksums"):
            # The parity of the last byte is wrong: the line drops it.
            whole = whole[:-1]
        return (_NOISE if self._wrong.noise else b"") + whole


class Ict104Machine:
    """Answers orders as hardware facts 5.3 say.

    Args:
        box: where notes end; kept when everything else is killed.
        pause: lets time pass; not needed here.
        send: speaks unasked; lost when unplugged.
    """

    def __init__(
        self, box: CashBox, pause: Callable[[float], bool], send: Callable[[bytes], None]
    ) -> None:
        del pause
        self.misbehaviour = Misbehaviour(escrow_limit_s=5.0)
        self.box = box
        # A pseudo-terminal refuses parity when it is opened a second time at the same speed.
        self.line_options: Mapping[str, str] = {"parity": "none"}
        self._voice = _Voice(self.misbehaviour, send)
        self._path = threading.Lock()
        self._life = _Life()
        self._threads: list[threading.Thread] = []
        self._enabled = False
        self._jammed = False

    @property
    def accepting(self) -> bool:
        """Whether a note held to the mouth would be drawn in."""
        return self._enabled

    def insert(self, yuan: int) -> None:
        """Hold a note to the mouth; it stays in the hand when the acceptor does not want any."""
        thread = threading.Thread(target=self._draw_in, args=(yuan, self._life), daemon=True)
        self._threads.append(thread)
        thread.start()

    def cut_power(self) -> None:
        """The power goes and comes back, wherever a note may be; nothing is told of it."""
        self._end_life()
        self._life = _Life()
        self._voice.tell(Notice.POWER_UP)

    def clear_jam(self) -> None:
        """Staff take a stuck note out."""
        self._jammed = False
        self._voice.tell(Notice.EXCEPTION_ENDED)

    def start(self) -> None:
        """Power up; the machine was not listening yet."""
        self._life = _Life()

    def stop(self) -> None:
        """Power down; a note in the escrow goes back, one further in falls into the box."""
        self._end_life()

    def answer(self, data: bytes) -> Iterator[bytes]:
        """Bytes to send back for bytes that arrived."""
        for one in data:
            if self.misbehaviour.silent:
                continue
            notice = self._obey(one)
            if notice is not None and not self.misbehaviour.due("lost_answers"):
                yield self._voice.shaped(notice)

    def _obey(self, order: int) -> Notice | None:
        match order:
            case Order.STATUS:
                return self._how()
            case Order.ENABLE:
                self._enabled = True
                return Notice.ENABLED
            case Order.INHIBIT:
                self._enabled = False
                return Notice.INHIBITED
            case Order.RESET:
                self._enabled = False
                return Notice.POWER_UP
            case Order.ACCEPT | Order.REJECT:
                self._life.accepted = order == Order.ACCEPT
                self._life.decided.set()
        return None

    def _how(self) -> Notice:
        if self._jammed:
            return Notice.JAMMED
        trouble = _box_trouble(self.misbehaviour)
        return trouble or (Notice.ENABLED if self._enabled else Notice.INHIBITED)

    def _draw_in(self, yuan: int, life: _Life) -> None:
        with self._path:
            value_fen = yuan * FEN_PER_YUAN
            trouble = _box_trouble(self.misbehaviour)
            if not self._enabled or life.over.is_set() or trouble:
                self.box.give_back(value_fen)
                if trouble:
                    self._voice.tell(trouble)
                return
            life.over.wait(self.misbehaviour.feed_ms / 1000)
            if self.misbehaviour.due("jams"):
                self._jam(value_fen)
            elif yuan not in CHANNELS_YUAN or self.misbehaviour.due("rejects"):
                self.box.give_back(value_fen)
                self._voice.tell(Notice.REJECTED)
                self._voice.tell(Notice.EXCEPTION_ENDED)
            else:
                self._hold(yuan, life)

    def _hold(self, yuan: int, life: _Life) -> None:
        """In the escrow, until it is decided, five seconds have passed, or the power goes."""
        life.decided.clear()
        life.accepted = False
        if not life.over.is_set():
            self._voice.tell(Escrow(CHANNELS_YUAN.index(yuan)))
        life.decided.wait(self.misbehaviour.escrow_limit_s)
        if life.accepted and not life.over.is_set():
            self._stack(yuan * FEN_PER_YUAN, life)
            return
        self.box.give_back(yuan * FEN_PER_YUAN)
        self._voice.tell(Notice.RETURNED, life)

    def _stack(self, value_fen: int, life: _Life) -> None:
        life.over.wait(self.misbehaviour.stack_ms / 1000)
        if self.misbehaviour.due("stack_jams"):
            self._jam(value_fen)
        elif self.misbehaviour.due("cheats"):
            self.box.give_back(value_fen)
            self._voice.tell(Notice.FISHING, life)
        else:
            self.box.take(value_fen)
            self._voice.tell(Notice.STACKED, life)

    def _jam(self, value_fen: int) -> None:
        self.box.jam(value_fen)
        self._jammed = True
        self._voice.tell(Notice.JAMMED)

    def _end_life(self) -> None:
        self._enabled = False
        self._life.over.set()
        self._life.decided.set()
        for thread in self._threads:
            thread.join()
        self._threads.clear()


def _box_trouble(wrong: Misbehaviour) -> Notice | None:
    if wrong.box_removed:
        return Notice.STACKER_OPEN
    return Notice.STACKER_PROBLEM if wrong.box_full else None
