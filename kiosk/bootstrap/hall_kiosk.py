"""The hall kiosk: cards, one form, tickets."""

from datetime import timedelta

from kiosk.bootstrap.ground import Ground
from kiosk.bootstrap.notices import HallNotices
from kiosk.bootstrap.rating import Ratings
from kiosk.bootstrap.staff_side import CitizensSide, with_staff
from kiosk.central.booking_client import BookingClient
from kiosk.central.desk_messages import Machine as MachineName
from kiosk.central.event_stream import EventStream, Wanted
from kiosk.central.notice_ear import KINDS, NoticeEar
from kiosk.central.queue_client import QueueClient
from kiosk.domain import pinyin_name
from kiosk.flows.application.states import OutOfService, Welcome
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.health import RECOVERY_REASON
from kiosk.runtime.card_task import CardTask
from kiosk.runtime.check_in import CheckInTask, Counter
from kiosk.runtime.handlers import EffectHandlers, Workers
from kiosk.runtime.lookups import Lookups, Registers
from kiosk.runtime.machine import Machine
from kiosk.runtime.maintenance.ledger import NoLedger
from kiosk.runtime.performers import Performers
from kiosk.runtime.print_task import PrintTask
from kiosk.runtime.progress_task import ProgressTask
from kiosk.runtime.reprints import Reprints
from kiosk.runtime.slips import SlipTask
from kiosk.runtime.suggestion_task import SuggestionTask
from kiosk.runtime.ticket_paper import TicketComposer
from kiosk.text_input.opening import warm_up

READINGS_AFTER_S = 3.0
"""Tables that only the first card needs are read when the welcome screen stands."""


class OwedTickets:
    """Recovery of the hall kiosk: visits whose ticket a restart interrupted.

    Args:
        ground: of the machine.
        reprints: prints what is owed.
        stream: of central's events, listened to from then on.
    """

    def __init__(self, ground: Ground, reprints: Reprints, stream: EventStream) -> None:
        self._desk = ground.side.desk
        self._reprints = reprints
        self._stream = stream

    @property
    def open_ends(self) -> tuple[str, ...]:
        """Whether a ticket is still owed."""
        return (RECOVERY_REASON,) if self._reprints.any else ()

    def before_devices(self) -> None:
        """Find what the last run left open."""
        self._reprints.owe(self._desk.recover())

    def with_devices(self) -> None:
        """Print it."""
        self._reprints.begin()
        self._stream.start()

    def close(self) -> None:
        """Listen no more."""
        self._stream.close()


def compose(ground: Ground) -> Machine:
    """A hall kiosk on its ground."""
    handlers = EffectHandlers(_workers(ground), ground.clock, ground.later.report)
    ear = NoticeEar(HallNotices(ground).read)
    stream = EventStream(ground.client.transport, Wanted(ground.config.machine.hall_id, KINDS), ear)
    recovery = OwedTickets(ground, _reprints(ground), stream)
    # After the first frame, before the first card.
    ground.clock.call_later(READINGS_AFTER_S, lambda: ground.services.run(pinyin_name.warm))
    suggestions = SuggestionTask(ground.side.suggestions, ground.services, ground.later.report)
    performers = Performers([handlers, suggestions, *Ratings(ground).performers()])
    citizens = CitizensSide(
        HALL_KIOSK, performers, (Welcome, OutOfService, ErrandClosed), NoLedger()
    )
    errand, performer = with_staff(ground, citizens)
    return ground.machine(errand, performer, recovery, warm_up())


def _workers(ground: Ground) -> Workers:
    desk = ground.side.desk
    return Workers(
        card=CardTask(ground.manager, ground.clock, ground.later.report),
        printing=PrintTask(
            ground.manager,
            desk,
            ground.services,
            _composer(ground),
            ground.clock,
            ground.later.report,
        ),
        slips=SlipTask(ground.manager, ground.languages, ground.later.report),
        desk=desk,
        check_in=_check_in(ground),
        lookups=_lookups(ground),
        progress=_progress(ground),
        services=ground.services,
        call_staff=desk.call_staff,
        wiped=desk.wipe,
    )


def _check_in(ground: Ground) -> CheckInTask:
    machine = ground.config.machine
    return CheckInTask(
        Counter(machine.machine_id, machine.hall_id, ground.clock),
        BookingClient(ground.client.transport),
        ground.side.desk,
        ground.services,
        ground.later.report,
    )


def _lookups(ground: Ground) -> Lookups:
    registers = Registers(QueueClient(ground.client.transport), ground.client.ticket)
    hall_id = ground.config.machine.hall_id
    return Lookups(registers, hall_id, ground.services, ground.later.report)


def _progress(ground: Ground) -> ProgressTask:
    machine = ground.config.machine
    return ProgressTask(
        MachineName(machine.machine_id, machine.hall_id),
        ground.client.applications_of,
        ground.clock,
        ground.services,
        ground.later.report,
    )


def _reprints(ground: Ground) -> Reprints:
    return Reprints(
        devices=ground.manager,
        desk=ground.side.desk,
        services=ground.services,
        compose=_composer(ground),
        clock=ground.clock,
        within=timedelta(minutes=ground.config.tickets.reprint_within_min),
        ended=ground.later.look,
    )


def _composer(ground: Ground) -> TicketComposer:
    return TicketComposer(
        ground.languages, ground.side.catalogue.current, ground.config.machine.machine_id
    )
