"""Brings a transaction to one of its lawful ends, from wherever it stands; may be repeated.

The living transaction and the recovery after a restart end alike, through here. Which way is
decided by the chip alone: written means forward, surely not written means back, and where nobody
can say the card is kept and staff decide.
"""

from collections.abc import Callable
from typing import Any

from hardware.interfaces.device import Cancel
from hardware.interfaces.ticket_printer import Doubtful, Printed, PrintOutcome, TicketPrinter
from hardware.outcome import Done
from kiosk.central.contract.payments import Means
from kiosk.domain.transaction.outcome import Ended, Outcome, Reason
from kiosk.domain.transaction.progress import PrintingSlip, TurningBack
from kiosk.saga.book import Book
from kiosk.saga.cases import open_due
from kiosk.saga.chip import PHASE_OF, Chip
from kiosk.saga.custody import Custody
from kiosk.saga.debts import Debts
from kiosk.saga.making import Making
from kiosk.saga.ports import NEVER, TICKET_PRINTER, Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.state import State
from kiosk.saga.values import Back, Card, Money, Payment, case_id


class Ending:
    """Ends transactions.

    Args:
        parts: of the machine.
        custody: of the card.
        chip: asked which way it goes.
        making: the way forward.
        debts: the way back.
    """

    def __init__(
        self, parts: Parts, custody: Custody, chip: Chip, making: Making, debts: Debts
    ) -> None:
        self._parts = parts
        self._custody = custody
        self._chip = chip
        self._making = making
        self._debts = debts

    def finish(self, book: Book, *, live: bool = False) -> None:
        """End a transaction and pay what it owes, as far as that is possible now.

        Args:
            book: of the transaction.
            live: whether its citizen is at the machine.
        """
        if book.state.ended is None:
            self._settle(book, live=live)
            self._debts.pay(book)
            self._open_cases(book)
            self._slip(book)
            book.write(Step.END, Phase.FACT, **_facts(book.state))
            self._parts.tell(ended(book.state))
        self._debts.pay(book)
        self._debts.close(book)

    def _settle(self, book: Book, *, live: bool) -> None:
        """Card and chip."""
        if book.state.steps.get(Step.CHIP) is Phase.INTENT:
            book.write(Step.CHIP, PHASE_OF[self._chip.probe(book.state)])
        chip = book.state.steps.get(Step.CHIP)
        if chip is Phase.DONE:
            self._making.forward(book, live=live)
        elif chip is Phase.UNKNOWN:
            self._custody.keep(book, "chip_unknown")
        else:
            self._turn_back(book)

    def _turn_back(self, book: Book) -> None:
        if book.state.turned is None:
            book.write(Step.TURN_BACK, Phase.FACT, reason=Reason.RESTARTED.value)
        if book.state.card is not Card.OUT:
            self._parts.tell(TurningBack(book.state.turned or ""))
        # The card first: it is the citizen's, and money takes longer.
        self._custody.give(book)

    def _open_cases(self, book: Book) -> None:
        open_due(book, self._parts.clock.now(), self._parts.limits.debt_alarm)

    def _slip(self, book: Book) -> None:
        """A slip that may have come out is not printed again; one that surely did not is."""
        if not needs_slip(book.state):
            return
        self._parts.tell(PrintingSlip())
        said: PrintOutcome | None = None
        for _ in range(self._parts.limits.acts - book.state.tries.get(Step.SLIP, 0)):
            if book.state.steps.get(Step.SLIP) in (Phase.DONE, Phase.UNKNOWN):
                return
            book.write(Step.SLIP, Phase.INTENT)
            said = self._print(book.state)
            if isinstance(said, Printed):
                book.write(Step.SLIP, Phase.DONE)
            elif isinstance(said, Doubtful) or said is None:
                book.write(Step.SLIP, Phase.UNKNOWN)
            else:
                book.write(Step.SLIP, Phase.NOT_DONE, trouble=said.trouble.value)
                self._parts.pause(self._parts.limits.ask_again_s)

    def _print(self, state: State) -> PrintOutcome | None:
        paper = self._parts.papers.slip(state)

        def send(printer: TicketPrinter, cancel: Cancel) -> PrintOutcome:
            return printer.print_paper(paper, cancel)

        outcome = self._parts.devices.call(TICKET_PRINTER, send, self._parts.limits.slip_s, NEVER)
        return outcome.value if isinstance(outcome, Done) else None


def needs_slip(state: State) -> bool:
    """Whether the citizen must have something in hand: made, kept, paid, or a case."""
    paid = any(one.money is not Money.NONE for one in state.payments.values())
    return bool(state.cases) or paid or state.steps.get(Step.CHIP) is Phase.DONE


def ended(state: State) -> Ended:
    """The last report of a transaction.

    From the facts of its end; or, for the slip printed just before, from what they will be.
    """
    facts = state.ended or _facts(state)
    return Ended(
        outcome=Outcome(facts["outcome"]),
        reason=facts["reason"],
        guidance=facts["guidance"],
        windows=tuple(facts["windows"]),
        given_back_fen=facts["given_back_fen"],
        owed_fen=facts["owed_fen"],
        case_id=facts["case_id"],
        slip=facts["slip"],
        slip_number=facts["slip_number"],
        order_id=state.saga if state.steps.get(Step.ORDER) is Phase.DONE else "",
    )


def _facts(state: State) -> dict[str, Any]:
    first = next(iter(state.cases), "")
    return {
        "outcome": _outcome(state).value,
        "reason": state.turned or state.kept_why or first,
        "guidance": state.turn_facts.get("guidance", ""),
        "windows": list(state.turn_facts.get("windows", ())),
        "given_back_fen": _sum(state, lambda one: not _by_person(one)),
        "owed_fen": _sum(state, _by_person),
        "case_id": case_id(state.saga, first) if first else "",
        "slip": state.steps.get(Step.SLIP) in (Phase.DONE, Phase.UNKNOWN),
        "slip_number": state.slip_number,
    }


def _outcome(state: State) -> Outcome:
    if state.card is Card.OUT:
        return Outcome.NOTHING_TAKEN_IN
    if state.card is not Card.TAKEN:
        return Outcome.CARD_KEPT
    return Outcome.MADE if state.turned is None else Outcome.TURNED_BACK


def _by_person(payment: Payment) -> bool:
    """Whether only a person can give it back; everything else goes back the way it came."""
    return payment.means is Means.CASH or payment.back in (Back.OWED, Back.UNKNOWN)


def _sum(state: State, fits: Callable[[Payment], bool]) -> int:
    """Money of a transaction that turned back, by what becomes of it."""
    if state.turned is None:
        return 0
    money = [one for one in state.payments.values() if one.money is not Money.NONE]
    return sum(one.amount_fen for one in money if fits(one))
