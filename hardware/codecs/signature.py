"""Signatures of documents and certificates: who may have signed what (RFC 5280, 4055, 5758).

`cryptography` calculates; what it does not read is read here: signature algorithms as certificates
name them, and elliptic curves written out in full, as many country certificates have them. Pure.
"""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from hardware.codecs.curve import STANDARDIZED, Curve
from hardware.codecs.tlv import BadChipDataError, Tlv, find, need, parse_one

SEQUENCE, OID, INTEGER, BIT_STRING, OCTET_STRING = 0x30, 0x06, 0x02, 0x03, 0x04

HASHES: Mapping[bytes, hashes.HashAlgorithm] = MappingProxyType(
    {
        bytes.fromhex("608648016503040204"): hashes.SHA224(),
        bytes.fromhex("608648016503040201"): hashes.SHA256(),
        bytes.fromhex("608648016503040202"): hashes.SHA384(),
        bytes.fromhex("608648016503040203"): hashes.SHA512(),
    }
)
"""SHA-1 is left out: who can make two documents with one hash can forge one."""

_RSA, _RSA_PSS = bytes.fromhex("2A864886F70D010101"), bytes.fromhex("2A864886F70D01010A")
_RSA_WITH = MappingProxyType(
    {
        bytes.fromhex("2A864886F70D01010E"): hashes.SHA224(),
        bytes.fromhex("2A864886F70D01010B"): hashes.SHA256(),
        bytes.fromhex("2A864886F70D01010C"): hashes.SHA384(),
        bytes.fromhex("2A864886F70D01010D"): hashes.SHA512(),
    }
)
_ECDSA_WITH = MappingProxyType(
    {
        bytes.fromhex("2A8648CE3D040301"): hashes.SHA224(),
        bytes.fromhex("2A8648CE3D040302"): hashes.SHA256(),
        bytes.fromhex("2A8648CE3D040303"): hashes.SHA384(),
        bytes.fromhex("2A8648CE3D040304"): hashes.SHA512(),
    }
)
_CURVES: Mapping[str, ec.EllipticCurve] = MappingProxyType(
    {
        "P-256": ec.SECP256R1(),
        "brainpoolP256r1": ec.BrainpoolP256R1(),
        "P-384": ec.SECP384R1(),
        "brainpoolP384r1": ec.BrainpoolP384R1(),
    }
)
_PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


def hash_of(algorithm: Tlv) -> hashes.HashAlgorithm:
    """The hash that an algorithm identifier names.

    Raises:
        BadChipDataError: none that may be used.
    """
    return _known(HASHES, need(algorithm.children(), OID).value)


def digest(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    """The hash of some bytes."""
    return hashlib.new(algorithm.name, data).digest()


def verify(
    spki: bytes,
    algorithm: Tlv,
    signature: bytes,
    message: bytes,
    hashed_with: hashes.HashAlgorithm | None = None,
) -> None:
    """Check a signature.

    Args:
        spki: subject public key info of the signer, DER.
        algorithm: algorithm identifier of the signature.
        signature: as it stands.
        message: what was signed.
        hashed_with: where the algorithm names no hash, as plain RSA in CMS.

    Raises:
        BadChipDataError: it is not the signer's signature over the message.
    """
    key = _load(spki)
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            oid = need(algorithm.children(), OID).value
            key.verify(signature, message, ec.ECDSA(_known(_ECDSA_WITH, oid)))
        else:
            _verify_rsa(key, algorithm, signature, message, hashed_with)
    except InvalidSignature:
        raise BadChipDataError("a wrong signature") from None
    except BadChipDataError:
        raise
    except (UnsupportedAlgorithm, ValueError) as error:
        raise BadChipDataError("a signature that cannot be checked") from error


def _verify_rsa(
    key: rsa.RSAPublicKey,
    algorithm: Tlv,
    signature: bytes,
    message: bytes,
    hashed_with: hashes.HashAlgorithm | None,
) -> None:
    oid = need(algorithm.children(), OID).value
    if oid == _RSA_PSS:
        scheme, hashed = _pss(algorithm)
        key.verify(signature, message, scheme, hashed)
        return
    plain = hashed_with if oid == _RSA else _known(_RSA_WITH, oid)
    if plain is None:
        raise BadChipDataError("a signature without its hash")
    key.verify(signature, message, padding.PKCS1v15(), plain)


def _pss(algorithm: Tlv) -> tuple[padding.PSS, hashes.HashAlgorithm]:
    """Hash, mask and salt; the defaults stand for SHA-1, which is refused."""
    parts = need(algorithm.children(), SEQUENCE).children()
    hashed = hash_of(parse_one(need(parts, 0xA0).value, SEQUENCE))
    mask = need(parse_one(need(parts, 0xA1).value, SEQUENCE).children(), SEQUENCE)
    salt = find(parts, 0xA2)
    salt_bytes = int.from_bytes(parse_one(salt.value, INTEGER).value, "big") if salt else 20
    if salt_bytes > hashed.digest_size * 4:
        raise BadChipDataError("a signature with a salt that is too long")
    return padding.PSS(padding.MGF1(hash_of(mask)), salt_bytes), hashed


def _load(spki: bytes) -> _PublicKey:
    try:
        key = serialization.load_der_public_key(spki)
    except (UnsupportedAlgorithm, ValueError):
        return _load_explicit(spki)
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return key
    raise BadChipDataError("a public key of an unknown kind")


def _load_explicit(spki: bytes) -> ec.EllipticCurvePublicKey:
    """A key whose curve is written out in full.

    Every number must be that of a curve we know: with another generator anybody could make a
    private key for somebody else's public key.
    """
    parts = parse_one(spki, SEQUENCE).children()
    written = need(need(parts, SEQUENCE).children(), SEQUENCE).children()
    curve = next((one for one in STANDARDIZED.values() if _is_curve(written, one)), None)
    point = need(parts, BIT_STRING).value
    if curve is None or not point.startswith(b"\0"):
        raise BadChipDataError("a public key that cannot be read")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[curve.name], point[1:])
    except ValueError:
        raise BadChipDataError("a public key that is no point") from None


def _is_curve(written: tuple[Tlv, ...], curve: Curve) -> bool:
    """Field, coefficients, generator and order, in this order (RFC 3279, 2.3.5)."""
    if [one.tag for one in written[:5]] != [INTEGER, SEQUENCE, SEQUENCE, OCTET_STRING, INTEGER]:
        return False
    prime = find(written[1].children(), INTEGER)
    coefficients = [one.value for one in written[2].children() if one.tag == OCTET_STRING]
    numbers = [int.from_bytes(one, "big") for one in coefficients]
    return (
        prime is not None
        and int.from_bytes(prime.value, "big") == curve.p
        and numbers == [curve.a, curve.b]
        and written[3].value == curve.encode(curve.generator)
        and int.from_bytes(written[4].value, "big") == curve.order
    )


def _known(table: Mapping[bytes, hashes.HashAlgorithm], oid: bytes) -> hashes.HashAlgorithm:
    found = table.get(oid)
    if found is None:
        raise BadChipDataError("an algorithm that is not accepted")
    return found
