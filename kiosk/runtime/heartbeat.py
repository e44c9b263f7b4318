"""The machine's sign of life for central: ids, codes and counts, nothing of a citizen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.status import DeviceStatus
from kiosk.central.answer import Answered, Outcome
from kiosk.central.catalogue import CatalogueKeeper
from kiosk.central.contract import DeviceReport, Heartbeat, HeartbeatAnswer, JournalHead
from kiosk.central.link import LinkState
from kiosk.saga.rows import Head


@dataclass(frozen=True, slots=True)
class Vitals:
    """Where a heartbeat's content comes from.

    Args:
        machine_id: of this machine.
        hall_id: its hall.
        epoch: of this start.
        reasons: message keys of why it does not serve, empty when it does.
        waiting: messages in the outbox.
        statuses: of devices by name.
        simulated: names of simulated devices.
        journal: head of the machine's journal, None where it keeps none.
    """

    machine_id: str
    hall_id: str
    epoch: Callable[[], int]
    reasons: Callable[[], tuple[str, ...]]
    waiting: Callable[[], int]
    statuses: Callable[[], Mapping[str, DeviceStatus]]
    simulated: Callable[[], tuple[str, ...]]
    journal: Callable[[], Head | None] = lambda: None

    def heartbeat(self) -> Heartbeat:
        """The report as it stands now."""
        simulated = self.simulated()
        head = self.journal()
        return Heartbeat(
            machine_id=self.machine_id,
            hall_id=self.hall_id,
            epoch=self.epoch(),
            state=(self.reasons() or ("serving",))[0],
            outbox_waiting=self.waiting(),
            devices=tuple(
                DeviceReport(
                    name=name,
                    state=status.state.value,
                    detail=status.detail,
                    simulated=name in simulated,
                )
                for name, status in sorted(self.statuses().items())
            ),
            journal=JournalHead(seq=head.seq, chain=head.chain) if head else None,
        )


class HeartbeatErrand:
    """An errand of the courier.

    Args:
        vitals: what is reported.
        send: delivers it.
        link: told how it ended; this is how a silent machine notices that central is back.
        catalogue: told of the version central has.
    """

    def __init__(
        self,
        vitals: Vitals,
        send: Callable[[Heartbeat], Outcome[HeartbeatAnswer]],
        link: LinkState,
        catalogue: CatalogueKeeper,
    ) -> None:
        self._vitals = vitals
        self._send = send
        self._link = link
        self._catalogue = catalogue

    def beat(self) -> None:
        """Send one."""
        outcome = self._send(self._vitals.heartbeat())
        self._link.saw(outcome)
        if isinstance(outcome, Answered):
            self._catalogue.outdated(outcome.value.catalogue_version)
