"""What staff are shown of the devices: only what wants a hand."""

from hardware.status import Bin, DeviceState, DeviceStatus, Supply
from kiosk.flows.maintenance.reports import MachineReport
from kiosk.runtime.maintenance.ledger import NoLedger
from kiosk.runtime.maintenance.report import ReportSources, report_of


def reported(status: DeviceStatus) -> MachineReport:
    sources = ReportSources(
        lambda: {"card_printer": status}, lambda: (), lambda: (), lambda: 0, lambda: False, "1.0"
    )
    return report_of(sources, NoLedger())


def test_full_paper_is_well_and_a_full_bin_is_not() -> None:
    full = DeviceStatus(
        DeviceState.ONLINE, supplies={"head": Supply.FULL}, bins={"retain": Bin.FULL}
    )
    (line,) = reported(full).devices
    assert line.supplies == {"retain": "full"}


def test_what_runs_out_and_what_fills_up_is_named() -> None:
    filling = DeviceStatus(
        DeviceState.ONLINE,
        supplies={"head": Supply.LOW, "paper": Supply.JAMMED},
        bins={"retain": Bin.HIGH, "cash_box": Bin.OK},
    )
    (line,) = reported(filling).devices
    assert line.supplies == {"head": "low", "paper": "jammed", "retain": "high"}
