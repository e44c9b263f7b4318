"""PACE with generic mapping over elliptic curves, both ends of it (ICAO Doc 9303-11, 4.4).

    MSE:Set AT            which protocol, which password
    GENERAL AUTHENTICATE  → nothing            ← 80 sealed nonce
                          → 81 mapping point   ← 82 mapping point
                          → 83 key point       ← 84 key point
                          → 85 token           ← 86 token

Pure: secrets are passed in. Integrated and chip-authentication mapping, and groups over prime
fields, are not spoken; a chip that offers nothing else is opened with basic access control.
"""

from dataclasses import dataclass, field

from hardware.codecs.bac import mrz_secret
from hardware.codecs.chip_cipher import (
    KeyPair,
    Suite,
    Use,
    decrypt,
    derive,
    derive_pair,
    encrypt,
    mac,
)
from hardware.codecs.curve import STANDARDIZED, Curve
from hardware.codecs.tlv import BadChipDataError, Tlv, build, need, parse_all, parse_one
from hardware.interfaces.chip_reader import AccessKey

NONCE_BYTES = 16
DYNAMIC_DATA = 0x7C
DYNAMIC_EMPTY = bytes.fromhex("7C00")
PASSWORD_MRZ = 1
_SET = 0x31
_SEQUENCE = 0x30
_OID = 0x06
_INTEGER = 0x02
_VERSION = 2
_MECHANISM, _PASSWORD = 0x80, 0x83
_PUBLIC_KEY, _POINT = 0x7F49, 0x86
_ECDH_GM = bytes.fromhex("04007F000702020402")
"""id-PACE-ECDH-GM, 0.4.0.127.0.7.2.2.4.2; one more arc names the cipher."""
_SUITES = {1: Suite.TRIPLE_DES, 2: Suite.AES_128, 3: Suite.AES_192, 4: Suite.AES_256}


@dataclass(frozen=True, slots=True)
class PaceProtocol:
    """A way of doing PACE that both ends know.

    Args:
        suite: of the session.
        parameters: number of the standardised curve.
    """

    suite: Suite
    parameters: int

    @property
    def oid(self) -> bytes:
        """The protocol's object identifier, without tag and length."""
        arc = next(arc for arc, suite in _SUITES.items() if suite is self.suite)
        return _ECDH_GM + bytes([arc])

    @property
    def curve(self) -> Curve:
        """The curve both ends calculate on."""
        return STANDARDIZED[self.parameters]


def parse_card_access(data: bytes) -> tuple[PaceProtocol, ...]:
    """The protocols of EF.CardAccess that this code speaks, in the chip's order.

    Raises:
        BadChipDataError: it is not such a file.
    """
    found = []
    for info in parse_one(data, _SET).children():
        protocol = _protocol(info)
        if protocol:
            found.append(protocol)
    return tuple(found)


def build_card_access(protocol: PaceProtocol) -> bytes:
    """EF.CardAccess of a chip that speaks one protocol."""
    info = build(
        _SEQUENCE,
        build(_OID, protocol.oid),
        build(_INTEGER, bytes([_VERSION])),
        build(_INTEGER, bytes([protocol.parameters])),
    )
    return build(_SET, info)


def mechanism(protocol: PaceProtocol) -> bytes:
    """Data of MSE:Set AT: this protocol, with the password of the machine-readable zone."""
    return build(_MECHANISM, protocol.oid) + build(_PASSWORD, bytes([PASSWORD_MRZ]))


def is_mechanism(data: bytes, protocol: PaceProtocol) -> bool:
    """Whether a reader asks for this protocol and password.

    Raises:
        BadChipDataError: it asks in no readable way.
    """
    asked = parse_all(data)
    same = need(asked, _MECHANISM).value == protocol.oid
    return same and need(asked, _PASSWORD).value == bytes([PASSWORD_MRZ])


def step(tag: int, value: bytes) -> bytes:
    """Dynamic authentication data with one object."""
    return build(DYNAMIC_DATA, build(tag, value))


def step_value(data: bytes, tag: int) -> bytes:
    """The one object of dynamic authentication data.

    Raises:
        BadChipDataError: it is not there.
    """
    return need(parse_one(data, DYNAMIC_DATA).children(), tag).value


def password_key(key: AccessKey, suite: Suite) -> bytes:
    """The key that seals the nonce."""
    return derive(mrz_secret(key), Use.PACE, suite)


def seal_nonce(key: AccessKey, suite: Suite, nonce: bytes) -> bytes:
    """What the chip sends first."""
    return encrypt(suite, password_key(key, suite), nonce)


def open_nonce(key: AccessKey, suite: Suite, sealed: bytes) -> bytes:
    """What the reader makes of it; with a wrong key, just another number.

    Raises:
        BadChipDataError: it is not as long as a nonce.
    """
    if len(sealed) != NONCE_BYTES:
        raise BadChipDataError("a sealed nonce of another length")
    return decrypt(suite, password_key(key, suite), sealed)


@dataclass(frozen=True, slots=True)
class PaceSecrets:
    """What one end made up.

    Args:
        mapping: factor for the mapping.
        agreement: factor for the key agreement.
    """

    mapping: int = field(repr=False)
    agreement: int = field(repr=False)


class PaceEnd:
    """One end of the key agreement; the two ends do the same.

    Args:
        protocol: what was agreed on.
        nonce: of the chip.
        secrets: of this end.
    """

    def __init__(self, protocol: PaceProtocol, nonce: bytes, secrets: PaceSecrets) -> None:
        self._protocol = protocol
        self._curve = protocol.curve
        self._nonce = int.from_bytes(nonce, "big")
        self._secrets = secrets
        self._generator = self._curve.generator

    def mapping_point(self) -> bytes:
        """What to send first."""
        return self._curve.encode(
            self._curve.multiply(self._secrets.mapping, self._curve.generator)
        )

    def key_point(self, other_mapping: bytes) -> bytes:
        """Take the other end's mapping point; what to send next.

        Raises:
            BadChipDataError: it is no point.
        """
        shared = self._curve.multiply(self._secrets.mapping, self._curve.decode(other_mapping))
        self._generator = self._curve.multiply_add(self._nonce, self._curve.generator, shared)
        return self._curve.encode(self._curve.multiply(self._secrets.agreement, self._generator))

    def session_keys(self, other_key: bytes) -> KeyPair:
        """Take the other end's key point; the keys both ends now share.

        Raises:
            BadChipDataError: it is no point, or our own sent back.
        """
        other = self._curve.decode(other_key)
        if other == self._curve.multiply(self._secrets.agreement, self._generator):
            raise BadChipDataError("our own point sent back")
        shared = self._curve.multiply(self._secrets.agreement, other)
        return derive_pair(shared.x.to_bytes(self._curve.field_bytes, "big"), self._protocol.suite)


def token(keys: KeyPair, protocol: PaceProtocol, receiver_point: bytes) -> bytes:
    """What proves to the other end that the keys are the same: a checksum over its own point."""
    public = build(_PUBLIC_KEY, build(_OID, protocol.oid), build(_POINT, receiver_point))
    return mac(keys.suite, keys.mac, public)


def _protocol(info: Tlv) -> PaceProtocol | None:
    parts = info.children() if info.tag == _SEQUENCE else ()
    if len(parts) != 3 or [one.tag for one in parts] != [_OID, _INTEGER, _INTEGER]:
        return None
    oid, version, parameters = (one.value for one in parts)
    suite = _SUITES.get(oid[-1]) if oid[:-1] == _ECDH_GM else None
    number = int.from_bytes(parameters, "big")
    if suite is None or version != bytes([_VERSION]) or number not in STANDARDIZED:
        return None
    return PaceProtocol(suite, number)
