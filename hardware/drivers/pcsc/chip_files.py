"""The files of an open chip."""

from hardware.codecs.apdu import Command, Ins, Response, Sw
from hardware.codecs.tlv import BadChipDataError, read_head
from hardware.drivers.pcsc.chip_link import ChipLink, expect

LONGEST_FILE = 0x7FFF
"""What READ BINARY reaches with its plain offset."""
_HEAD_BYTES = 8


class ChipFiles:
    """Reads and writes files.

    Args:
        link: to an open chip.
        chunk_bytes: of a file per command.
    """

    def __init__(self, link: ChipLink, chunk_bytes: int) -> None:
        self._link = link
        self._chunk_bytes = chunk_bytes

    def read(self, file: int) -> bytes:
        """A file that is one element.

        Raises:
            StoppedError: the chip is gone.
            BadChipDataError: the file is not there, or cannot be read.
        """
        expect(self._link.select_file(file), f"SELECT {file:04X}")
        begin = self._link.read_binary(0, _HEAD_BYTES)
        whole = read_head(begin).whole_bytes
        if whole > LONGEST_FILE:
            raise BadChipDataError(f"file {file:04X} of {whole} bytes")
        return begin[:whole] + self._rest(len(begin), whole)

    def read_fixed(self, file: int, count: int) -> bytes | None:
        """A file of a known length; None where the chip has none for us.

        Raises:
            StoppedError: the chip is gone.
            BadChipDataError: it cannot be read.
        """
        selected = self._link.select_file(file)
        if selected.sw in (Sw.NOT_FOUND, Sw.NOT_ALLOWED):
            return None
        expect(selected, f"SELECT {file:04X}")
        return self._rest(0, count)

    def commit(self) -> None:
        """From here on a withdrawal is not heeded."""
        self._link.commit()

    def update(self, offset: int, data: bytes) -> Response:
        """Write into the file selected last; the caller looks at the status.

        Raises:
            StoppedError: the chip is gone.
            BadChipDataError: its answer is broken.
        """
        head = (offset >> 8, offset & 0xFF)
        return self._link.send(Command(0, Ins.UPDATE_BINARY, *head, data))

    def _rest(self, offset: int, end: int) -> bytes:
        found = bytearray()
        while (at := offset + len(found)) < end:
            found += self._link.read_binary(at, min(self._chunk_bytes, end - at))
        return bytes(found)
