"""Passive authentication: the signer's signature over the data groups (ICAO Doc 9303-11, 5.1).

    EF.SOD 77 { CMS SignedData { LDS security object { hash, data group → digest },
                                 document signer's certificate, signed attributes, signature } }

A changed byte anywhere is noticed; a copied chip is not, which only active authentication would.
Pure: no input/output.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import HashAlgorithm

from hardware.codecs.certificate import Certificate, parse_certificate
from hardware.codecs.signature import (
    INTEGER,
    OCTET_STRING,
    OID,
    SEQUENCE,
    digest,
    hash_of,
    verify,
)
from hardware.codecs.tlv import BadChipDataError, Tlv, find, need, parse_one
from hardware.interfaces.chip_reader import Authenticity

FILE = 0x77
SET = 0x31
CONTEXT_0 = 0xA0
SIGNED_DATA = bytes.fromhex("2A864886F70D010702")
LDS_SECURITY_OBJECT = bytes.fromhex("678108010101")
CONTENT_TYPE = bytes.fromhex("2A864886F70D010903")
MESSAGE_DIGEST = bytes.fromhex("2A864886F70D010904")
_KEY_ID = 0x80


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """What the signer has signed, after its signature was found right.

    Args:
        hashed_with: for the digests.
        digests: by data group number.
        signer: certificate that goes with the signature; nobody has vouched for it yet.
    """

    hashed_with: HashAlgorithm
    digests: Mapping[int, bytes] = field(repr=False)
    signer: Certificate = field(repr=False)


def authenticate(
    signed: SecurityObject, groups: Mapping[int, bytes], trusted: Sequence[Certificate]
) -> Authenticity:
    """Check what was read from a chip against what was signed.

    Args:
        signed: EF.SOD.
        groups: data group number to its file as read; each must have been signed.
        trusted: country certificates; with none, nobody vouches for the signer.

    Raises:
        BadChipDataError: something is not as it was signed, or signed by nobody we trust.
    """
    for number, data in groups.items():
        wanted = signed.digests.get(number, b"")
        if not hmac.compare_digest(wanted, digest(signed.hashed_with, data)):
            raise BadChipDataError(f"data group {number} is not what was signed")
    if not trusted:
        return Authenticity.UNVERIFIED
    if not any(signed.signer.is_issued_by(one) for one in trusted):
        raise BadChipDataError("the signer is nobody we trust")
    return Authenticity.GENUINE


def parse_security_object(file: bytes) -> SecurityObject:
    """Read EF.SOD and check its signature.

    Raises:
        BadChipDataError: it is not such a file, or not signed by the key that goes with it.
    """
    content = parse_one(parse_one(file, FILE).value, SEQUENCE).children()
    if need(content, OID).value != SIGNED_DATA:
        raise BadChipDataError("not signed data")
    parts = parse_one(need(content, CONTEXT_0).value, SEQUENCE).children()
    wrapped = need(parts, SEQUENCE).children()
    if need(wrapped, OID).value != LDS_SECURITY_OBJECT:
        raise BadChipDataError("signed data about something else")
    inner = parse_one(need(wrapped, CONTEXT_0).value, OCTET_STRING).value
    signer_infos = [one for one in parts if one.tag == SET][-1:]
    certificates = [parse_certificate(one.raw) for one in need(parts, CONTEXT_0).children()]
    if not signer_infos or len(signer_infos[0].children()) != 1:
        raise BadChipDataError("not signed by exactly one signer")
    signer = _checked_signer(signer_infos[0].children()[0], certificates, inner)
    hashed_with, digests = _digests(inner)
    return SecurityObject(hashed_with, digests, signer)


def _checked_signer(info: Tlv, certificates: Sequence[Certificate], inner: bytes) -> Certificate:
    """The certificate of whoever has signed; its signature was found right.

    The parts stand in a fixed order (RFC 5652, 5.3): version, who, digest algorithm, signed
    attributes, signature algorithm, signature.
    """
    parts = info.children()
    if [one.tag for one in parts[2:6]] != [SEQUENCE, CONTEXT_0, SEQUENCE, OCTET_STRING]:
        raise BadChipDataError("a signer's part in another form")
    who, hashing, attributes, algorithm, signature = parts[1:6]
    signer = next((one for one in certificates if _is_meant(who, one)), None)
    if signer is None:
        raise BadChipDataError("the signer's certificate is missing")
    hashed_with = hash_of(hashing)
    _check_attributes(attributes, digest(hashed_with, inner))
    # What is signed is the attributes as a set, not with the tag they are carried under.
    message = bytes([SET]) + attributes.raw[1:]
    verify(signer.spki, algorithm, signature.value, message, hashed_with)
    return signer


def _is_meant(who: Tlv, certificate: Certificate) -> bool:
    if who.tag == _KEY_ID:
        return bool(certificate.key_id) and who.value == certificate.key_id
    parts = who.children()
    if who.tag != SEQUENCE or [one.tag for one in parts] != [SEQUENCE, INTEGER]:
        return False
    return parts[0].raw == certificate.issuer and parts[1].value == certificate.serial


def _check_attributes(attributes: Tlv, wanted: bytes) -> None:
    rows = {}
    for one in attributes.children():
        parts = one.children()
        rows[need(parts, OID).value] = need(parts, SET).value
    kind, said = rows.get(CONTENT_TYPE), rows.get(MESSAGE_DIGEST)
    if kind is None or parse_one(kind, OID).value != LDS_SECURITY_OBJECT:
        raise BadChipDataError("signed attributes about something else")
    if said is None or not hmac.compare_digest(parse_one(said, OCTET_STRING).value, wanted):
        raise BadChipDataError("the digests are not what was signed")


def _digests(inner: bytes) -> tuple[HashAlgorithm, dict[int, bytes]]:
    parts = [one for one in parse_one(inner, SEQUENCE).children() if one.tag == SEQUENCE]
    if len(parts) < 2:
        raise BadChipDataError("a security object with other parts")
    found = {}
    for row in parts[1].children():
        number = need(row.children(), INTEGER).value
        value = find(row.children(), OCTET_STRING)
        if value is None or len(number) != 1:
            raise BadChipDataError("a digest that cannot be read")
        found[number[0]] = value.value
    return hash_of(parts[0]), found
