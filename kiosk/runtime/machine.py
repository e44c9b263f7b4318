"""One whole machine: what `bootstrap` puts together, its start and its orderly end."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from hardware.manager import DeviceManager
from hardware.registry import Equipment
from kiosk.audit.log import AuditLog
from kiosk.central.client import CentralClient
from kiosk.central.durable import DurableSide
from kiosk.config import ScreenConfig
from kiosk.flows.rules import Offers
from kiosk.locale import Languages
from kiosk.runtime.facts import FactBook
from kiosk.runtime.runner import Runner
from kiosk.runtime.service_thread import ServiceThread
from kiosk.runtime.view import View
from kiosk.runtime.watch import HealthWatch
from kiosk.storage import Storage
from kiosk.text_input import TextInput

log = logging.getLogger(__name__)


class BenchServer(Protocol):
    """The simulator bench of a demo."""

    @property
    def url(self) -> str:
        """Where it answers."""

    def attach(
        self, picture_source: Callable[[], bytes | None], tap_sink: Callable[[float, float], None]
    ) -> None:
        """Take a window's picture (JPEG) and its taps (fractions from the top left)."""

    def start(self) -> None:
        """Begin to answer."""

    def stop(self) -> None:
        """Let go of the port."""


class Recovery(Protocol):
    """Ends what the last run left open; nobody is served before (design 8, law 7)."""

    @property
    def open_ends(self) -> tuple[str, ...]:
        """Message keys of what is still open; empty when people may be served."""

    def before_devices(self) -> None:
        """Find out, from the machine's own records."""

    def with_devices(self) -> None:
        """Go on with it once devices and flow run; returns at once."""

    def close(self) -> None:
        """Stop; what is still open is found again by the next run."""


@dataclass(frozen=True, slots=True)
class WindowParts:
    """What a window needs of its machine.

    Args:
        role: of the machine; decides which screens there are.
        screen: size of window and panel.
        languages: every message.
        report: given every event; does not block.
        offers: which shared actions a state accepts.
        text_input: the pinyin engine, None where none is installed.
        new_visit_id: makes the id of a visit.
        listen: registers who is given every view.
        whole: the machine stands.
    """

    role: str
    screen: ScreenConfig
    languages: Languages
    report: Callable[[object], None]
    offers: Callable[[Any], Offers]
    text_input: TextInput | None
    new_visit_id: Callable[[], str]
    listen: Callable[[Callable[[View], None]], None]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class MachineParts:
    """Everything a machine is made of.

    Args:
        name: for staff.
        hall_id: its hall.
        equipment: drivers and simulators.
        manager: of the devices.
        storage: the machine's records.
        client: to central.
        durable: outbox, leases, desk.
        audit: the log.
        services: thread for disk and central.
        runner: owns the situation.
        watch: tells the flow when service stops.
        facts: for the screens.
        recovery: of what the last run left open.
        window: what a window needs.
        bench: in a demo, else None.
        started: what the audit log says of this start.
        closes: a role's own parts, closed last.
    """

    name: str
    hall_id: str
    equipment: Equipment
    manager: DeviceManager
    storage: Storage
    client: CentralClient
    durable: DurableSide
    audit: AuditLog
    services: ServiceThread
    runner: Runner
    watch: HealthWatch
    facts: FactBook
    recovery: Recovery
    window: WindowParts
    bench: BenchServer | None
    started: Mapping[str, str | bool]
    closes: tuple[tuple[str, Callable[[], object]], ...] = ()


class Machine:
    """A machine that runs while its block does.

    Args:
        parts: from `bootstrap`.
    """

    def __init__(self, parts: MachineParts) -> None:
        self.parts = parts

    @property
    def name(self) -> str:
        """For staff."""
        return self.parts.name

    @property
    def hall_id(self) -> str:
        """Its hall."""
        return self.parts.hall_id

    @property
    def simulated(self) -> tuple[str, ...]:
        """Names of simulated devices."""
        return self.parts.equipment.simulated

    @property
    def bench(self) -> BenchServer | None:
        """The simulator bench of a demo."""
        return self.parts.bench

    @property
    def window_parts(self) -> WindowParts:
        """What a window needs; ask before the machine starts, so that no view is missed."""
        return self.parts.window

    def __enter__(self) -> Self:
        """Start: recover first, then devices, then the flow (design 8, law 7)."""
        parts = self.parts
        parts.audit.write("machine_started", **parts.started)
        parts.services.start()
        parts.recovery.before_devices()
        parts.durable.start()
        report = parts.manager.open_all()
        if report.failures:
            log.warning("%s", report.tree())
        parts.runner.start()
        parts.watch.look()
        parts.recovery.with_devices()
        parts.services.run(parts.window.languages.read_all)
        if parts.bench:
            parts.bench.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End in the reverse order; what waits for central waits on disk."""
        parts = self.parts
        if parts.bench:
            parts.bench.stop()
        ends: tuple[tuple[str, Callable[[], object]], ...] = (
            ("runner", parts.runner.close),
            ("recovery", parts.recovery.close),
            ("devices", parts.manager.close),
            ("simulators", parts.equipment.stop_simulators),
            ("central", parts.durable.close),
            ("services", parts.services.close),
            ("record", lambda: parts.audit.write("machine_stopped", reason="asked")),
            ("client", parts.client.close),
            ("text input", self._close_text_input),
            ("storage", parts.storage.close),
            *parts.closes,
        )
        for name, end in ends:
            try:
                end()
            except Exception as broken:  # noqa: BLE001 - every part gets its chance to end well
                log.error("%s did not end well: %s", name, type(broken).__name__)

    def _close_text_input(self) -> None:
        engine = self.parts.window.text_input
        if engine:
            engine.close()
