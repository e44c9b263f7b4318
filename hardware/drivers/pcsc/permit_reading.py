"""What the kiosk needs of an open chip, once it is known to be what was signed."""

import logging
from collections.abc import Mapping, Sequence

from hardware.codecs import lds
from hardware.codecs.certificate import Certificate
from hardware.codecs.face_image import parse_face
from hardware.codecs.lds import DocumentKind, FileId
from hardware.codecs.security_object import authenticate, parse_security_object
from hardware.codecs.tlv import BadChipDataError
from hardware.drivers.pcsc.chip_files import ChipFiles
from hardware.interfaces.chip_reader import Authenticity, ChipRead, ChipTrouble

_FILES = {2: FileId.DG2, 11: FileId.DG11, 12: FileId.DG12}
_OTHER_KINDS: Mapping[DocumentKind, ChipTrouble] = {
    DocumentKind.PASSPORT: ChipTrouble.PASSPORT,
    DocumentKind.TAIWAN_PERMIT: ChipTrouble.TAIWAN_PERMIT,
    DocumentKind.OTHER: ChipTrouble.OTHER_DOCUMENT,
}

log = logging.getLogger(__name__)


def read_permit(files: ChipFiles, trusted: Sequence[Certificate]) -> ChipRead | ChipTrouble:
    """Read a permit and check it; another document is named without reading on.

    Args:
        files: of an open chip.
        trusted: country certificates.

    Raises:
        StoppedError: the chip is gone.
        BadChipDataError: a file cannot be read.
    """
    first = files.read(FileId.DG1)
    mrz = lds.parse_mrz(first)
    other = _OTHER_KINDS.get(lds.kind_of(mrz))
    if other:
        return other
    object_file = files.read(FileId.SECURITY_OBJECT)
    try:
        signed = parse_security_object(object_file)
        listed = {number: file for number, file in _FILES.items() if number in signed.digests}
    except BadChipDataError as error:
        return _not_authentic(error)
    groups = {1: first, **{number: files.read(file) for number, file in listed.items()}}
    try:
        authenticity = authenticate(signed, groups, trusted)
    except BadChipDataError as error:
        return _not_authentic(error)
    return _chip_read(mrz, groups, authenticity)


def other_document(files: ChipFiles) -> ChipTrouble | None:
    """What stands there instead of a permit; None when it is one.

    Raises:
        StoppedError: the chip is gone.
        BadChipDataError: its first file cannot be read.
    """
    return _OTHER_KINDS.get(lds.kind_of(lds.parse_mrz(files.read(FileId.DG1))))


def _not_authentic(error: BadChipDataError) -> ChipTrouble:
    log.warning("passive authentication: %s", error)
    return ChipTrouble.NOT_AUTHENTIC


def _chip_read(mrz: str, groups: Mapping[int, bytes], authenticity: Authenticity) -> ChipRead:
    if 2 not in groups:
        raise BadChipDataError("a document without a face")
    face = parse_face(groups[2])
    person = lds.parse_person(groups[11]) if 11 in groups else lds.PersonDetails()
    issue = lds.parse_issue(groups[12]) if 12 in groups else lds.IssueDetails()
    return ChipRead(
        mrz=mrz,
        portrait=face.picture,
        portrait_format=face.coding,
        authenticity=authenticity,
        full_name=person.full_name,
        birth_place=person.birth_place,
        authority=issue.authority,
        issued=issue.issued,
    )
