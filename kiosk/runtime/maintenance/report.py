"""Puts together what staff are shown of the machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.status import Bin, DeviceState, DeviceStatus, Supply
from kiosk.domain.text import key_of
from kiosk.flows.maintenance.reports import DeviceLine, MachineReport
from kiosk.runtime.maintenance.ledger import Ledger

_SHORT = {Supply.LOW, Supply.OUT, Supply.JAMMED}
_FILLING = {Bin.HIGH, Bin.FULL}
"""A full bin wants a hand, full paper does not, though both say `full`."""


@dataclass(frozen=True, slots=True)
class ReportSources:
    """Where the facts come from; each is a quick look at what is already known.

    Args:
        statuses: of devices by name.
        simulated: names of simulated devices.
        reasons: message keys of why the machine serves nobody.
        waiting: number of messages that wait for central.
        away: whether central was away at the last try.
        software: version.
    """

    statuses: Callable[[], Mapping[str, DeviceStatus]]
    simulated: Callable[[], tuple[str, ...]]
    reasons: Callable[[], tuple[str, ...]]
    waiting: Callable[[], int]
    away: Callable[[], bool]
    software: str


def report_of(sources: ReportSources, ledger: Ledger) -> MachineReport:
    """The machine as it is now.

    Args:
        sources: where the facts come from.
        ledger: of cases and cash.

    Raises:
        StorageError: the machine's records cannot be read.
    """
    cases = ledger.cases()
    simulated = sources.simulated()
    return MachineReport(
        devices=tuple(
            _device(name, status, simulated=name in simulated)
            for name, status in sorted(sources.statuses().items())
        ),
        reasons=sources.reasons(),
        waiting=sources.waiting(),
        central_away=sources.away(),
        software=sources.software,
        open_cases=None if cases is None else len(cases),
        cash_fen=ledger.cash_fen(),
    )


def _device(name: str, status: DeviceStatus, *, simulated: bool) -> DeviceLine:
    short = {one: code.value for one, code in status.supplies.items() if code in _SHORT}
    filling = {one: code.value for one, code in status.bins.items() if code in _FILLING}
    # A device says "online" of itself as a whole while its paper is out.
    wanting = status.state is DeviceState.ONLINE and not status.usable
    state = "wanting" if wanting else key_of(status.state.value)
    return DeviceLine(name, state, key_of(status.detail), {**short, **filling}, simulated)
