"""What the holder of a card asks central about their applications."""

from collections.abc import Callable
from datetime import date

from kiosk.central.answer import Answered, Outcome, Refused
from kiosk.central.contract import (
    ApplicationProgress,
    DocumentProgress,
    HolderApplications,
    HolderApplicationsIn,
)
from kiosk.central.desk_messages import Machine
from kiosk.clock import Clock
from kiosk.domain.progress import Progress
from kiosk.domain.text import Text
from kiosk.flows.ticket.effects import FindApplications
from kiosk.flows.ticket.events import ProgressFound, ProgressUnknown
from kiosk.flows.ticket.progress import LATE
from kiosk.flows.ticket.standing import Application, Standing
from kiosk.runtime.service_thread import ServiceThread

NONE = Text("progress.unknown.none")
_SENT = frozenset({Progress.READY, Progress.COLLECTED})
"""steps that are told otherwise when the document goes by courier"""
_AT_A_WINDOW = frozenset({Progress.RECEIVED, Progress.READY, Progress.RETURNED, Progress.REFUSED})
"""steps that tell a window to go to"""
Applications = Callable[[HolderApplicationsIn], Outcome[HolderApplications]]


class ProgressTask:
    """Asks on the services' thread; every answer bears the question it belongs to.

    Args:
        machine: who asks.
        applications: central's register.
        clock: the hall's date.
        services: the thread.
        report: takes `ProgressFound` and `ProgressUnknown`.
    """

    def __init__(
        self,
        machine: Machine,
        applications: Applications,
        clock: Clock,
        services: ServiceThread,
        report: Callable[[object], None],
    ) -> None:
        self._machine = machine
        self._applications = applications
        self._clock = clock
        self._services = services
        self._report = report

    def find(self, effect: FindApplications) -> None:
        """Find applications; the answer comes as an event."""
        self._services.run(lambda: self._report(self._answer(effect)))

    def _answer(self, effect: FindApplications) -> ProgressFound | ProgressUnknown:
        query = effect.query
        told = self._applications(
            HolderApplicationsIn(
                machine_id=self._machine.machine_id,
                hall_id=self._machine.hall_id,
                holder_number=query.holder_number,
            )
        )
        if not isinstance(told, Answered):
            return ProgressUnknown(query, NONE if isinstance(told, Refused) else LATE)
        if not told.value.applications:
            return ProgressUnknown(query, NONE)
        today = self._clock.today()
        found = tuple(_application(one, today) for one in told.value.applications)
        return ProgressFound(query, found)


def _application(told: ApplicationProgress, today: date) -> Application:
    documents = tuple(standing(one, today) for one in told.documents)
    return Application(dict(told.hall_names), told.received_at.date(), documents)


def standing(told: DocumentProgress, today: date) -> Standing:
    """One document in a citizen's words."""
    return Standing(
        document=told.kind,
        state=told.state,
        since=told.since.date(),
        next_step=_next(told),
        windows=told.windows,
        lacks=f"progress.lacks.{told.lacks or 'other'}",
        expected=told.expected,
        late=told.expected is not None and told.expected < today,
    )


def _next(told: DocumentProgress) -> str:
    if told.courier and told.state in _SENT:
        return f"progress.next.{told.state.value}_courier"
    if told.state in _AT_A_WINDOW and not told.windows:
        return "progress.next.ask"
    return f"progress.next.{told.state.value}"
