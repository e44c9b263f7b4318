"""The machine as it is, and what staff can do."""

from typing import Any, ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.flows.maintenance.events import (
    CasesAsked,
    CountAsked,
    PrinterTrialAsked,
)
from kiosk.flows.maintenance.reports import DeviceLine, MachineReport
from kiosk.flows.maintenance.states import PrinterTrial, ServiceMenu
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.maintenance.parts import StatusRow
from screens.maintenance.staff import StaffPage
from screens.widgets import buttons, panel  # noqa: F401 - named in service_menu.kv

Line = tuple[str, str, str]
"""Name, value and tone of a row."""


class ServiceMenuScreen(StaffPage):
    """Facts above, actions below them."""

    says: ClassVar = {
        "title": "maintenance.menu.title",
        "main_text": "maintenance.menu.again",
        "cases_text": "maintenance.menu.cases",
        "cash_text": "maintenance.menu.cash",
        "print_text": "maintenance.menu.print",
    }
    cases_text = StringProperty("")
    cash_text = StringProperty("")
    print_text = StringProperty("")
    has_cases = BooleanProperty(False)
    has_cash = BooleanProperty(False)
    printing = BooleanProperty(False)

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._pools: dict[str, list[StatusRow]] = {"service": [], "devices": []}

    def show(self, view: View) -> None:
        """The report, as far as it has come."""
        state = view.state
        assert isinstance(state, ServiceMenu)
        self.lead = self.text(
            "maintenance.menu.lead", operator=state.operator, machine=view.machine.machine_name
        )
        report = state.report or MachineReport()
        self.has_cases = report.open_cases is not None
        self.has_cash = report.cash_fen is not None
        self.printing = state.trial is PrinterTrial.UNDER_WAY
        known = state.report is not None
        self._fill("service", self._service(report, state.trial) if known else [])
        self._fill("devices", [self._device(one) for one in report.devices])

    def report_cases(self) -> None:
        """The open cases."""
        self.report(CasesAsked())

    def report_cash(self) -> None:
        """The cash box was emptied."""
        self.report(CountAsked())

    def report_print(self) -> None:
        """Try the printer."""
        self.report(PrinterTrialAsked())

    def _service(self, report: MachineReport, trial: PrinterTrial | None) -> list[Line]:
        lines = [
            (self.text("maintenance.menu.service"), self.text(reason), "bad")
            for reason in report.reasons
        ] or [(self.text("maintenance.menu.service"), self.text("maintenance.menu.open"), "good")]
        away = "away" if report.central_away else "there"
        lines.append(
            (
                self.text("maintenance.menu.central"),
                self.text(f"maintenance.menu.central_{away}", n=report.waiting),
                "warn" if report.central_away else "good",
            )
        )
        lines += self._ledger(report)
        if trial:
            tone = {PrinterTrial.PRINTED: "good", PrinterTrial.FAILED: "bad"}.get(trial, "plain")
            said = self.text(f"maintenance.trial.{trial.value}")
            lines.append((self.text("maintenance.menu.print"), said, tone))
        lines.append((self.text("maintenance.menu.software"), report.software, "plain"))
        return lines

    def _ledger(self, report: MachineReport) -> list[Line]:
        lines: list[Line] = []
        if report.open_cases is not None:
            said = self.text("maintenance.menu.cases_open", n=report.open_cases)
            tone = "warn" if report.open_cases else "good"
            lines.append((self.text("maintenance.menu.cases"), said, tone))
        if report.cash_fen is not None:
            held = self.money(report.cash_fen)
            lines.append((self.text("maintenance.menu.cash_box"), held, "plain"))
        return lines

    def _device(self, line: DeviceLine) -> Line:
        parts = [self.text(f"maintenance.state.{line.state}")]
        parts += [
            self.text(f"maintenance.supply.{code}", name=self._named("part", name))
            for name, code in line.supplies.items()
        ]
        if line.detail and line.state not in ("online", "wanting"):
            parts.append(self._named("detail", line.detail))
        if line.simulated:
            parts.append(self.text("maintenance.state.simulated"))
        tone = "bad" if line.state not in ("online", "device_busy") else "good"
        tone = "warn" if tone == "good" and line.supplies else tone
        separator = self.text("maintenance.menu.separator")
        return self.text(f"maintenance.device.{line.name}"), separator.join(parts), tone

    def _named(self, what: str, name: str) -> str:
        """A code in words where there are any; drivers of other makers tell their own."""
        key = f"maintenance.{what}.{name}"
        assert self.speech is not None
        return self.speech.text(key) if self.speech.has(key) else name

    def _fill(self, box: str, lines: list[Line]) -> None:
        pool = self._pools[box]
        while len(pool) < len(lines):
            pool.append(StatusRow())
        holder = self.ids[box]
        wanted = pool[: len(lines)]
        if holder.children != wanted[::-1]:
            holder.clear_widgets()
            for row in wanted:
                holder.add_widget(row)
        for row, (name, value, tone) in zip(wanted, lines, strict=True):
            row.name, row.value, row.tone = name, value, tone


kv.load(__file__)
