"""From the open mouth to the approved order: everything here can be undone."""

from dataclasses import dataclass

from hardware.interfaces.chip_reader import Authenticity, ChipRead, ChipTrouble
from kiosk.central.answer import Answered, Refused, Unreachable
from kiosk.central.contract.orders import OrderIn, OrderOut, OrderState, Wish
from kiosk.central.contract.orders import Proof as CentralProof
from kiosk.central.contract.permits import (
    Eligibility,
    EligibilityQuery,
    PermitOnFile,
    PermitQuery,
    Turned,
)
from kiosk.domain.mrz import Mrz, MrzFault, MrzKind, parse
from kiosk.domain.transaction.commands import (
    CancelAsked,
    ChoiceConfirmed,
    PersonIdentified,
    PersonProven,
    ProofFailed,
)
from kiosk.domain.transaction.outcome import Reason
from kiosk.domain.transaction.progress import (
    Approving,
    Choice,
    Choosing,
    OpeningChip,
    WaitingForPerson,
    WaitingForProof,
)
from kiosk.saga.book import Book
from kiosk.saga.chip import Chip
from kiosk.saga.custody import Custody
from kiosk.saga.office import Office
from kiosk.saga.ports import Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.values import Card


@dataclass(frozen=True, slots=True)
class Turn:
    """The transaction turns back.

    Args:
        reason: a code of `Reason`, or of the chip's trouble.
        guidance: what central lets the citizen be told.
        windows: where to go.
    """

    reason: str
    guidance: str = ""
    windows: tuple[str, ...] = ()


class Visit:
    """The first half of one transaction; nothing in it outlives the citizen.

    Args:
        parts: of the machine.
        custody: takes the card in.
        chip: opens it.
        office: has the choice approved.
        book: of the transaction.
    """

    def __init__(
        self, parts: Parts, custody: Custody, chip: Chip, office: Office, book: Book
    ) -> None:
        self._parts = parts
        self._office = office
        self._custody = custody
        self._chip = chip
        self._book = book
        self._permit: PermitOnFile | None = None
        self._id_number = ""
        self._read: ChipRead | None = None
        self._proofs: tuple[CentralProof, ...] = ()

    def take_card(self) -> Turn | None:
        """Open the mouth until a card is inside."""
        if self._custody.take_in(self._book):
            return None
        if self._book.state.card is not Card.OUT:
            return Turn(Reason.CARD_PATH)
        wished = self._parts.inbox.cancelled()
        return Turn(Reason.CITIZEN if wished else Reason.IDLE)

    def identify(self) -> Turn | None:
        """Learn whose card it should be, and with what its chip opens."""
        self._parts.tell(WaitingForPerson())
        said = self._parts.inbox.wait(self._parts.limits.answer_s, PersonIdentified)
        if said is None or isinstance(said, CancelAsked):
            return _gone(said)
        query = PermitQuery(
            machine_id=self._parts.machine_id,
            hall_id=self._parts.hall_id,
            id_number=said.id_number,
        )
        answer = self._parts.central.permit(query)
        if isinstance(answer, Unreachable):
            return Turn(Reason.CENTRAL_AWAY)
        if isinstance(answer, Refused):
            return Turn(Reason.NO_PERMIT)
        self._permit, self._id_number = answer.value, said.id_number
        self._book.write(
            Step.PERMIT,
            Phase.FACT,
            private={
                "name": said.name,
                "permit_number": answer.value.permit_number,
                "birth": answer.value.birth.strftime("%y%m%d"),
                "expiry": answer.value.valid_until.strftime("%y%m%d"),
            },
        )
        return None

    def open_chip(self) -> Turn | None:
        """Open the chip with the key of the permit on file, and see that it is that permit."""
        self._parts.tell(OpeningChip())
        said = self._chip.read(self._book.state)
        if said is None:
            return Turn(Reason.CARD_PATH)
        if not isinstance(said, ChipRead):
            return _troubled(said)
        self._read = said
        zone = parse(said.mrz)
        if isinstance(zone, MrzFault):
            return Turn(Reason.CHIP_DATA)
        assert self._permit is not None, "the permit is known"
        return None if _is_of(zone, self._permit) else _troubled(ChipTrouble.NOT_AUTHENTIC)

    def prove(self) -> Turn | None:
        """Have the flow see face or finger."""
        assert self._read is not None, "the chip has been read"
        assert self._permit is not None, "the permit is known"
        self._parts.tell(WaitingForProof(self._read.portrait, self._permit.finger_template))
        said = self._parts.inbox.wait(self._parts.limits.answer_s, PersonProven, ProofFailed)
        if isinstance(said, ProofFailed):
            return Turn(Reason.NOT_PROVEN)
        if not isinstance(said, PersonProven):
            return _gone(said)
        genuine = self._read.authenticity is Authenticity.GENUINE
        chip = (CentralProof.CHIP,) if genuine else ()
        self._proofs = (*chip, *(CentralProof(one.value) for one in said.proofs))
        self._book.write(Step.PROVEN, Phase.FACT, proofs=[one.value for one in self._proofs])
        return None

    def order(self) -> Turn | None:
        """Offer what may be had, and have the choice approved."""
        assert self._permit is not None, "the permit is known"
        query = EligibilityQuery(
            machine_id=self._parts.machine_id,
            hall_id=self._parts.hall_id,
            id_number=self._id_number,
            permit_number=self._permit.permit_number,
        )
        answer = self._parts.central.eligibility(query)
        if isinstance(answer, Unreachable):
            return Turn(Reason.CENTRAL_AWAY)
        if isinstance(answer, Refused):
            return Turn(Reason.TURNED_AWAY)
        if answer.value.turned or not answer.value.options:
            return _turned_away(answer.value.turned)
        choices = _choices(answer.value)
        self._parts.tell(Choosing(choices))
        said = self._parts.inbox.wait(self._parts.limits.answer_s, ChoiceConfirmed)
        if not isinstance(said, ChoiceConfirmed):
            return _gone(said)
        if not _may_be(said.choices, choices):
            return Turn(Reason.REFUSED)
        return self._approve(said.choices)

    def _approve(self, choices: tuple[Choice, ...]) -> Turn | None:
        assert self._permit is not None, "the permit is known"
        self._parts.tell(Approving())
        asked = OrderIn(
            order_id=self._book.saga,
            machine_id=self._parts.machine_id,
            hall_id=self._parts.hall_id,
            id_number=self._id_number,
            permit_number=self._permit.permit_number,
            wishes=tuple(
                Wish(destination=one.destination, kind=one.kind, grant=one.grant) for one in choices
            ),
            proofs=self._proofs,
            accepted_cancels=tuple(number for one in choices for number in one.cancels),
            asked_at=self._parts.clock.now(),
        )
        # Durable before central may have approved: an approval nobody remembers blocks the permit.
        private = {"order": asked.model_dump(mode="json")}
        self._book.write(Step.ORDER, Phase.INTENT, private=private)
        answer = self._office.approve(asked)
        if isinstance(answer, Unreachable):
            answer = self._parts.central.order_state(self._book.saga)
        if not isinstance(answer, Answered):
            return Turn(Reason.CENTRAL_AWAY if isinstance(answer, Unreachable) else Reason.REFUSED)
        return self._answered(answer.value, choices)

    def _answered(self, order: OrderOut, choices: tuple[Choice, ...]) -> Turn | None:
        if order.order_id != self._book.saga:
            # It says nothing of this order, which may stand: the intent stays, and it is voided.
            return Turn(Reason.REFUSED)
        if order.state is not OrderState.APPROVED:
            self._book.write(Step.ORDER, Phase.NOT_DONE, state=order.state.value)
            return _turned_away(order.turned, Reason.REFUSED)
        if not _as_confirmed(order, choices):
            # Nothing is paid or made that was not on the screen; what was approved is voided.
            return Turn(Reason.CHANGED)
        private = {"order": order.model_dump(mode="json")}
        self._book.write(Step.ORDER, Phase.DONE, private=private, amount_fen=order.amount_fen)
        return None


def _gone(said: object) -> Turn:
    return Turn(Reason.CITIZEN if isinstance(said, CancelAsked) else Reason.IDLE)


def _troubled(trouble: ChipTrouble) -> Turn:
    return Turn(f"{Reason.CHIP.value}.{trouble.value}")


def _is_of(zone: Mrz, permit: PermitOnFile) -> bool:
    """Whether a chip says what its key was made of; one that opens and says otherwise is forged."""
    return (
        zone.kind is MrzKind.HK_MACAO_PERMIT
        and zone.number == permit.permit_number
        and zone.is_born_on(permit.birth)
        and zone.expiry == permit.valid_until
    )


def _turned_away(turned: Turned | None, reason: Reason = Reason.TURNED_AWAY) -> Turn:
    if turned is None:
        return Turn(reason)
    return Turn(reason, turned.guidance.value, turned.windows)


def _choices(eligibility: Eligibility) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            destination=one.destination,
            kind=one.kind,
            grant=one.grant,
            months=one.months,
            entries=one.entries,
            valid_until=one.valid_until,
            fee_fen=one.fee_fen,
            cancels=one.cancels,
        )
        for one in eligibility.options
    )


def _may_be(chosen: tuple[Choice, ...], offered: tuple[Choice, ...]) -> bool:
    """Whether a choice is one of those offered, at most one for each destination."""
    places = [one.destination for one in chosen]
    return bool(chosen) and len(set(places)) == len(places) and set(chosen) <= set(offered)


def _as_confirmed(order: OrderOut, choices: tuple[Choice, ...]) -> bool:
    """Whether an approval is of what the citizen confirmed: fee, journeys, validity, what ends."""
    wanted = {(one.destination, one.kind, one.entries, one.valid_until) for one in choices}
    granted = [(one.destination, one.kind, one.entries, one.valid_until) for one in order.granted]
    warned = {number for one in choices for number in one.cancels}
    return (
        order.amount_fen == sum(one.fee_fen for one in choices)
        and len(granted) == len(wanted)
        and set(granted) == wanted
        and set(order.cancels) <= warned
    )
