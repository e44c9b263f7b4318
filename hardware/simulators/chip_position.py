"""The place where a card's chip is in contact, with everything that can go wrong there."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.codecs.lds import FileId
from hardware.interfaces.chip_reader import AccessKey, ChipTrouble
from hardware.simulators.faults import CountedFaults
from hardware.simulators.permit_chip import Chip

OWN_CARD = "own"
"""The document that stands there is the one that was put there."""

MakeChip = Callable[[AccessKey], Chip]


@dataclass
class ChipFaults(CountedFaults):
    """What is wrong with chip and contact; stays as set until it is set otherwise.

    Args:
        delay_ms: the chip's own time for every command.
        retry_delay_ms: more of it for each wrong key in a row, at the next try.
        dead: the chip does not wake.
        silent: it wakes and answers nothing.
        refuses_keys: no key opens it, as with another person's card.
        forged: the signature over its data is wrong.
        document: `own`, or the name of another document that stands there instead.
        pull_at_command: the contact is lost at this command of a conversation; 0 = not.
        pull_keeps_effect: the chip still carries that command out, only its answer is lost.
        broken_answers: how many answers to come get a broken status word.
    """

    delay_ms: int = 0
    retry_delay_ms: int = 20
    dead: bool = False
    silent: bool = False
    refuses_keys: bool = False
    forged: bool = False
    document: str = OWN_CARD
    pull_at_command: int = 0
    pull_keeps_effect: bool = False
    broken_answers: int = 0


class ChipPosition:
    """Answers for whatever chip stands there.

    Args:
        present: the chip of the card at the chip position, None while none stands there; the
            card transport knows.
        stand_ins: other documents by name, made to open with the present chip's key.
        pause: lets time pass; False when the wire went away meanwhile.
    """

    def __init__(
        self,
        present: Callable[[], Chip | None],
        stand_ins: Mapping[str, MakeChip],
        pause: Callable[[float], bool],
    ) -> None:
        self.faults = ChipFaults()
        self._present = present
        self._stand_ins = stand_ins
        self._pause = pause
        self._lock = threading.Lock()
        self._pulled: Chip | None = None
        self._swapped: tuple[Chip, str, Chip] | None = None
        self._commands = 0

    def card(self) -> Chip | None:
        """The chip that stands there; None when no card does, or its contact was lost."""
        chip = self._present()
        if chip is not self._pulled:
            self._pulled = None
        return None if chip is None or chip is self._pulled else self._swap(chip)

    def pull(self) -> None:
        """Lose the contact until the card moves or is put back."""
        self._pulled = self._present()

    def put_back(self) -> None:
        """Make contact again."""
        self._pulled = None

    def power_on(self) -> ChipTrouble | None:
        """Wake the chip; what stands in the way."""
        chip = self.card()
        if chip is None:
            return ChipTrouble.NO_CARD
        if self.faults.dead:
            return ChipTrouble.DEAD
        with self._lock:
            chip.power_on()
            self._commands = 0
            chip.refuses_keys = self.faults.refuses_keys
            self._forge(chip)
        return None

    def answer(self, command: bytes) -> bytes | ChipTrouble:
        """What comes back for a command: an answer, `PULLED` or `SILENT`."""
        chip, faults = self.card(), self.faults
        if chip is None:
            return ChipTrouble.PULLED
        self._commands += 1
        lost = self._commands == faults.pull_at_command
        if lost and not faults.pull_keeps_effect:
            return self._lose()
        if not self._let_time_pass(chip):
            return ChipTrouble.PULLED
        with self._lock:
            answer = chip.answer(command)
        if lost:
            return self._lose()
        return ChipTrouble.SILENT if faults.silent else self._on_the_way(answer)

    def _lose(self) -> ChipTrouble:
        self.faults.pull_at_command = 0
        self.pull()
        return ChipTrouble.PULLED

    def _let_time_pass(self, chip: Chip) -> bool:
        owed_ms = self.faults.delay_ms + chip.owed_tries * self.faults.retry_delay_ms
        if owed_ms and not self._pause(owed_ms / 1000):
            return False
        return self.card() is chip

    def _on_the_way(self, answer: bytes) -> bytes:
        if not self.faults.due("broken_answers"):
            return answer
        return answer[:-2] + bytes([answer[-2] ^ 0x55, answer[-1]])

    def _swap(self, chip: Chip) -> Chip:
        wanted = self.faults.document
        if wanted == OWN_CARD:
            return chip
        if self._swapped is None or self._swapped[:2] != (chip, wanted):
            self._swapped = (chip, wanted, self._stand_ins[wanted](chip.content.key))
        return self._swapped[2]

    def _forge(self, chip: Chip) -> None:
        signed = chip.content.files.get(FileId.SECURITY_OBJECT)
        if signed is not None:
            forged = signed[:-1] + bytes([signed[-1] ^ 1])
            chip.replace_file(FileId.SECURITY_OBJECT, forged if self.faults.forged else signed)
