"""Manager, worker, driver and simulated wire together: the reader is lost and found again."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from hardware.errors import NotConnectedError
from hardware.interfaces.device import Cancel
from hardware.interfaces.id_card_reader import CardTrouble, IdCard, IdCardReader
from hardware.keeper import Backoff
from hardware.manager import DeviceManager
from hardware.outcome import Done, Failed, Handle, Outcome
from hardware.registry import assemble
from hardware.settings import DeviceSettings
from hardware.simulators.id_card_reader import IdCardReaderSimulator
from hardware.simulators.people import people
from hardware.status import DeviceState
from tests.kit.patience import PATIENCE_S, Ear, until

Read = IdCard | CardTrouble | None
QUICK = {
    "answer_timeout_s": 0.1,
    "read_timeout_s": 0.5,
    "gap_timeout_s": 0.05,
    "poll_interval_s": 0.01,
}


@dataclass
class Bed:
    """A managed reader and the simulator behind it."""

    manager: DeviceManager
    peer: IdCardReaderSimulator
    heard: Ear[Outcome[Read]]
    found: threading.Event

    def read(self) -> Handle:
        def read(reader: IdCardReader, cancel: Cancel) -> Read:
            return reader.read_card(cancel, self.found.set)

        return self.manager.call("reader", read, PATIENCE_S, self.heard)

    def is_(self, state: DeviceState) -> bool:
        return self.manager.statuses()["reader"].state is state


@pytest.fixture
def bed() -> Iterator[Bed]:
    settings = DeviceSettings(
        "reader", "id_card_reader", "sam_v", simulated=True, options=QUICK, status_interval_s=0.05
    )
    equipment = assemble([settings], demo=True)
    peer = equipment.simulators["reader"]
    assert isinstance(peer, IdCardReaderSimulator)
    manager = DeviceManager(
        equipment.devices,
        equipment.settings,
        lambda _name, _status: None,
        simulated=equipment.simulated,
        backoff=Backoff(first_s=0.02, longest_s=0.05),
    )
    assert not manager.open_all().failures
    yield Bed(manager, peer, Ear(), threading.Event())
    assert manager.close()
    equipment.stop_simulators()


def test_a_citizens_card_is_read(bed: Bed) -> None:
    assert bed.manager.simulated() == ("reader",)
    bed.read()
    bed.peer.lay("hong_kong_resident")
    assert bed.heard.next() == Done(people()["hong_kong_resident"].card)
    assert bed.found.is_set()


def test_a_cable_pulled_in_the_middle_of_a_reading_is_told_and_the_reader_comes_back(
    bed: Bed,
) -> None:
    bed.peer.misbehaviour.card_delay_ms = 10_000
    bed.peer.lay("adult")
    bed.read()
    assert bed.found.wait(PATIENCE_S)
    bed.peer.unplug()
    outcome = bed.heard.next()
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, NotConnectedError)
    until(lambda: bed.is_(DeviceState.NO_DEVICE))
    bed.peer.misbehaviour.card_delay_ms = 0
    bed.peer.plug()
    until(lambda: bed.is_(DeviceState.ONLINE))
    bed.read()
    assert bed.heard.next() == Done(people()["adult"].card)


def test_an_idle_reader_without_its_cable_is_noticed(bed: Bed) -> None:
    bed.peer.unplug()
    until(lambda: bed.is_(DeviceState.NO_DEVICE))
    bed.peer.plug()
    until(lambda: bed.is_(DeviceState.ONLINE))


def test_an_idle_reader_that_falls_silent_is_noticed(bed: Bed) -> None:
    bed.peer.misbehaviour.silent = True
    until(lambda: bed.is_(DeviceState.OFFLINE))
    bed.peer.misbehaviour.silent = False
    until(lambda: bed.is_(DeviceState.ONLINE))


def test_a_withdrawn_reading_makes_room_for_the_next(bed: Bed) -> None:
    for _ in range(20):
        bed.read().cancel()
        outcome = bed.heard.next()
        assert not isinstance(outcome, Failed)
    bed.peer.lay("minor")
    bed.read()
    assert bed.heard.next() == Done(people()["minor"].card)
