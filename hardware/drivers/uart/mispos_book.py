"""Reads the book of a MIS-POS terminal; moves no money, so it may ask as often as it likes."""

from hardware.codecs.mispos import Kind, Request, Response, ResultCode
from hardware.drivers.uart.ecr_exchange import Miss
from hardware.drivers.uart.mispos_dialogue import MisPosDialogue, charge_of, doubt_of
from hardware.errors import NotConnectedError
from hardware.interfaces.card_terminal import BookPlace, Charge, Doubt, Unknown
from hardware.interfaces.device import Cancel

LONGEST_WALK = 50
"""Vouchers looked up for one order; each declined try uses one up, too."""


class TerminalBookReader:
    """Looks entries up.

    Args:
        dialogue: with the terminal.
        answer_s: longest wait for one answer.
        tries: of one question.
    """

    def __init__(self, dialogue: MisPosDialogue, answer_s: float, tries: int) -> None:
        self._dialogue = dialogue
        self._answer_s = answer_s
        self._tries = tries

    def place(self, cancel: Cancel) -> BookPlace | Unknown:
        """The place of the last entry; voucher 0 in an empty batch."""
        last = self._entry(None, cancel)
        if isinstance(last, Unknown):
            return last
        if not last.batch or (last.code == ResultCode.SUCCESS and not last.voucher):
            return Unknown(Doubt.CONTRADICTION)
        empty = last.code == ResultCode.NO_SUCH_ENTRY
        return BookPlace(last.batch, 0 if empty else int(last.voucher))

    def behind(self, after: BookPlace, cancel: Cancel) -> list[Charge] | Unknown:
        """Approved entries behind a place, oldest first; unknown while the terminal is busy."""
        last = self.place(cancel)
        if isinstance(last, Unknown):
            return last
        if last.batch != after.batch:
            return Unknown(Doubt.BATCH_CLOSED)
        if not 0 <= last.voucher - after.voucher <= LONGEST_WALK:
            return Unknown(Doubt.CONTRADICTION)
        found = []
        for voucher in range(after.voucher + 1, last.voucher + 1):
            entry = self._entry(voucher, cancel)
            if isinstance(entry, Unknown):
                return entry
            if entry.code == ResultCode.NO_SUCH_ENTRY:
                continue
            charge = charge_of(entry)
            if charge is None or charge.place != BookPlace(after.batch, voucher):
                return Unknown(Doubt.CONTRADICTION)
            found.append(charge)
        return found

    def _entry(self, voucher: int | None, cancel: Cancel) -> Response | Unknown:
        """An entry, the last one for None: `SUCCESS` or `NO_SUCH_ENTRY`, or why neither."""
        wanted = "" if voucher is None else f"{voucher:06d}"
        request = Request(Kind.REPRINT, original_voucher=wanted)
        doubt = Doubt.SILENCE
        for _ in range(self._tries):
            try:
                answer = self._dialogue.once(request, self._answer_s, cancel)
            except NotConnectedError:
                return Unknown(Doubt.LINK_LOST)
            found = (ResultCode.SUCCESS, ResultCode.NO_SUCH_ENTRY)
            if isinstance(answer, Response) and answer.code in found:
                return answer
            doubt = doubt_of(answer) or Doubt.CONTRADICTION
            if isinstance(answer, Response) or answer is Miss.WITHDRAWN:
                break
        return Unknown(doubt)
