"""Does what the endorsement machine's effects ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.domain.transaction.commands import Begin
from kiosk.domain.transaction.progress import Progress
from kiosk.flows.application.events import CardFound, CardRead, CardTroubled
from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect, ReadIdCard, StopReadingIdCard, WipeSession
from kiosk.flows.endorsement.effects import (
    AskCentral,
    BeginTransaction,
    CheckFace,
    CheckFinger,
    ReprintSlip,
    StopFaceCheck,
    StopFingerCheck,
    TellTransaction,
)
from kiosk.flows.endorsement.events import (
    IdCardFound,
    IdCardRead,
    IdCardTroubled,
    TransactionReported,
)
from kiosk.flows.endorsement.states import CardTrouble
from kiosk.runtime.card_task import CardTask
from kiosk.runtime.endorsing.face_task import FaceTask
from kiosk.runtime.endorsing.finger_task import FingerTask
from kiosk.runtime.endorsing.permit_desk import PermitDesk
from kiosk.runtime.endorsing.transaction_thread import TransactionThread


def of_reader(report: Callable[[object], None]) -> Callable[[object], None]:
    """Passes on what the card task says, in the words of this errand."""

    def tell(event: object) -> None:
        if isinstance(event, CardFound):
            report(IdCardFound())
        elif isinstance(event, CardRead):
            report(IdCardRead(event.person))
        elif isinstance(event, CardTroubled):
            report(IdCardTroubled(CardTrouble(event.trouble.value)))

    return tell


def of_transaction(report: Callable[[object], None]) -> Callable[[Progress], None]:
    """Passes on what the transaction says."""
    return lambda progress: report(TransactionReported(progress))


@dataclass(frozen=True, slots=True)
class EndorsementWorkers:
    """Who does the work.

    Args:
        card: reads identity cards.
        transactions: owns card and money.
        face: looks and has it compared.
        finger: compares prints.
        desk: asks central.
    """

    card: CardTask
    transactions: TransactionThread
    face: FaceTask
    finger: FingerTask
    desk: PermitDesk


class EndorsementHandlers:
    """One small method, or the worker's own, per effect.

    Args:
        workers: who does the work.
    """

    def __init__(self, workers: EndorsementWorkers) -> None:
        self._workers = workers
        self._by_type: dict[type[Any], Callable[[Any, Situation], None]] = {
            ReadIdCard: lambda _effect, _now: workers.card.start(),
            StopReadingIdCard: lambda _effect, _now: workers.card.stop(),
            BeginTransaction: self._begin,
            TellTransaction: lambda effect, _now: workers.transactions.tell(effect.command),
            CheckFace: lambda effect, _now: workers.face.start(effect.portrait),
            StopFaceCheck: lambda _effect, _now: workers.face.stop(),
            CheckFinger: lambda effect, _now: workers.finger.start(effect.template),
            StopFingerCheck: lambda _effect, _now: workers.finger.stop(),
            AskCentral: lambda effect, _now: workers.desk.ask(effect.purpose, effect.id_number),
            ReprintSlip: self._reprint,
            WipeSession: self._wipe,
        }

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Start what an effect asks for; returns at once."""
        self._by_type[type(effect)](effect, situation)

    def handles(self) -> frozenset[type[Any]]:
        """Types of the effects that have a handler."""
        return frozenset(self._by_type)

    def _begin(self, _effect: BeginTransaction, situation: Situation) -> None:
        self._workers.transactions.begin(Begin(situation.session.language.value))

    def _reprint(self, effect: ReprintSlip, situation: Situation) -> None:
        self._workers.desk.reprint(effect.order_id, situation.session.language.value)

    def _wipe(self, _effect: WipeSession, _situation: Situation) -> None:
        self._workers.card.stop()
        self._workers.face.stop()
        self._workers.finger.forget()
        self._workers.desk.forget()
