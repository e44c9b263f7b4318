"""Does what effects ask for, on the threads made for it, and reports what became of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.clock import Clock
from kiosk.flows.application.events import NumberUnavailable, TicketIssued
from kiosk.flows.conductor import Situation
from kiosk.flows.effects import (
    CallStaff,
    Effect,
    PrintTicket,
    ReadIdCard,
    SettleTicket,
    StopReadingIdCard,
    SubmitApplication,
    WipeSession,
)
from kiosk.flows.slip import PrintSlip
from kiosk.flows.ticket.effects import CheckInBooking, FindApplications, FindTicket
from kiosk.forms.views import Text
from kiosk.runtime.card_task import CardTask
from kiosk.runtime.check_in import CheckInTask
from kiosk.runtime.desk import Desk, NoNumber
from kiosk.runtime.lookups import Lookups
from kiosk.runtime.print_task import PrintTask
from kiosk.runtime.progress_task import ProgressTask
from kiosk.runtime.service_thread import ServiceThread
from kiosk.runtime.slips import SlipTask

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work.

    Args:
        card: reads identity cards.
        printing: prints tickets.
        slips: prints what carries no number.
        desk: numbers and applications, durably.
        check_in: turns bookings into tickets.
        lookups: finds tickets taken before.
        progress: finds how far applications are.
        services: the thread on which the desk works.
        call_staff: tells the hall's staff: reason, subject.
        wiped: told when a session ends, to forget what it holds.
    """

    card: CardTask
    printing: PrintTask
    slips: SlipTask
    desk: Desk
    check_in: CheckInTask
    lookups: Lookups
    progress: ProgressTask
    services: ServiceThread
    call_staff: Callable[[str, str], None]
    wiped: Callable[[], None]


class EffectHandlers:
    """One small method per effect.

    Args:
        workers: who does the work.
        clock: the hall's date.
        report: takes the events that tell what became of it.
    """

    def __init__(self, workers: Workers, clock: Clock, report: Callable[[object], None]) -> None:
        self._workers = workers
        self._clock = clock
        self._report = report
        self._visit = ""
        self._by_type: dict[type[Any], Callable[[Any, Situation], None]] = {
            ReadIdCard: self._read_id_card,
            StopReadingIdCard: self._stop_reading,
            SubmitApplication: self._submit,
            PrintTicket: self._print,
            SettleTicket: self._settle,
            CallStaff: self._call_staff,
            WipeSession: self._wipe,
            PrintSlip: self._print_slip,
            CheckInBooking: self._check_in,
            FindTicket: lambda effect, _situation: workers.lookups.find(effect),
            FindApplications: lambda effect, _situation: workers.progress.find(effect),
        }

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Start what an effect asks for; returns at once."""
        self._by_type[type(effect)](effect, situation)

    def handles(self) -> frozenset[type[Any]]:
        """Types of the effects that have a handler."""
        return frozenset(self._by_type)

    def _read_id_card(self, _effect: ReadIdCard, _situation: Situation) -> None:
        self._workers.card.start()

    def _stop_reading(self, _effect: StopReadingIdCard, _situation: Situation) -> None:
        self._workers.card.stop()

    def _submit(self, effect: SubmitApplication, situation: Situation) -> None:
        self._visit = effect.visit_id
        language = situation.session.language.value
        self._workers.services.run(lambda: self._fetch_number(effect, language))

    def _fetch_number(self, effect: SubmitApplication, language: str) -> None:
        answer = self._workers.desk.submit(
            effect.visit_id, effect.bundle, effect.services, language, effect.claim
        )
        if self._visit != effect.visit_id:
            # The citizen was sent to the desk meanwhile; a number nobody knows must not wait.
            if not isinstance(answer, NoNumber):
                self._workers.desk.settle(answer.ticket.ticket_id, "voided")
        elif isinstance(answer, NoNumber):
            self._report(NumberUnavailable(Text(answer.reason_key), answer.reference))
        else:
            self._report(TicketIssued(answer.ticket))

    def _print(self, effect: PrintTicket, situation: Situation) -> None:
        self._workers.printing.start(effect, situation.session.language.value)

    def _check_in(self, effect: CheckInBooking, situation: Situation) -> None:
        self._workers.check_in.start(effect, situation.session.language.value)

    def _print_slip(self, effect: PrintSlip, situation: Situation) -> None:
        self._workers.slips.start(effect, situation.session.language.value)

    def _settle(self, effect: SettleTicket, _situation: Situation) -> None:
        self._workers.printing.forget()
        self._workers.services.run(
            lambda: self._workers.desk.settle(effect.ticket_id, effect.outcome)
        )

    def _call_staff(self, effect: CallStaff, _situation: Situation) -> None:
        self._workers.services.run(lambda: self._workers.call_staff(effect.reason, effect.subject))

    def _wipe(self, _effect: WipeSession, _situation: Situation) -> None:
        self._visit = ""
        self._workers.card.stop()
        self._workers.printing.forget()
        self._workers.services.run(self._workers.wiped)
