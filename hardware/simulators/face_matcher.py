"""A face engine in a helper program, that knows the drawn people by their clothes.

Not modelled: error rates, demographic differences, masks, ageing, and everything else that makes a
real comparison hard. See `hardware.simulators.people.likeness`.
"""

import threading
from collections.abc import Mapping

from hardware.codecs.face_engine import BadLineError, engine_line, read_question
from hardware.interfaces.face_matcher import Absence, Comparison, MatchResult, Unavailable, Verdict
from hardware.settings import Options
from hardware.simulators.base import Knob
from hardware.simulators.cable import OnCable
from hardware.simulators.knob_board import KnobBoard
from hardware.simulators.people.likeness import likeness
from hardware.simulators.tcp_peer import TcpPeer

ENGINE = "simulated engine"
MATCH_FROM, UNSURE_FROM = 0.8, 0.6
ANSWERS = ("by_picture", "match", "no_match", "unsure", "refused", "garbage", "silence")
_FORCED: Mapping[str, float] = {"match": 0.9, "unsure": 0.7, "no_match": 0.1}


class FaceMatcherSimulator(OnCable[TcpPeer]):
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: of the device; none matters here.
    """

    def __init__(self, key: str, options: Options) -> None:
        del options
        self.key = key
        self.answers = "by_picture"
        self.delay_s = 0.0
        self.in_pieces = False
        self._paused = threading.Event()
        self._heard = bytearray()
        self._peer = TcpPeer(self._answer, name=key)

    def start(self) -> Mapping[str, str | int | float]:
        """Begin to listen; host and port are where the driver finds it."""
        host, port = self._peer.start()
        return {"host": host, "tcp_port": port}

    def knobs(self) -> tuple[Knob, ...]:
        """What it answers, and whether it runs."""
        board = KnobBoard("face_matcher", self)
        return (board.choice("answers", ANSWERS), board.cable(self._peer))

    def _answer(self, data: bytes) -> bytes:
        self._heard += data
        if not self._heard.endswith(b"\n"):
            return b""
        line = bytes(self._heard)
        self._heard.clear()
        self._paused.wait(self.delay_s)
        answer = self._reply(line)
        if self.in_pieces:
            for at in range(0, len(answer), 7):
                self._peer.send(answer[at : at + 7])
            return b""
        return answer

    def _reply(self, line: bytes) -> bytes:
        if self.answers == "silence":
            return b""
        if self.answers == "garbage":
            return b'{"verdict": "match"\n'
        try:
            asked = read_question(line)
        except BadLineError:
            return b"{}\n"
        if asked is None:
            return engine_line(ENGINE)
        return engine_line(ENGINE, self._result(asked.live, asked.reference))

    def _result(self, live: bytes, reference: bytes) -> MatchResult:
        if self.answers == "refused":
            return Unavailable(Absence.REFUSED)
        score = _FORCED.get(self.answers)
        if score is None:
            score = likeness(live, reference)
        if score is None:
            return Unavailable(Absence.NO_FACE_IN_LIVE)
        verdict = Verdict.MATCH if score >= MATCH_FROM else Verdict.UNSURE
        if score < UNSURE_FROM:
            verdict = Verdict.NO_MATCH
        return Comparison(verdict, round(score, 3), ENGINE, MATCH_FROM)
