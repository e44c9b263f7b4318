"""A SAM_V module without its wire: a card may lie on it, and it may misbehave as set.

Everything here is decided when a request arrives, except that a card can be pulled at any moment.
"""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hardware.codecs.samv import (
    BadFrameError,
    Command,
    FrameParser,
    Reply,
    Sw3,
    build_sam_number,
    encode_reply,
    pack_blocks,
)
from hardware.codecs.samv_text import build_text
from hardware.interfaces.id_card_reader import IdCard
from hardware.simulators.faults import CountedFaults, fragments, last_byte_wrong

SAM_NUMBER = "05.03-20260101-000000001-000000001"

_PIECE_BYTES = 32
_COMMANDS = {command.value: command for command in Command}
_READINGS = (Command.READ_TEXT_AND_PHOTO, Command.READ_WITH_FINGERPRINTS)


@dataclass
class Misbehaviour(CountedFaults):
    """What is wrong with card, module and line; stays as set until it is set otherwise.

    Args:
        card_delay_ms: the card's own time for a reading.
        pull_after_bytes: the card is pulled when so many bytes of a reading have left; 0 = not.
        wrong_checksums: how many readings to come get a wrong check byte.
        noise: stray bytes before every answer.
        fragmented: answers leave in small pieces with pauses.
        stale_answers: every answer comes again before the next one.
        authentication_fails: card and module do not recognise each other.
        wrong_card_type: another kind of card lies there.
        self_test_fails: the module accepts nothing.
        silent: nothing answers.
    """

    card_delay_ms: int = 300
    pull_after_bytes: int = 0
    wrong_checksums: int = 0
    noise: bool = False
    fragmented: bool = False
    stale_answers: bool = False
    authentication_fails: bool = False
    wrong_card_type: bool = False
    self_test_fails: bool = False
    silent: bool = False


class SamVModule:
    """Answers requests as hardware facts 1.3 and 1.4 say.

    Args:
        pause: lets time pass; False when the line went away meanwhile.
    """

    def __init__(self, pause: Callable[[float], bool]) -> None:
        self.misbehaviour = Misbehaviour()
        self._pause = pause
        self._parser = FrameParser()
        self._lock = threading.Lock()
        self._card: IdCard | None = None
        self._found = False
        self._selected = False
        self._last_answer = b""
        # Its numbers decide where answers are cut, not who may do what.
        self._random = random.Random(20260101)  # noqa: S311 - repeatable noise, no secret

    @property
    def card(self) -> IdCard | None:
        """What lies on the reader."""
        return self._card

    def put(self, card: IdCard | None) -> None:
        """Lay a card, or take it away; a card just laid has not been found yet."""
        with self._lock:
            self._card = card
            self._found = self._selected = False

    def answer(self, data: bytes) -> Iterator[bytes]:
        """Bytes to send back for bytes that arrived."""
        self._parser.feed(data)
        while True:
            try:
                body = self._parser.next_body()
            except BadFrameError:
                yield from self._send(Reply(Sw3.REQUEST_CHECKSUM_WRONG))
                continue
            if body is None:
                return
            if not self.misbehaviour.silent:
                yield from self._obey(body)

    def _obey(self, body: bytes) -> Iterator[bytes]:
        if len(body) < 2:
            yield from self._send(Reply(Sw3.REQUEST_LENGTH_WRONG))
            return
        command = _COMMANDS.get(body[:2])
        if command in _READINGS and not self.misbehaviour.self_test_fails:
            yield from self._read(command)
            return
        yield from self._send(self._reply(command))

    def _reply(self, command: Command | None) -> Reply:
        if self.misbehaviour.self_test_fails:
            return Reply(Sw3.SELF_TEST_FAILED)
        match command:
            case Command.RESET:
                with self._lock:
                    self._found = self._selected = False
                return Reply(Sw3.SUCCESS)
            case Command.STATUS | Command.SET_MAX_RF_BYTES:
                return Reply(Sw3.SUCCESS)
            case Command.READ_SAM_NUMBER:
                return Reply(Sw3.SUCCESS, build_sam_number(SAM_NUMBER))
            case Command.FIND_CARD:
                return self._find()
            case Command.SELECT_CARD:
                return self._select()
            case Command.READ_NEWEST_ADDRESS:
                return Reply(Sw3.NO_SUCH_ITEM)
            case _:
                return Reply(Sw3.COMMAND_WRONG)

    def _find(self) -> Reply:
        with self._lock:
            self._found, self._selected = self._card is not None, False
            return Reply(Sw3.CARD_FOUND, bytes(4)) if self._found else Reply(Sw3.FIND_FAILED)

    def _select(self) -> Reply:
        with self._lock:
            if not self._found:
                return Reply(Sw3.SELECT_FAILED)
            if self.misbehaviour.wrong_card_type:
                return Reply(Sw3.WRONG_CARD_TYPE)
            if self.misbehaviour.authentication_fails:
                return Reply(Sw3.READER_REJECTS_CARD)
            self._found, self._selected = False, True
            return Reply(Sw3.SUCCESS, bytes(8))

    def _read(self, command: Command) -> Iterator[bytes]:
        with self._lock:
            card, selected, self._selected = self._card, self._selected, False
        if card is None or not selected:
            yield from self._send(Reply(Sw3.READ_FAILED))
            return
        if not self._pause(self.misbehaviour.card_delay_ms / 1000):
            return
        if self._card is not card:
            yield from self._send(Reply(Sw3.READ_FAILED))
            return
        prints = (b"",) if command is Command.READ_WITH_FINGERPRINTS else ()
        data = pack_blocks(build_text(card), card.portrait_raw.ljust(1024, b"\0"), *prints)
        sent, pull_after = 0, self.misbehaviour.pull_after_bytes
        for piece in self._send(Reply(Sw3.SUCCESS, data), reading=True):
            if pull_after and sent + len(piece) >= pull_after:
                yield piece[: pull_after - sent]
                self.put(None)
                return
            if self._card is not card:
                return
            yield piece
            sent += len(piece)

    def _send(self, reply: Reply, *, reading: bool = False) -> Iterator[bytes]:
        wrong = self.misbehaviour
        whole = encode_reply(reply)
        if reading and wrong.due("wrong_checksums"):
            whole = last_byte_wrong(whole)
        stale, self._last_answer = self._last_answer, whole
        if wrong.stale_answers:
            yield stale
        if wrong.noise:
            yield bytes([0xAA, *self._random.randbytes(self._random.randint(0, 6)), 0xAA])
        if wrong.fragmented:
            yield from self._fragments(whole)
            return
        for start in range(0, len(whole), _PIECE_BYTES):
            yield whole[start : start + _PIECE_BYTES]

    def _fragments(self, whole: bytes) -> Iterator[bytes]:
        for piece in fragments(whole, 1 + len(whole) // 8, self._random):
            yield piece
            if not self._pause(self._random.uniform(0.001, 0.01)):
                return
