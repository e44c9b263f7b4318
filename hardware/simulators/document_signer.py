"""A country that does not exist: its certificate, its document signer, and what that signs.

Country code XA is user-assigned (ISO 3166-1); nothing signed here is of use anywhere else.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from hardware.codecs.certificate import parse_certificate
from hardware.codecs.security_object import (
    CONTENT_TYPE,
    CONTEXT_0,
    FILE,
    LDS_SECURITY_OBJECT,
    MESSAGE_DIGEST,
    SET,
    SIGNED_DATA,
)
from hardware.codecs.signature import INTEGER, OCTET_STRING, OID, SEQUENCE, digest
from hardware.codecs.tlv import build

_SHA_256 = bytes.fromhex("608648016503040201")
_ECDSA_SHA_256 = bytes.fromhex("2A8648CE3D040302")
_HASH = hashes.SHA256()
_FROM, _COUNTRY_UNTIL = datetime(2015, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
_SIGNER_FROM, _SIGNER_UNTIL = datetime(2016, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


class DocumentSigner:
    """Makes EF.SOD for chips; its keys are new with every instance."""

    def __init__(self) -> None:
        country_key = ec.generate_private_key(ec.BrainpoolP256R1())
        self._key = ec.generate_private_key(ec.BrainpoolP256R1())
        country = _name("Test CSCA")
        self.country = (
            _builder(country, country, (_FROM, _COUNTRY_UNTIL))
            .public_key(country_key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(country_key, _HASH)
        )
        self.certificate = (
            _builder(country, _name("Test Document Signer"), (_SIGNER_FROM, _SIGNER_UNTIL))
            .public_key(self._key.public_key())
            .sign(country_key, _HASH)
        )

    @property
    def country_pem(self) -> bytes:
        """What a machine must trust to accept these documents."""
        return self.country.public_bytes(Encoding.PEM)

    def sign(self, groups: Mapping[int, bytes]) -> bytes:
        """EF.SOD over data groups.

        Args:
            groups: number to file.
        """
        inner = _security_object(groups)
        der = self.certificate.public_bytes(Encoding.DER)
        attributes = _attributes(inner)
        signature = self._key.sign(build(SET, attributes), ec.ECDSA(_HASH))
        read = parse_certificate(der)
        info = build(
            SEQUENCE,
            build(INTEGER, b"\x01"),
            build(SEQUENCE, read.issuer, build(INTEGER, read.serial)),
            _algorithm(_SHA_256),
            build(CONTEXT_0, attributes),
            _algorithm(_ECDSA_SHA_256),
            build(OCTET_STRING, signature),
        )
        content = build(CONTEXT_0, build(OCTET_STRING, inner))
        signed = build(
            SEQUENCE,
            build(INTEGER, b"\x03"),
            build(SET, _algorithm(_SHA_256)),
            build(SEQUENCE, build(OID, LDS_SECURITY_OBJECT), content),
            build(CONTEXT_0, der),
            build(SET, info),
        )
        return build(FILE, build(SEQUENCE, build(OID, SIGNED_DATA), build(CONTEXT_0, signed)))


@cache
def imagined_country() -> DocumentSigner:
    """The one whose documents this process's synthetic people hold."""
    return DocumentSigner()


def _security_object(groups: Mapping[int, bytes]) -> bytes:
    rows = (
        build(
            SEQUENCE,
            build(INTEGER, bytes([number])),
            build(OCTET_STRING, digest(_HASH, data)),
        )
        for number, data in sorted(groups.items())
    )
    return build(SEQUENCE, build(INTEGER, b"\0"), _algorithm(_SHA_256), build(SEQUENCE, *rows))


def _attributes(inner: bytes) -> bytes:
    """Signed attributes, in the order that DER wants of a set."""
    rows = [
        build(SEQUENCE, build(OID, CONTENT_TYPE), build(SET, build(OID, LDS_SECURITY_OBJECT))),
        build(
            SEQUENCE,
            build(OID, MESSAGE_DIGEST),
            build(SET, build(OCTET_STRING, digest(_HASH, inner))),
        ),
    ]
    return b"".join(sorted(rows))


def _algorithm(oid: bytes) -> bytes:
    return build(SEQUENCE, build(OID, oid))


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "XA"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _builder(
    issuer: x509.Name, subject: x509.Name, valid: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
    )
