"""What of a certificate is needed to follow a document's signature (RFC 5280). Pure.

`cryptography` reads certificates too, but not the public keys of those whose curve is written out
in full, and it looks into fields that do not matter here and are often wrong in the field.
"""

from dataclasses import dataclass, field

from hardware.codecs.signature import BIT_STRING, INTEGER, OCTET_STRING, OID, SEQUENCE, verify
from hardware.codecs.tlv import BadChipDataError, Tlv, find, need, parse_one

_VERSION, _EXTENSIONS, _BOOLEAN = 0xA0, 0xA3, 0x01
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_SUBJECT_KEY = bytes.fromhex("551D0E")
_BASIC_CONSTRAINTS = bytes.fromhex("551D13")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate.

    Args:
        issuer: name, DER.
        serial: number, as its bytes.
        subject: name, DER.
        spki: public key, DER.
        not_before: YYYYMMDDhhmmss.
        not_after: YYYYMMDDhhmmss.
        key_id: subject key identifier, empty when it has none.
        authority: whether it may sign certificates.
        signed: the part that is signed.
        algorithm: of the signature.
        signature: of the issuer.
    """

    issuer: bytes = field(repr=False)
    serial: bytes
    subject: bytes = field(repr=False)
    spki: bytes = field(repr=False)
    not_before: str
    not_after: str
    key_id: bytes
    authority: bool
    signed: bytes = field(repr=False)
    algorithm: Tlv = field(repr=False)
    signature: bytes = field(repr=False)

    def is_issued_by(self, other: "Certificate") -> bool:
        """Whether another certificate's key has signed this one, while that was valid."""
        named = self.issuer == other.subject and other.authority
        if not named or not other.not_before <= self.not_before <= other.not_after:
            return False
        try:
            verify(other.spki, self.algorithm, self.signature, self.signed)
        except BadChipDataError:
            return False
        return True


def parse_certificate(data: bytes) -> Certificate:
    """Read a certificate.

    Args:
        data: DER.

    Raises:
        BadChipDataError: it is none.
    """
    outer = parse_one(data, SEQUENCE).children()
    if [one.tag for one in outer] != [SEQUENCE, SEQUENCE, BIT_STRING]:
        raise BadChipDataError("not a certificate")
    signed, algorithm, signature = outer
    parts = [one for one in signed.children() if one.tag != _VERSION]
    if [one.tag for one in parts[:6]] != [INTEGER, *[SEQUENCE] * 5]:
        raise BadChipDataError("a certificate with other parts")
    serial, _, issuer, validity, subject, spki = parts[:6]
    times = [_time(one) for one in validity.children()]
    if len(times) != 2:
        raise BadChipDataError("a certificate without its validity")
    extensions = _extensions(find(parts, _EXTENSIONS))
    return Certificate(
        issuer=issuer.raw,
        serial=serial.value,
        subject=subject.raw,
        spki=spki.raw,
        not_before=times[0],
        not_after=times[1],
        key_id=_key_id(extensions.get(_SUBJECT_KEY)),
        authority=_is_authority(extensions.get(_BASIC_CONSTRAINTS)),
        signed=signed.raw,
        algorithm=algorithm,
        signature=signature.value[1:],
    )


def _time(element: Tlv) -> str:
    text = element.value.decode("ascii", "replace").rstrip("Z")
    if element.tag == _UTC_TIME and len(text) == 12:
        text = ("19" if text >= "50" else "20") + text
    elif element.tag != _GENERALIZED_TIME or len(text) != 14:
        raise BadChipDataError("a time of an unknown form")
    if not text.isdigit():
        raise BadChipDataError("a time of an unknown form")
    return text


def _extensions(found: Tlv | None) -> dict[bytes, bytes]:
    if found is None:
        return {}
    rows = (one.children() for one in parse_one(found.value, SEQUENCE).children())
    return {need(row, OID).value: need(row, OCTET_STRING).value for row in rows}


def _key_id(value: bytes | None) -> bytes:
    return parse_one(value, OCTET_STRING).value if value is not None else b""


def _is_authority(value: bytes | None) -> bool:
    if value is None:
        return False
    flag = find(parse_one(value, SEQUENCE).children(), _BOOLEAN)
    return flag is not None and flag.value == b"\xff"
