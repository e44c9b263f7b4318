"""Passive authentication: whatever was not signed by whom we trust is noticed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hardware.codecs.certificate import Certificate, parse_certificate
from hardware.codecs.curve import BRAINPOOL_P256R1, Curve
from hardware.codecs.security_object import authenticate, parse_security_object
from hardware.codecs.signature import verify
from hardware.codecs.tlv import BadChipDataError, build, parse_one
from hardware.interfaces.chip_reader import Authenticity
from hardware.simulators.document_signer import DocumentSigner

SIGNER = DocumentSigner()
GROUPS = {1: b"first group", 2: b"second group"}
FILE = SIGNER.sign(GROUPS)


def certificate(one: x509.Certificate) -> Certificate:
    return parse_certificate(one.public_bytes(Encoding.DER))


TRUSTED = (certificate(SIGNER.country),)


def test_what_was_signed_is_genuine() -> None:
    signed = parse_security_object(FILE)
    assert authenticate(signed, GROUPS, TRUSTED) is Authenticity.GENUINE
    assert authenticate(signed, {1: GROUPS[1]}, TRUSTED) is Authenticity.GENUINE


def test_with_nobody_to_trust_it_is_only_unverified() -> None:
    assert authenticate(parse_security_object(FILE), GROUPS, ()) is Authenticity.UNVERIFIED


@pytest.mark.parametrize("groups", [{1: b"First group"}, {1: GROUPS[2]}, {3: b"third"}])
def test_a_changed_exchanged_or_added_group_is_noticed(groups: dict[int, bytes]) -> None:
    with pytest.raises(BadChipDataError, match="not what was signed"):
        authenticate(parse_security_object(FILE), groups, TRUSTED)


def test_another_countrys_signer_is_not_trusted() -> None:
    other = (certificate(DocumentSigner().country),)
    with pytest.raises(BadChipDataError, match="nobody we trust"):
        authenticate(parse_security_object(FILE), GROUPS, other)


def test_a_signer_does_not_vouch_for_itself() -> None:
    itself = (certificate(SIGNER.certificate),)
    with pytest.raises(BadChipDataError, match="nobody we trust"):
        authenticate(parse_security_object(FILE), GROUPS, itself)


def test_no_byte_of_the_signed_parts_can_be_changed_unseen() -> None:
    whole = parse_security_object(FILE)
    unseen = []
    for at in range(len(FILE)):
        changed = FILE[:at] + bytes([FILE[at] ^ 0x01]) + FILE[at + 1 :]
        try:
            signed = parse_security_object(changed)
            authenticate(signed, GROUPS, TRUSTED)
        except BadChipDataError:
            continue
        unseen.append(at)
        assert signed.digests == whole.digests
    # Left unread: version numbers, the list of digest algorithms, and what of the certificate
    # another part repeats.
    assert len(unseen) < 40, f"{len(unseen)} of {len(FILE)}"


# Signatures of every kind that certificates use ------------------------------------------------

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP384R1())
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)


def builder(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2049, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2051, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )


KINDS: dict[str, Callable[[], x509.Certificate]] = {
    "rsa sha-256": lambda: builder(RSA_KEY).sign(RSA_KEY, hashes.SHA256()),
    "rsa sha-512": lambda: builder(RSA_KEY).sign(RSA_KEY, hashes.SHA512()),
    "rsa pss": lambda: builder(RSA_KEY).sign(RSA_KEY, hashes.SHA256(), rsa_padding=PSS),
    "ecdsa sha-384": lambda: builder(EC_KEY).sign(EC_KEY, hashes.SHA384()),
}


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_every_kind_of_signature_is_checked(make: Callable[[], x509.Certificate]) -> None:
    one = certificate(make())
    assert one.is_issued_by(one)
    assert (one.not_before, one.not_after) == ("20490101000000", "20510101000000")
    broken = parse_certificate(make().public_bytes(Encoding.DER)[:-1] + b"\0")
    assert not broken.is_issued_by(one)


def test_plain_rsa_takes_its_hash_from_beside_it() -> None:
    spki = RSA_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    signature = RSA_KEY.sign(b"message", padding.PKCS1v15(), hashes.SHA256())
    plain = parse_one(bytes.fromhex("300D06092A864886F70D0101010500"), 0x30)
    verify(spki, plain, signature, b"message", hashes.SHA256())
    for hashed_with in (hashes.SHA384(), None):
        with pytest.raises(BadChipDataError):
            verify(spki, plain, signature, b"message", hashed_with)


def test_sha_1_is_not_accepted() -> None:
    sha_1 = parse_one(bytes.fromhex("300906072A8648CE3D0401"), 0x30)
    spki = EC_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    signature = EC_KEY.sign(b"message", ec.ECDSA(hashes.SHA256()))
    with pytest.raises(BadChipDataError, match="not accepted"):
        verify(spki, sha_1, signature, b"message")


# Curves written out in full ---------------------------------------------------------------------


def number(value: int) -> bytes:
    return build(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def written_out(key: ec.EllipticCurvePrivateKey, curve: Curve, generator: bytes) -> bytes:
    """A public key whose curve is not named but described (RFC 3279, 2.3.5)."""
    size = curve.field_bytes
    field = build(0x30, build(0x06, bytes.fromhex("2A8648CE3D0101")), number(curve.p))
    sides = (build(0x04, side.to_bytes(size, "big")) for side in (curve.a, curve.b))
    parameters = build(
        0x30,
        number(1),
        field,
        build(0x30, *sides),
        build(0x04, generator),
        number(curve.order),
        number(1),
    )
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    algorithm = build(0x30, build(0x06, bytes.fromhex("2A8648CE3D0201")), parameters)
    return build(0x30, algorithm, build(0x03, b"\0", point))


def test_a_curve_written_out_in_full_is_read() -> None:
    key = ec.generate_private_key(ec.BrainpoolP256R1())
    curve = BRAINPOOL_P256R1
    spki = written_out(key, curve, curve.encode(curve.generator))
    algorithm = parse_one(bytes.fromhex("300A06082A8648CE3D040302"), 0x30)
    signature = key.sign(b"message", ec.ECDSA(hashes.SHA256()))
    verify(spki, algorithm, signature, b"message")
    with pytest.raises(BadChipDataError):
        verify(spki, algorithm, signature, b"another message")


def test_a_known_curve_with_another_generator_is_refused() -> None:
    key = ec.generate_private_key(ec.BrainpoolP256R1())
    curve = BRAINPOOL_P256R1
    spki = written_out(key, curve, curve.encode(curve.multiply(5, curve.generator)))
    algorithm = parse_one(bytes.fromhex("300A06082A8648CE3D040302"), 0x30)
    signature = key.sign(b"message", ec.ECDSA(hashes.SHA256()))
    with pytest.raises(BadChipDataError):
        verify(spki, algorithm, signature, b"message")
