"""The chip's end of basic access control and PACE, one step at a time."""

from collections.abc import Callable
from typing import ClassVar

from hardware.codecs import bac, pace
from hardware.codecs.apdu import Command, Ins, Response, Sw
from hardware.codecs.chip_cipher import KeyPair
from hardware.codecs.pace import PaceEnd, PaceProtocol, PaceSecrets
from hardware.codecs.secure_messaging import SecureMessaging
from hardware.codecs.tlv import BadChipDataError, parse_one
from hardware.interfaces.chip_reader import AccessKey

_Answer = tuple[Response, SecureMessaging | None]


class ChipAccess:
    """Lets whoever has the key in.

    Args:
        key: of the chip.
        protocol: of PACE, None where the chip does not speak it.
        random: for challenges, nonces and secrets.
    """

    BASIC: ClassVar[frozenset[int]] = frozenset({Ins.GET_CHALLENGE, Ins.EXTERNAL_AUTHENTICATE})
    INSTRUCTIONS: ClassVar[frozenset[int]] = BASIC | {
        Ins.MANAGE_SECURITY_ENVIRONMENT,
        Ins.GENERAL_AUTHENTICATE,
    }

    def __init__(
        self, key: AccessKey, protocol: PaceProtocol | None, random: Callable[[int], bytes]
    ) -> None:
        self._key = key
        self._protocol = protocol
        self._random = random
        self._challenge: bytes | None = None
        self._pace: _PaceSteps | None = None

    def answer(self, command: Command) -> _Answer:
        """One step; the protected conversation comes with the answer to the last one."""
        try:
            match command.ins:
                case Ins.GET_CHALLENGE:
                    self._challenge = self._random(bac.NONCE_BYTES)
                    return Response(self._challenge), None
                case Ins.EXTERNAL_AUTHENTICATE:
                    return self._prove(command.data)
                case Ins.MANAGE_SECURITY_ENVIRONMENT:
                    return self._begin_pace(command), None
                case _:
                    return self._step(command.data)
        except BadChipDataError:
            self._pace = None
            return Response(sw=Sw.WRONG_DATA), None

    def _prove(self, proof: bytes) -> _Answer:
        challenge, self._challenge = self._challenge, None
        if challenge is None:
            return Response(sw=Sw.CONDITIONS_NOT_MET), None
        keys = bac.access_keys(self._key)
        try:
            plain = bac.opened(keys, proof, b"", challenge)
        except BadChipDataError:
            return Response(sw=Sw.AUTHENTICATION_FAILED), None
        reader_nonce, reader_share = plain[: bac.NONCE_BYTES], plain[2 * bac.NONCE_BYTES :]
        share = self._random(bac.SHARE_BYTES)
        nonces = bac.Nonces(challenge, reader_nonce)
        answer = bac.sealed(keys, challenge, reader_nonce, share)
        return Response(answer), bac.session(nonces, reader_share, share)

    def _begin_pace(self, command: Command) -> Response:
        self._pace = None
        if self._protocol is None or not pace.is_mechanism(command.data, self._protocol):
            return Response(sw=Sw.WRONG_DATA)
        self._pace = _PaceSteps(self._key, self._protocol, self._random)
        return Response()

    def _step(self, data: bytes) -> _Answer:
        if self._pace is None:
            return Response(sw=Sw.CONDITIONS_NOT_MET), None
        answer, secure = self._pace.answer(data)
        if secure or answer.sw != Sw.SUCCESS:
            self._pace = None
        return answer, secure


class _PaceSteps:
    """The four steps of one key agreement."""

    def __init__(
        self, key: AccessKey, protocol: PaceProtocol, random: Callable[[int], bytes]
    ) -> None:
        self._protocol = protocol
        nonce = random(pace.NONCE_BYTES)
        order, size = protocol.curve.order, protocol.curve.field_bytes
        mapping, agreement = (
            1 + int.from_bytes(random(size), "big") % (order - 1) for _ in range(2)
        )
        self._sealed = pace.seal_nonce(key, protocol.suite, nonce)
        self._end = PaceEnd(protocol, nonce, PaceSecrets(mapping, agreement))
        self._steps = iter((self._nonce, self._map, self._agree, self._confirm))
        self._key_point = self._other = b""
        self._keys: KeyPair | None = None

    def answer(self, data: bytes) -> _Answer:
        return next(self._steps)(data)

    def _nonce(self, data: bytes) -> _Answer:
        parse_one(data, pace.DYNAMIC_DATA)
        return Response(pace.step(0x80, self._sealed)), None

    def _map(self, data: bytes) -> _Answer:
        self._key_point = self._end.key_point(pace.step_value(data, 0x81))
        return Response(pace.step(0x82, self._end.mapping_point())), None

    def _agree(self, data: bytes) -> _Answer:
        self._other = pace.step_value(data, 0x83)
        self._keys = self._end.session_keys(self._other)
        return Response(pace.step(0x84, self._key_point)), None

    def _confirm(self, data: bytes) -> _Answer:
        keys = self._keys
        given = pace.step_value(data, 0x85)
        if keys is None or given != pace.token(keys, self._protocol, self._key_point):
            return Response(sw=Sw.AUTHENTICATION_FAILED), None
        ours = pace.token(keys, self._protocol, self._other)
        return Response(pace.step(0x86, ours)), SecureMessaging(keys)
