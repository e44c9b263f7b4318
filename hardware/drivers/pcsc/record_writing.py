"""Writing one record of endorsements, and saying honestly what became of it.

A record counts only with its last bytes, its checksum. So whatever goes wrong before the last
command leaves surely nothing, and only the last command can leave a doubt.
"""

from hardware.codecs.apdu import Response, Sw
from hardware.codecs.endorsement_file import FILE_BYTES, Patch, current, next_patch
from hardware.codecs.tlv import BadChipDataError
from hardware.drivers.pcsc.chip_files import ChipFiles
from hardware.drivers.pcsc.chip_link import StoppedError
from hardware.errors import DeviceError
from hardware.interfaces.chip_reader import (
    ChipTrouble,
    EndorsementRecord,
    NotWritten,
    WriteDoubtful,
    WriteOutcome,
    Written,
)

_MOST_BYTES = 200
"""Of a file in one protected command that stays short."""
_NO_ROOM = frozenset({Sw.NOT_ALLOWED, Sw.NOT_FOUND, Sw.WRONG_OFFSET})


def write_record(
    files: ChipFiles, file: int, record: EndorsementRecord, step_bytes: int
) -> WriteOutcome:
    """Write a record unless its order's record counts already, then read it back.

    Args:
        files: of an open chip.
        file: identifier of the endorsement file.
        record: to be written; it fits.
        step_bytes: of the record per command, at most.

    Raises:
        StoppedError: before a byte of the record went out.
        BadChipDataError: before a byte of the record went out.
        DeviceError: before a byte of the record went out.
    """
    before = files.read_fixed(file, FILE_BYTES)
    if before is None:
        return NotWritten(ChipTrouble.NO_ROOM)
    if _counts(before, record):
        return Written(already=True)
    patch = next_patch(before, record)
    files.commit()
    return _send(files, patch, min(step_bytes, _MOST_BYTES)) or _read_back(files, file, record)


def _send(files: ChipFiles, patch: Patch, step: int) -> WriteOutcome | None:
    """Write piece by piece; None when the chip has taken, or at least heard, the last one."""
    for at in range(0, len(patch.data), step):
        last = at + step >= len(patch.data)
        answer = _update(files, patch.offset + at, patch.data[at : at + step])
        if isinstance(answer, ChipTrouble):
            return WriteDoubtful(answer) if last else NotWritten(answer)
        if not answer.fine and not last:
            no_room = answer.sw in _NO_ROOM
            return NotWritten(ChipTrouble.NO_ROOM if no_room else ChipTrouble.UNREADABLE)
    return None


def _update(files: ChipFiles, offset: int, data: bytes) -> Response | ChipTrouble:
    try:
        return files.update(offset, data)
    except StoppedError as stopped:
        return stopped.trouble
    except BadChipDataError:
        return ChipTrouble.UNREADABLE
    except DeviceError:
        return ChipTrouble.PULLED


def _read_back(files: ChipFiles, file: int, record: EndorsementRecord) -> WriteOutcome:
    """A refused last command has usually changed nothing; the chip itself knows."""
    try:
        after = files.read_fixed(file, FILE_BYTES)
    except StoppedError as stopped:
        return WriteDoubtful(stopped.trouble)
    except BadChipDataError:
        return WriteDoubtful(ChipTrouble.UNREADABLE)
    except DeviceError:
        return WriteDoubtful(ChipTrouble.PULLED)
    if after is None:
        return WriteDoubtful(ChipTrouble.UNREADABLE)
    return Written() if _counts(after, record) else NotWritten(ChipTrouble.UNREADABLE)


def _counts(data: bytes, record: EndorsementRecord) -> bool:
    placed = current(data)
    return placed is not None and placed.record.order_id == record.order_id
