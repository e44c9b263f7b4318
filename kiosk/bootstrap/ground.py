"""What machines of every role stand on: records, central's durable side, devices, facts, window."""

import logging
from collections.abc import Callable
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
from kiosk.bootstrap.opening import LOCALES
from kiosk.central import durable
from kiosk.central.client import client_for
from kiosk.central.courier import every
from kiosk.central.desk import Waits
from kiosk.central.durable import DurableSettings, DurableSide, Listeners
from kiosk.central.enrolment import proof_of
from kiosk.central.last_good import Keeping
from kiosk.central.leases import Holder
from kiosk.central.machine_key import KeyBook
from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.domain.notice_board import NoticeBoard
from kiosk.domain.window_post import WindowPost
from kiosk.errors import DevicesError
from kiosk.flows.conductor import Conductor
from kiosk.flows.errand import Errand
from kiosk.health import devices_away
from kiosk.locale import Languages
from kiosk.roles import CENTRAL_AWAY_REASON, ROLES
from kiosk.runtime.facts import FactBook, FactSources
from kiosk.runtime.heartbeat import HeartbeatErrand, Vitals
from kiosk.runtime.machine import Machine, MachineParts, Recovery, WindowParts
from kiosk.runtime.opening import new_visit_id
from kiosk.runtime.recorder import AuditRecorder
from kiosk.runtime.runner import FactsChanged, Performer, Runner
from kiosk.runtime.service_thread import ServiceThread
from kiosk.runtime.watch import HealthWatch
from kiosk.saga.rows import Head
from kiosk.storage import Storage
from kiosk.text_input import TextInput

log = logging.getLogger(__name__)

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
FACTS_EVERY_S = 5.0


class Later:
    """Hands out what is made only after it is needed: the runner, the watch, the facts."""

    def __init__(self) -> None:
        self.runner: Runner | None = None
        self.watch: HealthWatch | None = None
        self.facts: FactBook | None = None
        self.post: Callable[[], WindowPost | None] = lambda: None
        self.may_rate: Callable[[], bool] = lambda: False
        self.board: Callable[[], NoticeBoard] = NoticeBoard

    def report(self, event: object) -> None:
        """Give the runner an event."""
        assert self.runner is not None, "events come after the machine was put together"
        self.runner.report(event)

    def where(self) -> WindowPost | None:
        """Where the machine stands; None for one that stands at no window."""
        return self.post()

    def rates(self) -> bool:
        """Whether it can ask for a rating."""
        return self.may_rate()

    def notices(self) -> NoticeBoard:
        """What the hall tells; nothing on a machine that does not show it."""
        return self.board()

    def look(self) -> None:
        """Something about the machine may have changed."""
        if self.watch and self.facts:
            self.watch.look()
            self.facts.look()


class Ground:
    """The parts that every role has, made in the order in which they need each other.

    Args:
        config: checked.
        clock: of the machine.
        languages: where a window has read them already.

    Raises:
        DevicesError: the device tables are wrong; lists every mistake.
        StorageError: the machine's records or its key cannot be used.
    """

    def __init__(self, config: Config, clock: Clock, languages: Languages | None = None) -> None:
        self.config = config
        self.clock = clock
        self.role = ROLES[config.machine.role]
        self.later = Later()
        self.languages = languages or locale.load(LOCALES)
        self.storage = Storage(config.machine.data_folder / "machine.sqlite")
        self.audit = AuditLog(self.storage, clock)
        self.services = ServiceThread("services", self.service_failed)
        self.recorder = AuditRecorder(self.audit, self.storage, self.services)
        self.client = client_for(config.central, clock)
        # By device: told, without waiting, whenever it is well again.
        self.hears: dict[str, Callable[[], None]] = {}
        self.equipment = self._equipment()
        self.manager = DeviceManager(
            self.equipment.devices,
            self.equipment.settings,
            self._device_changed,
            simulated=self.equipment.simulated,
        )
        key_file = config.machine.device_key or config.machine.data_folder / "device.key"
        self.device_key = cipher.device_key(Path(key_file))
        self.cipher = cipher.FieldCipher(self.device_key)
        book = KeyBook(self.storage, self.cipher)
        self.client.transport.proof = proof_of(book, config.machine.machine_id, clock)
        self.side = self._durable_side()
        self.keeping = Keeping(self.storage, self.side.link, clock)
        self.facts = self.later.facts = self._facts()
        self.journal_head: Callable[[], Head | None] = lambda: None
        self._closes: list[tuple[str, Callable[[], object]]] = []
        # Parts of a role that may say, in message keys, what stands in the way of serving.
        self.stops: list[Callable[[], tuple[str, ...]]] = [self._missed]

    def closes(self, name: str, close: Callable[[], object]) -> None:
        """Have a role's own part closed at the very end.

        Args:
            name: for the log.
            close: lets go of it.
        """
        self._closes.append((name, close))

    def machine(
        self,
        errand: Errand,
        performer: Performer,
        recovery: Recovery,
        text_input: TextInput | None = None,
    ) -> Machine:
        """Close the circle: a table and what does its effects become a machine.

        Args:
            errand: the role's table.
            performer: does its effects.
            recovery: of what a restart may have left open.
            text_input: the pinyin engine, where the role has one.
        """
        conductor = Conductor(errand.flow, errand.conduct)
        runner = self.later.runner = Runner(
            conductor, performer, self.recorder, self.facts.facts, self.clock
        )
        watch = self.later.watch = HealthWatch(
            self.role,
            self.manager.statuses,
            lambda: self.storage.ok,
            lambda: (*recovery.open_ends, *(key for more in self.stops for key in more())),
            self.later.report,
        )
        self._add_errands(watch)
        return Machine(
            self._parts(runner, watch, recovery, self._window(runner, errand, text_input))
        )

    def _parts(
        self, runner: Runner, watch: HealthWatch, recovery: Recovery, window: WindowParts
    ) -> MachineParts:
        machine = self.config.machine
        return MachineParts(
            name=machine.machine_id,
            hall_id=machine.hall_id,
            equipment=self.equipment,
            manager=self.manager,
            storage=self.storage,
            client=self.client,
            durable=self.side,
            audit=self.audit,
            services=self.services,
            runner=runner,
            watch=watch,
            facts=self.facts,
            recovery=recovery,
            window=window,
            bench=self._bench(),
            closes=tuple(self._closes),
            started={"software": VERSION, "role": machine.role, "demo": self.config.demo},
        )

    def _equipment(self) -> Equipment:
        own = {
            name: table for name, table in self.config.devices.items() if name in self.role.devices
        }
        try:
            return registry.assemble(settings.parse(own), demo=self.config.demo)
        except SettingsError as error:
            self.storage.close()
            raise DevicesError(error.mistakes) from error

    def _durable_side(self) -> DurableSide:
        config = self.config
        machine = config.machine
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
                numbers=self.role.gives_numbers,
            ),
            self.storage,
            self.cipher,
            self.client,
            self.clock,
            Listeners(record=self.audit.append),
        )
        side.link.listen(self._link_changed)
        return side

    def _facts(self) -> FactBook:
        sources = FactSources(
            statuses=self.manager.statuses,
            simulated=self.manager.simulated,
            catalogue=self.side.catalogue.current,
            away=lambda: self.side.link.away,
            devices_away=lambda: devices_away(self.role, self.manager.statuses()),
            post=self.later.where,
            may_rate=self.later.rates,
            notices=self.later.notices,
        )
        name = self.config.machine.machine_id
        return FactBook(sources, self.clock, name, lambda: self.later.report(FactsChanged()))

    def _add_errands(self, watch: HealthWatch) -> None:
        vitals = Vitals(
            self.config.machine.machine_id,
            self.config.machine.hall_id,
            epoch=lambda: self.side.leases.epoch,
            reasons=lambda: watch.reasons,
            waiting=self.side.outbox.waiting,
            statuses=self.manager.statuses,
            simulated=self.manager.simulated,
            journal=self.journal_head,
        )
        beat = HeartbeatErrand(vitals, self.client.heartbeat, self.side.link, self.side.catalogue)
        self.side.courier.add(every(self.config.central.heartbeat_s, self.clock, beat.beat))
        self.side.courier.add(every(FACTS_EVERY_S, self.clock, self.later.look))

    def _bench(self) -> Any:
        if not (self.config.demo and self.config.bench.enabled and self.equipment.simulators):
            return None
        return registry.bench(
            self.equipment, self.config.bench.port, lambda lang: self.languages.speech(lang).text
        )

    def _window(self, runner: Runner, errand: Errand, text_input: TextInput | None) -> WindowParts:
        return WindowParts(
            role=self.role.name,
            screen=self.config.screen,
            languages=self.languages,
            report=runner.report,
            offers=errand.offers,
            text_input=text_input,
            new_visit_id=new_visit_id,
            listen=runner.listen,
        )

    def _device_changed(self, name: str, status: DeviceStatus) -> None:
        self.recorder.device(name, status.state.value, status.detail)
        if status.usable and name in self.hears:
            self.hears[name]()
        self.later.look()

    def _missed(self) -> tuple[str, ...]:
        """Central, where some errand cannot do without and it is away."""
        needed = CENTRAL_AWAY_REASON in self.role.own_ends
        return (CENTRAL_AWAY_REASON,) if needed and self.side.link.away else ()

    def _link_changed(self, away: bool) -> None:
        self.recorder.link(away=away)
        self.later.look()

    def service_failed(self, error: BaseException) -> None:
        """A service let an exception through; its thread goes on."""
        log.error("a service failed: %s", type(error).__name__)
        self.later.look()
