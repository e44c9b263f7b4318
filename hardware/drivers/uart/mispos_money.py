"""The requests to a MIS-POS terminal that move money; each is sent once."""

from dataclasses import dataclass, replace

from hardware.codecs.mispos import Kind, Request, Response, ResultCode
from hardware.drivers.uart.ecr_exchange import Miss
from hardware.drivers.uart.mispos_dialogue import (
    MisPosDialogue,
    charge_of,
    doubt_of,
    reason_of,
)
from hardware.errors import NotConnectedError
from hardware.interfaces.card_terminal import (
    Approved,
    CardOrder,
    Charge,
    Declined,
    DeclineReason,
    Doubt,
    GiveBackOutcome,
    GivenBack,
    NotGivenBack,
    SaleOutcome,
    Unknown,
)
from hardware.interfaces.device import Cancel


@dataclass(frozen=True, slots=True)
class MoneyPatience:
    """How long to wait for an answer, after its receipt.

    Args:
        answer_s: that needs neither bank nor customer.
        bank_s: that needs the bank.
        customer_s: that needs the customer's card and PIN, and the bank.
    """

    answer_s: float
    bank_s: float
    customer_s: float


class MisPosMoney:
    """Sells, voids, refunds, signs on and settles.

    Args:
        dialogue: with the terminal.
        patience: how long to wait.
    """

    def __init__(self, dialogue: MisPosDialogue, patience: MoneyPatience) -> None:
        self._dialogue = dialogue
        self._patience = patience

    def sell(self, order: CardOrder, cancel: Cancel) -> SaleOutcome | None:
        """One sale.

        Returns:
            What the answer means; None when the terminal says that it did not get the request.
        """
        request = Request(Kind.SALE, amount_fen=order.amount_fen)
        answer = self._ask(request, self._patience.customer_s, cancel)
        if answer is Miss.REFUSED:
            return None
        if isinstance(answer, Unknown):
            return answer
        doubt = doubt_of(answer)
        if isinstance(answer, Miss) or doubt:
            return Unknown(doubt or Doubt.SILENCE)
        if answer.code != ResultCode.SUCCESS:
            return Declined(reason_of(answer.code), answer.code)
        charge = charge_of(answer)
        # An answer to an earlier order can carry the right digits by chance; its place cannot.
        if charge is None or charge.amount_fen != order.amount_fen or not _behind(charge, order):
            return Unknown(Doubt.CONTRADICTION)
        return Approved(charge)

    def give_back(self, request: Request, charge: Charge, cancel: Cancel) -> GiveBackOutcome:
        """One void or refund of a whole charge; a repeated one is recognised by the bank."""
        whole = replace(request, amount_fen=charge.amount_fen)
        answer = self._ask(whole, self._patience.bank_s, cancel)
        if isinstance(answer, Unknown):
            return answer
        doubt = doubt_of(answer)
        if isinstance(answer, Miss) or doubt:
            return Unknown(doubt or Doubt.SILENCE)
        if answer.code == ResultCode.ALREADY_DONE:
            return GivenBack(charge.amount_fen)
        if answer.code != ResultCode.SUCCESS:
            return NotGivenBack(answer.code)
        entry = charge_of(answer)
        if entry is None or entry.amount_fen != charge.amount_fen:
            return Unknown(Doubt.CONTRADICTION)
        return GivenBack(charge.amount_fen, (entry,))

    def manage(self, kind: Kind, cancel: Cancel) -> Declined | Unknown | None:
        """Sign on or settle; None when it was done."""
        answer = self._ask(Request(kind), self._patience.bank_s, cancel)
        if isinstance(answer, Unknown):
            return answer
        if answer is Miss.REFUSED:
            return Declined(DeclineReason.NOT_REACHED)
        doubt = doubt_of(answer)
        if doubt is Doubt.BUSY:
            return Declined(DeclineReason.BUSY)
        if isinstance(answer, Miss) or doubt:
            return Unknown(doubt or Doubt.SILENCE)
        if answer.code == ResultCode.SUCCESS:
            return None
        return Declined(reason_of(answer.code), answer.code)

    def _ask(self, request: Request, limit_s: float, cancel: Cancel) -> Response | Miss | Unknown:
        try:
            return self._dialogue.once(request, limit_s, cancel)
        except NotConnectedError:
            return Unknown(Doubt.LINK_LOST)


def _behind(charge: Charge, order: CardOrder) -> bool:
    same_batch = charge.place.batch == order.after.batch
    return same_batch and charge.place.voucher > order.after.voucher
