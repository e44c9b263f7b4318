"""The country certificates that documents are checked against: a folder the hall looks after."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from hardware.codecs.certificate import Certificate, parse_certificate
from hardware.codecs.tlv import BadChipDataError

_SUFFIXES = frozenset({".pem", ".cer", ".crt", ".der"})
_PEM = b"-----BEGIN"


class UntrustworthyError(ValueError):
    """The folder cannot be used; the text says why."""


def load_trusted(folder: Path) -> tuple[Certificate, ...]:
    """Every certificate of a folder, PEM or DER, in the order of their files' names.

    Raises:
        UntrustworthyError: there is none, or one cannot be read or may not sign certificates.
    """
    found: list[Certificate] = []
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() in _SUFFIXES:
            found += _certificates(path)
    if not found:
        raise UntrustworthyError("no certificate in this folder")
    return tuple(found)


def _certificates(path: Path) -> list[Certificate]:
    try:
        data = path.read_bytes()
        if not data.startswith(_PEM):
            read = [parse_certificate(data)]
        else:
            loaded = x509.load_pem_x509_certificates(data)
            read = [parse_certificate(one.public_bytes(Encoding.DER)) for one in loaded]
    except (OSError, ValueError, BadChipDataError) as error:
        raise UntrustworthyError(f"{path.name} is no certificate") from error
    if not all(one.authority for one in read):
        raise UntrustworthyError(f"{path.name} is not a country's own certificate")
    return read
