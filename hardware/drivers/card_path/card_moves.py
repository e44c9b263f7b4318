"""Where the card is, and moving it: the mouth, the stations, the bin.

Moves have no answer; only the sensors tell. A move is harmless to repeat, so a command that seems
to have been lost, because the card stands where it stood, is sent once more.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from hardware.codecs.easyprinter import Command
from hardware.codecs.easyprinter_answers import Fault
from hardware.drivers.card_path.printer_exchange import PrinterExchange
from hardware.errors import NoAnswerError
from hardware.interfaces.card_printer import (
    CardMove,
    CardMoved,
    CardNotMoved,
    CardPosition,
    PathTrouble,
    Whereabouts,
)
from hardware.interfaces.device import Cancel
from hardware.status import Media
from hardware.timing import Deadline, Monotonic

_TROUBLES = {
    Fault.JAMMED: PathTrouble.JAMMED,
    Fault.NOT_A_CARD: PathTrouble.NOT_A_CARD,
    Fault.BIN_FULL: PathTrouble.BIN_FULL,
    Fault.HEAD_WORN: PathTrouble.HEAD_WORN,
}
_MEDIA = {
    CardPosition.NONE: Media.NOT_PRESENT,
    CardPosition.ENTRY: Media.PRESENT,
    CardPosition.TRANSPORT: Media.PRESENT,
    CardPosition.CHIP: Media.LATCHED,
    CardPosition.PRINT: Media.LATCHED,
    CardPosition.UNKNOWN: Media.UNKNOWN,
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to look and how long a move may take.

    Args:
        poll_s: between two looks at the sensors.
        move_s: longest move of a card.
        reboot_s: longest restart of the printer.
    """

    poll_s: float
    move_s: float
    reboot_s: float


@dataclass(frozen=True, slots=True)
class Look:
    """What the sensors say, and whether the error bit stands.

    Args:
        where: the card.
        error: the printer reports an error; `CardMoves.cause` asks for which.
    """

    where: Whereabouts
    error: bool = False

    @property
    def position(self) -> CardPosition:
        """Of the card."""
        return self.where.position


class CardMoves:
    """Looks and moves.

    Args:
        name: of the device, for the log.
        ask: the printer.
        pace: how often and how long.
        monotonic: the clock for deadlines.
    """

    def __init__(self, name: str, ask: PrinterExchange, pace: Pace, monotonic: Monotonic) -> None:
        self._name = name
        self._ask = ask
        self._pace = pace
        self._monotonic = monotonic

    def look(self) -> Look:
        """Ask the sensors.

        Raises:
            DeviceError: they cannot be asked.
        """
        now = self._ask.short_status()
        places = {
            CardPosition.ENTRY: now.at_front,
            CardPosition.CHIP: now.in_chip_position,
            CardPosition.PRINT: now.in_print_position,
        }
        seen = [place for place, there in places.items() if there]
        position = seen[0] if len(seen) == 1 else CardPosition.UNKNOWN
        if not seen:
            between = now.at_print_sensor or self._ask.path_state().inside
            position = CardPosition.TRANSPORT if between else CardPosition.NONE
        media = _MEDIA[position]
        if now.error and self._ask.report().fault is Fault.JAMMED:
            media = Media.JAMMED
        return Look(Whereabouts(position, media, now.printing, now.printed), now.error)

    def cause(self) -> PathTrouble:
        """What the error bit means now.

        Raises:
            DeviceError: it cannot be asked.
        """
        return _TROUBLES.get(self._ask.report().fault, PathTrouble.HARDWARE)

    def take_in(self, cancel: Cancel, on_entering: Callable[[], None]) -> CardMove | None:
        """Open the mouth and wait; see `CardPrinter.accept`.

        Raises:
            DeviceError: the printer cannot be asked any more.
        """
        self._ask.send(Command.FEED_FROM_FRONT.value)
        entering = False
        while not cancel.is_set():
            now = self.look()
            if now.error:
                return self._pushed_back(self.cause(), cancel)
            if not entering and now.position is not CardPosition.NONE:
                entering = True
                on_entering()
            if now.position is CardPosition.PRINT:
                return self._right_way(cancel)
            cancel.wait(self._pace.poll_s)
        self._ask.send(Command.ABORT_FEED.value)
        return self._after_abort()

    def move(
        self, command: Command, arrived: Callable[[CardPosition], bool], cancel: Cancel
    ) -> CardMove:
        """Move the card and watch it arrive.

        Args:
            command: the move.
            arrived: whether a position is the goal.
            cancel: stops watching.

        Raises:
            DeviceError: the printer cannot be asked any more.
        """
        first = self.look()
        if first.position is CardPosition.NONE:
            return CardNotMoved(PathTrouble.NO_CARD, first.position)
        if arrived(first.position):
            return CardMoved(first.position)
        last = first
        for _ in range(2):
            self._ask.send(command.value)
            deadline = Deadline(self._pace.move_s / 2, self._monotonic)
            while not deadline.passed:
                now = self.look()
                # An error that stood before, of a broken-off job for example, stops no move.
                if now.error and (not first.error or now.where.media is Media.JAMMED):
                    return CardNotMoved(self.cause(), now.position)
                # A sensor may blink while a card passes it: one look alone is no arrival.
                if now.position is last.position and arrived(now.position):
                    return CardMoved(now.position)
                last = now
                if cancel.wait(self._pace.poll_s):
                    return CardNotMoved(PathTrouble.WITHDRAWN, now.position)
        log.warning("%s: the card does not arrive after %s", self._name, command.name)
        return CardNotMoved(self.cause() if last.error else PathTrouble.JAMMED, last.position)

    def keep(self, cancel: Cancel) -> CardMove:
        """Move the card into the bin and see its count rise.

        Raises:
            DeviceError: the printer cannot be asked any more.
        """
        before = self._ask.report().retained
        moved = self.move(Command.RETAIN, lambda at: at is CardPosition.NONE, cancel)
        if isinstance(moved, CardMoved) and self._ask.report().retained == before:
            # It left the machine all the same: a citizen has drawn it out of the mouth.
            return CardNotMoved(PathTrouble.NO_CARD, moved.position)
        return moved

    def reboot(self) -> None:
        """Restart the printer, which forgets rows that wait; the card stays where it is.

        Raises:
            DeviceError: it does not come back.
        """
        self._ask.send(Command.REBOOT.value)
        deadline = Deadline(self._pace.reboot_s, self._monotonic)
        while True:
            try:
                self._ask.short_status()
            except NoAnswerError:
                if deadline.passed:
                    raise
            else:
                return

    def _right_way(self, cancel: Cancel) -> CardMove:
        if self._ask.right_way_round():
            return CardMoved(CardPosition.PRINT)
        return self._pushed_back(PathTrouble.WRONG_WAY, cancel)

    def _pushed_back(self, trouble: PathTrouble, cancel: Cancel) -> CardMove:
        """Shut the mouth; give back what can be given back."""
        self._ask.send(Command.ABORT_FEED.value)
        where = self.look().position
        if trouble is not PathTrouble.JAMMED and where.inside:
            moved = self.move(Command.EJECT, within_reach, cancel)
            where = moved.position
        return CardNotMoved(trouble, where)

    def _after_abort(self) -> CardMove | None:
        """A card that went in as the mouth shut is inside all the same."""
        deadline, last = Deadline(self._pace.move_s, self._monotonic), CardPosition.TRANSPORT
        while True:
            now = self.look()
            if now.error:
                return CardNotMoved(self.cause(), now.position)
            if now.position is last and within_reach(last):
                return None
            if now.position in (CardPosition.CHIP, CardPosition.PRINT):
                return CardMoved(now.position)
            if deadline.passed:
                return CardNotMoved(PathTrouble.JAMMED, now.position)
            last = now.position


def within_reach(position: CardPosition) -> bool:
    """In the mouth, or taken from it already."""
    return position in (CardPosition.ENTRY, CardPosition.NONE)
