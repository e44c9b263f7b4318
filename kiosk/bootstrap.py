"""The composition root: a configuration becomes a machine."""

import logging
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from hardware import registry, settings
from hardware.errors import SettingsError
from hardware.manager import DeviceManager
from hardware.registry import Equipment
from hardware.status import DeviceStatus
from kiosk import VERSION, cipher, locale
from kiosk.audit.log import AuditLog
from kiosk.central import durable
from kiosk.central.client import CentralClient, Timeouts
from kiosk.central.courier import every
from kiosk.central.desk import Waits
from kiosk.central.durable import DurableSettings, DurableSide, Listeners
from kiosk.central.leases import Holder
from kiosk.clock import Clock, SystemClock
from kiosk.config import Config
from kiosk.errors import DevicesError
from kiosk.flows.application.table import APPLICATION, APPLICATION_CONDUCT, offers
from kiosk.flows.conductor import Conductor
from kiosk.roles import ROLES
from kiosk.runtime.card_task import CardTask
from kiosk.runtime.facts import FactBook, FactSources
from kiosk.runtime.handlers import EffectHandlers, Workers
from kiosk.runtime.heartbeat import HeartbeatErrand, Vitals
from kiosk.runtime.machine import Machine, MachineParts, WindowParts
from kiosk.runtime.print_task import PrintTask
from kiosk.runtime.recorder import AuditRecorder
from kiosk.runtime.reprints import Reprints
from kiosk.runtime.runner import FactsChanged, Runner
from kiosk.runtime.service_thread import ServiceThread
from kiosk.runtime.ticket_paper import TicketComposer
from kiosk.runtime.watch import HealthWatch
from kiosk.storage import Storage
from kiosk.text_input.opening import open_text_input

log = logging.getLogger(__name__)

LOCALES = Path(__file__).resolve().parents[1] / "locales"
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
FACTS_EVERY_S = 5.0


def build(config: Config, clock: Clock | None = None) -> Machine:
    """Put a machine together; it runs while its `with` block does.

    Args:
        config: checked.
        clock: tests pass their own.

    Returns:
        The machine, not started; simulators already answer.

    Raises:
        DevicesError: the device tables are wrong; lists every mistake.
        StorageError: the machine's records or its key cannot be used.
    """
    return _Builder(config, clock or SystemClock()).machine()


@dataclass(frozen=True, slots=True)
class _Later:
    """What is known only after it has been handed out: the runner, the watch and the facts."""

    made: dict[str, Any]

    def report(self, event: object) -> None:
        self.made["runner"].report(event)

    def look(self) -> None:
        if "watch" in self.made:
            self.made["watch"].look()
            self.made["facts"].look()

    def recovering(self) -> bool:
        reprints: Reprints = self.made["reprints"]
        return reprints.any


class _Builder:
    """Makes the parts in the order in which they need each other."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self.config = config
        self.clock = clock
        self.later = _Later({})
        self.languages = locale.load(LOCALES)
        machine = config.machine
        self.storage = Storage(machine.data_folder / "machine.sqlite")
        self.audit = AuditLog(self.storage, clock)
        self.services = ServiceThread("services", self._service_failed)
        self.recorder = AuditRecorder(self.audit, self.storage, self.services)
        waits = config.central
        self.client = CentralClient(
            waits.url,
            clock,
            Timeouts(waits.connect_timeout_s, waits.read_timeout_s, waits.citizen_deadline_s),
        )

    def machine(self) -> Machine:
        equipment = self._equipment()
        manager = DeviceManager(
            equipment.devices,
            equipment.settings,
            self._device_changed,
            simulated=equipment.simulated,
        )
        side = self._durable_side()
        made = self.later.made
        made["reprints"] = self._reprints(manager, side)
        made["watch"] = watch = HealthWatch(
            ROLES[self.config.machine.role],
            manager.statuses,
            lambda: self.storage.ok,
            self.later.recovering,
            self.later.report,
        )
        made["facts"] = facts = self._facts(manager, side)
        self._add_errands(manager, side, watch)
        handlers = EffectHandlers(self._workers(manager, side), self.clock, self.later.report)
        made["runner"] = Runner(
            Conductor(APPLICATION, APPLICATION_CONDUCT),
            handlers,
            self.recorder,
            facts.facts,
            self.clock,
        )
        return Machine(self._parts(equipment, manager, side))

    def _parts(
        self, equipment: Equipment, manager: DeviceManager, side: DurableSide
    ) -> MachineParts:
        made = self.later.made
        machine = self.config.machine
        return MachineParts(
            name=machine.machine_id,
            hall_id=machine.hall_id,
            equipment=equipment,
            manager=manager,
            storage=self.storage,
            client=self.client,
            durable=side,
            audit=self.audit,
            services=self.services,
            runner=made["runner"],
            watch=made["watch"],
            facts=made["facts"],
            reprints=made["reprints"],
            window=self._window(made["runner"]),
            bench=self._bench(equipment),
            started={"software": VERSION, "role": machine.role, "demo": self.config.demo},
        )

    def _equipment(self) -> Equipment:
        try:
            known = settings.parse(self.config.devices)
            return registry.assemble(known, demo=self.config.demo)
        except SettingsError as error:
            self.storage.close()
            raise DevicesError(error.mistakes) from error

    def _durable_side(self) -> DurableSide:
        config = self.config
        machine = config.machine
        key_file = machine.device_key or machine.data_folder / "device.key"
        side = durable.assemble(
            DurableSettings(
                Holder(
                    machine.machine_id,
                    machine.hall_id,
                    VERSION,
                    BOOT_ID.read_text(encoding="ascii").strip(),
                    config.central.lease_count,
                ),
                waits=Waits(citizen_s=config.central.citizen_deadline_s),
                reprint_within=timedelta(minutes=config.tickets.reprint_within_min),
            ),
            self.storage,
            cipher.FieldCipher(cipher.device_key(Path(key_file))),
            self.client,
            self.clock,
            Listeners(record=self.audit.append),
        )
        side.link.listen(self._link_changed)
        return side

    def _workers(self, manager: DeviceManager, side: DurableSide) -> Workers:
        return Workers(
            card=CardTask(manager, self.clock, self.later.report),
            printing=PrintTask(
                manager,
                side.desk,
                self.services,
                TicketComposer(
                    self.languages, side.catalogue.current, self.config.machine.machine_id
                ),
                self.clock,
                self.later.report,
            ),
            desk=side.desk,
            services=self.services,
            call_staff=side.desk.call_staff,
            wiped=side.desk.wipe,
        )

    def _reprints(self, manager: DeviceManager, side: DurableSide) -> Reprints:
        return Reprints(
            devices=manager,
            desk=side.desk,
            services=self.services,
            compose=TicketComposer(
                self.languages, side.catalogue.current, self.config.machine.machine_id
            ),
            clock=self.clock,
            within=timedelta(minutes=self.config.tickets.reprint_within_min),
            ended=self.later.look,
        )

    def _facts(self, manager: DeviceManager, side: DurableSide) -> FactBook:
        sources = FactSources(
            statuses=manager.statuses,
            simulated=manager.simulated,
            catalogue=side.catalogue.current,
            away=lambda: side.link.away,
        )
        name = self.config.machine.machine_id
        return FactBook(sources, self.clock, name, lambda: self.later.report(FactsChanged()))

    def _add_errands(self, manager: DeviceManager, side: DurableSide, watch: HealthWatch) -> None:
        vitals = Vitals(
            self.config.machine.machine_id,
            self.config.machine.hall_id,
            epoch=lambda: side.leases.epoch,
            reasons=lambda: watch.reasons,
            waiting=side.outbox.waiting,
            statuses=manager.statuses,
            simulated=manager.simulated,
        )
        beat = HeartbeatErrand(vitals, self.client.heartbeat, side.link, side.catalogue)
        side.courier.add(every(self.config.central.heartbeat_s, self.clock, beat.beat))
        side.courier.add(every(FACTS_EVERY_S, self.clock, self.later.look))

    def _bench(self, equipment: Equipment) -> Any:
        if not (self.config.demo and self.config.bench.enabled and equipment.simulators):
            return None
        return registry.bench(
            equipment, self.config.bench.port, lambda lang: self.languages.speech(lang).text
        )

    def _window(self, runner: Runner) -> WindowParts:
        return WindowParts(
            screen=self.config.screen,
            languages=self.languages,
            report=runner.report,
            offers=offers,
            text_input=open_text_input(),
            new_visit_id=new_visit_id,
            listen=runner.listen,
        )

    def _device_changed(self, name: str, status: DeviceStatus) -> None:
        self.recorder.device(name, status.state.value, status.detail)
        self.later.look()

    def _link_changed(self, away: bool) -> None:
        self.recorder.link(away=away)
        self.later.look()

    def _service_failed(self, error: BaseException) -> None:
        log.error("a service failed: %s", type(error).__name__)
        self.later.look()


def new_visit_id() -> str:
    """An id for a visit: random, no personal data."""
    return uuid.uuid4().hex
