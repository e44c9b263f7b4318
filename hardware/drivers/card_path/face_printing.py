"""Printing a face once, and telling afterwards whether it was printed.

    rows sent ── trouble ──▶ not printed, when the status proves it; else doubtful
       │
      0C released ── link lost, error, silence ──▶ doubtful
       │
    printing seen, then printed ──▶ printed

The printer has no check byte: rows that were garbled on the way are printed as they arrived. Only
the camera sees that, so its picture counts for more than the printer's word.
"""

import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from PIL import Image

from hardware.codecs import easyprinter
from hardware.codecs.easyprinter import Command
from hardware.drivers.card_path import face_image
from hardware.drivers.card_path.card_moves import CardMoves
from hardware.drivers.card_path.face_camera import FaceCamera
from hardware.drivers.card_path.printer_exchange import PrinterExchange
from hardware.errors import DeviceError
from hardware.interfaces.card_printer import (
    CardPosition,
    FaceDoubtful,
    FaceJob,
    FaceNotPrinted,
    FaceOutcome,
    FacePrinted,
    PathTrouble,
    Probe,
)
from hardware.interfaces.device import Cancel
from hardware.timing import Deadline, Monotonic

CHUNK_BYTES = 1024

log = logging.getLogger(__name__)


@dataclass
class Stay:
    """What this process knows of the card inside; a new process knows nothing.

    Args:
        seen_from_start: the card was taken in by this process.
        begun: keys of jobs whose rows have begun to go out.
    """

    seen_from_start: bool = False
    begun: set[str] = field(default_factory=set)


class FacePrinting:
    """Prints and probes.

    Args:
        ask: the printer.
        moves: the card.
        camera: above the print station.
        print_s: longest job.
        poll_s: between two looks.
        monotonic: the clock for deadlines.
    """

    def __init__(
        self,
        ask: PrinterExchange,
        moves: CardMoves,
        camera: FaceCamera,
        limits: tuple[float, float],
        monotonic: Monotonic,
    ) -> None:
        self._ask = ask
        self._moves = moves
        self._camera = camera
        self._print_s, self._poll_s = limits
        self._monotonic = monotonic
        self._rows_waiting = True
        self.stay = Stay()

    def clear(self) -> None:
        """Forget rows that an interrupted job, perhaps of an earlier process, left waiting.

        Raises:
            DeviceError: the printer does not come back.
        """
        if self._rows_waiting:
            self._moves.reboot()
            self._rows_waiting = False

    def print_face(self, job: FaceJob, cancel: Cancel) -> FaceOutcome:
        """Erase and print, with the card at the print station; see `CardPrinter.print_face`."""
        picture = face_image.draw(job)
        if picture is None:
            return FaceNotPrinted(PathTrouble.DOES_NOT_FIT)
        try:
            trouble = self._trouble_before()
        except DeviceError:
            return FaceNotPrinted(PathTrouble.LINK_LOST)
        if trouble or cancel.is_set():
            return FaceNotPrinted(trouble or PathTrouble.WITHDRAWN)
        self.stay.begun.add(job.key)
        self._rows_waiting = True
        rows = face_image.rows_of(picture) if job.lines else []
        try:
            return self._send(_chunks(easyprinter.job(job.area, rows)), cancel)
        except DeviceError as error:
            log.warning("face of %s: %s", job.key, error.fact)
            return FaceDoubtful(PathTrouble.LINK_LOST)

    def probe(self, job: FaceJob) -> Probe:
        """Whether the card inside shows a job; see `CardPrinter.probe_face`."""
        try:
            where = self._moves.look().where
        except DeviceError:
            return Probe.UNKNOWN
        if where.printing or not where.position.inside:
            return Probe.UNKNOWN
        picture = self.picture(where.position)
        if picture is not None:
            return Probe.DONE if face_image.shows(picture, job) else Probe.NOT_DONE
        if where.printed:
            return Probe.DONE if self.stay.begun <= {job.key} else Probe.UNKNOWN
        known_blank = self.stay.seen_from_start and not self.stay.begun
        return Probe.NOT_DONE if known_blank else Probe.UNKNOWN

    def picture(self, position: CardPosition) -> Image.Image | None:
        """The face of a card at the print station; None anywhere else."""
        return self._camera.picture() if position is CardPosition.PRINT else None

    def _trouble_before(self) -> PathTrouble | None:
        self.clear()
        now = self._moves.look()
        if now.error:
            return self._moves.cause()
        if now.position is not CardPosition.PRINT:
            return PathTrouble.NO_CARD
        return PathTrouble.HEAD_WORN if self._ask.report().head_percent == 0 else None

    def _send(self, chunks: Iterable[bytes], cancel: Cancel) -> FaceOutcome:
        before = self._ask.short_status()
        for chunk in chunks:
            if cancel.is_set():
                break
            self._ask.send(chunk)
        now = self._ask.short_status()
        if now.printing or now.printed != before.printed:
            # Bytes lost on the line made the printer take dots for the release.
            return FaceDoubtful(PathTrouble.HARDWARE)
        if now.error:
            return FaceNotPrinted(self._moves.cause())
        if not now.in_print_position:
            return FaceNotPrinted(PathTrouble.NO_CARD)
        if cancel.is_set():
            return FaceNotPrinted(PathTrouble.WITHDRAWN)
        self._ask.send(Command.GO.value)
        return self._ended(cancel, was_printed=before.printed)

    def _ended(self, cancel: Cancel, *, was_printed: bool) -> FaceOutcome:
        deadline, seen = Deadline(self._print_s, self._monotonic), not was_printed
        while not deadline.passed:
            now = self._ask.short_status()
            if now.error:
                return FaceDoubtful(self._moves.cause())
            if now.printed and not now.printing and seen:
                self._rows_waiting = False
                return FacePrinted()
            # A card that had been printed before says so until this job runs.
            seen = seen or now.printing or not now.printed
            if cancel.wait(self._poll_s):
                return FaceDoubtful(PathTrouble.WITHDRAWN)
        return FaceDoubtful(PathTrouble.HARDWARE)


def png(picture: Image.Image) -> bytes:
    """A picture as PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _chunks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Commands gathered so that a slow line is not asked for each of a thousand rows."""
    held = b""
    for piece in pieces:
        held += piece
        if len(held) >= CHUNK_BYTES:
            yield held
            held = b""
    if held:
        yield held
